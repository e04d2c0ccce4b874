"""Kills servers under load and counts: acknowledged acts missing, acts counted twice, votes that do not add up."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from atelier.db import Database
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.reveal import RevealResult
from atelier.live.state import LiveState
from tests.faults.phones import OutboxPhone, cards_said, last_ballots, refusals
from tests.seed import Seeded, perform, state_on_disk
from tests.server import RunningServer

PEOPLE = ("Samira", "Jean-Luc", "Odile", "Thierry", "Fatoumata", "Marcel")
WAYS = ("websocket", "http", "websocket", "polling", "websocket", "http")
LONGEST_LIFE_S = 1.2


@dataclass
class Count:
    """What a run found. `missing` and `doubled` name what was acknowledged and is not there once."""

    kills: int = 0
    acknowledged: int = 0
    tries: int = 0
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def check_cards(state: LiveState, said: dict[str, str], count: Count) -> None:
    """Look for every acknowledged card in a folded state."""
    there = Counter(card.text for card in state.contributions.values())
    count.missing += [text for text in said.values() if there[text] == 0]
    count.doubled += [text for text, times in there.items() if times > 1]


def check_turnout(state: LiveState, ballots: dict[str, dict[str, int]], count: Count) -> None:
    turnout = state.activities["a4"].turnout
    count.missing += [f"ballot of {voter}" for voter in ballots if turnout.get(voter) != 1]


async def kill_under_load(
    servers: Sequence[RunningServer],
    seeded: Seeded,
    kills: int,
    seed: int,
    after_kill: Callable[[], None] = lambda: None,
) -> tuple[Count, list[OutboxPhone]]:
    """Let phones talk while servers are killed in turn at random moments; after each death, look on the disk."""
    chance = random.Random(seed)
    count = Count()
    urls = [server.url for server in servers]
    phones = [
        OutboxPhone(
            name, urls[n % len(urls) :] + urls[: n % len(urls)], seeded.code, way, random.Random(seed + n)
        )
        for n, (name, way) in enumerate(zip(PEOPLE, WAYS, strict=True))
    ]
    await asyncio.gather(*(phone.join() for phone in phones))
    stop = asyncio.Event()
    talking = [asyncio.ensure_future(phone.talk(stop, ("card", "card", "ballot"))) for phone in phones]
    try:
        for turn in range(kills):
            await asyncio.sleep(0.1 + chance.random() * LONGEST_LIFE_S)
            victim = servers[turn % len(servers)]
            await asyncio.to_thread(victim.kill)
            count.kills += 1
            said, ballots = cards_said(phones), last_ballots(phones)
            on_disk = await asyncio.to_thread(state_on_disk, seeded)
            check_cards(on_disk, said, count)
            check_turnout(on_disk, ballots, count)
            after_kill()
            await asyncio.to_thread(victim.start)
        stop.set()
        await asyncio.wait_for(asyncio.gather(*talking), 90)
    finally:
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        await asyncio.gather(*(phone.close() for phone in phones), return_exceptions=True)
    count.acknowledged = sum(len(phone.answers) for phone in phones)
    count.tries = sum(phone.tries for phone in phones)
    return count, phones


def check_whole(seeded: Seeded, phones: Sequence[OutboxPhone], count: Count) -> None:
    """At the end everything was answered: the cards are those written, and the vote counts the last ballots, exactly."""
    assert refusals(phones) == []
    state = state_on_disk(seeded)
    check_cards(state, cards_said(phones), count)
    check_turnout(state, last_ballots(phones), count)
    wanted = Counter(text for phone in phones for text in cards_said([phone]).values())
    assert Counter(card.text for card in state.contributions.values()) == wanted
    assert set(state.people) == {phone.participant for phone in phones}
    check_vote(seeded, phones)


def check_vote(seeded: Seeded, phones: Sequence[OutboxPhone]) -> None:
    """Close, reveal, and compare with what each phone was told is in the box."""
    database = Database(seeded.settings.database_url)
    try:
        perform(seeded, database, [CloseActivity("a4"), RevealResult("a4")])
    finally:
        database.dispose()
    result = state_on_disk(seeded).activities["a4"].result or {}
    ballots = last_ballots(phones)
    dots: Counter[str] = Counter()
    for ballot in ballots.values():
        dots.update(ballot)
    assert result["counts"]["valid"] == len(ballots) == len(phones)
    assert {row["key"]: row["dots"] for row in result["options"] if row["dots"]} == dict(dots)
