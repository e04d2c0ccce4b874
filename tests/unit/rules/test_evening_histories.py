"""Any history of the evening's acts: nothing raises, every event comes back from the journal, the fold is what was lived."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.errors import Refusal
from atelier.live.codec import decode, encode
from atelier.live.engine import fold
from atelier.live.rules.activities import (
    AnnounceClose,
    CloseActivity,
    OpenActivity,
    OpenToEveryone,
)
from atelier.live.rules.agenda import GoTo, NextStep, PreviousStep, steps_of
from atelier.live.rules.agenda_changes import EditActivity, InsertActivity, RemoveActivity
from atelier.live.rules.agenda_key import TakeAgenda
from atelier.live.rules.attendance import (
    AdmitPerson,
    CloseEntry,
    CorrectAttendance,
    SetCapacity,
    SetWithoutPhone,
)
from atelier.live.rules.cards_display import SetLiveDisplay, ShowCards
from atelier.live.rules.closing import CloseSession, ReopenSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.floor import AddSpeaker, CloseList, EndTurn, GiveTurn, MoveTurn
from atelier.live.rules.links import GrantLink, RevokeLink
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.pausing import FreezePhones, HidePhones
from atelier.live.rules.people import Join, Leave, MarkLeft, UpdateProfile
from atelier.live.rules.personal_time import AskTime, GiveTime
from atelier.live.rules.scene import BlankScreen, HideCounts, ProjectScene, ShowJoinScreen, TurnPage
from atelier.live.rules.sequence_changes import ExtendSequence, MoveSequence, SkipSequence
from atelier.live.rules.speaking import RequestTurn, WithdrawTurn, waiting_order
from atelier.live.rules.tables import AnswerHelp, AskHelp, FinishTable, MovePerson, SetPeople
from atelier.live.rules.timing import ExtendTimer, PauseTimer, RingTimer, StartTimer, StopTimer
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.voting import CastBallot
from atelier.live.state import Actor, LiveState
from tests.factories import (
    BRUNO,
    CLOCK,
    NADIA,
    Play,
    make_activity,
    make_play,
    make_sequence,
    make_snapshot,
    through_journal,
)

on = st.booleans()
small = st.integers(-3, 12)
seconds = st.sampled_from([-600, -1, 0, 1, 30, 120, 40_000])
sequences = st.sampled_from(["s1", "s2", "s3", "s4", "s5", "x"])
activities = st.sampled_from(["a1", "a2", "a3", "a4", "a5", "a6", "x"])
debates = st.sampled_from(["a1", "a1", "a1", "a1", "a6", "x"])
phones = st.sampled_from(["p1", "p2", "p3", "p4", "p5", "p9"])
turns = st.sampled_from(["q1", "q2", "q3", "q4", "x"])
text = st.text(max_size=8)
names = st.sampled_from(["Firmin", "firmin", "Rosa", ""])
options = st.lists(
    st.fixed_dictionaries({"text": text}, optional={"key": st.sampled_from(["o1", "o2", ""])}), max_size=3
)
kinds = st.sampled_from(["choice", "board", "speaking", "consent", "step", "karaoke"])
minutes = st.none() | st.integers(-1, 5)


def made(kind: type, *fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, *fields)


AGENDA = st.one_of(
    made(NextStep), made(PreviousStep), made(TakeAgenda), made(GoTo, sequences, st.none() | activities),
    made(SkipSequence, sequences, on), made(ExtendSequence, sequences, small), made(MoveSequence, sequences, small),
    made(InsertActivity, kinds, text, st.none() | sequences, minutes, st.sampled_from(["named", "anonymous"]),
         st.just({"columns": [{"key": "plus"}]}), options, on),
    made(EditActivity, activities, text, minutes, st.just({}), options), made(RemoveActivity, activities),
    made(StartTimer, seconds), made(ExtendTimer, seconds), made(PauseTimer, on), made(StopTimer),
)  # fmt: skip
ENDS = st.one_of(made(OpenSession, st.just(make_snapshot())), made(CloseSession), made(ReopenSession, text))
ACTIVITIES = st.one_of(
    made(OpenActivity, activities), made(OpenToEveryone, activities), made(AnnounceClose, activities, seconds),
    made(CloseActivity, activities), made(UndoClose, activities), made(UndoClose, activities),
    made(ShowCards, activities, on), made(SetLiveDisplay, activities, on), made(GiveTime, phones, activities, seconds),
)  # fmt: skip
STAGE = st.one_of(
    made(ProjectScene, st.sampled_from(["lobby", "wall", "activity", "result", "cluster"]), activities),
    made(ProjectScene, st.just("sequence"), sequences), made(TurnPage, small), made(BlankScreen, on),
    made(ShowJoinScreen, on), made(HideCounts, on), made(FreezePhones, on), made(HidePhones, on),
)  # fmt: skip
ROOM = st.one_of(
    made(MarkLeft, phones, on), made(MovePerson, phones, st.none() | small), made(SetPeople, small, phones),
    made(SetWithoutPhone, small), made(CorrectAttendance, st.none() | small), made(SetCapacity, st.just(0) | small),
    made(CloseEntry, on), made(AdmitPerson, phones), made(AnswerHelp, phones),
    made(GrantLink, st.sampled_from(["helper", "boss"]), text, st.just("9f86")),
    made(RevokeLink, st.sampled_from(["l1", "l2"])),
)  # fmt: skip
FLOOR = st.one_of(
    made(AddSpeaker, debates, names, st.sampled_from(["", "A", "Z"])), made(GiveTurn, debates, st.none() | turns),
    made(EndTurn, debates), made(MoveTurn, debates, turns, small), made(CloseList, debates, on),
    made(WithdrawTurn, debates, turns),
)  # fmt: skip
BY_PHONE = st.one_of(
    made(Join, phones, text, st.sampled_from(["", "A", "Z"]), st.none() | small, on, small),
    made(UpdateProfile, st.none() | text, st.sampled_from([None, "", "E", "Z"]), st.none() | small),
    made(Leave), made(AskHelp, on), made(FinishTable, on), made(AskTime, on), made(SetPeople, small),
    made(RequestTurn, debates), made(RequestTurn, debates), made(WithdrawTurn, debates),
    made(SubmitContribution, activities, text, st.just({}), st.just("plus")),
    made(CastBallot, activities, st.integers(0, 4), st.just({"blank": True})),
)  # fmt: skip
CLOCK_ACTS = st.one_of(
    made(RingTimer, st.sampled_from(["t1", "t2"]), st.integers(1, 3)), made(CloseActivity, activities)
)
PHONE_ACTORS = phones.map(lambda key: Actor("table" if key == "p5" else "phone", key, participant=key))
DESKS = st.sampled_from([NADIA] * 5 + [BRUNO])
WAITS = st.tuples(st.none(), st.sampled_from([1, 40, 700]))
SUBJECTS = [
    *[st.tuples(acts, DESKS) for acts in (AGENDA, ACTIVITIES, STAGE, ROOM, FLOOR)] * 2,
    *[st.tuples(BY_PHONE, PHONE_ACTORS)] * 6,
    st.tuples(CLOCK_ACTS, st.just(CLOCK)),
    WAITS,
    st.tuples(ENDS, DESKS),
]
STEPS = st.sampled_from(range(len(SUBJECTS))).flatmap(SUBJECTS.__getitem__)


def running_evening(people: int) -> Play:
    """A debate, a vote, a board opened to a college first and an anonymous brainstorm, all open, and a table phone."""
    columns = {"columns": [{"key": "plus", "label": "Forces"}]}
    tables = make_sequence(
        "s2",
        "Tables",
        20,
        make_activity("a3", "board", "?", minutes=5, first_colleges=["A"], settings=columns),
        make_activity("a4", "contributions", "?", anonymity="anonymous"),
    )
    talk = make_sequence(
        "s1",
        "Plénière",
        20,
        make_activity("a1", "speaking", "?", settings={"policy": "first_time"}),
        make_activity("a2", "choice", "?", options=["Oui", "Non"]),
    )
    sequences = [
        talk,
        tables,
        make_sequence("s3", "Pause", 5),
        make_sequence("s4", "Suite", 5, make_activity("a5", "roti")),
    ]
    play = make_play(people, snapshot=make_snapshot(sequences))
    play.join("Table 5", "A", 5, key="p5", shared=True, people=3)
    for key in ("a1", "a2", "a3", "a4"):
        play.open(key)
    return play


def assert_coherent(state: LiveState) -> None:
    """What must hold after each act, whatever the history."""
    running = [s for s in state.sequences.values() if s.started_at is not None and s.ended_at is None]
    assert len(running) <= 1
    assert sorted(state.order) == sorted(state.sequences)
    listed = [key for sequence in state.sequences.values() for key in sequence.activities]
    assert sorted(listed) == sorted(state.activities)
    assert len(steps_of(state)) >= len(state.activities) - sum(
        len(sequence.activities) for sequence in state.sequences.values() if sequence.skipped
    )
    if state.current is not None:
        sequence, activity = state.current
        assert activity is None or activity in state.sequences[sequence].activities
        assert state.phase == "closed" or [s.key for s in running] == [sequence]
    assert state.scene.target in {"", *state.activities, *state.sequences}
    assert len({person.pseudonym for person in state.people.values()}) == len(state.people)
    for activity in state.activities.values():
        assert (activity.phase == "open") <= (activity.opened_at is not None)
        assert (activity.electors or frozenset()) <= set(state.people)
        assert activity.closing_at is None or activity.phase == "open"
    for speaking in state.speaking.values():
        assert sum(turn.status == "speaking" for turn in speaking.turns) <= 1


def played(play: Play, steps: list[tuple[Any, Any]]) -> Play:
    for command, by in steps:
        if command is None:
            play.wait(by)
            continue
        decision = play.try_act(command, by)
        assert_coherent(play.state)
        if not isinstance(decision, Refusal):
            assert tuple(without_ballot(through_journal(event)) for event in decision) == tuple(
                without_ballot(event) for event in decision
            )
    return play


def without_ballot(event: Any) -> Any:
    """A ballot is sealed apart and is the only thing the journal does not give back."""
    return (event.activity, event.voter, event.slot) if type(event).__name__ == "BallotReceived" else event


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.lists(STEPS, max_size=40))
def test_any_history_is_coherent_and_folds_to_what_was_lived(
    people: int, steps: list[tuple[Any, Any]]
) -> None:
    played(running_evening(people), steps).assert_refolds()


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=40))
def test_any_history_whose_words_were_all_erased_folds_to_the_same_bones(
    steps: list[tuple[Any, Any]],
) -> None:
    play = played(running_evening(2), steps)
    erased = [(decode(type(event), encode(event, 1)[0], {}), at) for event, at in play.history]
    assert bones(fold(LiveState(), erased)) == bones(play.state)


def bones(state: LiveState) -> Any:
    """What stands whatever the words were."""
    return (
        [state.phase, state.current, state.scene, state.order, state.timer, state.next_key, state.votes],
        {key: (activity.phase, len(activity.options)) for key, activity in state.activities.items()},
        {key: (person.pseudonym, person.college, person.left) for key, person in state.people.items()},
        {number: (card.status, card.author) for number, card in state.contributions.items()},
        {key: [turn.speaker for turn in waiting_order(state, key)] for key in state.speaking},
    )


@settings(max_examples=20, deadline=None)
@given(st.lists(STEPS, max_size=15))
def test_any_history_from_a_draft_is_coherent(steps: list[tuple[Any, Any]]) -> None:
    played(make_play(opened=False), steps).assert_refolds()


SAMIRA = Actor("phone", "p1", participant="p1")
TWICE = st.one_of(
    st.tuples(made(BlankScreen, on) | made(ShowJoinScreen, on) | made(HideCounts, on), st.just(NADIA)),
    st.tuples(made(FreezePhones, on) | made(HidePhones, on) | made(CloseEntry, on), st.just(NADIA)),
    st.tuples(made(OpenActivity, activities) | made(CloseActivity, activities), st.just(NADIA)),
    st.tuples(made(SkipSequence, sequences, on) | made(MarkLeft, phones, on), st.just(NADIA)),
    st.tuples(made(CloseSession) | made(TakeAgenda), st.sampled_from([NADIA, BRUNO])),
    st.tuples(made(AskHelp, on) | made(FinishTable, on) | made(AskTime, on), st.just(SAMIRA)),
    st.tuples(made(RequestTurn, activities) | made(Leave), st.just(SAMIRA)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=25), TWICE)
def test_an_act_tapped_twice_changes_nothing_more(
    steps: list[tuple[Any, Any]], twice: tuple[Any, Actor]
) -> None:
    play = played(running_evening(3), steps)
    play.try_act(*twice)
    before = play.state
    play.try_act(*twice)
    assert play.state == before
