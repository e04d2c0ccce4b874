"""What is projected, and « figer » and « masquer » (R-201, D-20, D-25)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from atelier.errors import Refusal
from atelier.live.rules.activities import AnnounceClose, CloseActivity
from atelier.live.rules.agenda import GoTo, NextStep
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.floor import GiveTurn
from atelier.live.rules.pausing import FreezePhones, HidePhones
from atelier.live.rules.personal_time import GiveTime
from atelier.live.rules.scene import BlankScreen, HideCounts, ProjectScene, ShowJoinScreen, TurnPage
from atelier.live.rules.speaking import RequestTurn
from atelier.live.state import Scene
from tests.factories import BRUNO, CLOCK, EVENING, make_play


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("lobby", ""),
        ("wall", "a3"),
        ("cards", "a3"),
        ("activity", "a4"),
        ("sequence", "s4"),
        ("recap", ""),
        ("end", ""),
    ],
)
def test_project_scene_shows_what_was_chosen(kind: str, target: str) -> None:
    play = make_play()
    play.act(GoTo("s2"))
    play.act(TurnPage(3))
    play.act(ProjectScene(kind, target))
    assert play.state.scene == Scene(kind, target)
    assert play.act(ProjectScene(kind, target)) == ()
    play.assert_refolds()


def test_project_scene_refuses_what_does_not_exist() -> None:
    play = make_play()
    assert play.refused(ProjectScene("mirror")) == Refusal("unknown_scene")
    assert play.refused(ProjectScene("wall", "a99")) == Refusal("unknown_activity")
    assert play.refused(ProjectScene("sequence", "s99")) == Refusal("unknown_sequence")
    assert play.refused(ProjectScene("cluster", "K1")) == Refusal("unknown_cluster")
    assert make_play(opened=False).refused(ProjectScene("lobby")) == Refusal("session_not_open")


def test_project_scene_never_shows_a_result_before_the_reveal() -> None:
    play = make_play()
    play.open("a4")
    assert play.refused(ProjectScene("result", "a4")) == Refusal("not_revealed")
    play.close("a4")
    assert play.refused(ProjectScene("result", "a4")) == Refusal("not_revealed")


def test_turn_page_stays_in_the_scene() -> None:
    play = make_play()
    play.act(ProjectScene("wall", "a3"))
    play.act(TurnPage(2))
    assert play.state.scene == Scene("wall", "a3", 2)
    assert play.act(TurnPage(2)) == ()
    assert play.refused(TurnPage(-1)) == Refusal("bad_page")
    play.act(ProjectScene("wall", "a3"))
    assert play.state.scene.page == 0


def test_blank_screen_stays_through_a_step_and_the_join_screen_does_not() -> None:
    play = make_play()
    play.act(BlankScreen())
    play.act(ShowJoinScreen())
    play.act(NextStep())
    assert (play.state.blanked, play.state.join_large) == (True, False)
    play.act(BlankScreen(on=False))
    assert not play.state.blanked
    play.assert_refolds()


def test_safety_acts_need_no_agenda_key_and_do_nothing_twice() -> None:
    play = make_play()
    for command in (BlankScreen(), ShowJoinScreen(), HideCounts(), FreezePhones(), HidePhones()):
        assert len(play.act(command, BRUNO)) == 1
        assert play.act(command, BRUNO) == ()
    assert play.state.agenda_holder == "u1"
    assert play.refused(ProjectScene("lobby"), BRUNO) == Refusal("agenda_held", {"by": "Nadia"})
    assert play.refused(TurnPage(1), BRUNO) == Refusal("agenda_held", {"by": "Nadia"})


def test_freeze_phones_makes_sends_wait_and_lets_them_go_after() -> None:
    play = make_play(people=1)
    play.open("a3")
    play.act(FreezePhones())
    card = SubmitContribution("a3", "Je garde mon idée", column="plus")
    assert play.refused(card, by="Samira") == Refusal("frozen")
    play.act(FreezePhones(on=False))
    play.act(card, by="Samira")
    play.assert_refolds()


def test_freeze_phones_stops_the_countdown_which_goes_on_with_what_was_left() -> None:
    play = make_play()
    play.open("a3")
    play.wait(600).act(FreezePhones())
    timer = play.state.timer
    assert timer is not None
    assert timer.paused_left == timedelta(seconds=1200)
    play.wait(300).act(FreezePhones(on=False))
    timer = play.state.timer
    assert timer is not None
    assert (timer.paused_left, timer.ends_at) == (None, EVENING + timedelta(seconds=2100))
    assert timer.ends_at - timer.started_at == timedelta(seconds=1800)
    play.assert_refolds()


def test_freeze_phones_holds_an_announced_close() -> None:
    play = make_play()
    play.open("a3")
    play.act(AnnounceClose("a3", 30))
    play.wait(10).act(FreezePhones())
    assert play.wait(60).refused(CloseActivity("a3"), CLOCK) == Refusal("busy")
    play.act(FreezePhones(on=False))
    assert play.activity("a3").closing_at == play.now + timedelta(seconds=20)


def test_freeze_phones_keeps_the_time_of_one_person_and_a_turn() -> None:
    play = make_play(people=1)
    play.open("a3")
    play.act(GiveTime(play.keys["Samira"], "a3", 60))
    play.close("a3")
    play.open("a7")
    play.act(RequestTurn("a7"), by="Samira")
    play.act(GiveTurn("a7"))
    play.wait(20).act(FreezePhones())
    play.wait(100).act(FreezePhones(on=False))
    assert play.person("Samira").extra_until == {"a3": play.now + timedelta(seconds=40)}
    (ended, _) = play.wait(10).close("a7")
    assert ended.seconds == 30
    play.assert_refolds()


def test_hide_phones_is_not_a_freeze() -> None:
    play = make_play(people=1)
    play.open("a3")
    play.act(HidePhones())
    assert (play.state.phones_hidden, play.state.frozen_at) == (True, None)
    play.act(SubmitContribution("a3", "Déjà écrite", column="plus"), by="Samira")
