"""What readers said of a document, in figures and in full: the approval banner, the reserves, what is annexed. Pure.

The same facts are frozen with a published version (`Publication.facts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from atelier.minutes.content import Content, Section
from atelier.minutes.divergence import plain_words

PENDING, ACCEPTED, REFUSED, DIVERGENCE, WITHDRAWN = (
    "pending", "accepted", "refused", "divergence", "withdrawn",
)  # fmt: skip
AMENDMENT, COMMENT = "amendment", "comment"
READ, FAITHFUL, RESERVE = "read", "faithful", "reserve"
ANNEX_OF_REFUSED, ANNEX_OF_RESERVES = "annexe-demandes", "annexe-reserves"


@dataclass(frozen=True, slots=True)
class Heard:
    """One reader's last word: `verdict` is read, faithful or reserve."""

    reader: str
    version: int
    verdict: str
    reserve: str = ""
    present: bool = True
    college: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request or comment, without who wrote it."""

    number: int
    kind: str
    section: str
    before: str
    after: str
    motive: str
    state: str
    answer: str = ""
    wants_annex: bool = False
    college: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve to be listed: somebody's words, and their college when they gave one."""

    text: str
    college: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """`sent`: links and copies given out; `read`: people who read; `faithful`: who found it so; the rest counts requests."""

    sent: int = 0
    read: int = 0
    faithful: int = 0
    accepted: int = 0
    refused: int = 0
    divergences: int = 0
    pending: int = 0
    comments: int = 0
    reserves: tuple[Reserve, ...] = ()
    annexed: tuple[Asked, ...] = ()
    approval: str = ""  # tacit | consent
    approved_on: date | None = None
    writers: tuple[str, ...] = field(default=())


def facts_of(
    readings: Iterable[Heard],
    amendments: Iterable[Asked],
    sent: int = 0,
    reserves: Sequence[Reserve] = (),
) -> Facts:
    """Count what readers said. Somebody who read two versions is one reader, heard on the last one they read."""
    heard: dict[str, Heard] = {}
    for one in sorted(readings, key=lambda found: found.version):
        heard[one.reader] = one
    asked = [one for one in amendments if one.state != WITHDRAWN]
    states = Counter(one.state for one in asked if one.kind == AMENDMENT)
    own = tuple(
        Reserve(one.reserve, one.college) for one in heard.values() if one.verdict == RESERVE and one.reserve
    )
    return Facts(
        sent=sent,
        read=len(heard),
        faithful=sum(1 for one in heard.values() if one.verdict == FAITHFUL),
        accepted=states[ACCEPTED],
        refused=states[REFUSED],
        divergences=states[DIVERGENCE],
        pending=sum(1 for one in asked if one.state == PENDING),
        comments=sum(1 for one in asked if one.kind == COMMENT),
        reserves=(*own, *reserves),
        annexed=tuple(one for one in asked if one.state == REFUSED and one.wants_annex),
    )


def to_json(facts: Facts) -> dict[str, Any]:
    """Return plain data that `from_json` reads back to equal facts."""
    return {**asdict(facts), "approved_on": facts.approved_on.isoformat() if facts.approved_on else ""}


def from_json(data: Mapping[str, Any]) -> Facts:
    day = data.get("approved_on")
    known = {name: data[name] for name in Facts.__dataclass_fields__ if name in data}
    return Facts(
        **{
            **known,
            "reserves": tuple(Reserve(**one) for one in data.get("reserves", ())),
            "annexed": tuple(Asked(**one) for one in data.get("annexed", ())),
            "writers": tuple(data.get("writers", ())),
            "approved_on": date.fromisoformat(day) if day else None,
        }
    )


def with_annexes(content: Content, facts: Facts, colleges: Mapping[str, str]) -> Content:
    """Return the text followed by the reserves and by the refused requests whose authors asked for it (domain §5)."""
    sections = [one for one in content.sections if one.key not in (ANNEX_OF_REFUSED, ANNEX_OF_RESERVES)]
    if facts.reserves:
        body = "\n".join(_reserve(one, colleges) for one in facts.reserves)
        sections.append(_annex(ANNEX_OF_RESERVES, "Réserves exprimées à l’approbation", body))
    if facts.annexed:
        headings = {section.key: section.heading for section in content.sections}
        body = "\n\n".join(_request(one, headings.get(one.section, ""), colleges) for one in facts.annexed)
        sections.append(_annex(ANNEX_OF_REFUSED, "Demandes de modification non retenues", body))
    return replace(content, sections=tuple(sections))


def _annex(key: str, heading: str, body: str) -> Section:
    return Section(key, 1, heading, f"{body}\n", annex=True)


def _reserve(one: Reserve, colleges: Mapping[str, str]) -> str:
    who = colleges.get(one.college, "")
    return f"- {_inline(one.text)}" + (f" ({who})" if who else "")


def _request(one: Asked, heading: str, colleges: Mapping[str, str]) -> str:
    who = colleges.get(one.college, "")
    lines = [
        f"**Demande n° {one.number}**" + (f", {heading}" if heading else "") + (f" ({who})" if who else "")
    ]
    lines += [f"Texte relu : {_quoted(one.before)}"] if one.before else []
    lines += [f"Texte demandé : {_quoted(one.after)}"] if one.after else []
    lines += [f"Motif : {_inline(one.motive)}", f"Réponse : {_inline(one.answer)}"]
    return "\n\n".join(line.replace(" : ", "\u00a0: ") for line in lines)


def _quoted(text: str) -> str:
    return f"«\u00a0{_inline(text)}\u00a0»"


def _inline(text: str) -> str:
    """Return somebody's words on one line: no block, no list, no heading of theirs in the annex."""
    return " ".join(plain_words(text).split())
