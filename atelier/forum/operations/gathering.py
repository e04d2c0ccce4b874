"""What a contribution au forum rests on: the sources of its séances, the fate of their cards, the support of its propositions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.forum import queries
from atelier.forum.agreement import Agreement, computed, lowered
from atelier.forum.choices import KEY, Choices, Support, from_json
from atelier.forum.coverage import Card, Coverage, coverage
from atelier.forum.propositions import propositions
from atelier.forum.readiness import Missing, missing
from atelier.live.desk import Desk
from atelier.live.recording import Recorder
from atelier.minutes.citations import citations_of
from atelier.minutes.content import Content
from atelier.minutes.models import Document
from atelier.minutes.sources import Sources, joined, sources_of


class Records(Protocol):
    """What is needed of the running séances."""

    desk: Desk
    recorder: Recorder


COMMITMENT = "commitment"
COUNTED = frozenset({"standing", "reworded", "merged"})  # cards that were accepted and may be quoted


def choices_of(document: Document) -> Choices:
    return from_json((document.settings or {}).get(KEY, {}))


def sources_for(db: Session, live: Records, document: Document, public: bool = False) -> Sources:
    """Return the sources of every séance that feeds a document, cited by their full references."""
    found = []
    for session in queries.sessions(db, choices_of(document).sessions):
        rows = live.recorder.rows(session.id)
        if rows:
            found.append(sources_of(live.desk.state(session.id), rows, session.reference, public))
    return joined(found)


def cards_of(sources: Sources) -> list[Card]:
    """Return the contributions that must be accounted for, in order of séance and number: who does what is none of them."""
    return [
        Card(
            source.full,
            source.channel,
            f"{source.reference}-{source.merged_into}" if source.merged_into else "",
        )
        for source in sources
        if source.kind != "vote" and source.written_as != COMMITMENT and source.status in COUNTED
    ]


def covered(content: Content, choices: Choices, sources: Sources) -> Coverage:
    """Return the fate of each contribution, as the text and the choices stand."""
    cards = cards_of(sources)
    known = {card.ref for card in cards}
    cited = {
        source.full
        for section in content.sections
        if not section.annex
        for one in citations_of(section.body)
        if (source := sources.get(one.ref))
    }
    # A card withdrawn since carries nothing any more: what was merged into it is to be treated again.
    return coverage(cards, cited & known, choices.merged, choices.set_aside.keys() & known)


def agreement_of(support: Support, sources: Sources) -> Agreement | None:
    """Return the agreement on what a proposition cites, lowered as the group said; None when the vote gives none any more."""
    source = sources.get(support.vote)
    tally = _last_tally(source.vote) if source and source.vote else None
    if tally is None:
        return None
    try:
        found = computed(tally, support.option)
    except KeyError:
        return None
    if not support.label:
        return found
    made = lowered(found, support.label, support.motive)
    return found if isinstance(made, Refusal) else made


def agreements(content: Content, choices: Choices, sources: Sources) -> dict[str, Agreement]:
    """Return the agreement that each proposition prints, by its key."""
    found: dict[str, Agreement] = {}
    for proposition in propositions(content):
        support = choices.supports.get(proposition.key)
        printed = agreement_of(support, sources) if support else None
        if printed is not None:
            found[proposition.key] = printed
    return found


def missing_from(content: Content, document: Document, sources: Sources) -> tuple[Missing, ...]:
    """Return what stands in the way of submitting the contribution to its group."""
    choices = choices_of(document)
    return missing(
        content, covered(content, choices, sources), agreements(content, choices, sources), choices.messages
    )


def _last_tally(vote: Mapping[str, Any]) -> Mapping[str, Any] | None:
    rounds = [kept for kept in vote["rounds"] if not kept["annulled"]]
    return rounds[-1]["tally"] if rounds else None
