"""The desk in a browser: from many files to a spreadsheet, deleting, keys; and what is kept until when."""

import threading
from pathlib import Path

import pytest
from browsing import send_desk
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGS = {"en": "", "es": "/es"}
SCRIPTS = [True, False]
ADDRESSES = ["/desk", "/codes", "/codes/97110", "/units?minutes=38", "/embed/codes/97110", "/visit/over"]


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:200]}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("scripts", SCRIPTS)
@pytest.mark.parametrize("lang", LANGS)
def test_from_a_batch_to_a_spreadsheet(browser: Browser, base_url: str, root: Path, lang: str, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts, base_url=base_url).new_page()
    send_desk(page, lang, root)
    expect(page.locator(".desk-gaps")).to_contain_text("scan.bin")
    with page.expect_download() as got:
        page.locator("a[href$='/desk/tables.xlsx']").click()
    assert got.value.suggested_filename == "tables.xlsx"
    book = CalamineWorkbook.from_path(str(got.value.path()))
    lines = book.get_sheet_by_index(0).to_python()
    assert "EX-2026-10417" in [row[6] for row in lines]
    assert any(row[0] == "scan.bin" for row in book.get_sheet_by_index(3).to_python())
    with page.expect_download() as text:
        page.locator("a[href$='/desk/lines.csv']").click()
    assert Path(text.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    page.context.close()


@pytest.mark.parametrize("scripts", SCRIPTS)
@pytest.mark.parametrize("lang", LANGS)
def test_delete_now_leaves_nothing(browser: Browser, base_url: str, root: Path, lang: str, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts, base_url=base_url).new_page()
    send_desk(page, lang, root)
    page.goto(f"{LANGS[lang]}/codes/97110")
    expect(page.locator(".until")).to_be_visible()
    page.go_back()
    page.locator("header form[action$='/visit/delete'] button").click()
    expect(page.locator("main ul").first).to_contain_text("4")
    expect(page.locator(".until")).to_have_count(0)
    assert page.context.cookies() == []
    page.go_back()
    expect(page.get_by_text("DANA TESTCASE")).to_have_count(0)
    page.goto(f"{LANGS[lang]}/desk")
    expect(page.locator("table.desk-claim")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_one_click_to_a_patients_page(page: Page, complaints: list[str], root: Path, lang: str) -> None:
    send_desk(page, lang, root)
    page.locator(".desk-patient", has_text="DANA TESTCASE").locator("a[href*='/visit/handout?person=']").click()
    expect(page.locator("[data-print]")).to_be_visible()
    expect(page.get_by_text("DANA TESTCASE").first).to_be_visible()
    expect(page.get_by_text("ALEX Q SAMPLE")).to_have_count(0)


def test_keys_work_outside_of_fields_and_can_be_switched_off(page: Page, complaints: list[str], root: Path) -> None:
    send_desk(page, "en", root)
    stops = page.locator("[data-stop]")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(stops.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(stops.nth(1)).to_be_focused()
    page.keyboard.press("p")
    expect(stops.nth(0)).to_be_focused()
    page.locator("#text").fill("")
    page.locator("#text").press_sequentially("nnu")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("nnu")
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(stops.nth(0)).not_to_be_focused()
    page.reload()
    expect(page.locator("#keys-on")).not_to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing_and_nothing_is_too_wide(page: Page, root: Path, lang: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320, "height": 700})
    for address in ADDRESSES:
        page.goto(LANGS[lang] + address)
        _look(page, address)
    send_desk(page, lang, root)
    _look(page, "sent")
    page.locator("header form[action$='/visit/delete'] button").click()
    _look(page, "deleted")


def _look(page: Page, name: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert _axe(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, name


def test_when_the_time_is_up_the_papers_leave_the_screen(page: Page, complaints: list[str], root: Path) -> None:
    send_desk(page, "en", root)
    page.evaluate("document.querySelector('[data-until]').dataset.until = '1'")
    page.route("**/visit/until.json", lambda route: route.fulfill(json={"at": 0}))
    page.route("**/visit/over", lambda route: route.fulfill(body="over", content_type="text/plain"))
    expect(page.locator("body")).to_have_text("over", timeout=30_000)


def test_a_frame_shows_a_code_and_no_other_page(page: Page, base_url: str) -> None:
    frames = "".join(f"<iframe src='{base_url}/{name}codes/97110'></iframe>" for name in ("embed/", ""))
    clinic = make_server("127.0.0.1", 0, Response(frames, mimetype="text/html"))
    thread = threading.Thread(target=clinic.serve_forever, daemon=True)
    thread.start()
    page.goto(f"http://localhost:{clinic.server_port}/")
    expect(page.frame_locator("iframe").first.locator("h1")).to_contain_text("97110")
    expect(page.frame_locator("iframe").last.locator(".lead")).to_have_count(0)
    assert page.context.cookies() == []
    clinic.shutdown()
    thread.join(5)


def test_pictures_to_look_at(page: Page, root: Path) -> None:
    folder = root / "test-artifacts"
    folder.mkdir(exist_ok=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    send_desk(page, "en", root)
    page.screenshot(path=folder / "desk.png", full_page=True)
    page.goto("/codes/97110")
    page.screenshot(path=folder / "code.png", full_page=True)
    page.locator("header form[action$='/visit/delete'] button").click()
    page.screenshot(path=folder / "deleted.png", full_page=True)
