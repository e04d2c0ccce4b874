"""Draws every component and chart at the size of each surface, to be looked at beside the mockups.

`python -m tests.gallery.draw FOLDER` writes pages and pictures; it is not a test.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import segno
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from playwright.sync_api import sync_playwright

from atelier.drawing import Drawing
from tests.gallery import data

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).parent / "pages"
VIEWPORTS = {
    "screen": [(1920, 1080), (1280, 720), (1024, 768)],
    "phone": [(390, 844), (320, 568)],
    "desk": [(1440, 900), (1024, 768), (390, 844)],
    "page": [(1440, 900), (390, 844)],
    "print": [(794, 1123)],
}

AXE = """axe.run().then(({violations}) => violations.map(
  ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 90)).join(" | ")}`))"""


def environment() -> Environment:
    """The house's own environment, with the pages of the gallery beside its templates."""
    house = Drawing("Europe/Paris", "https://atelier.example")._environments["fr"]
    return house.overlay(loader=ChoiceLoader([FileSystemLoader(PAGES), FileSystemLoader(ROOT / "templates")]))


def code(url: str) -> str:
    return segno.make(url).svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)


def draw_page(name: str) -> str:
    now = datetime(2026, 10, 13, 20, 13, tzinfo=ZoneInfo("Europe/Paris"))
    return (
        environment()
        .get_template(f"{name}.html")
        .render(
            results=data.results(),
            data=data,
            options=data.options,
            qr=code("https://atelier.example/j/482137"),
            now=now,
        )
    )


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = [page.stem for page in sorted(PAGES.glob("[a-z]*.html")) if not wanted or page.stem in wanted]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("ATELIER_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        for name in names:
            html = draw_page(name)
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
            for width, height in VIEWPORTS[name.split("-")[0]]:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.route("**/gallery", partial(answer, html))
                page.goto(f"{base}/gallery")
                page.wait_for_timeout(700)
                report(name, page)
                whole = not name.startswith("screen")
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=whole)
                page.close()
        browser.close()
    server.shutdown()


def answer(html: str, route) -> None:  # type: ignore[no-untyped-def]
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def report(name: str, page) -> None:  # type: ignore[no-untyped-def]
    """Say what no picture shows: text below the floor of the surface, targets too small, a page wider than its window."""
    found = page.evaluate((Path(__file__).parent / "faults.js").read_text(encoding="utf-8"))
    page.add_script_tag(path=ROOT / "node_modules/axe-core/axe.min.js")
    for fault in [*found, *page.evaluate(AXE)]:
        print(f"{name} {page.viewport_size['width']}: {fault}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
