"""Votes on a real desk: paper, words of a consent, annulled rounds; another process folds the same state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from atelier.db import Database
from atelier.live.models import SealedBallot, SealSalt
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.consent_rounds import NextRound
from atelier.live.rules.drawing_lots import DrawLots
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.sockets.ground import RealEvening

OBJECTION = "Le samedi, les commerçants ne peuvent pas venir"


def make_evening(database: Database, clock: Callable[[], datetime]) -> RealEvening:
    votes = (
        make_activity("a1", "dot_vote", "Que faut-il comprendre d'abord ?", options=["Le lieu", "L'heure"]),
        make_activity("a2", "consent", "Une assemblée par mois", settings={"proposal": "Le samedi matin"}),
    )
    evening = RealEvening(database, clock, make_snapshot([make_sequence("s1", "Votes", 20, *votes)]))
    for name in ("Samira", "Odile"):
        evening.join(name)
    return evening


def sealed_rows(evening: RealEvening) -> tuple[int, int]:
    with evening.database.reading() as db:
        counts = [db.scalar(select(func.count()).select_from(table)) for table in (SealedBallot, SealSalt)]
    return counts[0] or 0, counts[1] or 0


def test_annulled_vote_loses_its_seals_and_the_next_round_counts_alone(
    sqlite_database: Database, clock: Callable[[], datetime]
) -> None:
    evening = make_evening(sqlite_database, clock)
    evening.act(OpenActivity("a1"))
    evening.act(CastBallot("a1", ballot={"dots": {"o1": 2}}), "Samira")
    evening.act(EnterPaper("a1", {"one_by_one": [{"dots": {"o1": 1}}], "void": 0}))
    assert sealed_rows(evening) == (2, 1)
    evening.act(AnnulVote("a1", "L'heure manquait sur les feuilles"))
    assert sealed_rows(evening) == (0, 0)
    evening.act(HoldAgain("a1"))
    evening.act(OpenActivity("a1"))
    evening.act(CastBallot("a1", ballot={"dots": {"o2": 1}}), "Odile")
    evening.act(EnterPaper("a1", {"one_by_one": [{"dots": {"o1": 1}}, {"blank": True}], "void": 1}))
    evening.act(CloseActivity("a1"))
    evening.act(RevealResult("a1"))
    evening.act(DrawLots("a1", seed="4 2 6"))
    result = evening.state.activities["a1"].result or {}
    assert result["counts"] == {"voters": 4, "valid": 2, "blank": 1, "abstain": 0, "void": 1, "paper": 3}
    assert [entry["dots"] for entry in result["options"]] == [1, 1]
    assert sealed_rows(evening) == (0, 0)
    assert evening.reloaded() == evening.state


def test_words_of_a_consent_leave_the_box_as_cards_at_the_reveal(
    sqlite_database: Database, clock: Callable[[], datetime]
) -> None:
    evening = make_evening(sqlite_database, clock)
    evening.act(OpenActivity("a2"))
    evening.act(CastBallot("a2", ballot={"answer": "objection"}, text=OBJECTION), "Samira")
    evening.act(CloseActivity("a2"))
    assert OBJECTION not in repr(evening.state)
    evening.act(RevealResult("a2"))
    (card,) = evening.state.contributions.values()
    assert (card.kind, card.raw, card.author) == ("objection", OBJECTION, evening.keys["Samira"])
    evening.act(NextRound("a2", "Le jour choisi par les présents"))
    assert evening.state.activities["a2"].rounds[0]["result"]["adopted"] is False
    assert evening.reloaded() == evening.state
