"""People: who joins, under what name, from what college and table, who leaves (R-200, D-12, D-13, D-19).

Refuses: `session_not_open`, `session_closed` {at}, `session_full` {capacity}, `unknown_college`, `unknown_table`
{tables}, `name_too_long` {limit}, `bad_people_count` {limit}, `college_frozen` (a vote is open), `unknown_person`,
`bad_key`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver, filled, words
from atelier.live.rules.access_to_activity import person_of, session_running
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.rules.pseudonyms import draw_pseudonym
from atelier.live.rules.speaking import TurnWithdrawn
from atelier.live.state import (
    Actor,
    LiveState,
    Meeting,
    Participant,
    counted_people,
    with_item,
    with_person,
)

LONGEST_NAME = 40  # characters
MOST_AT_TABLE = 20  # people behind one table phone


@dataclass(frozen=True, slots=True)
class Join:
    """Enter the séance. `key` is the participant's, given by the desk (empty: the next free one).

    A key already known is the same phone coming back: it keeps its profile and is no longer « parti ». `shared` with a
    number of `people` is a table phone (R-240). No college is the last one, « Autre, ou je préfère ne pas dire ».
    """

    key: str = filled("")
    name: str = ""
    college: str = ""
    table: int | None = None
    shared: bool = False
    people: int = 1


@dataclass(frozen=True, slots=True)
class UpdateProfile:
    """Change one's own name, college or table; None leaves it, table 0 is no table."""

    name: str | None = None
    college: str | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """« Je pars », said by the phone itself."""


@dataclass(frozen=True, slots=True)
class MarkLeft:
    """« Parti », said by the desk, or taken back."""

    person: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    key: str
    name: str = words("P:{key}", default="")
    pseudonym: str = ""
    college: str = ""
    table: int | None = None
    shared: bool = False
    people: int = 1
    admitted: bool = True


@dataclass(frozen=True, slots=True)
class ProfileUpdated:
    """The whole profile as it is now."""

    key: str
    name: str = words("P:{key}", default="")
    college: str = ""
    table: int | None = None


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """`on` False: came back."""

    person: str
    on: bool = True


def decide_join(command: Join, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    known = state.people.get(command.key)
    if known is not None:
        return (PersonLeft(known.key, on=False),) if known.left else ()
    key = command.key or next_key(state, "p")
    if not (key[0] == "p" and key[1:].isascii() and key[1:].isdigit()):
        return Refusal("bad_key")
    people = command.people if command.shared else 1
    if not 1 <= people <= MOST_AT_TABLE:
        return Refusal("bad_people_count", {"limit": MOST_AT_TABLE})
    refusal = wrong_profile(state.meeting, command.name, command.college, command.table) or full(
        state, people
    )
    if refusal:
        return refusal
    taken = {person.pseudonym for person in state.people.values()}
    return (
        ParticipantJoined(
            key=key,
            name=tidy(command.name),
            pseudonym=draw_pseudonym(f"{state.meeting.reference}:{key}", taken),
            college=college_said(state.meeting, command.college),
            table=command.table or None if state.meeting.tables else None,
            shared=command.shared,
            people=people,
            admitted=not state.entry_closed,
        ),
    )


def wrong_profile(meeting: Meeting, name: str, college: str, table: int | None) -> Refusal | None:
    """Refuse a name too long, a college or a table that the séance does not have."""
    if len(tidy(name)) > LONGEST_NAME:
        return Refusal("name_too_long", {"limit": LONGEST_NAME})
    if college and college not in {known.key for known in meeting.colleges}:
        return Refusal("unknown_college")
    if table and meeting.tables and not 1 <= table <= meeting.tables:
        return Refusal("unknown_table", {"tables": meeting.tables})
    return None


def tidy(name: str) -> str:
    """Return a name without stray spaces."""
    return " ".join(name.split())


def full(state: LiveState, people: int) -> Refusal | None:
    """Refuse beyond the capacity, which counts people and not phones (R-151). The desk may raise it."""
    capacity = state.meeting.capacity
    inside = counted_people(state.people.values()) + state.without_phone
    return (
        Refusal("session_full", {"capacity": capacity}) if capacity and inside + people > capacity else None
    )


def college_said(meeting: Meeting, college: str) -> str:
    """Return the college, or the last one for who says none (D-13)."""
    return college or (meeting.colleges[-1].key if meeting.colleges else "")


def evolve_participant_joined(state: LiveState, event: ParticipantJoined, at: datetime | None) -> LiveState:
    person = Participant(
        key=event.key,
        name=event.name,
        pseudonym=event.pseudonym,
        college=event.college,
        table=event.table,
        shared=event.shared,
        people=event.people,
        joined_at=at,
        admitted=event.admitted,
    )
    state = with_key_taken(state, event.key)
    return replace(state, people=with_item(state.people, event.key, person))


def decide_update_profile(command: UpdateProfile, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    person = person_of(state, actor)
    if isinstance(person, Refusal):
        return person
    name = person.name if command.name is None else tidy(command.name)
    college = person.college if command.college is None else college_said(state.meeting, command.college)
    table = person.table if command.table is None else command.table or None
    table = table if state.meeting.tables else None
    refusal = wrong_profile(state.meeting, name, college, table)
    if refusal:
        return refusal
    if college != person.college and vote_open(state):
        return Refusal("college_frozen")
    if (name, college, table) == (person.name, person.college, person.table):
        return ()
    return (ProfileUpdated(person.key, name, college, table),)


def vote_open(state: LiveState) -> bool:
    """Tell whether any vote is open: its electorate is frozen, colleges included."""
    return any(activity.is_vote and activity.phase == "open" for activity in state.activities.values())


def evolve_profile_updated(state: LiveState, event: ProfileUpdated, at: datetime | None) -> LiveState:
    return with_person(state, event.key, name=event.name, college=event.college, table=event.table)


def decide_leave(command: Leave, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = person_of(state, actor)
    return person if isinstance(person, Refusal) else marking(state, person, True)


def decide_mark_left(command: MarkLeft, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = state.people.get(command.person)
    return Refusal("unknown_person") if person is None else marking(state, person, command.on)


def marking(state: LiveState, person: Participant, on: bool) -> tuple[Event, ...]:
    """Return the departure (or the return) of somebody; who leaves asks no more to speak."""
    if person.left == on:
        return ()
    if not on:
        return (PersonLeft(person.key, on=False),)
    requests = tuple(
        TurnWithdrawn(activity, turn.key)
        for activity, speaking in state.speaking.items()
        for turn in speaking.turns
        if turn.speaker == person.key and turn.status == "waiting"
    )
    return (PersonLeft(person.key), *requests)


def evolve_person_left(state: LiveState, event: PersonLeft, at: datetime | None) -> LiveState:
    person = state.people[event.person]
    return with_person(
        state,
        event.person,
        left=event.on,
        wants_help=person.wants_help and not event.on,
        wants_time=person.wants_time and not event.on,
    )


DECIDERS: Mapping[type, Decider] = {
    Join: decide_join,
    UpdateProfile: decide_update_profile,
    Leave: decide_leave,
    MarkLeft: decide_mark_left,
}
EVOLVERS: Mapping[type, Evolver] = {
    ParticipantJoined: evolve_participant_joined,
    ProfileUpdated: evolve_profile_updated,
    PersonLeft: evolve_person_left,
}
