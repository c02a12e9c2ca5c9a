"""Every page and state is within reach: axe, width, complaints of the browser; light and dark, small and large, both languages.

A picture of each is left in test-artifacts/screenshots, to be looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import LANGS, ask, axe, open_all, open_example, send_desk, send_folder, send_made, sideways
from pictured import SlowReader
from playwright.sync_api import Page, expect

State = Callable[[Page, str, Path], None]
PAGES = (
    "/units?units=3",
    "/units?units=x",
    "/codes",
    "/codes?q=hot",
    "/codes/97110",
    "/embed/codes/97110",
    "/desk",
    "/terms",
    "/terms/copay",
    "/privacy",
    "/nowhere",
)


def _start(page: Page, lang: str, root: Path) -> None:
    page.goto(LANGS[lang] + "/")


def _answered(page: Page, lang: str, root: Path) -> None:
    open_example(page, lang, "denial")
    ask(page, {"en": "Do I have to pay for line 2?", "es": "¿Tengo que pagar la línea 2?"}[lang])
    ask(page, {"en": "what is line 1?", "es": "¿qué es la línea 1?"}[lang])


def _minutes(page: Page, lang: str, root: Path) -> None:
    open_example(page, lang, "therapy")
    page.locator(".there input[name=minutes]").fill("30")
    page.locator(".there button").click()
    expect(page.locator(".verdict")).to_be_visible()


def _wrong_minutes(page: Page, lang: str, root: Path) -> None:
    open_example(page, lang, "medicare")
    page.locator(".there input[name=minutes]").fill("x")
    page.locator(".there button").click()
    expect(page.locator("#trouble")).to_be_visible()


def _refused(page: Page, lang: str, root: Path) -> None:
    page.goto(LANGS[lang] + "/")
    page.locator(".upload button").click()
    expect(page.locator("#trouble")).to_be_visible()


def _family(page: Page, lang: str, root: Path) -> None:
    send_made(page, lang, "family", "leo", "copy")
    expect(page.locator(".people")).to_be_visible()


def _wrong_value(page: Page, lang: str, root: Path) -> None:
    send_made(page, lang, "one")
    page.locator("#line-1 .line-links a").last.click()
    page.locator("#fix-code").fill("a b")
    page.locator(".choices button[value=save]").click()
    expect(page.locator("#trouble")).to_be_visible()


def _corrected(page: Page, lang: str, root: Path) -> None:
    send_made(page, lang, "one")
    page.locator("#line-1 .line-links a").last.click()
    page.locator("#fix-patient_owes").fill("45")
    page.locator(".choices button[value=save]").click()
    expect(page.locator("h1 strong")).to_have_text("$65.00")


def _story(page: Page, lang: str, root: Path) -> None:
    send_folder(page, lang, root / "tests" / "papers" / "episode" / "nine")
    expect(page.locator("#story")).to_be_visible()


def _bill(page: Page, lang: str, root: Path) -> None:
    send_folder(page, lang, root / "tests" / "papers" / "cases" / "faults" / "bill-more-wide-short")
    expect(page.locator("#title-0")).to_be_visible()


def _reading(page: Page, lang: str, root: Path) -> None:
    send_made(page, lang, "one held")
    expect(page.locator("#how-far")).to_contain_text("2")


def _deleted(page: Page, lang: str, root: Path) -> None:
    open_example(page, lang)
    page.locator("header form.end button").click()
    expect(page.locator("h1")).not_to_contain_text("$")


STATES: dict[str, State] = {
    "start": _start, "answered": _answered, "minutes": _minutes, "wrong-minutes": _wrong_minutes, "refused": _refused,
    "family": _family, "wrong-value": _wrong_value, "corrected": _corrected, "story": _story, "bill": _bill, "reading": _reading,
    "deleted": _deleted, "desk": send_desk,
}  # fmt: skip


MAIN = ("start", "answered", "corrected", "story")


@dataclass(frozen=True, slots=True)
class Look:
    """A screen: its width, its colours, its language, and how large the words are."""

    name: str
    lang: str
    scheme: str
    width: int
    zoom: int = 100


# Words of twice the size on a screen of 1280 leave room for 640: what zooming to 200 % does.
FULL = (Look("desk-light", "en", "light", 1280), Look("phone-dark", "es", "dark", 320))
PART = (Look("desk-dark", "es", "dark", 1280), Look("phone-light", "en", "light", 320), Look("zoomed", "es", "light", 640, 200))
EVERY = [(state, look) for look in FULL for state in STATES] + [(state, look) for look in PART for state in MAIN]


@pytest.fixture(autouse=True)
def held(reader: SlowReader) -> Iterator[None]:
    reader.go_on.clear()
    yield
    reader.go_on.set()


@pytest.fixture
def quiet(page: Page) -> Iterator[None]:
    """What the browser complains of: script errors, and all that the content policy refused. Only refusals of ours are left."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield
    assert [words for words in found if "the server responded with a status of 4" not in words] == []


@pytest.mark.parametrize(("state", "look"), EVERY, ids=lambda value: value if isinstance(value, str) else value.name)
def test_states(page: Page, quiet: None, root: Path, state: str, look: Look) -> None:
    page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size({"width": max(look.width, 375), "height": 800})
    STATES[state](page, look.lang, root)
    _picture(page, root, state, look)
    _reached(page, look)


@pytest.mark.parametrize("look", FULL, ids=lambda look: look.name)
def test_pages_without_a_paper(page: Page, quiet: None, look: Look) -> None:
    page.emulate_media(color_scheme=look.scheme)  # type: ignore[arg-type]
    for address in PAGES:
        page.goto(LANGS[look.lang] + address)
        _reached(page, look)


def _reached(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": 800})
    page.evaluate("zoom => { document.documentElement.style.fontSize = `${18 * zoom / 100}px`; }", look.zoom)
    open_all(page)
    assert (axe(page) if look.zoom == 100 else [], sideways(page)) == ([], 0), page.url
    expect(page.locator("html")).to_have_attribute("lang", look.lang)


def _picture(page: Page, root: Path, state: str, look: Look) -> None:
    if look.zoom == 100:
        folder = root / "test-artifacts" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{state}-{look.name}.png", full_page=True)
