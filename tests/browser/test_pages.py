"""What a person meets in a browser: with and without scripts, in both languages, light and dark, small and large."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGS = {"en": "", "es": "/es"}
STATIC_PAGES = ["/", "/units?units=3", "/units?units=x", "/codes/97110", "/terms", "/terms/copay", "/privacy", "/nowhere"]
ASK = {"en": "what do I owe?", "es": "¿cuánto debo?"}
SHOT = "EXPLAINER_UPDATE_SCREENSHOT"


def _open_example(page: Page, lang: str = "en", name: str = "therapy") -> None:
    page.goto(f"{LANGS[lang]}/")
    page.locator(f"button[name=example][value={name}]").click()
    expect(page.locator("h1")).to_contain_text("$")


def _ask(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    page.locator(".ask button").click()


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:200]}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("lang", LANGS)
def test_ask_follow_up_and_suggestion_without_leaving_the_page(page: Page, complaints: list[str], lang: str) -> None:
    _open_example(page, lang)
    page.evaluate("window.notLeft = true")
    _ask(page, ASK[lang])
    expect(page.locator("article.turn")).to_have_count(1)
    expect(page.locator("#latest .answer")).to_be_focused()
    expect(page.locator("#status")).not_to_be_empty()
    expect(page.locator("#q")).to_have_value("")
    words = page.locator("#latest .chip").first.inner_text()
    page.locator("#latest .chip").first.click()
    expect(page.locator("article.turn")).to_have_count(2)
    expect(page.locator("#latest .question")).to_have_text(words)
    expect(page.locator(".chips")).to_have_count(1)
    assert page.evaluate("window.notLeft") is True
    page.reload()
    expect(page.locator("article.turn")).to_have_count(2)


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_without_scripts(browser: Browser, base_url: str, lang: str) -> None:
    page = browser.new_context(java_script_enabled=False, base_url=base_url).new_page()
    _open_example(page, lang)
    _ask(page, ASK[lang])
    expect(page.locator("article.turn")).to_have_count(1)
    assert page.url.endswith("/visit#latest")
    page.locator("#latest .chip").first.click()
    expect(page.locator("article.turn")).to_have_count(2)
    page.locator("main form[action$='/visit/delete'] button").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto("/visit")
    expect(page.locator("#own")).to_be_visible()
    page.context.close()


def test_paste_own_text(page: Page, complaints: list[str], root: Path) -> None:
    page.goto("/")
    page.get_by_label("Paste the words of your paper").fill((root / "content/examples/denial.txt").read_text("utf-8"))
    page.get_by_role("button", name="Explain my paper").click()
    expect(page.locator("h1")).to_contain_text("$30.00")
    page.locator("#line-2 > summary").click()
    page.locator("#line-2").get_by_role("link", name="See where this was read").click()
    expect(page.locator("#read-2")).to_be_visible()


def test_a_bad_paper_leaves_the_talk_as_it_was(page: Page) -> None:
    _open_example(page)
    _ask(page, "what do I owe?")
    expect(page.locator("article.turn")).to_have_count(1)
    page.get_by_label("Paste the words of your paper").fill("hello, this is no such paper")
    page.get_by_role("button", name="Add this paper").click()
    expect(page.locator("#trouble")).to_be_focused()
    expect(page.locator("article.turn")).to_have_count(1)


def test_delete_now_leaves_nothing_to_go_back_to(page: Page, complaints: list[str]) -> None:
    _open_example(page)
    page.get_by_role("banner").get_by_role("button", name="Delete now").click()
    expect(page.get_by_role("heading", name="Everything is deleted")).to_be_visible()
    assert page.context.cookies() == []
    page.go_back()
    expect(page.get_by_text("Willow Street")).to_have_count(0)


def test_deleted_in_another_tab(page: Page) -> None:
    _open_example(page)
    other = page.context.new_page()
    other.goto("/visit")
    ticket = [c for c in page.context.cookies() if c["name"] == "sid"]
    other.get_by_role("banner").get_by_role("button", name="Delete now").click()
    page.context.add_cookies(ticket)  # type: ignore[arg-type]
    _ask(page, "what do I owe?")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("Willow Street")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing(page: Page, scheme: str, lang: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in STATIC_PAGES:
        page.goto(LANGS[lang] + address)
        assert _axe(page) == [], address
    _open_example(page, lang, "denial")
    _ask(page, ASK[lang])
    expect(page.locator("article.turn")).to_have_count(1)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert _axe(page) == []
    page.locator("main form.upload button").click()
    expect(page.locator("#trouble")).to_be_visible()
    assert _axe(page) == []


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_no_sideways_scroll_on_a_small_screen(page: Page, size: str) -> None:
    page.set_viewport_size({"width": 320 if size == "100%" else 640, "height": 700})
    for address in ("/", "/es/", "/terms", "/units?units=3"):
        page.goto(address)
        assert _too_wide(page, size) == 0, address
    _open_example(page, "es")
    _ask(page, ASK["es"])
    expect(page.locator("article.turn")).to_have_count(1)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert _too_wide(page, size) == 0


def _too_wide(page: Page, size: str) -> int:
    page.evaluate("size => { document.documentElement.style.fontSize = `${18 * parseInt(size) / 100}px`; }", size)
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_controls_are_large_enough_to_touch(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    _open_example(page)
    small = "[...document.querySelectorAll('button, summary, input:not([type=hidden]), .tongue, footer li a')]"
    heights = page.evaluate(
        f"{small}.filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect().height])"
    )
    assert [h for h in heights if h[1] < 44] == []


def test_the_first_stop_of_the_keyboard_skips_to_the_main_part(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_print_opens_the_lines_and_hides_the_forms(page: Page) -> None:
    _open_example(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#line-2 .inside")).to_be_visible()
    expect(page.locator(".ask")).to_be_hidden()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("address", STATIC_PAGES[:-1])
def test_no_complaints(page: Page, complaints: list[str], lang: str, address: str) -> None:
    page.goto(LANGS[lang] + address)
    expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.mark.parametrize(("name", "width"), [("phone", 390), ("desk", 1280)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_to_look_at(page: Page, root: Path, name: str, width: int, scheme: str) -> None:
    folder = root / "test-artifacts"
    folder.mkdir(exist_ok=True)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    page.screenshot(path=folder / f"start-{name}-{scheme}.png", full_page=True)
    _open_example(page, name="denial")
    _ask(page, "Do I have to pay for line 2?")
    expect(page.locator("article.turn")).to_have_count(1)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=folder / f"visit-{name}-{scheme}.png", full_page=True)
    if os.environ.get(SHOT) == "1" and (name, scheme) == ("desk", "light"):
        (root / "docs").mkdir(exist_ok=True)
        page.screenshot(path=root / "docs" / "screenshot.png")
