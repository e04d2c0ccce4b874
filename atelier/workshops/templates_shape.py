"""What a template of séance is made of. The playbooks are data, one file each (domain §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.workshops.kinds import KINDS, default_settings, keyed_columns, keyed_options


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    kind: str
    question: str = ""
    simple_question: str = ""
    minutes: int | None = None
    anonymity: str = ""
    to_minutes: str = ""
    silent: bool = False
    moderation: str = ""
    first_colleges: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """Return the columns of the activity's row, defaults of its kind filled in."""
        kind = KINDS[self.kind]
        settings = {**default_settings(self.kind), **self.settings}
        if settings.get("columns"):
            settings["columns"] = keyed_columns(settings["columns"])
        return {
            "kind": self.kind,
            "question": self.question,
            "simple_question": self.simple_question,
            "minutes": self.minutes if self.minutes is not None else kind.minutes,
            "anonymity": self.anonymity or kind.anonymity,
            "to_minutes": self.to_minutes or kind.to_minutes,
            "silent": self.silent,
            "moderation": self.moderation,
            "first_colleges": list(self.first_colleges),
            "settings": settings,
            "options": keyed_options(list(self.options), []),
        }


@dataclass(frozen=True, slots=True)
class SequencePlan:
    title: str
    minutes: int
    instructions: str = ""
    notes: str = ""
    activities: tuple[ActivityPlan, ...] = ()
    locked_start: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """`starts` and `ends`: local hours, what the durations add up to. `label` and `about` are said in the list of templates, to
    its reader; everything else is written into the séance.
    """

    key: str
    kind: str
    label: str
    about: str
    title: str
    question: str = ""
    starts: str = ""
    ends: str = ""
    tables: int = 0
    capacity: int = 0
    confidential: bool = False
    colleges: tuple[Mapping[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    sequences: tuple[SequencePlan, ...] = ()


def ask(kind: str, question: str, minutes: int | None = None, **more: Any) -> ActivityPlan:
    """Return an activity; names that are not its own are settings of its kind."""
    own = {name: more.pop(name) for name in tuple(more) if name in ActivityPlan.__dataclass_fields__}
    return ActivityPlan(kind, question, minutes=minutes, settings=more, **own)


def step(question: str, minutes: int, instruction: str, **more: Any) -> ActivityPlan:
    """Return a timed step (D-27): a name, minutes, what to do, a board or none."""
    return ask("step", question, minutes, instruction=instruction, **more)
