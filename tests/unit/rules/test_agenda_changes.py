"""The déroulé changed while it runs: sequences skipped, moved, extended, activities inserted (R-202)."""

from __future__ import annotations

from datetime import timedelta

from atelier.errors import Refusal
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo, NextStep, PreviousStep, StepReached
from atelier.live.rules.agenda_changes import (
    ActivityEdited,
    ActivityInserted,
    EditActivity,
    InsertActivity,
    RemoveActivity,
)
from atelier.live.rules.scene import ProjectScene
from atelier.live.rules.sequence_changes import ExtendSequence, MoveSequence, SkipSequence
from atelier.live.rules.timing import TimerExtended
from atelier.live.state import Option, Scene
from tests.factories import EVENING, make_activity, make_play, make_sequence, make_snapshot

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


def test_skip_sequence_that_is_current_goes_to_the_next() -> None:
    play = make_play()
    play.act(GoTo("s3"))
    play.act(SkipSequence("s3"))
    assert play.state.current == ("s4", None)
    assert play.state.sequences["s3"].skipped
    play.act(PreviousStep())
    assert play.state.current == ("s2", "a2")


def test_skip_sequence_that_is_last_stays_and_can_still_come_back() -> None:
    play = make_play()
    play.act(GoTo("s7"))
    play.act(SkipSequence("s7"))
    assert play.state.current == ("s7", "a8")
    play.act(PreviousStep())
    assert play.state.current == ("s6", "a7")


def test_skip_sequence_with_an_open_activity_is_refused() -> None:
    play = make_play()
    play.open("a3")
    assert play.refused(SkipSequence("s3")) == Refusal("activity_open", {"activity": "a3"})


def test_extend_sequence_adds_minutes_and_its_countdown_follows() -> None:
    play = make_play()
    play.act(GoTo("s4"))
    events = play.act(ExtendSequence("s4", 5))
    assert events[1:] == (TimerExtended("t1", 300),)
    assert play.state.sequences["s4"].extended == 5
    assert play.state.timer is not None
    assert play.state.timer.ends_at == EVENING + timedelta(minutes=15)
    assert len(play.act(ExtendSequence("s6", -10))) == 1


def test_extend_sequence_refuses_a_senseless_number() -> None:
    play = make_play()
    assert play.refused(ExtendSequence("s1", 0)) == Refusal("bad_minutes", {"limit": 600})
    assert play.refused(ExtendSequence("s1", 601)) == Refusal("bad_minutes", {"limit": 600})
    assert play.refused(ExtendSequence("s1", -10)) == Refusal("too_short")
    assert play.refused(ExtendSequence("s99", 5)) == Refusal("unknown_sequence")


def test_move_sequence_reorders_what_has_not_started() -> None:
    play = make_play()
    play.act(GoTo("s2"))
    play.act(MoveSequence("s7", 2))
    assert play.state.order == ("s1", "s2", "s7", "s3", "s4", "s5", "s6")
    play.act(MoveSequence("s6", 0))
    assert play.state.order == ("s1", "s2", "s6", "s7", "s3", "s4", "s5")
    assert play.act(MoveSequence("s5", 99)) == ()
    assert play.refused(MoveSequence("s2", 5)) == Refusal("sequence_started")
    play.assert_refolds()


def test_move_sequence_with_a_locked_time_is_refused() -> None:
    lunch = make_sequence("s2", "Repas", 75, locked=True)
    play = make_play(snapshot=make_snapshot([make_sequence("s1", "Matin", 60), lunch]))
    assert play.refused(MoveSequence("s2", 0)) == Refusal("sequence_locked")


def test_insert_activity_makes_a_sequence_after_the_current_one_and_goes_there() -> None:
    play = make_play()
    play.act(GoTo("s3"))
    events = play.act(InsertActivity("choice", " On prolonge ? ", options=[{"text": "Oui"}, {"text": "Non"}]))
    assert isinstance(events[0], ActivityInserted)
    assert events[1] == StepReached("s8", "a9")
    assert play.state.order == ("s1", "s2", "s3", "s8", "s4", "s5", "s6", "s7")
    assert play.state.sequences["s8"].inserted
    assert play.activity("a9").question == "On prolonge ?"
    assert play.activity("a9").options == (Option("o1", "Oui"), Option("o2", "Non"))
    assert play.state.current == ("s8", "a9")
    play.act(OpenActivity("a9"))
    play.assert_refolds()


def test_insert_activity_in_the_current_sequence_comes_right_after_the_current_activity() -> None:
    play = make_play()
    play.act(GoTo("s6", "a5"))
    play.act(InsertActivity("contributions", "Et encore ?", sequence="s6", go=False))
    assert play.state.sequences["s6"].activities == ("a5", "a9", "a6", "a7")
    assert play.state.current == ("s6", "a5")
    play.act(InsertActivity("contributions", "Ailleurs ?", sequence="s2", go=False))
    assert play.state.sequences["s2"].activities == ("a1", "a2", "a10")


