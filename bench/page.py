"""First paint and weight of the page on a slow phone: CPU four times slower, "slow 4G" as Lighthouse has it. Needs Chromium.

`python -m bench.page` prints a line for each page: bytes of HTML, style and script, and milliseconds to the first words, without
and with style and script kept from before.
"""

import os
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.sessions.memory import MemoryShelf
from explainer.settings import Rates, Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ROOT = Path(__file__).resolve().parent.parent
# Lighthouse's slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms for each way there and back.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PAINT = """
    new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(
      entry => done(entry.startTime))).observe({type: 'paint', buffered: true}))
"""
BYTES = """
    [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
      .filter(entry => !entry.name.includes('.svg')).reduce((sum, entry) => sum + entry.decodedBodySize, 0)
"""
TIMES = 5


@contextmanager
def _served() -> Iterator[str]:
    from werkzeug.serving import make_server

    from explainer.web import create_app

    often = replace(Settings(), rates=Rates("1000 per minute", "1000 per minute", "1000 per minute"))
    server = make_server("127.0.0.1", 0, create_app(often, store=MemoryShelf()), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def main() -> None:
    """Prints the figures, or why there are none."""
    if not CHROMIUM.exists():
        print(f"page: no {CHROMIUM}, not measured")
        return
    from playwright.sync_api import sync_playwright

    with _served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for name, papers in (("start", []), ("visit", [ROOT / "content" / "examples" / "denial.txt"]), ("nine papers", _nine())):
            context = browser.new_context(base_url=base, viewport={"width": 375, "height": 740})
            page = context.new_page()
            page.goto("/")
            if papers:
                page.locator("#file").set_input_files(papers)
                page.locator(".upload button").click()
            first, again = (_painted(page, cached) for cached in (False, True))
            weight = int(page.evaluate(BYTES))
            print(f"page {name}: {weight / 1000:.0f} kB, first words after {first} ms, with style and script kept {again} ms")
            context.close()
        browser.close()


def _painted(page: "Page", cached: bool) -> int:
    """The median of a few loads of the page, in milliseconds."""
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.setCacheDisabled", {"cacheDisabled": not cached})
    slow.send("Network.emulateNetworkConditions", SLOW)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    address, shown = page.url, []
    for _ in range(TIMES):
        page.goto(address)
        shown.append(round(float(page.evaluate(PAINT))))
    slow.detach()
    return statistics.median_low(shown)


def _nine() -> list[Path]:
    return sorted((ROOT / "tests" / "papers" / "episode" / "nine").glob("*.txt"))


if __name__ == "__main__":
    main()
