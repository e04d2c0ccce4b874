"""The record as open data: one JSON document, two tables (D-15, R-101).

No name, no id of a person, no token, no hour. Cards and clusters are shuffled in an order that only depends on the
references, so that their place says nothing of the evening and two exports of one séance are the same. References are
whole (`DK2-C-12`), as they stand anywhere outside the séance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.record import Row, rows_of
from atelier.live.references import shuffled, whole

Table = list[dict[str, Any]]
FORMAT = "atelier-seance-1"
CARD_COLUMNS = (
    "reference", "hypothese", "activite", "question", "type", "colonne", "regroupement", "college", "pseudonyme", "canal",
    "texte", "texte_d_origine", "champs", "reunie_a", "soutiens",
)  # fmt: skip
RESULT_COLUMNS = (
    "vote",
    "question",
    "methode",
    "tour",
    "etat",
    "motif",
    "rang",
    "proposition",
    "mesure",
    "valeur",
)


def document(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the séance as one JSON document."""
    session = dict(rows_of(rows, "session")[""])
    reference = str(session["reference"])
    cards, clusters = rows_of(rows, "contribution"), rows_of(rows, "cluster")
    out = [ref for ref, card in cards.items() if card["out"]]
    return {
        "format": FORMAT,
        "confidential": bool(session["confidential"]),
        "fictional": bool(session["fictional"]),
        "rehearsal": bool(session["rehearsal"]),
        "session": {
            name: session[name] for name in ("reference", "title", "question", "date", "place", "colleges")
        },
        "attendance": dict(rows_of(rows, "attendance")[""]),
        "sequences": [_sequence(row) for row in rows_of(rows, "sequence").values()],
        "activities": [{"key": key, **row} for key, row in rows_of(rows, "activity").items()],
        "contributions": [_card(reference, cards, ref) for ref in shuffled(reference, out)],
        "clusters": [_cluster(reference, clusters[key], key) for key in shuffled(reference, clusters)],
        "votes": [_vote(reference, row) for row in rows_of(rows, "vote").values()],
    }


def _sequence(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "inserted"}


CARD_FIELDS = (
    "activity", "kind", "column", "text", "raw", "fields", "college", "pseudonym", "channel", "cluster", "support",
    "answered", "origin",
)  # fmt: skip


def _card(reference: str, cards: Mapping[str, Mapping[str, Any]], ref: str) -> dict[str, Any]:
    card = cards[ref]
    return {
        "reference": whole(reference, ref),
        "hypothesis": whole(reference, card.get("ref_h", "")),
        **{name: card[name] for name in CARD_FIELDS},
        "merged_into": whole(reference, card["merged_into"]),
        "sources": [whole(reference, source) for source in card["sources"] if cards[source]["out"]],
    }


def _cluster(reference: str, row: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {
        "reference": whole(reference, key),
        "activity": row["activity"],
        "title": row["title"],
        "column": row["column"],
        "cards": [whole(reference, ref) for ref in shuffled(reference, row["cards"])],
        "validated": row["validated"],
    }


def _vote(reference: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reference": whole(reference, row["number"]),
        **{
            name: row[name] for name in ("activity", "kind", "question", "phase", "rule", "options", "rounds")
        },
    }


# ---------------------------------------------------------------- tables


def card_table(rows: Sequence[Row]) -> Table:
    """Return one line per card that leaves the séance."""
    reference = str(rows_of(rows, "session")[""]["reference"])
    cards, activities = rows_of(rows, "contribution"), rows_of(rows, "activity")
    clusters = rows_of(rows, "cluster")
    labels = {college["key"]: college["label"] for college in rows_of(rows, "session")[""]["colleges"]}
    table = []
    for ref in shuffled(reference, (ref for ref, card in cards.items() if card["out"])):
        card = cards[ref]
        activity = activities[card["activity"]]
        columns = {column["key"]: column["label"] for column in activity["columns"]}
        table.append(
            {
                "reference": whole(reference, ref),
                "hypothese": whole(reference, card.get("ref_h", "")),
                "activite": card["activity"],
                "question": activity["question"],
                "type": card["kind"],
                "colonne": columns.get(card["column"], ""),
                "regroupement": clusters[card["cluster"]]["title"] if card["cluster"] in clusters else "",
                "college": labels.get(card["college"], ""),
                "pseudonyme": card["pseudonym"],
                "canal": card["channel"],
                "texte": card["text"],
                "texte_d_origine": card["raw"],
                "champs": " | ".join(value for value in card["fields"].values()),
                "reunie_a": whole(reference, card["merged_into"]),
                "soutiens": card["support"],
            }
        )
    return table


def result_table(rows: Sequence[Row]) -> Table:
    """Return one line per figure of each round of each vote, annulled ones included."""
    reference = str(rows_of(rows, "session")[""]["reference"])
    table: Table = []
    for row in rows_of(rows, "vote").values():
        for kept in row["rounds"]:
            head = {
                "vote": whole(reference, row["number"]),
                "question": row["question"],
                "methode": row["kind"],
                "tour": kept["round"],
                "etat": "annulled" if kept["annulled"] else row["phase"],
                "motif": kept["motive"],
            }
            table += [{**head, **line} for line in _figures(row, kept)]
    return table


def _figures(row: Mapping[str, Any], kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of one round: those of the room, then those of each option."""
    blank = {"rang": "", "proposition": ""}
    figures = (
        [{**blank, "mesure": "present", "valeur": kept["present"]}] if kept["present"] is not None else []
    )
    figures.append({**blank, "mesure": "ballots", "valeur": kept["ballots"]})
    if kept["tally"] is None:
        return figures
    figures += [{**blank, "mesure": name, "valeur": value} for name, value in kept["counts"].items()]
    texts = {option["key"]: option["text"] for option in row["options"]}
    for option in kept["tally"]["options"]:
        said = {"rang": option["rank"] or "", "proposition": texts.get(option["key"], option["key"])}
        figures += [{**said, "mesure": name, "valeur": value} for name, value in _measures(option)]
    return figures


def _measures(option: Mapping[str, Any]) -> list[tuple[str, int | str]]:
    """Return the figures of one option, a list of counts step by step."""
    found: list[tuple[str, int | str]] = []
    for name, value in option.items():
        if name in {"key", "rank", "tied"} or value is None or isinstance(value, bool):
            continue
        if name == "counts":
            found += [(f"count_{step}", count) for step, count in enumerate(value)]
        elif isinstance(value, int | str):
            found.append((name, value))
    return found
