"""« Ce qui s'est passé »: the record laid out along the déroulé, as plain data for the page and its printout.

Words and numbers come from the rows of the record, which decided what leaves the séance (live/record.py). From the state
come only the hours of the sequences, and the names that people accepted to publish with their card (D-12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.record import Row, rows_of
from atelier.live.rules.attribution import PUBLIC, attribution
from atelier.live.state import LiveState

Data = dict[str, Any]
UNSORTED = ("", None)


def story(state: LiveState, rows: Sequence[Row]) -> Data:
    """Return the séance, its attendance, and each sequence with its activities, cards and votes."""
    activities = rows_of(rows, "activity")
    return {
        "session": dict(rows_of(rows, "session")[""]),
        "attendance": dict(rows_of(rows, "attendance")[""]),
        "opened_at": state.started_at,
        "closed_at": state.closed_at,
        "colleges": colleges_of(state),
        "sequences": [
            {
                **sequence,
                "key": key,
                "planned_at": state.sequences[key].starts_at,
                "started_at": state.sequences[key].started_at,
                "ended_at": state.sequences[key].ended_at,
                "activities": [
                    activity_of(state, rows, activity, activities[activity])
                    for activity in sequence["activities"]
                    if activity in activities
                ],
            }
            for key, sequence in rows_of(rows, "sequence").items()
        ],
    }


def colleges_of(state: LiveState) -> dict[str, Data]:
    return {
        college.key: {
            "key": college.key,
            "label": college.label,
            "letter": college.letter,
            "shape": college.shape,
            "color": college.color,
        }
        for college in state.meeting.colleges
    }


def activity_of(state: LiveState, rows: Sequence[Row], key: str, data: Mapping[str, Any]) -> Data:
    """Return one activity: its clusters with their cards, the cards outside of any, its vote."""
    cards = {
        ref: card
        for ref, card in rows_of(rows, "contribution").items()
        if card["activity"] == key and card["out"]
    }
    top = {ref: card for ref, card in cards.items() if not card["merged_into"]}
    clusters = [
        {
            "key": cluster,
            "title": row["title"],
            "column": row["column"],
            "kept_back": row["kept_back"],
            "cards": [card_of(state, cards, ref) for ref in row["cards"] if ref in top],
        }
        for cluster, row in rows_of(rows, "cluster").items()
        if row["activity"] == key
    ]
    sorted_away = {card["ref"] for cluster in clusters for card in cluster["cards"]}
    vote = next((row for row in rows_of(rows, "vote").values() if row["activity"] == key), None)
    return {
        **data,
        "key": key,
        "columns": {column["key"]: column for column in data["columns"]},
        "clusters": [cluster for cluster in clusters if cluster["cards"] or cluster["kept_back"]],
        "loose": [card_of(state, cards, ref) for ref in top if ref not in sorted_away],
        "vote": dict(vote) if vote else None,
    }


def card_of(state: LiveState, cards: Mapping[str, Mapping[str, Any]], ref: str) -> Data:
    """Return one card with the cards it was made of, and the name that its author lets be published."""
    data = cards[ref]
    card = state.contributions[data["number"]]
    known = attribution(state, card, PUBLIC)
    fields = dict(data["fields"])
    if card.kind == "commitment" and card.name_consent and card.fields.get("who"):
        fields = {"who": card.fields["who"], **fields}
    return {
        **data,
        "ref": ref,
        "fields": fields,
        "name": known.get("name", ""),
        "sources": [card_of(state, cards, source) for source in data["sources"] if source in cards],
    }
