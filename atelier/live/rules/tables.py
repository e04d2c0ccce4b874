"""Tables: who sits where, who asks for help, who has finished, how many share a phone (D-3, D-19, R-240).

Refuses: `unknown_person`, `unknown_table` {tables}, `not_a_table_phone`, `bad_people_count` {limit}, `vote_open` (a
phone does not change its number during a vote), `ballots_already_cast` {count}, `session_not_open`,
`session_closed` {at}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.access_to_activity import person_of, session_running
from atelier.live.rules.people import MOST_AT_TABLE, vote_open
from atelier.live.state import Activity, Actor, LiveState, Participant, with_person

PHONES = frozenset({"phone", "table"})


@dataclass(frozen=True, slots=True)
class MovePerson:
    """Seat somebody at another table; None is no table."""

    person: str
    table: int | None = None


@dataclass(frozen=True, slots=True)
class SetPeople:
    """Say how many persons share a table phone: the phone its own number, the desk that of `person`."""

    people: int
    person: str = ""


@dataclass(frozen=True, slots=True)
class AskHelp:
    """« Besoin d'aide »."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class AnswerHelp:
    """« J'y vais »: answered for the person and everybody at the same table."""

    person: str


@dataclass(frozen=True, slots=True)
class FinishTable:
    """« Terminé », until the next activity opens."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class PersonMoved:
    person: str
    table: int | None


@dataclass(frozen=True, slots=True)
class PeopleSet:
    """In a vote that is open, the electorate follows: only the desk may do it then."""

    person: str
    people: int


@dataclass(frozen=True, slots=True)
class HelpAsked:
    person: str
    on: bool


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFinished:
    person: str
    on: bool


def decide_move_person(command: MovePerson, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = state.people.get(command.person)
    if person is None:
        return Refusal("unknown_person")
    table = command.table or None
    if table is not None and not 1 <= table <= state.meeting.tables:
        return Refusal("unknown_table", {"tables": state.meeting.tables})
    return () if table == person.table else (PersonMoved(person.key, table),)


def evolve_person_moved(state: LiveState, event: PersonMoved, at: datetime | None) -> LiveState:
    return with_person(state, event.person, table=event.table)


def decide_set_people(command: SetPeople, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    by_phone = actor.role in PHONES
    person = state.people.get(actor.person if by_phone else command.person)
    if person is None:
        return Refusal("unknown_person")
    if not person.shared:
        return Refusal("not_a_table_phone")
    if not 1 <= command.people <= MOST_AT_TABLE:
        return Refusal("bad_people_count", {"limit": MOST_AT_TABLE})
    if command.people == person.people:
        return ()
    if by_phone and vote_open(state):
        return Refusal("vote_open")
    cast = highest_slot(state, person.key)
    if command.people < cast:
        return Refusal("ballots_already_cast", {"count": cast})
    return (PeopleSet(person.key, command.people),)


def highest_slot(state: LiveState, person: str) -> int:
    """Return the highest slot of this table phone that has voted in a vote still open."""
    slots = [
        slot
        for activity in state.activities.values()
        if activity.phase == "open"
        for slot in activity.slots.get(person, ())
    ]
    return max(slots, default=0)


def evolve_people_set(state: LiveState, event: PeopleSet, at: datetime | None) -> LiveState:
    more = event.people - state.people[event.person].people
    activities = {
        key: with_more_electors(activity, event.person, more) for key, activity in state.activities.items()
    }
    return with_person(replace(state, activities=activities), event.person, people=event.people)


def with_more_electors(activity: Activity, person: str, more: int) -> Activity:
    """Return an open vote whose electorate follows the number of people behind one of its electors."""
    if activity.phase != "open" or person not in (activity.electors or ()):
        return activity
    return replace(activity, electorate=activity.electorate + more)


def decide_ask_help(command: AskHelp, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = phone_person(state, actor)
    if isinstance(person, Refusal):
        return person
    return () if person.wants_help == command.on else (HelpAsked(person.key, command.on),)


def phone_person(state: LiveState, actor: Actor) -> Participant | Refusal:
    """Return who acts, while the séance runs."""
    return session_running(state) or person_of(state, actor)


def evolve_help_asked(state: LiveState, event: HelpAsked, at: datetime | None) -> LiveState:
    return with_person(state, event.person, wants_help=event.on)


def decide_answer_help(command: AnswerHelp, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = state.people.get(command.person)
    if person is None:
        return Refusal("unknown_person")
    asking = tuple(
        key
        for key, other in state.people.items()
        if other.wants_help
        and (key == person.key or (other.table is not None and other.table == person.table))
    )
    return (HelpAnswered(asking),) if asking else ()


def evolve_help_answered(state: LiveState, event: HelpAnswered, at: datetime | None) -> LiveState:
    for key in event.people:
        state = with_person(state, key, wants_help=False)
    return state


def decide_finish_table(command: FinishTable, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = phone_person(state, actor)
    if isinstance(person, Refusal):
        return person
    return () if person.finished == command.on else (TableFinished(person.key, command.on),)


def evolve_table_finished(state: LiveState, event: TableFinished, at: datetime | None) -> LiveState:
    return with_person(state, event.person, finished=event.on)


DECIDERS: Mapping[type, Decider] = {
    MovePerson: decide_move_person,
    SetPeople: decide_set_people,
    AskHelp: decide_ask_help,
    AnswerHelp: decide_answer_help,
    FinishTable: decide_finish_table,
}
EVOLVERS: Mapping[type, Evolver] = {
    PersonMoved: evolve_person_moved,
    PeopleSet: evolve_people_set,
    HelpAsked: evolve_help_asked,
    HelpAnswered: evolve_help_answered,
    TableFinished: evolve_table_finished,
}
