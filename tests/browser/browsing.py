"""What the browser's tests do again and again on the page."""

from pathlib import Path

from playwright.sync_api import Page, expect

LANGS = {"en": "", "es": "/es"}
_AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def send(page: Page, lang: str, *files: tuple[str, bytes]) -> None:
    """Sends files from the first page."""
    page.goto(f"{LANGS[lang]}/")
    made = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.locator("#file").set_input_files(made)  # type: ignore[arg-type]
    page.locator(".upload button").click()


def send_made(page: Page, lang: str, *kinds: str) -> None:
    """Sends made-up papers with pictures, by their names in tests/pictured.py."""
    send(page, lang, *((f"{n}.pdf", b"%PDF-" + kind.encode()) for n, kind in enumerate(kinds)))


def send_folder(page: Page, lang: str, folder: Path, pattern: str = "*.txt") -> None:
    """Sends every paper of a folder."""
    send(page, lang, *((file.name, file.read_bytes()) for file in sorted(folder.glob(pattern))))


def open_example(page: Page, lang: str = "en", name: str = "therapy") -> None:
    """Opens one of the examples."""
    page.goto(f"{LANGS[lang]}/")
    page.locator(f"button[name=example][value={name}]").click()
    expect(page.locator("h1")).to_contain_text("$")


def ask(page: Page, words: str) -> None:
    """Asks, and waits for the answer."""
    before = page.locator("article.turn").count()
    page.locator("#q").fill(words)
    page.locator(".ask button").click()
    expect(page.locator("article.turn")).to_have_count(before + 1)


def open_all(page: Page) -> None:
    """Opens everything that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")


def axe(page: Page) -> list[str]:
    """What axe finds wrong, by WCAG 2.2 AA and its own best practice."""
    page.evaluate(_AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _TAGS)
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:200]}" for v in found["violations"] for n in v["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels the page is too wide."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def send_desk(page: Page, lang: str, root: Path) -> None:
    """Many files to the desk, one of them of no use; back when the tables are there."""
    page.goto(f"{LANGS[lang]}/desk")
    files = [*sorted((root / "content/examples").glob("*.txt")), root / "tests/papers/x12/two-patients.835"]
    bad = {"name": "scan.bin", "mimeType": "application/octet-stream", "buffer": b"\x00\xff" * 99}
    sent = [{"name": f.name, "mimeType": "text/plain", "buffer": f.read_bytes()} for f in files]
    page.locator("#file").set_input_files([*sent, bad])  # type: ignore[arg-type]
    page.locator(".upload button").click()
    expect(page.locator("table.desk-claim")).to_have_count(5, timeout=20_000)
