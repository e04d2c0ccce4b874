"""Time for one person (D-20, read with D-1)."""

from __future__ import annotations

from datetime import timedelta

from atelier.errors import Refusal
from atelier.live.rules.access_to_activity import has_extra_time
from atelier.live.rules.activities import (
    CloseActivity,
)
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.personal_time import AskTime, GiveTime
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.voting import CastBallot
from tests.factories import EVENING, make_play

DOTS = {"dots": {"o1": 2, "o2": 1}}


def test_whoever_asked_for_time_finishes_writing_after_the_close() -> None:
    play = make_play(people=2)
    play.open("a3")
    play.act(AskTime(), by="Samira")
    (closed,) = play.act(CloseActivity("a3"))
    assert closed.extra == {play.keys["Samira"]: 120}
    play.wait(120).act(SubmitContribution("a3", "Enfin", column="plus"), by="Samira")
    assert not play.person("Samira").wants_time
    refusal = play.refused(SubmitContribution("a3", "Moi aussi", column="plus"), by="Jean-Luc")
    assert refusal == Refusal("activity_closed", {"at": EVENING})
    play.wait(1)
    assert play.refused(SubmitContribution("a3", "Trop tard", column="plus"), by="Samira") == refusal
    play.assert_refolds()


def test_time_given_before_the_close_of_a_vote_follows_it() -> None:
    play = make_play(people=2)
    play.open("a4")
    play.act(GiveTime(play.keys["Samira"], "a4"))
    play.act(GiveTime(play.keys["Samira"], "a4", 60))
    play.wait(300)
    play.close("a4")
    assert play.person("Samira").extra_until == {"a4": play.now + timedelta(seconds=180)}
    play.wait(180).act(CastBallot("a4", ballot=DOTS), by="Samira")
    play.assert_refolds()


def test_a_closed_vote_opens_again_for_nobody_who_asks_later() -> None:
    play = make_play(people=2)
    play.open("a4")
    play.act(AskTime(), by="Samira")
    (closed,) = play.act(CloseActivity("a4"))
    assert closed.extra == {}
    assert play.refused(GiveTime(play.keys["Samira"], "a4")) == Refusal("vote_closed", {"at": EVENING})
    assert play.refused(CastBallot("a4", ballot=DOTS), by="Samira").code == "activity_closed"


def test_time_given_after_the_close_of_a_writing_runs_from_now_and_adds_up() -> None:
    play = make_play(people=1)
    play.open("a3")
    play.close("a3")
    play.wait(600).act(GiveTime(play.keys["Samira"], "a3"))
    play.act(GiveTime(play.keys["Samira"], "a3"))
    assert play.person("Samira").extra_until == {"a3": play.now + timedelta(seconds=240)}
    actor = play.actor("Samira")
    assert has_extra_time(play.state, play.activity("a3"), actor, play.now)


def test_undo_close_gives_back_the_time_that_followed_it() -> None:
    play = make_play(people=1)
    play.open("a4")
    play.act(GiveTime(play.keys["Samira"], "a4", 90))
    play.close("a4")
    play.act(UndoClose("a4"))
    assert play.person("Samira").extra_until == {}
    play.wait(60)
    play.close("a4")
    assert play.person("Samira").extra_until == {"a4": play.now + timedelta(seconds=90)}
    play.assert_refolds()


def test_time_is_refused_where_it_is_of_no_use() -> None:
    play = make_play(people=1)
    samira = play.keys["Samira"]
    assert play.refused(GiveTime(samira, "a3")) == Refusal("activity_not_open")
    assert play.refused(GiveTime(samira, "a99")) == Refusal("unknown_activity")
    assert play.refused(GiveTime(samira, "a1")) == Refusal("no_time_here")
    play.open("a3")
    assert play.refused(GiveTime("p99", "a3")) == Refusal("unknown_person")
    assert play.refused(GiveTime(samira, "a3", 0)) == Refusal("bad_seconds", {"limit": 3600})


def test_who_left_gets_no_time_by_the_close() -> None:
    play = make_play(people=1)
    play.open("a3")
    play.act(AskTime(), by="Samira")
    play.act(MarkLeft(play.keys["Samira"]))
    (closed,) = play.act(CloseActivity("a3"))
    assert closed.extra == {}
