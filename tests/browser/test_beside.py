"""The paper's picture beside what was read, corrections, progress and several people, in a browser: with and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pictured import SlowReader
from playwright.sync_api import Browser, Page, expect

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGS = {"en": "", "es": "/es"}
OWES = {"en": "you may owe", "es": "podría deber"}


@pytest.fixture(params=["scripts", "no scripts"])
def either(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param == "scripts", base_url=base_url)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def held(reader: SlowReader) -> Iterator[None]:
    reader.go_on.clear()
    yield
    reader.go_on.set()


def _send(page: Page, *kinds: str, lang: str = "en") -> None:
    page.goto(f"{LANGS[lang]}/")
    files = [{"name": f"{n}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + k.encode()} for n, k in enumerate(kinds)]
    page.locator("#file").set_input_files(files)  # type: ignore[arg-type]
    page.locator(".upload button").click()


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:200]}" for v in found["violations"] for n in v["nodes"]]


def _wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("lang", LANGS)
def test_from_a_line_to_its_place_and_back(page: Page, complaints: list[str], lang: str) -> None:
    _send(page, "two-pages", lang=lang)
    expect(page.locator(".laid img")).to_have_count(2)
    assert page.locator(".laid img").first.evaluate("img => img.complete && img.naturalWidth > 0")
    page.locator("#line-5 > summary").click()
    page.locator("#line-5 .line-links a").first.click()
    expect(page.locator("#spot-5-2")).to_be_in_viewport()
    page.locator("#line-5").evaluate("line => { line.open = false; }")
    page.locator("#spot-5-2").click()
    expect(page.locator("#line-5 .inside")).to_be_visible()


def test_the_frames_lie_on_the_words(page: Page) -> None:
    """The rectangle of a line covers the same share of the picture as its box does of the page, whatever the screen."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        _send(page, "one")
        picture, spot = page.locator(".laid img").bounding_box(), page.locator("#spot-2-1 rect").bounding_box()
        assert picture is not None
        assert spot is not None
        assert abs((spot["y"] - picture["y"]) / picture["height"] - 178 / 792) < 0.01
        assert abs((spot["x"] - picture["x"]) / picture["width"] - 58 / 612) < 0.01


def test_frames_are_reached_by_keyboard_and_have_names(page: Page) -> None:
    _send(page, "one")
    page.locator("figcaption a").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#spot-1-1")).to_be_focused()
    expect(page.locator("#spot-1-1")).to_have_accessible_name("Line 1: Exercises for strength and movement, not read for sure")


@pytest.mark.parametrize("lang", LANGS)
def test_a_correction_in_its_line(either: Page, lang: str) -> None:
    _send(either, "one", lang=lang)
    either.locator("#line-1 .line-links a").last.click()
    either.locator("#fix-patient_owes").fill("forty")
    either.locator(".choices button[value=save]").click()
    expect(either.locator("#trouble")).to_be_visible()
    expect(either.locator("#fix-patient_owes")).to_have_attribute("aria-invalid", "true")
    either.locator("#fix-patient_owes").fill("45")
    either.locator(".choices button[value=save]").click()
    expect(either.locator("h1")).to_contain_text(f"{OWES[lang]} $65.00")
    expect(either.locator("#line-1 .tag.done").first).to_be_visible()
    either.locator("#line-1 .line-links a").last.click()
    either.locator(".choices button[value=put-back]").click()
    expect(either.locator("h1")).to_contain_text("$60.00")


@pytest.mark.parametrize("lang", LANGS)
def test_a_missed_line_is_added(either: Page, lang: str) -> None:
    _send(either, "one", lang=lang)
    either.locator(".lines > p > a").click()
    either.locator("#fix-code").fill("97112")
    either.locator("#fix-patient_owes").fill("5.00")
    either.locator(".choices button[value=save]").click()
    expect(either.locator("#line-4 .inside")).to_be_visible()
    expect(either.locator("h1")).to_contain_text("$65.00")


@pytest.mark.parametrize("lang", LANGS)
def test_progress_and_then_the_paper(either: Page, reader: SlowReader, lang: str) -> None:
    _send(either, "one held", lang=lang)
    expect(either.locator("#how-far")).to_contain_text("2")
    reader.go_on.set()
    expect(either.locator("h1")).to_contain_text("$60.00", timeout=10_000)


def test_the_page_does_not_blink_while_a_script_asks(page: Page, complaints: list[str], reader: SlowReader) -> None:
    _send(page, "one held")
    page.evaluate("window.notLeft = true")
    page.wait_for_timeout(2_500)
    assert page.evaluate("window.notLeft") is True
    assert page.url.endswith("/visit/reading")


@pytest.mark.parametrize("lang", LANGS)
def test_whose_paper(either: Page, lang: str) -> None:
    _send(either, "family", lang=lang)
    expect(either.locator("h1")).to_contain_text("Leo Sample")
    either.locator(".people button[value='Leo Sample']").click()
    expect(either.locator(".for-whom")).to_contain_text("Leo Sample")
    expect(either.locator(".people button[value='Leo Sample']")).to_have_attribute("aria-pressed", "true")
    expect(either.locator("details.line")).to_have_count(1)
    either.locator(".people button[value='']").click()
    expect(either.locator("details.line")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing_and_nothing_is_too_wide(page: Page, reader: SlowReader, scheme: str, lang: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320 if scheme == "dark" else 1280, "height": 800})
    _send(page, "family", "leo", "copy", lang=lang)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert (_axe(page), _wide(page)) == ([], 0)
    page.locator(".line-links a[href*='fix=1-1']").click()
    page.locator("#fix-code").fill("a b")
    page.locator(".choices button[value=save]").click()
    expect(page.locator("#trouble")).to_be_visible()
    assert (_axe(page), _wide(page)) == ([], 0)
    _send(page, "one held", lang=lang)
    expect(page.locator("#how-far")).to_contain_text("2")
    assert (_axe(page), _wide(page)) == ([], 0)
