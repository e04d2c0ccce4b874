"""Time on the three surfaces: colours at 20 % and 5 % left, beyond the end; lateness said and caught up with one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from atelier.clock import utc_now
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.state import LiveState
from tests.browser.hall import Hall, eventually
from tests.browser.looking import Looks
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.seed import state_on_disk
from tests.server import running_server

pytestmark = pytest.mark.browser
LASTS_S = 600
STAGES = {"is-low", "is-last", "is-over"}


@pytest.fixture
def late(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    """An evening that should have begun thirty-two minutes ago, with an activity of ten minutes."""
    short = make_activity("a1", "contributions", "Dix minutes pour écrire", minutes=10)
    sequences = [
        make_sequence("s1", "Écrire", 10, short),
        make_sequence("s2", "Échanger", 45),
        make_sequence("s3", "Conclure", 10),
    ]
    began = (utc_now() - timedelta(minutes=32)).isoformat()
    with running_server(tmp_path, snapshot=make_snapshot(sequences, starts_at=began)) as server:
        made = Hall(chromium, server)
        yield made
        made.close()
        assert made.faults == []
        assert server.errors() == []


def state(hall: Hall) -> LiveState:
    assert hall.server.seeded is not None
    return state_on_disk(hall.server.seeded)


def stage(timer: Locator) -> set[str]:
    return STAGES & set((timer.get_attribute("class") or "").split())


def expect_stage(page: Page, timer: Locator, reached: set[str]) -> None:
    eventually(lambda: stage(timer) == reached, page)


def ground(timer: Locator) -> str:
    return str(timer.evaluate("(element) => getComputedStyle(element).backgroundColor"))


def test_the_time_changes_its_colours_at_twenty_and_five_per_cent_without_network_too(late: Hall) -> None:
    desk, screen = late.desk(), late.screen()
    desk.context.clock.install()
    for page in (desk, screen):
        page.reload()
        late.joined(page)
    Looks(late).do(GoTo("s1", "a1"), OpenActivity("a1"))
    timers = {page: page.locator("time-left.timer").first for page in (desk, screen)}
    for timer in timers.values():
        expect(timer).to_be_visible()
    desk.context.set_offline(
        True
    )  # else the server would give its hour again to a page that seems to wake up
    grounds: dict[Page, list[str]] = {page: [] for page in timers}
    for seconds, reached in (
        (0, ""),
        (LASTS_S * 0.85, "is-low"),
        (LASTS_S * 0.12, "is-last"),
        (LASTS_S * 0.1, "is-over"),
    ):
        desk.context.clock.fast_forward(int(seconds * 1000))  # both pages: they are of one browser
        for page, timer in timers.items():
            expect_stage(page, timer, {reached} - {""})
            grounds[page].append(ground(timer))
    for page, seen in grounds.items():
        expect(timers[page]).to_contain_text("+")
        assert len(set(seen[:3])) == 3, (page.url, seen)  # plain, low, last


def test_lateness_is_a_sentence_and_minutes_taken_from_what_comes_make_it_less(late: Hall) -> None:
    desk = late.desk()
    Looks(late).do(GoTo("s1", "a1"))
    lateness = desk.locator(".pane-agenda .lateness")
    expect(lateness).to_contain_text("32 min de retard")
    expect(lateness).to_contain_text("Fin prévue à")
    desk.get_by_role("button", name="Rattraper 32 min").click()
    dialog = desk.locator("#dialog-catch-up")
    expect(dialog).to_contain_text("Il y a 32 min à reprendre")
    dialog.get_by_role("button", name="32 min de moins").click()
    eventually(lambda: state(late).sequences["s2"].extended == -32, desk)
    expect(dialog).to_contain_text("Plus rien à rattraper.")
    desk.keyboard.press("Escape")
    expect(lateness).to_contain_text("À l’heure")


def test_five_minutes_more_are_seen_on_the_timer_and_in_the_row(late: Hall) -> None:
    desk = late.desk()
    Looks(late).do(GoTo("s1", "a1"), OpenActivity("a1"))
    row = desk.locator("[data-region=seq-s1] .minutes")
    expect(row).to_contain_text("0 /")
    timer = desk.locator(".scene-state time-left")
    expect(timer).to_be_visible()
    desk.locator("body").press("t")
    eventually(lambda: state(late).sequences["s1"].extended == 5, desk)
    expect(row).to_contain_text("15")
    eventually(lambda: (timer.text_content() or "").startswith(("14:", "15:")), desk)
