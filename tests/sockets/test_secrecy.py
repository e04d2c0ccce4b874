"""What somebody finds who holds the files of the installation: database, write-ahead log, backup, logs (architecture §4).

Each walk first succeeds on a copy where ballots are stored in clear, so that finding nothing means something.
"""

from __future__ import annotations

import io
import json
import logging
import random
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from atelier import logs
from atelier.backup import backup
from atelier.db import Database
from atelier.live.models import CommandReceived, LiveEvent, SealedBallot, SealSalt, Words
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from atelier.people.models import CardProof
from atelier.settings import Settings
from tests.factories import NAMES, make_activity, make_sequence, make_snapshot
from tests.sockets.ground import SESSION, RealEvening

VOTERS = NAMES
OPTIONS = ("o1", "o2", "o3", "o4", "o5")


def ballot_of(seed: int) -> dict[str, dict[str, int]]:
    chance = random.Random(seed)
    return {"dots": dict.fromkeys(chance.sample(OPTIONS, 3), 1)}


@pytest.fixture
def voted(sqlite_database: Database, clock: Callable[[], datetime]) -> RealEvening:
    """An evening whose dot vote is closed, every ballot in the box, some of them cast twice."""
    evening = RealEvening(sqlite_database, clock)
    for number, name in enumerate(VOTERS):
        evening.join(name, "EAU"[number % 3])
    evening.act(GoTo("s5", "a4"))
    evening.act(OpenActivity("a4"))
    for number, name in enumerate(VOTERS):
        evening.act(CastBallot("a4", ballot=ballot_of(number + 1000)), name)
        evening.act(CastBallot("a4", ballot=ballot_of(number)), name)
    evening.act(CloseActivity("a4"))
    return evening


def files_of(settings: Settings) -> bytes:
    """Return every byte that a thief of the folder holds, the seal secret excepted (it is kept elsewhere)."""
    return b"".join(
        path.read_bytes()
        for path in sorted(settings.var.rglob("*"))
        if path.is_file() and path.name not in {"seal.key", "secret.key"}
    )


def voters_linked(haystack: bytes, evening: RealEvening) -> int:
    """Count the voters whose choice stands beside their key in the same row."""
    found = 0
    for number, name in enumerate(VOTERS):
        body = json.dumps(ballot_of(number), separators=(",", ":")).encode()
        pattern = re.escape(b"a4" + evening.keys[name].encode()) + rb"[\x00-\x1f]?.{0,8}" + re.escape(body)
        found += bool(re.search(pattern, haystack, re.DOTALL))
    return found


def store_in_clear(evening: RealEvening) -> None:
    with evening.database.transaction() as connection:
        for number, name in enumerate(VOTERS):
            body = json.dumps(ballot_of(number), separators=(",", ":")).encode()
            place = (SealedBallot.session_id == SESSION, SealedBallot.voter == evening.keys[name])
            connection.execute(update(SealedBallot).where(*place).values(sealed=body))


def test_choices_are_found_in_clear_copies_and_never_in_sealed_ones(
    voted: RealEvening, sqlite_settings: Settings
) -> None:
    backup(sqlite_settings)
    sealed = voters_linked(files_of(sqlite_settings), voted)
    store_in_clear(voted)
    backup(sqlite_settings)
    assert voters_linked(files_of(sqlite_settings), voted) == len(VOTERS)
    assert sealed == 0


def test_no_option_of_a_ballot_is_in_the_journal_or_the_answers(voted: RealEvening) -> None:
    with voted.database.reading() as db:
        rows = db.scalars(select(LiveEvent.payload).where(LiveEvent.kind == "BallotReceived")).all()
        answers = db.scalars(select(CommandReceived.answer)).all()
    assert len(rows) == 2 * len(VOTERS)
    assert {key for row in rows for key in row} & {"ballot", "dots", "choices"} == set()
    assert not any("dots" in str(answer) for answer in answers)


def test_sealed_ballots_have_one_length(voted: RealEvening) -> None:
    with voted.database.reading() as db:
        lengths = {len(sealed) for sealed in db.scalars(select(SealedBallot.sealed))}
    assert len(lengths) == 1


def test_reveal_leaves_no_seal_in_any_file(voted: RealEvening, sqlite_settings: Settings) -> None:
    with voted.database.reading() as db:
        seals = [bytes(sealed) for sealed in db.scalars(select(SealedBallot.sealed))]
        salts = [bytes(salt) for salt in db.scalars(select(SealSalt.salt))]
    assert sum(seal[:64] in files_of(sqlite_settings) for seal in seals) == len(VOTERS)
    voted.act(RevealResult("a4"))
    assert voted.database.checkpoint() is True
    backup(sqlite_settings)
    after = files_of(sqlite_settings)
    assert sum(seal[:64] in after for seal in seals) == 0
    assert sum(salt in after for salt in salts) == 0


