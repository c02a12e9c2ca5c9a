"""The paper's picture beside what was read, corrections, progress and several people, in a browser: with and without scripts."""

from collections.abc import Iterator

import pytest
from browsing import LANGS, send_made
from pictured import SlowReader
from playwright.sync_api import Browser, Page, expect


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


@pytest.mark.parametrize("lang", LANGS)
def test_from_a_line_to_its_place_and_back(page: Page, complaints: list[str], lang: str) -> None:
    send_made(page, lang, "two-pages")
    expect(page.locator(".laid img")).to_have_count(2)
    assert page.locator(".laid img").first.evaluate("img => img.complete && img.naturalWidth > 0")
    page.locator("#line-5 > summary").click()
    page.locator("#line-5 .strip").click()
    expect(page.locator("#box-5")).to_be_in_viewport()
    page.locator("#line-5").evaluate("line => { line.open = false; }")
    page.locator("#box-5").click()
    expect(page.locator("#line-5 .inside")).to_be_visible()


def test_the_frames_lie_on_the_words(page: Page) -> None:
    """The rectangle of a line covers the same share of the picture as its box does of the page, whatever the screen."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        send_made(page, "en", "one")
        picture, spot = page.locator(".laid img").bounding_box(), page.locator("#box-2 rect").bounding_box()
        assert picture is not None
        assert spot is not None
        assert abs((spot["y"] - picture["y"]) / picture["height"] - 178 / 792) < 0.01
        assert abs((spot["x"] - picture["x"]) / picture["width"] - 58 / 612) < 0.01


def test_frames_are_reached_by_keyboard_and_have_names(page: Page) -> None:
    send_made(page, "en", "one")
    page.locator("figcaption a").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#box-1")).to_be_focused()
    expect(page.locator("#box-1")).to_have_accessible_name("Line 1: Exercises for strength and movement, not read for sure")


@pytest.mark.parametrize("lang", LANGS)
def test_a_missed_line_is_added(either: Page, lang: str) -> None:
    send_made(either, lang, "one")
    either.locator(".lines > p > a").click()
    either.locator("#fix-code").fill("97112")
    either.locator("#fix-patient_owes").fill("5.00")
    either.locator(".choices button[value=save]").click()
    expect(either.locator("#line-4 .inside")).to_be_visible()
    expect(either.locator("h1")).to_contain_text("$65.00")


@pytest.mark.parametrize("lang", LANGS)
def test_progress_and_then_the_paper(either: Page, reader: SlowReader, lang: str) -> None:
    send_made(either, lang, "one held")
    expect(either.locator("#how-far")).to_contain_text("2")
    reader.go_on.set()
    expect(either.locator("h1")).to_contain_text("$60.00", timeout=10_000)


def test_the_page_does_not_blink_while_a_script_asks(page: Page, complaints: list[str], reader: SlowReader) -> None:
    send_made(page, "en", "one held")
    page.evaluate("window.notLeft = true")
    page.wait_for_timeout(2_500)
    assert page.evaluate("window.notLeft") is True
    assert page.url.endswith("/visit/reading")


@pytest.mark.parametrize("lang", LANGS)
def test_whose_paper(either: Page, lang: str) -> None:
    send_made(either, lang, "family")
    expect(either.locator("h1")).to_contain_text("Leo Sample")
    either.locator(".people button[value='Leo Sample']").click()
    expect(either.locator(".for-whom")).to_contain_text("Leo Sample")
    expect(either.locator(".people button[value='Leo Sample']")).to_have_attribute("aria-pressed", "true")
    expect(either.locator("details.line")).to_have_count(1)
    either.locator(".people button[value='']").click()
    expect(either.locator("details.line")).to_have_count(3)
