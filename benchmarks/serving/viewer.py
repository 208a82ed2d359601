"""From a click on a citation to its painted page, on a report of 212 pages, none of them drawn before.

python -m benchmarks.serving.viewer [--pages 212] [--clicks 60]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright
from pypdf import PdfReader, PdfWriter

from benchmarks.serving.served import ROOT, percentile, served, xunju
from rag import Assistant, Settings, open_assistant, to_json
from rag.settings import IndexSettings

_SAMPLE = ROOT / "samples/filings/boning_2024_half_year.pdf"
_READING_MS = 1000  # nobody opens the next page sooner
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=212)
    parser.add_argument("--clicks", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index, report = Path(folder) / "index", Path(folder) / "long.pdf"
        _long(report, options.pages)
        xunju("ingest", str(report), "--index", str(index))
        assistant = open_assistant(Settings(index=IndexSettings(path=index)))
        answer = _cited(assistant, options.clicks)
        assistant.close()
        with served(index) as (address, _):
            times = _clicks(address, answer)
    told = {
        name: round(percentile(times, part), 3) for name, part in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))
    }
    print(json.dumps({"pages": options.pages, "clicks": len(times), "click_to_painted_s": told}))


def _long(place: Path, pages: int) -> None:
    """A report of so many pages: the sample's, over and over."""
    reader, writer = PdfReader(_SAMPLE), PdfWriter()
    for n in range(pages):
        writer.add_page(reader.pages[n % len(reader.pages)])
    writer.write(place)


def _cited(assistant: Assistant, count: int) -> dict[str, object]:
    """An answer with a citation on each of so many pages, chosen by chance."""
    (filing,) = assistant.filings()
    answer = to_json(assistant.answer("营业收入是多少？"))
    template = answer["citations"][0]  # type: ignore[index]
    chance = random.Random(1)
    pages = [n for n in range(1, filing.page_count + 1) if len(assistant.page(filing.id, n).text) > 200]
    citations = []
    for marker, page in enumerate(chance.sample(pages, min(count, len(pages))), 1):
        text = assistant.page(filing.id, page).text
        place = {
            "page": page,
            "start": 60,
            "end": 120,
            "quote": text[60:120],
            "link": f"/v/{filing.id[:16]}?p={page}",
        }
        citations.append({**template, **place, "marker": marker, "section": [str(marker)]})
    return {**answer, "citations": citations, "conversation": "", "turn": None}


def _clicks(address: str, answer: dict[str, object]) -> list[float]:
    def fulfil(route: Route) -> None:
        body = f"event: answer\ndata: {json.dumps(answer)}\n\n"
        route.fulfill(body=body, content_type="text/event-stream")

    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=2)
        page.route("**/api/ask/stream", fulfil)
        page.goto(address)
        page.fill("#question", "问")
        page.keyboard.press("Enter")
        page.wait_for_selector(".citation")
        times = [_click(page, one) for one in answer["citations"]]  # type: ignore[attr-defined]
        browser.close()
    return times


def _click(page: Page, citation: dict[str, object]) -> float:
    """Seconds until the passage is painted over the page's picture."""
    marker = citation["marker"]
    started = time.perf_counter()
    page.locator(f'button[data-citation="{marker}"]').dispatch_event("click")
    own = f'.page[data-page="{citation["page"]}"]'
    page.locator(f'{own} .box.active[data-marker="{marker}"]').first.wait_for()
    page.locator(f"{own} img:not(.coming)").wait_for()
    took = time.perf_counter() - started
    page.wait_for_timeout(_READING_MS)
    return took


if __name__ == "__main__":
    main()
