"""Measure (d), with Chromium: how long a phone waits on Lighthouse's « mobile slow 4G », as it throttles a real browser.

1.6 Mbit/s down and 150 ms there and back; as Chromium delays requests and not packets, Lighthouse asks 3.75 times that of
it for each request, and nine tenths of the line; a processor four times slower.
"""

from __future__ import annotations

import os
import shutil
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.server import RunningServer

LATENCY_MS = 150 * 3.75
DOWN_BYTES_S = 1638.4 * 0.9 * 1024 / 8
UP_BYTES_S = 750 * 0.9 * 1024 / 8
SLOWER = 4
TIMES = 3
SWITCHES = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "locale": "fr-FR"}

# Marks of a page, in ms since it was asked for.
WATCH = """
window.marks = {};
const mark = (name) => { window.marks[name] ??= performance.now(); };
new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").forEach(({ startTime }) => {
  window.marks.painted = startTime;
})).observe({ type: "paint", buffered: true });
document.addEventListener("DOMContentLoaded", () => mark("read"));
customElements.whenDefined("act-form").then(() => mark("scripted"));
const look = () => document.body?.dataset.connection === "online" ? mark("live") : setTimeout(look, 20);
look();
"""


def slow_line(running: RunningServer) -> dict[str, Any]:
    """Join as a phone on a slow line, then open the page of the séance, with nothing kept from before."""
    chromium = (
        os.environ.get("ATELIER_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not chromium:
        return {"not measured": "no Chromium (ATELIER_CHROMIUM)"}
    waits: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        for number in range(TIMES):
            context = browser.new_context(**PHONE)  # type: ignore[arg-type]
            waits.append(_one_phone(context, running, number))
            context.close()
        browser.close()
    return {name: round(median(wait[name] for wait in waits) / 1000, 2) for name in waits[0]}


def _one_phone(context: BrowserContext, running: RunningServer, number: int) -> dict[str, float]:
    page = _throttled(context)
    page.goto(f"{running.url}/j/{running.code}")
    joining = _marks(page, "painted", "read")
    page.fill("input[name=name]", f"Zoé {number}")
    page.locator("input[name=college]").first.check(force=True)
    page.locator("main form button").first.click()
    page.wait_for_url(f"**/s/{running.code}*")
    page.close()
    page = _throttled(context)  # a cold cache: what joining fetched is fetched again
    page.goto(f"{running.url}/s/{running.code}", wait_until="commit")
    there = _marks(page, "painted", "read", "scripted", "live")
    return {
        "joining: first paint, s": joining["painted"],
        "joining: form usable, s": max(joining["painted"], joining["read"]),
        "activity: first paint, s": there["painted"],
        "activity: form usable, s": max(there["painted"], there["read"]),
        "activity: its scripts run, s": there["scripted"],
        "activity: live, s": there["live"],
    }


def _throttled(context: BrowserContext) -> Page:
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    line = {"latency": LATENCY_MS, "downloadThroughput": DOWN_BYTES_S, "uploadThroughput": UP_BYTES_S}
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _marks(page: Page, *names: str) -> dict[str, float]:
    page.wait_for_function("names => names.every((name) => name in window.marks)", arg=list(names))
    found: dict[str, float] = page.evaluate("window.marks")
    return found
