"""What a phone sends in an activity, as the wire says it: short words, a valid ballot. Nothing here knows the rules.

Everything written says that it is a try, so that nobody takes it for the words of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from atelier.later import N_
from atelier.rehearsal.wording import said

Gesture = tuple[str, dict[str, Any]]  # name of the act, its data

OPTIONS = (N_("Premier choix"), N_("Deuxième choix"), N_("Troisième choix"), N_("Quatrième choix"))
TRY_CARD = N_("Carte d'essai %(number)s")
WITH_OPTIONS = frozenset({"dot_vote", "choice", "scale", "gradients", "majority_judgment"})
VOTES = WITH_OPTIONS | {"consent", "check_in", "roti"}
FIELDS = {
    "hypothesis": ("statement", "evidence", "useful_to", "elsewhere"),
    "commitments": ("what", "when"),
}
SPEAKERS = 3  # phones that ask to speak: a whole room with its hand raised proves nothing more


@dataclass(frozen=True, slots=True)
class Step:
    """One activity of the copy, as it was prepared."""

    sequence: str
    activity: str
    kind: str
    question: str = ""
    minutes: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[str] = ()  # keys
    some_first: bool = False  # opened to some colleges first

    @property
    def is_vote(self) -> bool:
        return self.kind in VOTES

    @property
    def lacks_options(self) -> bool:
        """Whether its options were to come from the room."""
        return self.kind in WITH_OPTIONS and not self.options

    @property
    def option_keys(self) -> tuple[str, ...]:
        return tuple(self.options) or tuple(f"o{number}" for number in range(1, len(OPTIONS) + 1))


def gesture(step: Step, number: int) -> Gesture | None:
    """Return what phone `number` sends, None when there is nothing to send."""
    if step.is_vote:
        return "cast_ballot", {"activity": step.activity, "ballot": ballot(step, number)}
    if step.kind == "speaking":
        return ("request_turn", {"activity": step.activity}) if number < SPEAKERS else None
    return card(step, number)


def card(step: Step, number: int) -> Gesture | None:
    """Return a card that says that it is a try."""
    words = said(TRY_CARD, number=number + 1)
    data: dict[str, Any] = {"activity": step.activity}
    columns = step.settings.get("columns") or ()
    if step.kind in FIELDS:
        data["fields"] = dict.fromkeys(FIELDS[step.kind], words)
    elif step.kind in {"contributions", "questions"} or columns:
        data["text"] = words
    else:
        return None
    if columns:
        data["column"] = columns[number % len(columns)]["key"]
    return "submit_contribution", data


def ballot(step: Step, number: int) -> dict[str, Any]:
    """Return a valid ballot; phones do not all vote alike."""
    keys, settings = step.option_keys, step.settings
    if step.kind == "dot_vote":
        return {"dots": {keys[number % len(keys)]: 1}}
    if step.kind == "choice":
        least = min(len(keys), settings.get("min") or 1) if settings.get("multiple") else 1
        return {"options": [keys[(number + place) % len(keys)] for place in range(least)]}
    if step.kind == "scale":
        low, high = settings.get("low", 0), settings.get("high", 10)
        return {"values": {key: low + (number + place) % (high - low + 1) for place, key in enumerate(keys)}}
    if step.kind == "gradients":
        return {"levels": {key: 1 + (number + place) % 5 for place, key in enumerate(keys)}}
    if step.kind == "majority_judgment":
        grades = settings.get("grades") or 7
        return {"grades": {key: (number + place) % grades for place, key in enumerate(keys)}}
    if step.kind == "consent":
        return {"answer": "consent"}
    return {"weather" if step.kind == "check_in" else "value": 1 + number % 5}
