"""How many people are there: without phone, corrected by hand, let in or left at the door (D-2, R-151, R-240).

A number said by the desk stands, with its hour in the log. Refuses: `bad_count` {limit}, `unknown_person`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.state import Actor, LiveState, logged, present_people, with_person

MOST = 5_000  # people


@dataclass(frozen=True, slots=True)
class SetWithoutPhone:
    """People present who have no phone."""

    count: int


@dataclass(frozen=True, slots=True)
class CorrectAttendance:
    """The desk's own count of people present; None goes back to what phones say."""

    count: int | None = None


@dataclass(frozen=True, slots=True)
class SetCapacity:
    """Change how many people may join; 0 is no limit."""

    capacity: int


@dataclass(frozen=True, slots=True)
class CloseEntry:
    """« Fermer l'entrée »: later arrivals write and do not vote. Opening it again lets in whoever was waiting."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class AdmitPerson:
    """Let one of them vote."""

    person: str


@dataclass(frozen=True, slots=True)
class WithoutPhoneSet:
    count: int


@dataclass(frozen=True, slots=True)
class AttendanceCorrected:
    """`before`: people present until then."""

    count: int | None
    before: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class CapacitySet:
    capacity: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class EntryClosed:
    on: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class PersonAdmitted:
    person: str
    by: str = ""


def decide_set_without_phone(
    command: SetWithoutPhone, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    if not 0 <= command.count <= MOST:
        return Refusal("bad_count", {"limit": MOST})
    return () if command.count == state.without_phone else (WithoutPhoneSet(command.count),)


def evolve_without_phone_set(state: LiveState, event: WithoutPhoneSet, at: datetime | None) -> LiveState:
    return replace(state, without_phone=event.count)


def decide_correct_attendance(
    command: CorrectAttendance, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    if command.count is not None and not 0 <= command.count <= MOST:
        return Refusal("bad_count", {"limit": MOST})
    if command.count == state.present_correction:
        return ()
    return (AttendanceCorrected(command.count, present_people(state), actor.signature),)


def evolve_attendance_corrected(
    state: LiveState, event: AttendanceCorrected, at: datetime | None
) -> LiveState:
    state = replace(state, present_correction=event.count)
    return logged(state, at, "correct_attendance", event.by, count=event.count, before=event.before)


def decide_set_capacity(command: SetCapacity, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if not 0 <= command.capacity <= MOST:
        return Refusal("bad_count", {"limit": MOST})
    if command.capacity == state.meeting.capacity:
        return ()
    return (CapacitySet(command.capacity, actor.signature),)


def evolve_capacity_set(state: LiveState, event: CapacitySet, at: datetime | None) -> LiveState:
    before = state.meeting.capacity
    state = replace(state, meeting=replace(state.meeting, capacity=event.capacity))
    return logged(state, at, "set_capacity", event.by, capacity=event.capacity, before=before)


def decide_close_entry(command: CloseEntry, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if state.entry_closed == command.on:
        return ()
    return (EntryClosed(command.on, actor.signature),)


def evolve_entry_closed(state: LiveState, event: EntryClosed, at: datetime | None) -> LiveState:
    people = state.people
    if not event.on:
        people = {key: replace(person, admitted=True) for key, person in people.items()}
    state = replace(state, entry_closed=event.on, people=people)
    return logged(state, at, "close_entry", event.by, on=event.on)


def decide_admit_person(command: AdmitPerson, state: LiveState, actor: Actor, now: datetime) -> Decision:
    person = state.people.get(command.person)
    if person is None:
        return Refusal("unknown_person")
    return () if person.admitted else (PersonAdmitted(person.key, actor.signature),)


def evolve_person_admitted(state: LiveState, event: PersonAdmitted, at: datetime | None) -> LiveState:
    return logged(
        with_person(state, event.person, admitted=True), at, "admit_person", event.by, person=event.person
    )


DECIDERS: Mapping[type, Decider] = {
    SetWithoutPhone: decide_set_without_phone,
    CorrectAttendance: decide_correct_attendance,
    SetCapacity: decide_set_capacity,
    CloseEntry: decide_close_entry,
    AdmitPerson: decide_admit_person,
}
EVOLVERS: Mapping[type, Evolver] = {
    WithoutPhoneSet: evolve_without_phone_set,
    AttendanceCorrected: evolve_attendance_corrected,
    CapacitySet: evolve_capacity_set,
    EntryClosed: evolve_entry_closed,
    PersonAdmitted: evolve_person_admitted,
}
