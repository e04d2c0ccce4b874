"""What the app knows of a group: séances, period, how many people, by college; the head of its contribution (T5). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from atelier.dialect import escaped_line
from atelier.forum.choices import Choices
from atelier.live.record import attendance_data
from atelier.live.state import LiveState
from atelier.speech import Speech, counted


@dataclass(frozen=True, slots=True)
class Held:
    """One séance that was held: people present (D-2), and those with a phone by label of college."""

    reference: str
    title: str
    date: str  # `2015-10-13`, or ""
    place: str
    present: int
    colleges: Mapping[str, int] = field(default_factory=dict)


def held_of(state: LiveState) -> Held:
    """Return what is told of a séance: numbers only, never who."""
    labels = {college.key: college.label for college in state.meeting.colleges}
    people = Counter[str]()
    for person in state.people.values():
        people[labels.get(person.college, "")] += person.people if person.shared else 1
    del people[""]
    meeting = state.meeting
    present = int(attendance_data(state)["present"])
    return Held(meeting.reference, meeting.title, meeting.date, meeting.place, present, dict(people))


def group_text(choices: Choices, held: Sequence[Held], speech: Speech) -> str:
    """Write the head of the contribution: group, question, period, séances, people (Markdown)."""
    _ = speech.gettext
    lines = []
    if choices.group:
        lines.append(_("Groupe : %(group)s.") % {"group": escaped_line(choices.group)})
    if choices.question:
        lines.append(_("Question : « %(question)s »") % {"question": escaped_line(choices.question)})
    people = counted(speech, "%(num)s présence", "%(num)s présences", sum(one.present for one in held))
    sessions = counted(speech, "%(num)s séance", "%(num)s séances", len(held))
    lines.append(f"{sessions}{_period(held, speech)}, {people}.")
    colleges = Counter[str]()
    for one in held:
        colleges.update(one.colleges)
    if colleges:
        told = ", ".join(
            f"{escaped_line(label[:1].lower() + label[1:])} ({count})"
            for label, count in colleges.most_common()
        )
        lines.append(_("Sur les téléphones, toutes séances ensemble : %(colleges)s.") % {"colleges": told})
    lines.append("\n".join(_line(one, speech) for one in held))
    lines.append(_("Les propos engagent leurs auteurs, pas leur structure."))
    return "\n\n".join(filter(None, lines))


def _period(held: Sequence[Held], speech: Speech) -> str:
    days = sorted(one.date for one in held if one.date)
    if not days:
        return ""
    if days[0] == days[-1]:
        return speech.gettext(", le %(day)s") % {"day": speech.day(days[0])}
    return speech.gettext(", du %(first)s au %(last)s") % {
        "first": speech.day(days[0]),
        "last": speech.day(days[-1]),
    }


def _line(one: Held, speech: Speech) -> str:
    facts = [
        f"{one.reference}\u00a0: {escaped_line(one.title)}",
        speech.day(one.date) if one.date else "",
        escaped_line(one.place),
    ]
    facts.append(counted(speech, "%(num)s personne présente", "%(num)s personnes présentes", one.present))
    return f"- {', '.join(filter(None, facts))}."
