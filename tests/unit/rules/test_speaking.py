"""Turns to speak: order, by hand, timed, counted by college (domain §4, method 9; R-249)."""

from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.floor import AddSpeaker, CloseList, EndTurn, GiveTurn, MoveTurn, TurnEnded, TurnGiven
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.speaking import (
    RequestTurn,
    TurnRequested,
    TurnWithdrawn,
    WithdrawTurn,
    speaking_by_college,
    speaking_now,
    waiting_order,
)
from tests.factories import (
    EVENING,
    NADIA,
    Play,
    make_activity,
    make_play,
    make_sequence,
    make_snapshot,
    through_journal,
)


def debate(policy: str = "fifo") -> Play:
    """A debate that is open, in a sequence with a second one, and five people."""
    settings = {"policy": policy, "seconds": 120}
    sequence = make_sequence(
        "s1",
        "Débat",
        30,
        make_activity("a1", "speaking", "Qui veut réagir ?", settings=settings),
        make_activity("a2", "speaking", "Dernier mot", settings=settings),
    )
    play = make_play(snapshot=make_snapshot([sequence]))
    for name, college in (("Odile", "E"), ("Karim", "A"), ("Zohra", "A"), ("Paul", "U"), ("Abel", "X")):
        play.join(name, college)
    play.open("a1")
    return play


def order(play: Play, activity: str = "a1") -> list[str]:
    """Names that wait, next first."""
    names = {key: name for name, key in play.keys.items()}
    return [names.get(turn.speaker, turn.label) for turn in waiting_order(play.state, activity)]


def ask(play: Play, *names: str, activity: str = "a1") -> None:
    for name in names:
        play.act(RequestTurn(activity), by=name)


def speak(play: Play, seconds: float = 30, activity: str = "a1") -> None:
    """The next person speaks and ends."""
    play.act(GiveTurn(activity))
    play.wait(seconds).act(EndTurn(activity))


def test_request_turn_in_order_and_once_each() -> None:
    play = debate()
    ask(play, "Karim", "Odile")
    assert play.act(RequestTurn("a1"), by="Karim") == ()
    assert order(play) == ["Karim", "Odile"]
    play.assert_refolds()


def test_request_turn_after_having_spoken_goes_to_the_end() -> None:
    play = debate()
    ask(play, "Karim", "Odile")
    speak(play)
    ask(play, "Karim")
    assert order(play) == ["Odile", "Karim"]


def test_first_time_policy_lets_those_who_have_not_spoken_go_first() -> None:
    play = debate("first_time")
    ask(play, "Karim")
    speak(play)
    ask(play, "Karim", "Odile", "Zohra")
    assert order(play) == ["Odile", "Zohra", "Karim"]


def test_first_time_policy_counts_the_turns_of_the_whole_sequence() -> None:
    play = debate("first_time")
    ask(play, "Karim")
    speak(play)
    play.close("a1")
    play.open("a2")
    ask(play, "Karim", "Odile", activity="a2")
    assert order(play, "a2") == ["Odile", "Karim"]


def test_a_turn_taken_while_asking_again_is_counted_at_once() -> None:
    play = debate("first_time")
    ask(play, "Karim", "Odile")
    play.act(GiveTurn("a1"))
    ask(play, "Zohra")
    assert order(play) == ["Odile", "Zohra"]
    assert play.act(RequestTurn("a1"), by="Karim") == ()


def test_give_turn_ends_the_one_that_runs_and_counts_its_seconds() -> None:
    play = debate()
    ask(play, "Karim", "Odile")
    assert play.act(GiveTurn("a1")) == (TurnGiven("a1", "q1"),)
    running = speaking_now(play.state, "a1")
    assert running is not None
    assert (running.speaker, running.started_at) == (play.keys["Karim"], EVENING)
    assert play.act(GiveTurn("a1", "q1")) == ()
    play.wait(75)
    assert play.act(GiveTurn("a1")) == (TurnEnded("a1", "q1", 75), TurnGiven("a1", "q2"))
    assert play.refused(GiveTurn("a1")) == Refusal("nobody_waiting")
    play.wait(10)
    assert play.act(EndTurn("a1")) == (TurnEnded("a1", "q2", 10),)
    assert play.act(EndTurn("a1")) == ()
    play.assert_refolds()


def test_give_turn_to_somebody_chosen() -> None:
    play = debate()
    ask(play, "Karim", "Odile", "Zohra")
    assert play.act(GiveTurn("a1", "q3")) == (TurnGiven("a1", "q3"),)
    assert play.refused(GiveTurn("a1", "q99")) == Refusal("unknown_turn")


def test_withdraw_turn_by_oneself_and_by_the_desk() -> None:
    play = debate()
    ask(play, "Karim", "Odile")
    assert play.act(WithdrawTurn("a1"), by="Karim") == (TurnWithdrawn("a1", "q1"),)
    assert play.act(WithdrawTurn("a1"), by="Karim") == ()
    assert play.act(WithdrawTurn("a1", "q2"), by="Karim") == ()
    play.act(WithdrawTurn("a1", "q2"))
    assert order(play) == []
    assert play.refused(WithdrawTurn("a1", "q2")) == Refusal("unknown_turn")


