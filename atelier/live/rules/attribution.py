"""Who a card is from, for whoever reads it: no more than the sentence shown before typing promised (D-12, D-28, R-251).

| mode      | others in the room, projector    | desk                        | published                  |
|-----------|----------------------------------|-----------------------------|----------------------------|
| named     | name if given; college; table *  | the same                    | name with consent; college |
| pseudonym | pseudonym, nothing else          | pseudonym; college; table * | pseudonym                  |
| college   | college, « ni nom, ni table »    | college; table *            | college                    |
| anonymous | nothing                          | nothing                     | nothing                    |

* A table stands beside a college only in the room, and if at least three people of that college sit there now: at
a table of six, college and table may name one person. A table phone writes for its table: its cards bear the
table; where the table says which college holds an idea, they bear that college in its place, but in pseudonym mode.
"""

from __future__ import annotations

from typing import Any

from atelier.live.state import Contribution, LiveState, counted_people

ROOM, DESK, PUBLIC = "room", "desk", "public"
SEATED_TOGETHER = 3  # people


def attribution(state: LiveState, card: Contribution, audience: str) -> dict[str, Any]:
    """Return what `audience` (room | desk | public) may know of the author: some of name, pseudonym, college, table.

    A key is absent when it may not be known or was not given. Merged cards: ask for each of their sources.
    """
    mode = state.activities[card.activity].anonymity
    if mode == "anonymous" or card.status == "withdrawn":
        return {}
    known: dict[str, Any] = {}
    if mode == "named":
        known = _given(name=_name(state, card, audience))
    if mode == "pseudonym":
        known = _given(pseudonym=_person(state, card, "pseudonym"))
    college = card.carried if card.channel == "shared" else card.college
    if card.channel == "shared" and (mode == "pseudonym" or not college):
        return known | ({} if audience == PUBLIC else _given(table=card.table))
    if mode == "pseudonym" and audience != DESK:
        return known
    known |= _given(college=college)
    promised = mode == "named" or audience == DESK
    if (
        promised
        and audience != PUBLIC
        and card.table is not None
        and not alone_at_table(state, college, card.table)
    ):
        known |= _given(table=card.table)
    return known


def alone_at_table(state: LiveState, college: str, table: int) -> bool:
    """Whether college and table together could name someone: under three people of that college are known to sit there.

    Nobody knows the colleges of those around a table phone.
    """
    if not college:
        return False
    seated = [
        person
        for person in state.people.values()
        if person.college == college and person.table == table and not person.shared
    ]
    return counted_people(seated) < SEATED_TOGETHER


def _name(state: LiveState, card: Contribution, audience: str) -> str:
    if audience == PUBLIC and not card.name_consent:
        return ""
    return _person(state, card, "name")


def _person(state: LiveState, card: Contribution, field: str) -> str:
    person = state.people.get(card.author or "")
    return getattr(person, field) if person else ""


def _given(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "")}
