"""Cards at the desk: to sort, kept, hidden; each is a region of its own, drawn up to a number that hands can sort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.attribution import DESK, attribution
from atelier.live.state import Contribution, LiveState
from atelier.live.views_of_state.desk_rights import Seen, column_of
from atelier.live.views_of_state.desk_room import activity_with_cards

SHOWN = 60  # cards drawn in each list: what is sorted away makes room for the next


def card_regions(seen: Seen) -> list[Region]:
    """Return the three lists, their counts, and the first card to sort for a desk held in the hand."""
    held, kept, hidden = sorted_cards(seen.state)
    counts = {
        "held": len(held),
        "kept": len(kept),
        "hidden": len(hidden),
        "loose": sum(1 for card in loose_candidates(seen.state, held, kept) if card.cluster is None),
        "help": sum(1 for person in seen.state.people.values() if person.wants_help or person.wants_time),
    }
    return [
        seen.region("counts", "counts", "counts", **counts),
        *first_card(seen, held),
        *card_list(seen, "held", held),
        *card_list(seen, "kept", kept),
        *card_list(seen, "hidden", hidden),
    ]


def loose_candidates(
    state: LiveState, held: Sequence[Contribution], kept: Sequence[Contribution]
) -> list[Contribution]:
    """Return the cards of where we are that may be grouped, kept or not yet."""
    here = activity_with_cards(state)
    return [*kept, *(card for card in held if here and card.activity == here.key)]


def sorted_cards(state: LiveState) -> tuple[list[Contribution], list[Contribution], list[Contribution]]:
    """Return the cards that wait (oldest first, those of where we are before the others), kept and hidden (newest first).

    Oldest first, so that a card that arrives never moves the one being read.
    """
    standing = [card for card in state.contributions.values() if card.standing and not card.origin]
    here = activity_with_cards(state)
    held = [card for card in standing if card.status == "held"]
    held.sort(key=lambda card: (here is None or card.activity != here.key, card.number))
    kept = [
        card for card in standing if card.status == "kept" and (here is None or card.activity == here.key)
    ]
    hidden = [card for card in standing if card.status == "hidden"]
    return held, kept[::-1], hidden[::-1]


def first_card(seen: Seen, held: Sequence[Contribution]) -> list[Region]:
    if not held:
        return []
    data = {**card_data(seen, held[0]), "waiting": len(held), "list": "first"}
    return [seen.region("first-card", "first-card", "card", **data)]


def card_list(seen: Seen, name: str, cards: Sequence[Contribution]) -> Iterable[Region]:
    """Return the cards of one list, then a foot that says how many more there are."""
    for card in cards[:SHOWN]:
        yield seen.region(f"card-{card.number}", name, "card", **card_data(seen, card), waiting=0, list=name)
    yield seen.region(
        f"{name}-foot", name, "cards_foot", list=name, count=len(cards), shown=min(SHOWN, len(cards))
    )


def card_data(seen: Seen, card: Contribution) -> dict[str, Any]:
    """Return what the desk may know of a card: its words, and of its author what was promised (D-12)."""
    state = seen.state
    activity = state.activities[card.activity]
    known = attribution(state, card, DESK)
    cluster = state.clusters.get(card.cluster or "")
    here = activity_with_cards(state)
    return {
        "number": card.number,
        "ref": card.ref,
        "text": card.words,
        "fields": [{"name": name, "text": text} for name, text in card.fields.items() if text],
        "raw": card.raw if card.words != card.raw else "",
        "reworded": card.reworded is not None,
        "sources": [source_line(state, number) for number in card.sources],
        "activity": card.activity,
        "question": activity.question if here is None or here.key != card.activity else "",
        "kind": activity.kind,
        "column": column_of(activity, card.column),
        "college": seen.college(known.get("college", "")),
        "table": known.get("table"),
        "name": known.get("name") or known.get("pseudonym") or "",
        "channel": card.channel,
        "sheet": card.sheet,
        "at": card.at,
        "status": card.status,
        "motive": card.motive,
        "note": card.motive_note,
        "hidden_by": card.hidden_by,
        "on_screen": card.on_screen,
        "cluster": {"key": cluster.key, "title": cluster.title} if cluster else None,
        "misplaced": card.misplaced,
        "upvotes": len(card.upvotes),
        "answered": card.answered,
    }


def source_line(state: LiveState, number: int) -> dict[str, Any]:
    source = state.contributions[number]
    return {"number": number, "ref": source.ref, "text": source.words}
