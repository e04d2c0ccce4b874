"""A hall's many cards beside the text: the page comes with the first, the rest follows, and is searched and cited alike."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from atelier.live.rules.proxy_entry import EnterContribution
from atelier.minutes.views.editor import DRAWN_WITH_THE_PAGE, SLICE
from tests.browser.hall import Hall
from tests.browser.writing import drafted_board, text_of

pytestmark = pytest.mark.browser
CARDS = DRAWN_WITH_THE_PAGE + SLICE + 3  # three fetches
SCRIPTS_PER_KEY_MS = 16.0  # of processor: what the machine does besides is not ours


def editor(hall: Hall) -> Page:
    said = (f"Carte sur le sujet {number}" for number in range(1, CARDS + 1))
    return drafted_board(
        hall, *(EnterContribution("a3", words, column="minus", college="A") for words in said)
    )


def scripts_ms(page: Page, keys: str) -> float:
    """Type, and return what scripts cost the processor for each key, in ms."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["ScriptDuration"])

    before = spent()
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(40)
    page.wait_for_timeout(1_000)  # what is counted after a pause
    return (spent() - before) * 1_000 / len(keys)


def test_many_cards_follow_the_text_and_typing_stays_light(hall: Hall) -> None:
    page = editor(hall)
    first = page.evaluate("() => fetch(location.href).then((answer) => answer.text())")
    assert first.count('<li class="source"') == DRAWN_WITH_THE_PAGE
    cards = page.locator("[data-source]")
    expect(cards).to_have_count(CARDS)
    expect(page.get_by_role("button", name=f"Faiblesses {CARDS}")).to_be_visible()
    key = page.locator(".sheet-part.is-empty").first.get_attribute("data-key") or ""
    text_of(page, key).click()
    page.keyboard.insert_text(f"La dernière [C-{CARDS}] et une autre [C-9999]. ")
    expect(page.locator(f"#partie-{key} .citation")).to_have_count(2)
    expect(page.locator("[data-flag-list] li")).to_have_count(1)  # C-9999 only
    assert scripts_ms(page, "abcdefghij" * 2) < SCRIPTS_PER_KEY_MS
    page.keyboard.press("Control+Enter")
    assert scripts_ms(page, f"sujet {CARDS}") < SCRIPTS_PER_KEY_MS
    expect(page.locator("[data-source]:visible")).to_have_count(1)
    page.get_by_role("button", name=f"Citer C-{CARDS}").click()
    expect(page.locator(f"#partie-{key} .citation")).to_have_count(3)
