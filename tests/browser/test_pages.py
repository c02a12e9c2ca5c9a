"""What only a browser shows: where the focus goes, what the keyboard reaches, what is printed, and what stays behind."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from browsing import LANGS, ask, open_example, send_made
from PIL import Image
from playwright.sync_api import Page, expect

ASK = {"en": "what do I owe?", "es": "¿cuánto debo?"}
SHOT = "EXPLAINER_UPDATE_SCREENSHOT"


@pytest.mark.parametrize("lang", LANGS)
def test_answers_come_without_leaving_the_page_and_are_announced_once(page: Page, complaints: list[str], lang: str) -> None:
    open_example(page, lang)
    page.evaluate("window.notLeft = true")
    ask(page, ASK[lang])
    expect(page.locator("#latest .answer")).to_be_focused()
    expect(page.locator("#status")).to_be_empty()
    expect(page.locator("#q")).to_have_value("")
    page.locator("#latest .chip").first.click()
    expect(page.locator("#turns article.turn")).to_have_count(1)
    expect(page.locator("#before")).to_have_text("1")
    expect(page.locator("#history article.turn")).to_have_count(1)
    expect(page.locator("#latest .answer")).to_be_focused()
    assert page.evaluate("window.notLeft") is True
    before = page.locator(".talk").inner_text()
    page.reload()
    assert page.locator(".talk").inner_text() == before, "the page says the same when it is loaded anew"


def test_from_the_first_page_to_an_answer_by_keyboard_alone(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, "button[name=example]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("$30.00")
    _tab_to(page, "#line-2 > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#line-2 .inside")).to_be_visible()
    _tab_to(page, "#line-2 a[href='#box-2']")
    page.keyboard.press("Enter")
    expect(page.locator("#box-2")).to_be_in_viewport()
    _tab_to(page, "#q")
    page.keyboard.type("what do I owe?")
    page.keyboard.press("Enter")
    expect(page.locator("#latest .answer")).to_be_focused()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_a_bad_paper_leaves_the_talk_as_it_was(page: Page) -> None:
    open_example(page)
    ask(page, "what do I owe?")
    page.locator(".more > summary").click()
    page.get_by_label("Paste the words of your paper").fill("hello, this is no such paper")
    page.get_by_role("button", name="Add this paper").click()
    expect(page.locator("#trouble")).to_be_focused()
    expect(page.locator("article.turn")).to_have_count(1)


def test_deleted_in_another_tab(page: Page) -> None:
    open_example(page)
    other = page.context.new_page()
    other.goto("/visit")
    ticket = [c for c in page.context.cookies() if c["name"] == "sid"]
    other.get_by_role("banner").get_by_role("button", name="Delete now").click()
    page.context.add_cookies(ticket)  # type: ignore[arg-type]
    page.locator("#q").fill("what do I owe?")
    page.locator(".ask button").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("Willow Street")).to_have_count(0)


@pytest.mark.parametrize("width", [375, 1280])
def test_the_other_language_opens_at_the_same_place(page: Page, complaints: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    open_example(page)
    page.locator("#line-2 > summary").click()
    page.locator("#line-2 > summary").evaluate("box => box.scrollIntoView()")
    page.locator(".tongue").evaluate("link => link.click()")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.url.endswith("/es/visit#line-2")
    expect(page.locator("#line-2 > summary")).to_be_in_viewport()


def test_controls_are_large_enough_to_touch(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_example(page)
    small = "[...document.querySelectorAll('button, summary, input:not([type=hidden]), .tongue, footer li a, .jump a')]"
    heights = page.evaluate(
        f"{small}.filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect().height])"
    )
    assert [h for h in heights if h[1] < 44] == []


def test_words_in_charts_are_large_enough_to_read(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    open_example(page)
    sizes = page.evaluate("[...document.querySelectorAll('svg text')].map(e => parseFloat(getComputedStyle(e).fontSize))")
    drawn = page.evaluate("[...document.querySelectorAll('svg text')].map(e => e.getBoundingClientRect().height)")
    assert len(sizes) > 1
    assert min(sizes + drawn) >= 16


def test_print_opens_the_lines_and_hides_the_forms(page: Page) -> None:
    open_example(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#line-2 .inside")).to_be_visible()
    for hidden in (".ask", ".there", ".jump", "header.site"):
        expect(page.locator(hidden)).to_be_hidden()


@pytest.mark.skipif(os.environ.get(SHOT) != "1", reason=f"{SHOT}=1 makes the README's pictures anew")
def test_pictures_for_the_readme(page: Page, root: Path) -> None:
    open_example(page, name="denial")
    ask(page, "Do I have to pay for line 2?")
    for name, width, height in (("screenshot", 1280, 860), ("phone", 390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/visit")
        picture = Image.open(BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
        picture.save(root / "docs" / f"{name}.png", optimize=True)


def test_the_same_picture_is_sent_once(page: Page) -> None:
    """A line's strip and the page's picture are one picture."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith(".png") else None)
    send_made(page, "en", "one")
    expect(page.locator("#line-1 .strip")).to_be_visible()
    page.locator(".laid img").scroll_into_view_if_needed()
    expect(page.locator(".laid img")).to_have_js_property("complete", True)
    assert len(sent) == 1