def test_add_speaker_puts_a_raised_hand_on_the_list() -> None:
    play = debate("first_time")
    (added,) = play.act(AddSpeaker("a1", " Une dame  du fond ", "A"))
    assert added == TurnRequested("a1", "q1", "hand:1", "Une dame du fond", "A")
    assert through_journal(added) == added
    speak(play)
    ask(play, "Karim")
    (again,) = play.act(AddSpeaker("a1", "une dame du fond", "A"))
    assert again.speaker == "hand:1"
    (other,) = play.act(AddSpeaker("a1", "Une dame du fond", "E"))
    assert other.speaker == "hand:2"
    assert order(play) == ["Karim", "Une dame du fond", "une dame du fond"]
    play.assert_refolds()


def test_add_speaker_refuses_nobody_twice_or_of_no_college() -> None:
    play = debate()
    assert play.refused(AddSpeaker("a1", " ")) == Refusal("empty_name")
    assert play.refused(AddSpeaker("a1", "x" * 41)) == Refusal("name_too_long", {"limit": 40})
    assert play.refused(AddSpeaker("a1", "Firmin", "Z")) == Refusal("unknown_college")
    play.act(AddSpeaker("a1", "Firmin", "A"))
    assert play.refused(AddSpeaker("a1", "Firmin", "A")) == Refusal("already_waiting")


def test_move_turn_fixes_the_head_and_leaves_the_policy_to_the_rest() -> None:
    play = debate("first_time")
    ask(play, "Karim")
    speak(play)
    ask(play, "Karim", "Odile", "Zohra")
    assert order(play) == ["Odile", "Zohra", "Karim"]
    play.act(MoveTurn("a1", "q2", 0))
    assert order(play) == ["Karim", "Odile", "Zohra"]
    ask(play, "Paul")
    assert order(play) == ["Karim", "Odile", "Zohra", "Paul"]
    assert play.act(MoveTurn("a1", "q2", 0)) == ()
    assert play.refused(MoveTurn("a1", "q99", 0)) == Refusal("unknown_turn")
    entry = play.state.log[-1]
    assert (entry.act, entry.by, entry.params) == ("move_turn", "Nadia", {"activity": "a1", "turn": "q2"})
    play.assert_refolds()


def test_move_turn_down_holds_those_it_passed() -> None:
    play = debate()
    ask(play, "Karim", "Odile", "Zohra", "Paul")
    play.act(MoveTurn("a1", "q1", 2))
    assert order(play) == ["Odile", "Zohra", "Karim", "Paul"]
    play.act(MoveTurn("a1", "q4", 99))
    play.act(MoveTurn("a1", "q4", -5))
    assert order(play) == ["Paul", "Odile", "Zohra", "Karim"]


def test_a_place_given_by_hand_is_used_once() -> None:
    play = debate()
    ask(play, "Karim", "Odile")
    play.act(MoveTurn("a1", "q2", 0))
    speak(play)
    ask(play, "Odile")
    assert order(play) == ["Karim", "Odile"]


def test_a_closed_list_takes_no_request_but_those_the_desk_adds() -> None:
    play = debate()
    play.act(CloseList("a1"))
    assert play.act(CloseList("a1")) == ()
    assert play.refused(RequestTurn("a1"), by="Karim") == Refusal("list_closed")
    play.act(AddSpeaker("a1", "Firmin"))
    play.act(CloseList("a1", on=False))
    ask(play, "Karim")
    assert order(play) == ["Firmin", "Karim"]


def test_speaking_is_counted_by_college_and_never_by_person() -> None:
    play = debate()
    ask(play, "Karim", "Zohra", "Odile")
    speak(play, 40)
    speak(play, 20)
    speak(play, 90)
    play.act(AddSpeaker("a1", "Firmin", "A"))
    speak(play, 10)
    ask(play, "Paul")
    assert speaking_by_college(play.state) == {"A": (3, 70), "E": (1, 90)}


def test_closing_the_debate_ends_the_turn_that_runs() -> None:
    play = debate()
    ask(play, "Karim")
    play.act(GiveTurn("a1"))
    events = play.wait(50).close("a1")
    assert events[0] == TurnEnded("a1", "q1", 50)
    assert play.refused(GiveTurn("a1")) == Refusal("activity_closed", {"at": play.now})
    assert play.refused(RequestTurn("a1"), by="Karim") == Refusal("activity_closed", {"at": play.now})


def test_a_list_that_is_not_one_or_not_open_takes_nobody() -> None:
    play = make_play(people=1)
    play.open("a3")
    assert play.refused(RequestTurn("a3"), by="Samira") == Refusal("not_a_list")
    assert play.refused(GiveTurn("a3")) == Refusal("not_a_list")
    assert play.refused(RequestTurn("a7"), by="Samira") == Refusal("activity_not_open")
    assert play.refused(AddSpeaker("a7", "Firmin")) == Refusal("activity_not_open")
    assert play.refused(EndTurn("a99")) == Refusal("unknown_activity")


def test_request_turn_while_frozen_waits_and_never_under_a_mask() -> None:
    play = debate()
    assert play.refused(RequestTurn("a1"), play.masked("Karim", "a1")) == Refusal("named_only")
    play.act(FreezePhones(), NADIA)
    assert play.refused(RequestTurn("a1"), by="Karim") == Refusal("frozen")
