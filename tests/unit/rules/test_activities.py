"""Opening, closing, undoing a close, time for one person (D-1, D-2, D-20, R-249)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from atelier.errors import Refusal
from atelier.live.rules.access_to_activity import activity_open_to
from atelier.live.rules.activities import (
    ActivityClosed,
    ActivityOpened,
    AnnounceClose,
    CloseActivity,
    OpenActivity,
    OpenToEveryone,
)
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import AdmitPerson, CloseEntry, CorrectAttendance, SetWithoutPhone
from atelier.live.rules.cards_display import SetLiveDisplay, ShowCards
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.personal_time import AskTime
from atelier.live.rules.timing import StartTimer, TimerStarted
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.voting import CastBallot
from tests.factories import CLOCK, EVENING, Play, make_activity, make_play, make_sequence, make_snapshot

DOTS = {"dots": {"o1": 2, "o2": 1}}


def one_activity(kind: str, **more: object) -> Play:
    """An evening with one activity, `a1`."""
    return make_play(
        snapshot=make_snapshot([make_sequence("s1", "Soirée", 30, make_activity("a1", kind, "?", **more))])
    )


def test_open_activity_lets_phones_write_and_starts_its_countdown() -> None:
    play = make_play(people=2)
    play.act(GoTo("s3"))
    opened, timer = play.act(OpenActivity("a3"))
    assert opened == ActivityOpened("a3", by="Nadia")
    assert timer == TimerStarted("t1", 1800, "a3")
    assert (play.activity("a3").phase, play.activity("a3").opened_at) == ("open", EVENING)
    assert play.activity("a3").electors is None
    play.act(SubmitContribution("a3", "On y parle vrai", column="plus"), by="Samira")
    assert play.act(OpenActivity("a3")) == ()
    play.assert_refolds()


def test_open_activity_of_a_vote_freezes_who_votes_and_how_many_they_are() -> None:
    play = make_play(people=3)
    play.join("Table 4", "A", 4, shared=True, people=6)
    play.act(SetWithoutPhone(2))
    play.act(MarkLeft(play.keys["Odile"]))
    play.act(CloseEntry())
    play.join("Marcel")
    play.open("a4")
    activity = play.activity("a4")
    assert activity.electors == frozenset({play.keys["Samira"], play.keys["Jean-Luc"], play.keys["Table 4"]})
    assert activity.electorate == 2 + 6 + 2
    play.act(AdmitPerson(play.keys["Marcel"]))
    assert play.activity("a4").electorate == 10
    assert play.state.votes == ("a4",)
    play.assert_refolds()


def test_open_activity_of_a_vote_believes_the_desk_s_own_count() -> None:
    play = make_play(people=3)
    play.act(CorrectAttendance(40))
    play.open("a4")
    assert play.activity("a4").electorate == 40


def test_open_activity_numbers_votes_once_in_the_order_they_open() -> None:
    play = make_play()
    play.open("a8")
    play.open("a4")
    play.close("a8")
    play.act(UndoClose("a8"))
    assert play.state.votes == ("a8", "a4")


def test_open_activity_refuses_a_vote_without_options_and_what_is_over() -> None:
    play = one_activity("dot_vote")
    assert play.refused(OpenActivity("a1")) == Refusal("no_options")
    assert play.refused(OpenActivity("a9")) == Refusal("unknown_activity")
    play = make_play()
    play.open("a3")
    play.close("a3")
    assert play.refused(OpenActivity("a3")) == Refusal("already_closed", {"at": EVENING})


def test_open_activity_clears_the_tables_that_had_finished() -> None:
    play = make_play(people=1)
    play.act(AskTime(), by="Samira")
    play.open("a3")
    assert not play.person("Samira").wants_time


def test_an_activity_opens_to_some_colleges_first_then_to_everyone() -> None:
    play = one_activity("contributions", first_colleges=["A", "U"])
    play.join("Odile", "E")
    play.join("Karim", "A")
    play.open("a1")
    assert play.refused(SubmitContribution("a1", "Trop tôt"), by="Odile") == Refusal("not_yet")
    play.act(SubmitContribution("a1", "D'abord écouter"), by="Karim")
    play.act(OpenToEveryone("a1"))
    play.act(SubmitContribution("a1", "Merci"), by="Odile")
    assert play.act(OpenToEveryone("a1")) == ()
    play.assert_refolds()


def test_close_activity_says_how_many_were_present_and_stops_its_countdown() -> None:
    play = make_play(people=3)
    play.act(SetWithoutPhone(4))
    play.open("a4")
    play.wait(60)
    (closed,) = play.act(CloseActivity("a4"))
    assert closed == ActivityClosed("a4", 7, {}, "Nadia")
    assert (play.activity("a4").closed_at, play.activity("a4").present) == (play.now, 7)
    assert play.state.timer is None
    assert play.activity("a4").operators == ("Nadia", "Nadia")
    assert play.refused(CloseActivity("a4")) == Refusal("already_closed", {"at": play.now})
    assert play.refused(CloseActivity("a3")) == Refusal("activity_not_open")


def test_close_activity_leaves_the_countdown_of_another() -> None:
    play = make_play()
    play.open("a3")
    play.act(GoTo("s5"))
    play.act(OpenActivity("a4"))
    play.close("a3")
    assert play.state.timer is not None
    assert play.state.timer.target == "a4"


def test_a_ballot_after_the_close_is_refused_with_its_hour() -> None:
    play = make_play(people=2)
    play.open("a4")
    play.act(CastBallot("a4", ballot=DOTS), by="Samira")
    play.wait(10)
    play.close("a4")
    closed_at = play.now
    play.wait(5)
    assert play.refused(CastBallot("a4", ballot=DOTS), by="Jean-Luc") == Refusal(
        "activity_closed", {"at": closed_at}
    )


def test_announce_close_is_kept_by_the_clock() -> None:
    play = make_play()
    play.open("a3")
    play.act(AnnounceClose("a3"))
    assert play.activity("a3").closing_at == EVENING + timedelta(seconds=30)
    assert play.wait(29).refused(CloseActivity("a3"), CLOCK) == Refusal("busy")
    play.wait(1).act(CloseActivity("a3"), CLOCK)
    assert (play.activity("a3").phase, play.activity("a3").closing_at) == ("closed", None)
    assert play.act(CloseActivity("a3"), CLOCK) == ()
    play.assert_refolds()


def test_announce_close_taken_back_leaves_the_clock_nothing_to_do() -> None:
    play = make_play()
    play.open("a3")
    play.act(AnnounceClose("a3", 60))
    play.act(AnnounceClose("a3", 0))
    assert play.wait(90).act(CloseActivity("a3"), CLOCK) == ()
    assert play.activity("a3").phase == "open"
    assert play.act(AnnounceClose("a3", 0)) == ()
    assert play.refused(AnnounceClose("a3", 301)) == Refusal("bad_seconds", {"limit": 300})
    assert play.refused(AnnounceClose("a4")) == Refusal("activity_not_open")


def test_undo_close_keeps_both_hours_and_the_same_electors() -> None:
    play = make_play(people=2)
    play.open("a4")
    electors = play.activity("a4").electors
    play.wait(60)
    play.close("a4")
    closed_at = play.now
    play.join("Marcel")
    play.wait(20).act(UndoClose("a4"))
    activity = play.activity("a4")
    assert (activity.phase, activity.closed_at, activity.electors) == ("open", None, electors)
    assert activity.reopened == ((closed_at, closed_at + timedelta(seconds=20)),)
    entry = play.state.log[-1]
    assert (entry.act, entry.at, entry.params) == (
        "undo_close",
        play.now,
        {"activity": "a4", "closed_at": closed_at},
    )
    play.act(CastBallot("a4", ballot=DOTS), by="Samira")
    play.assert_refolds()


def test_undo_close_is_refused_where_partial_results_were_seen() -> None:
    play = one_activity("choice", settings={"partial_to_desk": True}, options=["Oui", "Non"])
    play.open("a1")
    play.close("a1")
    assert play.refused(UndoClose("a1")) == Refusal("partial_results_seen")


def test_undo_close_of_what_is_not_closed() -> None:
    play = make_play()
    assert play.refused(UndoClose("a3")) == Refusal("activity_not_open")
    assert play.refused(UndoClose("a99")) == Refusal("unknown_activity")
    play.open("a3")
    assert play.act(UndoClose("a3")) == ()


def test_two_activities_may_be_open_at_once() -> None:
    play = make_play(people=1)
    play.open("a2")
    play.open("a3")
    actor = play.actor("Samira")
    for key in ("a2", "a3"):
        assert activity_open_to(play.state, key, actor, play.now) == play.activity(key)
    assert play.state.current == ("s3", "a3")


def test_show_cards_and_live_display_concern_cards_only() -> None:
    play = make_play()
    play.act(ShowCards("a3"))
    play.act(SetLiveDisplay("a3"))
    assert (play.activity("a3").cards_shown, play.activity("a3").live_display) == (True, True)
    assert play.act(ShowCards("a3")) == ()
    assert play.act(SetLiveDisplay("a3")) == ()
    assert play.refused(ShowCards("a4")) == Refusal("no_cards_here")
    assert play.refused(SetLiveDisplay("a99")) == Refusal("unknown_activity")
    play.act(ShowCards("a3", on=False))
    assert not play.activity("a3").cards_shown


@pytest.mark.parametrize(
    "kind", ["presentation", "recap", "check_in", "roti", "consent", "step", "commitments"]
)
def test_every_kind_opens_and_closes(kind: str) -> None:
    play = one_activity(kind, settings={"proposal": "Écrire à deux"} if kind == "consent" else {})
    play.act(StartTimer(30))
    play.open("a1")
    play.close("a1")
    assert play.activity("a1").phase == "closed"
    play.assert_refolds()
