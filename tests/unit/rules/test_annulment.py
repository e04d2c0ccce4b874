from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.codec import encode
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.agenda_changes import EditActivity, RemoveActivity
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.voting import CastBallot
from tests.unit.rules.polling import BLANK, Station, dots, make_station

MOTIVE = "La troisième option manquait sur les feuilles"


def revealed_station() -> Station:
    station = make_station(3)
    station.vote("Samira", dots(o1=1))
    station.play.wait(60)
    station.close_and_reveal()
    return station


def test_annul_vote_keeps_the_result_with_its_motive_and_shows_it_no_more() -> None:
    station = revealed_station()
    before = station.play.activity("a1").result
    station.play.wait(60)
    station.act(AnnulVote("a1", f"  {MOTIVE} "))
    activity = station.play.activity("a1")
    (kept,) = activity.rounds
    assert (activity.phase, activity.result) == ("annulled", None)
    assert {name: kept[name] for name in ("round", "annulled", "motive", "annulled_at", "by", "result")} == {
        "round": 1,
        "annulled": True,
        "motive": MOTIVE,
        "annulled_at": station.play.now,
        "by": "Nadia",
        "result": before,
    }
    station.play.assert_refolds()


@pytest.mark.parametrize("motive", ["", "   ", "\n"])
def test_annul_vote_without_a_motive_is_refused(motive: str) -> None:
    assert revealed_station().refused(AnnulVote("a1", motive)) == Refusal("motive_required")


def test_annul_vote_while_it_is_open_destroys_the_box_uncounted() -> None:
    station = make_station(3)
    station.vote("Samira", dots(o1=1))
    station.act(AnnulVote("a1", MOTIVE))
    (kept,) = station.play.activity("a1").rounds
    assert (kept["result"], kept["ballots"], kept["closed_at"]) == (None, 1, None)
    assert station.box == {}
    refusal = station.refused(CastBallot("a1", ballot=BLANK), "Samira")
    assert refusal == Refusal("vote_annulled", {"at": station.play.now})


def test_annul_vote_that_was_not_opened_or_is_no_vote_is_refused() -> None:
    station = make_station(1, opened=False)
    assert station.refused(AnnulVote("a1", MOTIVE)) == Refusal("activity_not_open")
    assert station.refused(AnnulVote("a2", MOTIVE)) == Refusal("not_a_vote")
    assert station.refused(AnnulVote("a9", MOTIVE)) == Refusal("unknown_activity")


def test_annul_vote_twice_changes_nothing() -> None:
    station = revealed_station()
    station.act(AnnulVote("a1", MOTIVE))
    assert station.act(AnnulVote("a1", "Autre motif")) == ()


def test_annul_vote_sets_the_motive_apart_from_the_journal() -> None:
    station = revealed_station()
    (event,) = station.act(AnnulVote("a1", MOTIVE))
    journal, words = encode(event, 9)
    assert MOTIVE not in str(journal)
    assert [(row.owner, row.body) for row in words] == [("V:a1:1", MOTIVE)]


def test_hold_again_prepares_an_empty_box_and_both_votes_stay() -> None:
    station = revealed_station()
    station.act(AnnulVote("a1", MOTIVE))
    station.act(HoldAgain("a1"))
    fresh = station.play.activity("a1")
    assert (fresh.phase, fresh.round, fresh.turnout, fresh.slots, fresh.electors) == (
        "planned",
        2,
        {},
        {},
        None,
    )
    station.play.wait(60)
    station.act(OpenActivity("a1"))
    station.vote("Odile", dots(o2=2))
    result = station.close_and_reveal()
    assert (result["record"]["round"], result["counts"]["voters"]) == (2, 1)
    assert [kept["round"] for kept in station.play.activity("a1").rounds] == [1]
    assert station.play.state.votes == ("a1",)
    station.play.assert_refolds()


def test_hold_again_without_annulling_first_is_refused() -> None:
    station = make_station(1, opened=False)
    assert station.refused(HoldAgain("a1")) == Refusal("annul_first")
    station.play.open("a1")
    assert station.refused(HoldAgain("a1")) == Refusal("annul_first")
    station.close_and_reveal()
    assert station.refused(HoldAgain("a1")) == Refusal("annul_first")


def test_hold_again_twice_changes_nothing() -> None:
    station = revealed_station()
    station.act(AnnulVote("a1", MOTIVE))
    station.act(HoldAgain("a1"))
    assert station.act(HoldAgain("a1")) == ()


def test_a_ballot_of_the_annulled_round_does_not_slip_into_the_next() -> None:
    station = make_station(2)
    station.act(AnnulVote("a1", MOTIVE))
    annulled_at = station.play.now
    station.act(HoldAgain("a1"))
    station.play.wait(60)
    station.act(OpenActivity("a1"))
    asleep = CastBallot("a1", ballot=dots(o1=1), round=1)
    assert station.refused(asleep, "Samira") == Refusal("vote_annulled", {"at": annulled_at})
    station.act(CastBallot("a1", ballot=dots(o1=1), round=2), "Samira")
    early = CastBallot("a1", ballot=BLANK, round=3)
    assert station.refused(early, "Samira") == Refusal("activity_not_open")


def test_the_question_of_an_annulled_vote_is_neither_changed_nor_removed() -> None:
    station = make_station(1)
    station.act(AnnulVote("a1", MOTIVE))
    station.act(HoldAgain("a1"))
    station.act(GoTo("s1", "a2"))
    edited = EditActivity("a1", "Autre question", options=[{"key": "o1", "text": "Autre option"}])
    assert station.refused(edited) == Refusal("activity_not_planned")
    assert station.refused(RemoveActivity("a1")) == Refusal("activity_not_planned")