def test_revealed_ballots_are_sorted_and_name_nobody(voted: RealEvening) -> None:
    voted.act(RevealResult("a4"))
    with voted.database.reading() as db:
        payload = db.scalars(select(LiveEvent.payload).where(LiveEvent.kind == "VoteRevealed")).one()
    text = json.dumps(payload)
    assert not any(f'"{key}"' in text for key in voted.keys.values())
    ballots = [json.dumps(ballot, sort_keys=True) for ballot in payload["canonical"]]
    assert ballots == sorted(ballots)
    assert len(ballots) == len(VOTERS)


def test_same_ballots_cast_in_another_order_reveal_the_same_payload(
    voted: RealEvening, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    other_database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    from atelier import tables

    tables.metadata.create_all(other_database.writer)
    other = RealEvening(other_database, clock)
    for number, name in enumerate(VOTERS):
        other.join(name, "EAU"[number % 3])
    other.act(GoTo("s5", "a4"))
    other.act(OpenActivity("a4"))
    for number in reversed(range(len(VOTERS))):
        other.act(CastBallot("a4", ballot=ballot_of(number)), VOTERS[number])
    other.act(CloseActivity("a4"))
    for evening in (voted, other):
        evening.act(RevealResult("a4"))
    assert voted.state.activities["a4"].result == other.state.activities["a4"].result


def test_logs_of_a_vote_hold_neither_name_nor_choice_nor_words(voted: RealEvening) -> None:
    written = io.StringIO()
    logs.configure(logging.DEBUG, written)
    try:
        voted.act(RevealResult("a4"))
        logging.getLogger("atelier.probe").info("probe", extra={"reason": "the log is read"})
    finally:
        logging.getLogger().handlers.clear()
    text = written.getvalue()
    assert "the log is read" in text
    assert [name for name in VOTERS if name in text] == []


# ---------------------------------------------------------------- anonymous cards


def written_cards(database: Database, clock: Callable[[], datetime], anonymity: str) -> RealEvening:
    sequence = make_sequence(
        "s1", "Ce que nous taisons", 20, make_activity("a1", "contributions", anonymity=anonymity)
    )
    evening = RealEvening(database, clock, make_snapshot([sequence]))
    for number, name in enumerate(VOTERS):
        evening.join(name, "EAU"[number % 3], table=number % 7 + 1)
    evening.act(GoTo("s1", "a1"))
    evening.act(OpenActivity("a1"))
    for name in VOTERS:
        by = evening.masked(name, "a1") if anonymity == "anonymous" else name
        evening.act(SubmitContribution("a1", f"mots de {len(name)} lettres, {hash(name) % 97}"), by)
    return evening


def authors_found(evening: RealEvening) -> int:
    """Count the cards whose journal rows name their participant, their college, their table or their minute."""
    with evening.database.reading() as db:
        events = (
            db.execute(select(LiveEvent).where(LiveEvent.kind == "ContributionSubmitted")).scalars().all()
        )
        found = 0
        for event in events:
            people = {evening.keys[name] for name in VOTERS}
            told = {event.actor, event.payload["author"]} & people
            found += bool(told or event.payload["college"] or event.payload["table"] or event.at)
    return found


def test_anonymous_cards_name_nobody_where_college_cards_do(
    sqlite_database: Database, clock: Callable[[], datetime], tmp_path: Path
) -> None:
    other = Database(f"sqlite:///{tmp_path / 'named.db'}")
    from atelier import tables

    tables.metadata.create_all(other.writer)
    assert authors_found(written_cards(other, clock, "college")) == len(VOTERS)
    assert authors_found(written_cards(sqlite_database, clock, "anonymous")) == 0


def test_anonymous_cards_are_not_numbered_in_order_of_arrival(
    sqlite_database: Database, clock: Callable[[], datetime]
) -> None:
    evening = written_cards(sqlite_database, clock, "anonymous")
    with evening.database.reading() as db:
        query = (
            select(LiveEvent.payload).where(LiveEvent.kind == "ContributionSubmitted").order_by(LiveEvent.seq)
        )
        numbers = [payload["number"] for payload in db.scalars(query)]
    assert len(set(numbers)) == len(VOTERS)
    assert numbers != sorted(numbers)


def test_answers_to_anonymous_acts_bear_no_participant(
    sqlite_database: Database, clock: Callable[[], datetime]
) -> None:
    evening = written_cards(sqlite_database, clock, "anonymous")
    with evening.database.reading() as db:
        query = select(func.count()).where(CommandReceived.actor.like("anon:%"))
        assert db.scalar(query) == len(VOTERS)
        proofs = db.scalars(select(CardProof.proof)).all()
        words = db.scalars(select(Words.owner).where(Words.owner.like("C:%"))).all()
    assert len(set(proofs)) == len(proofs)
    assert len(words) == len(VOTERS)
