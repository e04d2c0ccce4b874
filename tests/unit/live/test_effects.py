"""What events do beside the journal, and what only the desk may put in a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlalchemy import Connection, func, select

from atelier.codes import draw_from
from atelier.db import Database
from atelier.live.ballot_box import BallotBox
from atelier.live.catalogue import EVENTS
from atelier.live.effects import (
    EFFECTS,
    LATE_EFFECTS,
    Writing,
    apply_effects,
    apply_late_effects,
    without_secrets,
)
from atelier.live.filling import FILLERS, filled_in
from atelier.live.models import SealedBallot, SealSalt, Words
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession, ReopenSession
from atelier.live.rules.contributions import ContributionSubmitted, SubmitContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.scene import BlankScreen
from atelier.live.rules.voting import BallotReceived, CastBallot
from atelier.people.models import CardProof
from atelier.people.tokens import card_proof, keep_code
from atelier.workshops.models import WorkshopSession
from tests.sockets.ground import SECRET, SESSION, RealEvening

BALLOT = {"dots": {"o1": 2}}


@pytest.fixture
def evening(sqlite_database: Database, clock: Callable[[], datetime]) -> RealEvening:
    made = RealEvening(sqlite_database, clock)
    made.join("Samira")
    for sequence, activity in (("s3", "a3"), ("s5", "a4")):
        made.act(GoTo(sequence, activity))
        made.act(OpenActivity(activity))
    return made


@pytest.fixture
def connection(evening: RealEvening) -> Iterator[Connection]:
    with evening.database.transaction() as opened:
        yield opened


def writing(connection: Connection, clock: Callable[[], datetime], proof: str = "") -> Writing:
    return Writing(connection, SESSION, SECRET, clock(), BallotBox(connection, SESSION, SECRET), proof)


def count(connection: Connection, table: type) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def test_every_effect_is_of_an_event_that_exists() -> None:
    assert set(EFFECTS) | set(LATE_EFFECTS) <= set(EVENTS)


def test_an_event_without_an_effect_changes_nothing(
    connection: Connection, clock: Callable[[], datetime]
) -> None:
    before = [count(connection, table) for table in (SealedBallot, Words, CardProof)]
    event = EVENTS["ScreenBlanked"](True)
    apply_effects(writing(connection, clock), event)
    apply_late_effects(writing(connection, clock), event)
    assert [count(connection, table) for table in (SealedBallot, Words, CardProof)] == before


def test_a_ballot_is_sealed_in_the_place_of_the_former_one(
    connection: Connection, clock: Callable[[], datetime]
) -> None:
    at = writing(connection, clock)
    for ballot in ({"dots": {"o1": 1}}, {"dots": {"o2": 2}}):
        apply_effects(at, BallotReceived("a4", "p1", 1, 1, ballot=ballot))
    at.box.flush()
    assert (count(connection, SealedBallot), count(connection, SealSalt)) == (1, 1)
    assert at.box.open("a4") == ([("p1", 1, {"dots": {"o2": 2}})], None)


def test_the_journal_s_image_of_a_ballot_has_lost_it() -> None:
    event = BallotReceived("a4", "p1", 0, 1, ballot=BALLOT)
    assert without_secrets(event).ballot is None
    assert without_secrets(event).voter == "p1"
    plain = EVENTS["ScreenBlanked"](True)
    assert without_secrets(plain) is plain


def test_authorship_is_proved_by_the_keep_code_alone(
    connection: Connection, clock: Callable[[], datetime]
) -> None:
    code = keep_code("a device")
    event = ContributionSubmitted(number=12, activity="a3", author="p1", text="Parler avant")
    apply_effects(writing(connection, clock, code), event)
    proofs = list(connection.scalars(select(CardProof.proof)))
    assert proofs == [card_proof(SECRET, code, 12)]
    assert "p1" not in proofs[0]


@pytest.mark.parametrize(
    ("author", "origin", "code"), [(None, "", "code"), ("p1", "CHA0/C-4", "code"), ("p1", "", "")]
)
def test_cards_of_nobody_here_prove_nothing(
    connection: Connection, clock: Callable[[], datetime], author: str | None, origin: str, code: str
) -> None:
    event = ContributionSubmitted(number=12, activity="a3", author=author, text="x", origin=origin)
    apply_effects(writing(connection, clock, code), event)
    assert count(connection, CardProof) == 0


def test_the_number_of_an_anonymous_card_is_drawn_from_the_act_s_id(
    connection: Connection, clock: Callable[[], datetime]
) -> None:
    command = SubmitContribution("a3", "x")
    filled = filled_in(command, "the-act-s-id", writing(connection, clock))
    assert filled.draw == draw_from("the-act-s-id")
    assert filled_in(command, "another-id", writing(connection, clock)).draw != filled.draw


def test_the_box_is_opened_for_the_reveal_alone(
    connection: Connection, clock: Callable[[], datetime]
) -> None:
    at = writing(connection, clock)
    apply_effects(at, BallotReceived("a4", "p1", 1, 1, ballot=BALLOT))
    filled = filled_in(RevealResult("a4"), "the-act-s-id", at)
    assert filled.ballots == (("p1", 1, BALLOT),)
    assert filled_in(CloseActivity("a4"), "the-act-s-id", at) == CloseActivity("a4")
    assert filled_in(BlankScreen(True), "the-act-s-id", at) == BlankScreen(True)
    assert "RevealResult" in FILLERS


def test_a_refused_reveal_keeps_the_seals_and_an_accepted_one_destroys_them(evening: RealEvening) -> None:
    evening.act(CastBallot("a4", ballot=BALLOT), "Samira")
    assert evening.answer(RevealResult("a4"))["ok"] is False
    with evening.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SealedBallot)) == 1
    evening.act(CloseActivity("a4"))
    evening.act(RevealResult("a4"))
    with evening.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SealedBallot)) == 0
        assert db.scalar(select(func.count()).select_from(SealSalt)) == 0


def test_the_list_of_seances_follows_opening_closing_and_reopening(evening: RealEvening) -> None:
    def phase() -> tuple[str, bool, bool]:
        with evening.database.reading() as db:
            row = db.get(WorkshopSession, SESSION)
            assert row is not None
            return row.phase, row.opened_at is not None, row.closed_at is not None

    assert phase() == ("lobby", True, False)
    evening.act(CloseSession())
    assert phase() == ("closed", True, True)
    evening.act(ReopenSession("On a oublié le vote"))
    assert phase() == ("live", True, False)
