"""What is taken along, in a browser: it prints on one page, is read by a screen reader, and fits a small screen."""

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HANDOUTS = ("/visit/handout", "/visit/handout?both=1", "/es/visit/handout")
ADDRESSES = (*HANDOUTS, "/es/visit/letters/appeal", "/visit/letters/estimate")


def _open(page: Page, name: str) -> None:
    page.goto("/")
    page.locator(f"button[name=example][value={name}]").click()
    expect(page.locator("#take")).to_be_visible()


@pytest.mark.parametrize("address", HANDOUTS)
@pytest.mark.parametrize("name", ["therapy", "denial", "medicare"])
def test_it_prints_on_one_page_of_either_size(page: Page, name: str, address: str) -> None:
    _open(page, name)
    page.goto(address)
    page.emulate_media(media="print")
    for size in ("Letter", "A4"):
        printed = pypdfium2.PdfDocument(page.pdf(format=size, tagged=True))
        assert len(printed) == 1
        text = printed[0].get_textpage().get_text_range()
        assert "Willow Street Physical Therapy" in text
        assert "PDF (" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_complaints_and_axe_finds_nothing(page: Page, complaints: list[str], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    _open(page, "denial")
    for address in ADDRESSES:
        page.goto(address)
        expect(page.locator("[data-print]")).to_be_visible()
        page.evaluate(AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == [], address


def test_no_sideways_scroll_on_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    _open(page, "denial")
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, address


def test_from_the_visit_to_a_file(page: Page) -> None:
    _open(page, "denial")
    page.get_by_role("link", name="One page to take along").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="PDF (Letter)").click()
    assert got.value.suggested_filename == "handout.pdf"
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF-")
