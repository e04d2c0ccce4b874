"""Who may vote in an activity, and how many people a vote counts (D-2, D-3, D-20).

The electors are frozen when a vote opens: people who have joined, are let in and are not marked « parti ». May vote:

- an elector, whatever happens to them during the vote;
- a later arrival, if the entry was open when they joined or if they were let in since (`admitted`), and if they are
  not marked « parti ». « Fermer l'entrée » thus lets later arrivals write and not vote, until they are let in. Each
  ballot of a later arrival adds one person to the electorate; that is known at the reveal, the seal alone says it;
- nobody else: not the desk, not somebody who was « parti » when the vote opened and is still so.

Refuses: `not_elector` {reason: unknown | entry_closed | left}, `unknown_slot` {slots}, `slot_final` {slot}.
"""

from __future__ import annotations

from datetime import datetime

from atelier.errors import Refusal
from atelier.live.state import Activity, LiveState, Participant, counted_people, present_people


def electors_of(state: LiveState) -> frozenset[str]:
    """Return the keys of the people who are electors of a vote opened now."""
    return frozenset(key for key, person in state.people.items() if is_let_in(person))


def electorate_of(state: LiveState) -> int:
    """Return the number of people who are electors of a vote opened now, people without phone included.

    The desk's own count of people present wins (D-2), less those who wait to be let in.
    """
    waiting = [person for person in state.people.values() if not person.admitted]
    return max(0, present_people(state) - counted_people(waiting))


def is_let_in(person: Participant) -> bool:
    """Tell whether somebody is there and was not left at the door by « fermer l'entrée »."""
    return person.admitted and not person.left


def elector(state: LiveState, activity: Activity, person: str) -> Participant | Refusal:
    """Return the participant behind a phone if they may vote in that activity, else why not."""
    found = state.people.get(person)
    if found is None:
        return Refusal("not_elector", {"reason": "unknown"})
    if person in (activity.electors or ()) or is_let_in(found):
        return found
    return Refusal("not_elector", {"reason": "left" if found.left else "entry_closed"})


def is_late(activity: Activity, person: str) -> bool:
    """Tell whether somebody who may vote arrived after the opening."""
    return activity.electors is not None and person not in activity.electors


def slot_refusal(activity: Activity, voter: str, person: Participant, slot: int) -> Refusal | None:
    """Refuse a slot that this phone does not have, or one that is final: on a table phone, once passed on (D-3).

    Slots come in any order: an outbox that was offline does not keep it.
    """
    slots = person.people if person.shared else 1
    if not 1 <= slot <= slots:
        return Refusal("unknown_slot", {"slots": slots})
    if person.shared and slot in activity.slots.get(voter, ()):
        return Refusal("slot_final", {"slot": slot})
    return None


def ballots_in_box(activity: Activity) -> int:
    """Return « n bulletins »: all that anybody may know before the reveal (D-1)."""
    return sum(activity.turnout.values()) + activity.paper


def present_at_close(state: LiveState, activity: Activity) -> int:
    """Return the *présents* of a vote that closes now: people present, and who voted before they left (D-2, D-4).

    Without the latter, présents = votants + non-participants would not hold. Who voted under an anonymous name cannot
    be told from who left; the desk's own count wins.
    """
    if state.present_correction is not None:
        return state.present_correction
    gone = (key for key, person in state.people.items() if person.left)
    return present_people(state) + sum(activity.turnout.get(key, 0) for key in gone)


def present_of(state: LiveState, activity: Activity) -> int:
    """Return the *présents* printed with a closed vote: those at the close, or the desk's own count (D-2)."""
    return activity.present if state.present_correction is None else state.present_correction


def finishing(state: LiveState, activity: Activity, now: datetime) -> tuple[str, ...]:
    """Return who has time of their own left after the close and no ballot yet (D-20: the close waits for them)."""
    return tuple(
        key
        for key, person in state.people.items()
        if activity.key in person.extra_until
        and person.extra_until[activity.key] >= now
        and not person.left
        and key not in activity.turnout
    )
