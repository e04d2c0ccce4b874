"""Making a contribution au forum, and what a group decides while preparing it. One transaction each, then the text follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.forum import queries, template
from atelier.forum.choices import KEY, Choices, Support, to_json
from atelier.forum.operations.gathering import agreements, choices_of, covered
from atelier.forum.propositions import MOST, blank, next_key, propositions, without_blanks
from atelier.minutes import store
from atelier.minutes.access import refusal_of_frozen
from atelier.minutes.content import Content
from atelier.minutes.document import SharedText, make
from atelier.minutes.models import Document
from atelier.minutes.operations.situation import FED_BY
from atelier.minutes.queries import locked
from atelier.minutes.room import Room
from atelier.minutes.sources import Sources
from atelier.speech import Speech

TITLE_LENGTH = 200
TEMPLATE = "t5"
APP = store.APP


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: the approved documents that feed it, its title, the group, the question put to it."""

    documents: Sequence[int]
    title: str
    group: str
    question: str


def create(
    db: Session, owner_id: int, wanted: Wanted, told: Callable[[Choices], str], now: datetime
) -> Document | Refusal:
    """Make the document and its first text. `told` writes what the app knows of the group (Markdown).

    Refusals: `no_source` (nothing approved was chosen), `title_missing`.
    """
    chosen = [(d, s) for d, s in queries.approved_minutes(db, owner_id) if d.id in set(wanted.documents)]
    if not chosen:
        return Refusal("no_source")
    title = " ".join(wanted.title.split())[:TITLE_LENGTH]
    if not title:
        return Refusal("title_missing")
    choices = Choices(
        tuple(session.id for _, session in chosen), wanted.group.strip(), wanted.question.strip()
    )
    document = Document(
        kind="forum",
        template=TEMPLATE,
        reference=_reference(db, chosen[-1][1].reference),
        owner_id=owner_id,
        title=title,
        confidential=any(d.confidential for d, _ in chosen),
        settings={KEY: to_json(choices), FED_BY: list(choices.sessions)},
        created_at=now,
    )
    db.add(document)
    db.flush()
    content = template.new_content(title, told(choices))
    store.append(db.connection(), document.id, [store.Kept(1, make(content), APP)], now)
    return document


def _reference(db: Session, last: str) -> str:
    """`DK3-F1`: after the last séance that feeds it, counted."""
    taken = queries.references_taken(db, f"{last}-F")
    return next(
        name for name in (f"{last}-F{number}" for number in range(1, len(taken) + 2)) if name not in taken
    )


def choose(db: Session, document_id: int, change: Callable[[Choices], Choices | Refusal]) -> Refusal | None:
    """Change the choices of a document whose row is held: two people at once lose nothing of each other."""
    document = locked(db, document_id)
    made = change(choices_of(document))
    if isinstance(made, Refusal):
        return made
    document.settings = {**(document.settings or {}), KEY: to_json(made)}
    db.flush()
    return None


# ---------------------------------------------------------------- the text


def add_proposition(room: Room, person: str, title: str) -> str | Refusal:
    """Add a blank proposition after the last one; return its key. Refusals: `too_many_propositions`, `frozen`, `storage`."""
    made: list[str | Refusal] = []

    def change(text: SharedText) -> None:
        content = text.content()
        found = propositions(content)
        if len(found) >= MOST:
            made.append(Refusal("too_many_propositions", {"most": MOST, "count": len(found)}))
            return
        key = next_key(content)
        text.add(blank(key, title.strip()), found[-1].key if found else "propositions")
        made.append(key)

    outcome = room.write(person, change, unless=refusal_of_frozen)
    return outcome if isinstance(outcome, Refusal) else made[0]


def take_up(room: Room, person: str, proposition: str, ref: str) -> Refusal | None:
    """Cite a contribution in a proposition, on its line of sources. Refusals: `unknown_proposition`, `frozen`, `storage`."""
    refused: list[Refusal] = []

    def change(text: SharedText) -> None:
        section = text.content().section(proposition)
        if section is None:
            refused.append(Refusal("unknown_proposition"))
            return
        text.edit(proposition, template.with_source(section.body, ref))

    outcome = room.write(person, change, unless=refusal_of_frozen)
    if isinstance(outcome, Refusal):
        return outcome
    return refused[0] if refused else None


def follow(room: Room, document: Document, sources: Sources, speech: Speech) -> None:
    """Bring the blocks of the app up to the choices: support of each proposition, what became of the contributions."""
    choices = choices_of(document)

    def change(text: SharedText) -> None:
        content = text.content()
        for key, body in _bodies(content, choices, sources, speech).items():
            text.edit(key, body)

    if _bodies(room.content(), choices, sources, speech):
        room.write(APP, change, unless=refusal_of_frozen)


def tidy(room: Room) -> None:
    """Take out the headings that nobody wrote under, once nothing is missing: they are not to be frozen."""

    def change(text: SharedText) -> None:
        for found in propositions(text.content()):
            body = text.markdown(found.key)
            text.edit(found.key, without_blanks(body))

    room.write(APP, change, unless=refusal_of_frozen)


def _bodies(content: Content, choices: Choices, sources: Sources, speech: Speech) -> dict[str, str]:
    """Return the sections whose words change, with their new body."""
    printed = agreements(content, choices, sources)
    made: dict[str, str] = {}
    for section in content.sections:
        body = section.body
        if section.key in choices.supports or any(
            section.key == found.key for found in propositions(content)
        ):
            support = choices.supports.get(section.key, Support(""))
            agreement = printed.get(section.key)
            said = template.agreement_text(agreement, support.vote, speech) if agreement else ""
            body = template.with_block(body, template.AGREEMENT, said)
        elif section.key == template.ANNEX:
            told = template.coverage_text(covered(content, choices, sources), choices, sources, speech)
            body = template.with_block(body, template.COVERAGE, told)
        if body != section.body:
            made[section.key] = body
    return made
