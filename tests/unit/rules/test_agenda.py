"""Going through the déroulé, changing what is left, and the agenda's key (R-202, D-18)."""

from __future__ import annotations

from datetime import timedelta

from atelier.errors import Refusal
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo, NextStep, PreviousStep, StepReached, steps_of
from atelier.live.rules.agenda_changes import (
    InsertActivity,
)
from atelier.live.rules.agenda_key import AgendaTaken, TakeAgenda
from atelier.live.rules.links import GrantLink, RevokeLink
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.sequence_changes import SkipSequence
from atelier.live.rules.timing import TimerStarted
from atelier.live.state import Actor, Scene
from tests.factories import BRUNO, EVENING, NADIA, make_play, make_snapshot

EVENING_STEPS = (
    ("s1", None),
    ("s2", "a1"),
    ("s2", "a2"),
    ("s3", "a3"),
    ("s4", None),
    ("s5", "a4"),
    ("s6", "a5"),
    ("s6", "a6"),
    ("s6", "a7"),
    ("s7", "a8"),
)


def test_next_step_walks_every_step_and_stops_at_the_last() -> None:
    play = make_play()
    walked = []
    for _ in EVENING_STEPS:
        play.act(NextStep())
        walked.append(play.state.current)
    assert tuple(walked) == EVENING_STEPS == steps_of(play.state)
    assert play.refused(NextStep()) == Refusal("last_step")
    play.assert_refolds()


def test_previous_step_comes_back_and_stops_at_the_first() -> None:
    play = make_play()
    assert play.refused(PreviousStep()) == Refusal("first_step")
    play.act(GoTo("s2", "a2"))
    play.act(PreviousStep())
    play.act(PreviousStep())
    assert play.state.current == ("s1", None)
    assert play.refused(PreviousStep()) == Refusal("first_step")


def test_a_step_is_projected_when_reached_and_nothing_opens() -> None:
    play = make_play()
    play.act(NextStep())
    assert play.state.scene == Scene("sequence", "s1")
    play.act(NextStep())
    assert play.state.scene == Scene("activity", "a1")
    assert play.activity("a1").phase == "planned"
    assert (play.state.phase, play.state.started_at) == ("live", EVENING)


def test_leaving_a_sequence_writes_when_it_began_and_ended() -> None:
    play = make_play()
    play.act(NextStep())
    play.wait(600).act(NextStep())
    play.wait(60).act(NextStep())
    first, second = play.state.sequences["s1"], play.state.sequences["s2"]
    assert (first.started_at, first.ended_at) == (EVENING, EVENING + timedelta(seconds=600))
    assert (second.started_at, second.ended_at) == (EVENING + timedelta(seconds=600), None)


def test_coming_back_to_a_sequence_keeps_its_first_start() -> None:
    play = make_play()
    play.act(GoTo("s2"))
    play.wait(60).act(GoTo("s3"))
    play.wait(60).act(GoTo("s2", "a2"))
    sequence = play.state.sequences["s2"]
    assert (sequence.started_at, sequence.ended_at) == (EVENING, None)


def test_go_to_a_sequence_reaches_its_first_activity() -> None:
    play = make_play()
    assert play.act(GoTo("s6")) == (StepReached("s6", "a5"),)
    assert play.refused(GoTo("s99")) == Refusal("unknown_sequence")
    assert play.refused(GoTo("s6", "a1")) == Refusal("unknown_activity")


def test_a_timed_step_starts_its_countdown_when_reached_and_loses_it_when_left() -> None:
    play = make_play()
    assert play.act(GoTo("s4")) == (StepReached("s4"), TimerStarted("t1", 600, "s4"))
    assert play.act(GoTo("s4")) == (StepReached("s4"),)
    play.wait(60).act(GoTo("s5"))
    assert play.state.timer is None


def test_coming_back_to_a_timed_step_counts_what_it_has_left() -> None:
    play = make_play()
    play.act(GoTo("s4"))
    play.wait(60).act(GoTo("s5"))
    play.wait(30)
    assert play.act(PreviousStep())[1] == TimerStarted("t2", 510, "s4")
    play.act(GoTo("s5"))
    play.wait(600)
    assert play.act(PreviousStep()) == (StepReached("s4"),)


def test_next_step_passes_over_skipped_sequences() -> None:
    play = make_play()
    play.act(SkipSequence("s2"))
    play.act(NextStep())
    play.act(NextStep())
    assert play.state.current == ("s3", "a3")
    assert play.act(SkipSequence("s2")) == ()
    play.act(SkipSequence("s2", on=False))
    play.act(PreviousStep())
    assert play.state.current == ("s2", "a2")


def test_go_to_a_skipped_sequence_takes_it_up_again() -> None:
    play = make_play()
    play.act(SkipSequence("s2"))
    play.act(GoTo("s2"))
    assert not play.state.sequences["s2"].skipped


def test_who_drives_first_takes_the_agenda_and_the_others_read_whose_it_is() -> None:
    play = make_play(opened=False)
    assert play.act(OpenSession(make_snapshot()), BRUNO)[-1] == AgendaTaken("l1", "Bruno")
    assert play.refused(NextStep(), NADIA) == Refusal("agenda_held", {"by": "Bruno"})
    assert play.refused(OpenActivity("a1"), NADIA) == Refusal("agenda_held", {"by": "Bruno"})
    assert play.act(NextStep(), BRUNO)[0] == StepReached("s1")


def test_take_agenda_is_explicit_and_logged_for_both() -> None:
    play = make_play()
    assert play.act(TakeAgenda(), BRUNO) == (AgendaTaken("l1", "Bruno", "Nadia"),)
    assert play.act(TakeAgenda(), BRUNO) == ()
    assert play.refused(NextStep(), NADIA) == Refusal("agenda_held", {"by": "Bruno"})
    entry = play.state.log[-1]
    assert (entry.act, entry.by, entry.params) == ("take_agenda", "Bruno", {"previous": "Nadia"})


def test_a_refused_act_takes_no_key() -> None:
    play = make_play(opened=False)
    play.refused(NextStep(), BRUNO)
    assert play.state.agenda_holder is None


def test_a_revoked_link_lets_the_agenda_go() -> None:
    play = make_play()
    play.act(GrantLink("cofacilitator", "Bruno", token_hash="6f2e"))
    bruno = Actor("cofacilitator", "l1", "Bruno")
    play.act(TakeAgenda(), bruno)
    play.act(RevokeLink("l1"))
    assert play.act(NextStep(), NADIA)[-1] == AgendaTaken("u1", "Nadia")
    play.assert_refolds()


def test_an_agenda_without_sequence_has_no_step() -> None:
    play = make_play(snapshot=make_snapshot([]))
    assert play.refused(NextStep()) == Refusal("last_step")
    play.act(InsertActivity("contributions", "Par où commencer ?"))
    assert play.state.current == ("s1", "a1")