def test_insert_activity_in_the_timed_step_where_we_are_makes_it_the_next_step() -> None:
    play = make_play()
    play.act(GoTo("s4"))
    play.act(InsertActivity("contributions", "En attendant ?", sequence="s4", go=False))
    assert play.state.current == ("s4", None)
    play.act(NextStep())
    assert play.state.current == ("s4", "a9")
    play.act(GoTo("s3"))
    play.act(NextStep())
    assert play.state.current == ("s4", "a9")


def test_insert_activity_before_the_first_step_opens_the_evening_with_it() -> None:
    play = make_play()
    play.act(InsertActivity("check_in", "Votre météo"))
    assert play.state.order[0] == "s8"
    assert play.state.current == ("s8", "a9")


def test_insert_activity_refuses_what_cannot_be_shown() -> None:
    play = make_play()
    assert play.refused(InsertActivity("karaoke", "?")) == Refusal("unknown_kind")
    assert play.refused(InsertActivity("choice", "?", anonymity="secret")) == Refusal("unknown_anonymity")
    assert play.refused(InsertActivity("choice", "  ")) == Refusal("question_required")
    assert play.refused(InsertActivity("choice", "x" * 501)) == Refusal("too_long", {"limit": 500})
    assert play.refused(InsertActivity("choice", "?", sequence="s99")) == Refusal("unknown_sequence")
    assert play.refused(InsertActivity("choice", "?", minutes=-1)) == Refusal("bad_minutes", {"limit": 600})
    assert play.refused(InsertActivity("choice", "?", options=[{"text": " "}])) == Refusal("empty_option")
    many = [{"text": str(n)} for n in range(13)]
    assert play.refused(InsertActivity("choice", "?", options=many)) == Refusal(
        "too_many_options", {"limit": 12}
    )


def test_edit_activity_replaces_a_planned_one_and_keeps_the_keys_of_its_options() -> None:
    play = make_play()
    options = [{"key": "o2", "text": "Les mêmes parlent"}, {"text": "Autre chose"}]
    (event,) = play.act(EditActivity("a4", "Laquelle ?", 8, {"dots": 2}, options))
    assert isinstance(event, ActivityEdited)
    activity = play.activity("a4")
    assert (activity.question, activity.minutes, activity.settings) == ("Laquelle ?", 8, {"dots": 2})
    assert activity.options == (Option("o2", "Les mêmes parlent"), Option("o1", "Autre chose"))
    play.assert_refolds()


def test_edit_activity_once_opened_is_refused_even_closed() -> None:
    play = make_play()
    play.open("a4")
    assert play.refused(EditActivity("a4", "Autre ?")) == Refusal("activity_not_planned")
    play.close("a4")
    assert play.refused(EditActivity("a4", "Autre ?")) == Refusal("activity_not_planned")
    assert play.refused(RemoveActivity("a4")) == Refusal("activity_not_planned")


def test_remove_activity_takes_it_from_the_agenda_and_from_the_projector() -> None:
    play = make_play()
    play.act(GoTo("s1"))
    play.act(ProjectScene("activity", "a5"))
    play.act(RemoveActivity("a5"))
    assert play.state.sequences["s6"].activities == ("a6", "a7")
    assert play.state.scene == Scene("sequence", "s1")
    assert play.refused(RemoveActivity("a5")) == Refusal("unknown_activity")
    play.assert_refolds()


def test_remove_activity_where_we_are_is_refused() -> None:
    play = make_play()
    play.act(GoTo("s3", "a3"))
    assert play.refused(RemoveActivity("a3")) == Refusal("activity_is_current")


def test_remove_activity_that_was_inserted_removes_its_sequence_and_never_its_key() -> None:
    play = make_play()
    play.act(InsertActivity("choice", "Une pause ?", go=False))
    assert "s8" in play.state.order
    play.act(RemoveActivity("a9"))
    assert "s8" not in play.state.order
    assert "s8" not in play.state.sequences
    play.act(InsertActivity("choice", "Une autre ?", go=False))
    assert "s9" in play.state.order
    assert "a10" in play.state.activities
    play.assert_refolds()


def test_planned_settings_reach_state_as_the_journal_gives_them_back() -> None:
    settings = {"columns": [{"key": "x", "label": "Manques"}]}
    board = make_activity("a1", "board", "?", settings=settings)
    play = make_play(snapshot=make_snapshot([make_sequence("s1", "Tables", 5, board)]))
    assert play.activity("a1").settings == {"columns": ({"key": "x", "label": "Manques"},)}
    play.assert_refolds()
