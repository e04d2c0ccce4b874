"""What a group decided while it prepared its contribution: kept beside the text, in the document's settings. Pure data and rules.

The text says what is taken up (its citations); this says the rest: which séances feed it, what was merged or set aside and why,
which vote supports each proposition, the three lines of the one-screen version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from atelier.errors import Refusal
from atelier.forum.coverage import MOTIVES

KEY = "forum"  # in Document.settings
NOTE_LENGTH = 300
MESSAGE_LENGTH = 140
MESSAGES = 3


@dataclass(frozen=True, slots=True)
class SetAside:
    motive: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """The vote behind a proposition: `vote` with its séance (`DK2-V-3`), `option` of its tally; `label` when it was lowered."""

    vote: str
    option: str = "answer"
    label: str = ""
    motive: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    sessions: tuple[int, ...] = ()
    group: str = ""
    question: str = ""
    merged: Mapping[str, str] = field(default_factory=dict)
    set_aside: Mapping[str, SetAside] = field(default_factory=dict)
    supports: Mapping[str, Support] = field(default_factory=dict)
    messages: tuple[str, ...] = ("",) * MESSAGES


def to_json(choices: Choices) -> dict[str, Any]:
    """Return plain data that `from_json` reads back to equal choices."""
    return {
        "sessions": list(choices.sessions),
        "group": choices.group,
        "question": choices.question,
        "merged": dict(choices.merged),
        "set_aside": {
            ref: {"motive": kept.motive, "note": kept.note} for ref, kept in choices.set_aside.items()
        },
        "supports": {
            key: {"vote": kept.vote, "option": kept.option, "label": kept.label, "motive": kept.motive}
            for key, kept in choices.supports.items()
        },
        "messages": list(choices.messages),
    }


def from_json(data: Mapping[str, Any]) -> Choices:
    return Choices(
        sessions=tuple(data.get("sessions", ())),
        group=data.get("group", ""),
        question=data.get("question", ""),
        merged=dict(data.get("merged", {})),
        set_aside={ref: SetAside(**kept) for ref, kept in data.get("set_aside", {}).items()},
        supports={key: Support(**kept) for key, kept in data.get("supports", {}).items()},
        messages=tuple(data.get("messages", ("",) * MESSAGES)),
    )


# ---------------------------------------------------------------- acts


def setting_aside(
    choices: Choices, known: Iterable[str], ref: str, motive: str, note: str
) -> Choices | Refusal:
    """Put a contribution aside with its motive. Refusals: `unknown_card`, `unknown_motive`, `note_missing` (for « autre »)."""
    if ref not in set(known):
        return Refusal("unknown_card", {"ref": ref})
    if motive not in MOTIVES:
        return Refusal("unknown_motive")
    if motive == "other" and not note.strip():
        return Refusal("note_missing")
    kept = SetAside(motive, note.strip()[:NOTE_LENGTH])
    merged = {card: target for card, target in choices.merged.items() if card != ref}
    return replace(choices, set_aside={**choices.set_aside, ref: kept}, merged=merged)


def merging(choices: Choices, known: Iterable[str], ref: str, target: str) -> Choices | Refusal:
    """Say that a contribution says the same as another. `target` may be typed short, `c-12`: then it is of the same séance.

    Refusals: `unknown_card`, `merged_in_circle`.
    """
    cards = set(known)
    target = target.strip().strip("[]").upper()
    if target not in cards and f"{ref.rsplit('-', 2)[0]}-{target}" in cards:
        target = f"{ref.rsplit('-', 2)[0]}-{target}"
    for card in (ref, target):
        if card not in cards:
            return Refusal("unknown_card", {"ref": card})
    at = target
    while at:
        if at == ref:
            return Refusal("merged_in_circle", {"ref": ref})
        at = choices.merged.get(at, "")
    aside = {card: kept for card, kept in choices.set_aside.items() if card != ref}
    return replace(choices, merged={**choices.merged, ref: target}, set_aside=aside)


def treating_again(choices: Choices, ref: str) -> Choices:
    """Undo: the contribution is neither merged nor set aside any more."""
    return replace(
        choices,
        merged={card: target for card, target in choices.merged.items() if card != ref},
        set_aside={card: kept for card, kept in choices.set_aside.items() if card != ref},
    )


def supporting(choices: Choices, proposition: str, support: Support | None) -> Choices:
    """Put a vote behind a proposition, or take it away."""
    others = {key: kept for key, kept in choices.supports.items() if key != proposition}
    return replace(choices, supports={**others, proposition: support} if support else others)


def saying(choices: Choices, messages: Iterable[str]) -> Choices | Refusal:
    """Give the lines of the one-screen version. Refusal: `message_too_long`."""
    lines = tuple(" ".join(message.split()) for message in messages)[:MESSAGES]
    for place, line in enumerate(lines, 1):
        if len(line) > MESSAGE_LENGTH:
            return Refusal("message_too_long", {"place": place, "most": MESSAGE_LENGTH, "length": len(line)})
    return replace(choices, messages=lines + ("",) * (MESSAGES - len(lines)))
