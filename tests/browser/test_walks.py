"""What people come for, from the first page to the end: each in both languages, with and without scripts."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from browsing import LANGS, ask, open_example, send, send_folder, send_made
from playwright.sync_api import Browser, Page, expect
from reportlab.pdfgen import canvas

Journey = Callable[[Page, str, Path], None]
NOT_A_BILL = {"en": "not a bill", "es": "no es una factura"}
ASK = {"en": "what do I owe?", "es": "¿cuánto debo?"}


def _text(root: Path, name: str) -> str:
    return (root / "content" / "examples" / f"{name}.txt").read_text("utf-8")


def _pdf() -> bytes:
    """A made-up paper of two lines."""
    head = ("EXPLANATION OF BENEFITS", "Fernhill Health Plan", "Patient: Ana Example", "Claim number: 5550001112")
    rows = (
        ("Date of service", "Code", "Amount billed", "Plan discount", "Plan paid", "You may owe"),
        ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$40.00"),
        ("03/02/2026", "97140", "$80.00", "$40.00", "$40.00", "$0.00"),
    )
    out = BytesIO()
    paper = canvas.Canvas(out, pagesize=(612, 792), invariant=1)
    paper.setFont("Helvetica", 10)
    for n, words in enumerate((*head, "Provider: Oak Street PT")):
        paper.drawString(50, 740 - 14 * n, words)
    for n, cells in enumerate(rows):
        for x, cell in zip((50, 150, 220, 310, 400, 490), cells, strict=True):
            paper.drawString(x, 640 - 18 * n, cell)
    paper.save()
    return out.getvalue()


def paste(page: Page, lang: str, root: Path) -> None:
    """What is owed, to whom, that it is no bill, where the money goes, and from a line to its place and back."""
    page.goto(f"{LANGS[lang]}/")
    page.locator("#text").fill(_text(root, "therapy"))
    page.locator(".upload button").click()
    expect(page.locator("h1 strong")).to_have_text("$30.00")
    expect(page.locator("h1")).to_contain_text("Willow Street Physical Therapy")
    expect(page.locator(".lead")).to_contain_text(NOT_A_BILL[lang])
    expect(page.locator(".bar rect")).to_have_count(3)
    expect(page.locator(".sums td")).to_have_text(["$230.00", "$131.00", "$69.00", "$30.00"])
    page.locator("#line-2 > summary").click()
    page.locator("#line-2 a[href='#box-2']").click()
    expect(page.locator("#box-2")).to_be_in_viewport()
    page.locator("#box-2").click(position={"x": 10, "y": 8})
    expect(page.locator("#line-2 > summary")).to_be_in_viewport()
    assert page.url.endswith("#line-2")


def upload(page: Page, lang: str, root: Path) -> None:
    """A PDF's page with a frame for each line, and each line with the strip of the page it was read from."""
    send(page, lang, ("eob.pdf", _pdf()))
    expect(page.locator("h1 strong")).to_have_text("$40.00", timeout=20_000)
    picture = page.locator(".laid img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    page.locator("#line-2 > summary").click()
    page.locator("#line-2 .strip").click()
    expect(page.locator("#box-2")).to_be_in_viewport()
    page.locator("#box-1").click()
    expect(page.locator("#line-1 > summary")).to_be_in_viewport()


def correct(page: Page, lang: str, root: Path) -> None:
    """A value that was misread: marked, corrected in its line, refused where it is no amount, followed, and put back."""
    send_made(page, lang, "one")
    expect(page.locator(".over .field-spot.unsure")).to_have_count(1)
    page.locator("#line-1 .line-links a").last.click()
    page.locator("#fix-patient_owes").fill("forty")
    page.locator(".choices button[value=save]").click()
    expect(page.locator("#trouble")).to_be_visible()
    expect(page.locator("#fix-patient_owes")).to_have_attribute("aria-invalid", "true")
    page.locator("#fix-patient_owes").fill("45")
    page.locator(".choices button[value=save]").click()
    expect(page.locator("h1 strong")).to_have_text("$65.00")
    expect(page.locator(".over .field-spot.corrected")).to_have_count(1)
    expect(page.locator("#line-1 .figures .tag.done")).to_be_visible()
    page.locator("#line-1 .line-links a").last.click()
    page.locator(".choices button[value=put-back]").click()
    expect(page.locator("h1 strong")).to_have_text("$60.00")


def talk(page: Page, lang: str, root: Path) -> None:
    """A question, a suggested one after it, the first answer among the earlier ones, and nothing lost by going back."""
    open_example(page, lang)
    ask(page, ASK[lang])
    expect(page.locator("#latest .said")).to_contain_text("$30.00")
    follow = page.locator("#latest .chip").first
    words = follow.inner_text()
    follow.click()
    expect(page.locator("#latest .question")).to_have_text(words)
    expect(page.locator("article.turn")).to_have_count(2)
    expect(page.locator(".chips")).to_have_count(1)
    page.locator("#history > summary").click()
    expect(page.locator("#history .said")).to_contain_text("$30.00")
    page.locator("header .name a").click()
    page.go_back()
    expect(page.locator("article.turn")).to_have_count(2)


def minutes(page: Page, lang: str, root: Path) -> None:
    """How long the person was there, against the units: too short for both rules, for one, for none; and no number at all."""
    open_example(page, lang)
    for typed, says in (("30", ["38", "31", "30"]), ("35", ["38", "31", "35"]), ("90", ["90", "3"])):
        page.locator(".there input[name=minutes]").fill(typed)
        page.locator(".there button").click()
        expect(page.locator(".there input[name=minutes]")).to_have_value(typed)
        for word in says:
            expect(page.locator(".verdict > p").first).to_contain_text(word)
        expect(page.locator(".verdict.asks")).to_have_count(1 if typed == "30" else 0)
    page.locator(".there input[name=minutes]").fill("long")
    page.locator(".there button").click()
    expect(page.locator(".there input[name=minutes]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#trouble")).to_be_visible()


def denial(page: Page, lang: str, root: Path) -> None:
    """From a line the plan did not pay to the last day, and to the letter and back."""
    open_example(page, lang, "denial")
    expect(page.locator(".asks").first).to_contain_text("CO-197")
    expect(page.locator(".notice")).to_contain_text("2027")
    page.locator(".notice a").click()
    expect(page.locator("#take")).to_be_in_viewport()
    page.locator(".take a[href$='/letters/appeal']").click()
    expect(page.locator(".letter").first).to_contain_text("EX-2026-11982")
    page.locator(".ways a[href$='/visit']").click()
    expect(page.locator("h1 strong")).to_have_text("$30.00")


def compare(page: Page, lang: str, root: Path) -> None:
    """A clinic's bill that asks for more than the plan's paper says."""
    send_folder(page, lang, root / "tests" / "papers" / "cases" / "faults" / "bill-more-wide-short")
    expect(page.locator("h1 strong")).to_have_text("$40.40")
    expect(page.locator("#title-0")).to_be_in_viewport()
    first = page.locator(".asks").first
    expect(first).to_contain_text("$47.65")
    expect(first.locator(".to-ask").first).to_be_visible()
    expect(page.locator(".paper[id^=paper-]")).to_have_count(2)


def story(page: Page, lang: str, root: Path) -> None:
    """Nine papers: one sum, one story, and each paper opens when it is asked for."""
    send_folder(page, lang, root / "tests" / "papers" / "episode" / "nine")
    expect(page.locator("h1 strong")).to_have_text("$380.00")
    expect(page.locator(".days tbody tr")).to_have_count(9)
    expect(page.locator(".chart rect")).to_have_count(18)
    expect(page.locator("#paper-5 details.line")).to_have_count(0)
    page.locator("#paper-5 .plain-link").click()
    expect(page.locator("#paper-5 details.line")).to_have_count(2)
    page.locator("#paper-5 details.line > summary").last.click()
    expect(page.locator("#paper-5 .figures").last).to_be_visible()


def delete(page: Page, lang: str, root: Path) -> None:
    """Deleted now, and nothing to go back to."""
    open_example(page, lang)
    page.locator("header form.end button").click()
    expect(page.locator("h1")).not_to_contain_text("$")
    assert page.context.cookies() == []
    page.go_back()
    expect(page.get_by_text("Willow Street")).to_have_count(0)
    page.goto(f"{LANGS[lang]}/visit")
    expect(page.locator("#own")).to_be_visible()


JOURNEYS = (paste, upload, correct, talk, minutes, denial, compare, story, delete)


@pytest.fixture(params=["scripts", "no scripts"])
def either(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    """A page in a browser of its own. What it complains of is a fault."""
    context = browser.new_context(java_script_enabled=request.param == "scripts", base_url=base_url)
    page, found = context.new_page(), list[str]()
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield page
    context.close()
    assert [words for words in found if "422" not in words] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_journey(either: Page, journey: Journey, lang: str, root: Path) -> None:
    journey(either, lang, root)
    expect(either.locator("html")).to_have_attribute("lang", lang)
