"""Looks at the states of a screen: what axe finds in each, what does not fit a hand. `looks.at(page, "phone: lobby", mark)`."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page, expect

from atelier.live.catalogue import wire_name
from atelier.live.messages import Command
from tests.browser.hall import AXE, Hall

LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
AXE_SOURCE = AXE.read_text(encoding="utf-8")
# Every rule of axe's own choice, of every impact: `best-practice` and moderate ones included. Frames are looked at by themselves;
# under an open dialog the page is inert, and was looked at before.
RUN = """async () => {
  const shown = document.querySelector("dialog:modal") ?? document;
  const found = await axe.run(shown, {resultTypes: ["violations"], iframes: false, preload: false});
  const said = (nodes) => nodes.slice(0, 4).map(({html}) => html.slice(0, 160)).join(" | ");
  return found.violations.map(({id, impact, nodes}) => `${id} (${impact}): ${said(nodes)}`);
}"""


def violations(page: Page | Frame) -> list[str]:
    """Return what axe-core finds in this page as it stands, moderate included."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SOURCE)
    found: list[str] = page.evaluate(RUN)
    return found


@dataclass
class Looks:
    """What was found, state by state. `seen` keeps the names of the states that were reached."""

    hall: Hall
    violations: dict[str, list[str]] = field(default_factory=dict)
    layout: dict[str, list[str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def at(self, page: Page, name: str, mark: str = "main", hand: bool = False, axe: bool = True) -> None:
        """Wait until `mark` (a selector) is seen, then look. `hand`: also as something held in the hand.

        `axe=False`: the same elements were just seen at another width.
        """
        expect(page.locator(mark).first, name).to_be_visible()
        assert name not in self.seen, f"{name} is looked at twice"
        self.seen.append(name)
        if axe and (found := violations(page)):
            self.violations[name] = found
        if hand and (faults := page.evaluate(LAYOUT)):
            self.layout[name] = faults

    def framed(self, frame: Frame, name: str) -> None:
        """Look at the page that stands in a frame."""
        self.seen.append(name)
        if found := violations(frame):
            self.violations[name] = found

    def do(self, *commands: Command) -> dict[str, Any]:
        """Perform the facilitator's acts through the server's own door; each must be accepted."""
        return self.do_as(self.hall.facilitator(), "pupitre", *commands)

    def do_as(self, context: BrowserContext, surface: str, *commands: Command) -> dict[str, Any]:
        """Perform acts with somebody's cookies: `s` from a phone, `pupitre` from a desk. Return the last answer."""
        url = self.hall.server.url
        answer: dict[str, Any] = {}
        for command in commands:
            act = {"id": secrets.token_hex(16), "name": wire_name(type(command)), "data": sent(command)}
            path = f"{url}/{surface}/{self.hall.code}/act"
            answer = context.request.post(path, data=act, headers={"Origin": url}).json()
            assert answer["ok"], (command, answer)
        return answer


def sent(command: Command) -> dict[str, Any]:
    """Return what a client sends of a command: nothing that only the desk fills."""
    filled = {one.name for one in fields(command) if one.metadata.get("filled")}
    return {
        name: value for name, value in asdict(command).items() if name not in filled and value is not None
    }
