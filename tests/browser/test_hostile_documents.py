"""Hostile corpora as documents in real Chromium: nothing runs, nothing is injected, no request leaves.

The pages are opened without their content policy: what is proved is the drawing alone, not what the policy would stop.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from atelier.markdown import TAGS
from atelier.minutes.content import Content, Section
from tests.browser.documents import Shelf
from tests.browser.hall import DESK, Hall
from tests.conftest import DATA

pytestmark = pytest.mark.browser

SECURITY = DATA / "markdown-securite"
SECTIONS_A_DOCUMENT = 250
BAIT = (
    '<img src=x onerror="alert(1)"><script>alert(2)</script>![x](http://ailleurs.example/x.png) [C-1] {{ 7 * 7 }}\n'
    "::: auto V-1 00000000\n:::"
)
# What surrounds the words of people on the page: our own templates.
OURS = {"article", "aside", "details", "nav", "summary", "section", "div"}
LOOK = """(tags) => {
  const found = [];
  const name = (element) => `<${element.localName}>`;
  for (const element of document.getElementById("texte").querySelectorAll("*")) {
    if (element.closest(".is-title > .part-text > .reading-own")) continue; // our buttons beside the title
    if (!tags.includes(element.localName)) found.push(name(element));
    for (const {name: attribute, value} of element.attributes) {
      if (attribute.startsWith("on") || ["style", "src", "srcdoc", "action", "formaction"].includes(attribute))
        found.push(`${name(element)} ${attribute}`);
      if (attribute === "href" && !["http:", "https:", "mailto:"].includes(new URL(value, location.href).protocol))
        found.push(`${name(element)} ${value}`);
    }
  }
  return found;
}"""


def payloads() -> list[str]:
    attacks = json.loads((SECURITY / "dompurify" / "expect.json").read_text(encoding="utf-8"))
    strings = json.loads((SECURITY / "blns" / "blns.json").read_text(encoding="utf-8"))
    return [attack["payload"] for attack in attacks] + strings


def section(number: int, payload: str) -> Section:
    """One payload everywhere that people write: in the text, in a link, a picture, a table, a list, code; and as a heading."""
    line = " ".join(payload.split())
    places = (
        payload, f"[mot]({line})", f"[mot](<{line}>)", f"![mot]({line})", f'[mot](/x "{line}")', f"[{line}](/x)",
        f"| {line} |\n|---|\n| {line} |", f"- {line}\n- [ ] {line}", f"> {line}", f"`{line}`", f"<{line}>",
    )  # fmt: skip
    return Section(f"s{number}", 1, payload, "\n\n".join(places), hint=payload)


def documents() -> Iterator[Content]:
    found = [section(number, payload) for number, payload in enumerate(payloads())]
    assert len(found) == 738
    for start in range(0, len(found), SECTIONS_A_DOCUMENT):
        yield Content(BAIT, tuple(found[start : start + SECTIONS_A_DOCUMENT]))


def watched(shelf: Shelf) -> tuple[Page, list[str]]:
    """A page that runs whatever it holds, and what it was seen to run or report."""
    seen: list[str] = []
    page = shelf.hall.page(shelf.reader(DESK, bypass_csp=True))
    page.on("dialog", lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: seen.append(said.text) if said.type == "error" else None)
    return page, seen


def test_a_watched_page_would_tell(hall: Hall) -> None:
    shelf = Shelf(hall)
    shelf.put(Content("Titre", (Section("s", 1, "Un", "Un."),)))
    page, seen = watched(shelf)
    page.goto(f"{hall.server.url}/comptes-rendus/CHA1")
    assert page.evaluate(LOOK, sorted(TAGS | OURS)) == []
    page.evaluate("""() => { document.getElementById("texte").innerHTML =
      '<p onclick="x"><img src="http://ailleurs.invalid/x.png" onerror="alert(1)"><a href="javascript:x">x</a>'; }""")
    page.wait_for_timeout(500)
    assert page.evaluate(LOOK, sorted(TAGS | OURS)) == [
        "<p> onclick", "<img>", "<img> src", "<img> onerror", "<a> javascript:x",
    ]  # fmt: skip
    assert shelf.traffic == ["http://ailleurs.invalid/x.png"]
    assert "dialog: 1" in seen


@pytest.mark.skipif(not SECURITY.is_dir(), reason="the corpora stand beside the project")
@pytest.mark.timeout(600)
def test_hostile_texts_are_drawn_and_nothing_comes_of_them(hall: Hall) -> None:
    shelf = Shelf(hall)
    for number, content in enumerate(documents(), 1):
        shelf.put(content, f"HO{number}")
    page, seen = watched(shelf)
    for reference in shelf.made:
        page.goto(f"{hall.server.url}/comptes-rendus/{reference}")
        page.locator("#texte summary").first.wait_for()
        assert page.locator(".part.is-level-2").count() > 200
        assert page.evaluate(LOOK, sorted(TAGS | OURS)) == []
        assert page.locator("h1").inner_text() == " ".join(BAIT.split())
    page.wait_for_timeout(500)
    assert (seen, shelf.traffic) == ([], [])


def test_hostile_cards_stay_words_in_their_source(hall: Hall) -> None:
    shelf = Shelf(hall)
    shelf.say((BAIT, "Une carte ordinaire."), title="<b onmouseover=alert(3)>[C-2]</b>")
    shelf.put(Content("Titre", (Section("s", 1, "Un", "Une phrase [C-1]."),)))
    page, seen = watched(shelf)
    page.goto(f"{hall.server.url}/comptes-rendus/CHA1")
    page.get_by_role("link", name="Source C-1", exact=True).click()
    card = page.locator(".source-card")
    card.wait_for()
    assert " ".join(card.locator(".source-words").inner_text().split()) == f"« {' '.join(BAIT.split())} »"
    assert card.locator("img, script, b, iframe").count() == 0
    assert "<b onmouseover=alert(3)>[C-2]</b>" in card.inner_text()
    assert (seen, shelf.traffic) == ([], [])
