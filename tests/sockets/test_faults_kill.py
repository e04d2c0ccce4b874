"""kill -9 at random moments under load: what was acknowledged is there, once, and the vote adds up (architecture §4)."""

from __future__ import annotations

import asyncio

import pytest

from atelier.db import Database
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.settings import Settings
from tests.factories import make_play
from tests.faults.killing import Count, check_cards, check_turnout, check_whole, kill_under_load
from tests.seed import perform, seed
from tests.server import RunningServer

pytestmark = pytest.mark.timeout(300)  # a process starts again after each kill, on a machine that may be busy
SAMPLE = 3
LONG = 100


def run(settings: Settings, kills: int, seed_number: int) -> None:
    seeded = seed(settings, open_at=("s3", "a3"))
    database = Database(settings.database_url)
    perform(seeded, database, [GoTo("s5", "a4"), OpenActivity("a4")])
    database.dispose()
    env = {"ATELIER_DATABASE_URL": settings.database_url}
    server = RunningServer(settings.var, env, seeded)
    try:
        server.start()
        count, phones = asyncio.run(kill_under_load([server], seeded, kills, seed_number))
        server.stop()
        check_whole(seeded, phones, count)
    finally:
        server.kill()
    print(f"{count.kills} kills, {count.acknowledged} acts acknowledged after {count.tries} tries")
    assert (count.kills, count.missing, count.doubled) == (kills, [], [])
    assert count.acknowledged > 10 * kills
    assert server.errors() == []


def test_killed_server_loses_and_doubles_nothing(settings: Settings) -> None:
    run(settings, SAMPLE, 1)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_server_killed_a_hundred_times_loses_and_doubles_nothing(settings: Settings) -> None:
    run(settings, LONG, 2)


def test_the_count_finds_a_card_that_is_lost_and_one_that_is_there_twice() -> None:
    play = make_play(people=1)
    play.open("a3")
    for text in ("une fois", "deux fois", "deux fois"):
        play.act(SubmitContribution("a3", text, column="plus"), "Samira")
    count = Count()
    check_cards(play.state, {"1": "une fois", "2": "deux fois", "3": "jamais"}, count)
    check_turnout(play.state, {play.keys["Samira"]: {"o1": 1}}, count)
    assert count.missing == ["jamais", f"ballot of {play.keys['Samira']}"]
    assert count.doubled == ["deux fois"]
