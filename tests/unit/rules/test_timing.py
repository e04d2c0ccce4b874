"""The countdown: held by the server, rung once (R-202, architecture §4)."""

from __future__ import annotations

from datetime import timedelta

from atelier.errors import Refusal
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.timing import (
    ExtendTimer,
    PauseTimer,
    RingTimer,
    StartTimer,
    StopTimer,
    TimerRang,
    TimerStarted,
)
from atelier.live.state import Timer
from tests.factories import CLOCK, EVENING, Play, make_play


def running(play: Play) -> Timer:
    assert play.state.timer is not None
    return play.state.timer


def test_start_timer_counts_for_the_step_where_we_are() -> None:
    play = make_play()
    assert play.act(StartTimer(90)) == (TimerStarted("t1", 90),)
    play.act(GoTo("s3"))
    assert play.act(StartTimer(60)) == (TimerStarted("t2", 60, "a3"),)
    assert running(play).ends_at == EVENING + timedelta(seconds=60)
    play.assert_refolds()


def test_start_timer_refuses_a_senseless_length() -> None:
    play = make_play()
    for seconds in (0, -5, 36_001):
        assert play.refused(StartTimer(seconds)) == Refusal("bad_seconds", {"limit": 36_000})


def test_ring_timer_happens_once_however_often_it_is_fired() -> None:
    play = make_play()
    play.act(StartTimer(60))
    assert play.wait(59).refused(RingTimer("t1", 1), CLOCK) == Refusal("busy")
    assert play.wait(3600).act(RingTimer("t1", 1), CLOCK) == (TimerRang("t1", 1),)
    assert running(play).rang
    assert play.act(RingTimer("t1", 1), CLOCK) == ()
    play.assert_refolds()


def test_ring_timer_of_an_earlier_revision_or_of_a_replaced_timer_does_nothing() -> None:
    play = make_play()
    play.act(StartTimer(60))
    play.act(ExtendTimer(60))
    assert play.wait(200).act(RingTimer("t1", 1), CLOCK) == ()
    play.act(StartTimer(60))
    assert play.wait(200).act(RingTimer("t1", 2), CLOCK) == ()
    play.act(StopTimer())
    assert play.act(RingTimer("t2", 1), CLOCK) == ()


def test_extend_timer_adds_and_takes_time() -> None:
    play = make_play()
    play.act(StartTimer(60))
    play.act(ExtendTimer(300))
    assert running(play).ends_at == EVENING + timedelta(seconds=360)
    play.wait(100).act(ExtendTimer(-300))
    assert running(play).ends_at == play.now
    assert play.refused(ExtendTimer(0)) == Refusal("bad_seconds", {"limit": 36_000})


def test_extend_timer_that_rang_starts_again_from_now() -> None:
    play = make_play()
    play.act(StartTimer(60))
    play.wait(100).act(RingTimer("t1", 1), CLOCK)
    assert play.act(ExtendTimer(-60)) == ()
    play.act(ExtendTimer(120))
    timer = running(play)
    assert (timer.rang, timer.started_at, timer.ends_at) == (
        False,
        play.now,
        play.now + timedelta(seconds=120),
    )
    play.wait(120).act(RingTimer("t1", timer.revision), CLOCK)
    assert running(play).rang


def test_pause_timer_holds_it_through_a_freeze() -> None:
    play = make_play()
    play.act(StartTimer(60))
    play.wait(10).act(PauseTimer())
    play.act(FreezePhones())
    play.wait(100).act(FreezePhones(on=False))
    assert running(play).paused_left == timedelta(seconds=50)
    assert play.act(PauseTimer()) == ()
    play.act(PauseTimer(on=False))
    assert running(play).ends_at == play.now + timedelta(seconds=50)
    play.assert_refolds()


def test_pause_timer_let_go_during_a_freeze_runs_after_it() -> None:
    play = make_play()
    play.act(StartTimer(60))
    play.act(PauseTimer())
    play.act(FreezePhones())
    play.act(PauseTimer(on=False))
    assert running(play).paused_left == timedelta(seconds=60)
    play.wait(10).act(FreezePhones(on=False))
    assert running(play).ends_at == play.now + timedelta(seconds=60)


def test_a_timer_started_or_extended_while_frozen_waits() -> None:
    play = make_play()
    play.act(FreezePhones())
    play.act(StartTimer(60))
    play.wait(30).act(ExtendTimer(30))
    assert running(play).paused_left == timedelta(seconds=90)
    assert play.act(RingTimer("t1", running(play).revision), CLOCK) == ()
    play.wait(10).act(FreezePhones(on=False))
    assert running(play).ends_at == play.now + timedelta(seconds=90)
    play.assert_refolds()


def test_a_timer_that_rang_before_a_freeze_waits_when_extended_in_it() -> None:
    play = make_play()
    play.act(StartTimer(60))
    play.wait(60).act(RingTimer("t1", 1), CLOCK)
    play.act(FreezePhones())
    play.act(ExtendTimer(60))
    assert running(play).paused_left == timedelta(seconds=60)


def test_without_timer_there_is_nothing_to_extend_pause_or_stop() -> None:
    play = make_play()
    assert play.refused(ExtendTimer(60)) == Refusal("no_timer")
    assert play.refused(PauseTimer()) == Refusal("no_timer")
    assert play.act(StopTimer()) == ()
