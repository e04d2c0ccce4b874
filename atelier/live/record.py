"""The record of a séance: state -> rows for search, citation and export. Pure, and the same whenever it is made again.

Rows hold no name, no id of a person or a device, no token and no hour of anybody's act (D-15); the names that people
accepted to publish are read from state when a page is drawn. What may leave the séance is decided once, in leaving.py: the
text of anything else is empty. Hidden, unread and kept-back cards are counted, not quoted; a vote whose activity says
« rien » keeps its number of ballots.

Kinds: session, sequence (`s1`), activity (`a1`), contribution (`C-12`), cluster (`K3`), vote (`V-2`), attendance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atelier.live.counting_sheet import counting_sheet, plain
from atelier.live.leaving import Worded, is_out, leaves, worded_by_desk, words_out
from atelier.live.references import hypothesis_ref
from atelier.live.rules.attribution import PUBLIC, attribution
from atelier.live.rules.copies import wording_owner
from atelier.live.state import (
    Activity,
    Contribution,
    LiveState,
    Sequence,
    counted_people,
    device_count,
    present_people,
)

HOURS = ("opened_at", "closed_at", "revealed_at", "reopened", "annulled_at")
PEOPLE = ("operators", "annulled_by")
OF_MEETING = (
    "reference",
    "title",
    "question",
    "kind",
    "date",
    "place",
    "confidential",
    "rehearsal",
    "fictional",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its kind, its reference in the séance, and JSON-safe data."""

    kind: str
    ref: str
    data: Mapping[str, Any]


def record(state: LiveState) -> tuple[Row, ...]:
    """Return every row of a séance, in a fixed order."""
    return tuple(_rows(state))


def _rows(state: LiveState) -> Iterator[Row]:
    yield Row("session", "", session_data(state))
    yield Row("attendance", "", attendance_data(state))
    for position, key in enumerate(state.order, 1):
        yield Row("sequence", key, sequence_data(state.sequences[key], position))
    for activity in state.activities.values():
        yield Row("activity", activity.key, activity_data(state, activity))
    desk = worded_by_desk(state)
    for number in sorted(state.contributions):
        card = state.contributions[number]
        yield Row("contribution", card.ref, contribution_data(state, card, desk))
    for key in state.cluster_order:
        yield Row("cluster", key, cluster_data(state, key))
    for key in state.votes:
        data = vote_data(state, key)
        yield Row("vote", data["number"], data)


def rows_of(rows: Iterable[Row], kind: str) -> dict[str, Mapping[str, Any]]:
    """Return the rows of one kind by reference, in order."""
    return {row.ref: row.data for row in rows if row.kind == kind}


# ---------------------------------------------------------------- rows


def session_data(state: LiveState) -> dict[str, Any]:
    meeting = state.meeting
    colleges = [{"key": college.key, "label": college.label} for college in meeting.colleges]
    return {
        **{name: getattr(meeting, name) for name in OF_MEETING},
        "colleges": colleges,
        "phase": state.phase,
    }


def attendance_data(state: LiveState) -> dict[str, Any]:
    """Attendance in numbers: people present, devices, people without phone; the desk's correction when there is one."""
    return {
        "present": present_people(state),
        "counted": counted_people(state.people.values()) + state.without_phone,
        "corrected": state.present_correction is not None,
        "devices": device_count(state),
        "without_phone": state.without_phone,
        "left": sum(1 for person in state.people.values() if person.left),
    }


def sequence_data(sequence: Sequence, position: int) -> dict[str, Any]:
    """One row of the déroulé: minutes planned (with those added by hand) and real ones."""
    return {
        "position": position,
        "title": sequence.title,
        "planned_minutes": sequence.minutes,
        "added_minutes": sequence.extended,
        "real_minutes": _minutes(sequence.started_at, sequence.ended_at),
        "skipped": sequence.skipped,
        "inserted": sequence.inserted,
        "activities": list(sequence.activities),
    }


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else round((end - start).total_seconds() / 60)


def activity_data(state: LiveState, activity: Activity) -> dict[str, Any]:
    """One activity and what became of its cards, in numbers."""
    cards = [card for card in state.contributions.values() if card.activity == activity.key]
    standing = [card for card in cards if card.standing]
    hidden = Counter(card.motive for card in standing if card.status == "hidden")
    return {
        "sequence": activity.sequence,
        "kind": activity.kind,
        "question": activity.question,
        "anonymity": activity.anonymity,
        "to_minutes": activity.to_minutes if leaves(activity) else "none",
        "phase": activity.phase,
        "columns": [_column(column) for column in activity.settings.get("columns", ())],
        "cards": {
            "received": len(cards),
            "out": sum(is_out(state, card) for card in standing),
            "kept_back": sum(card.status == "kept" and not is_out(state, card) for card in standing),
            "unread": sum(card.status == "held" for card in standing),
            "hidden": dict(sorted(hidden.items())),
            "merged": sum(card.merged_into is not None and card.status != "withdrawn" for card in cards),
            "withdrawn": sum(card.status == "withdrawn" for card in cards),
        },
    }


def _column(column: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(column.get(name) or "") for name in ("key", "label", "sign")}


def contribution_data(state: LiveState, card: Contribution, desk: Worded) -> dict[str, Any]:
    """One card. `text` is what is displayed; `raw` what its author wrote, when the desk worded it otherwise.

    A card worded otherwise to be shown after it was hidden does not say what it was hidden for.
    """
    out = is_out(state, card)
    known = attribution(state, card, PUBLIC)
    cluster = state.clusters.get(card.cluster or "")
    worded = card.merged.key if card.merged is not None else card.reworded_key
    repeated = desk.repeated.get(wording_owner(worded), ()) if worded else ()
    displayed = words_out(state, card.words, (number for number in repeated if number != card.number))
    raw = card.text if card.text != card.words and card.number not in desk.hidden_once else ""
    return {
        "number": card.number,
        "ref_h": hypothesis_ref(card),
        "activity": card.activity,
        "kind": card.kind,
        "column": card.column,
        "option": card.option,
        "out": out,
        "status": _status(card),
        "motive": card.motive if card.status == "hidden" else "",
        "text": displayed if out else "",
        "raw": raw if out else "",
        "fields": _fields(card) if out and card.words == card.text else {},
        "college": known.get("college", "") if out else "",
        "pseudonym": known.get("pseudonym", "") if out else "",
        "channel": card.channel,
        "cluster": cluster.key if cluster else "",
        "merged_into": f"C-{card.merged_into}" if card.merged_into is not None else "",
        "sources": [f"C-{number}" for number in card.sources],
        "support": len(card.upvotes),
        "answered": card.answered,
        "origin": card.origin,
    }


def _status(card: Contribution) -> str:
    return "merged" if card.merged_into is not None and card.status != "withdrawn" else card.status


def _fields(card: Contribution) -> dict[str, str]:
    """The fields of a form without the name that a commitment may hold."""
    return {name: value for name, value in card.fields.items() if name != "who" and value}


def cluster_data(state: LiveState, key: str) -> dict[str, Any]:
    cluster = state.clusters[key]
    cards = [state.contributions[number] for number in cluster.cards]
    shown = [card.ref for card in cards if card.standing and is_out(state, card)]
    out = leaves(state.activities[cluster.activity])
    return {
        "activity": cluster.activity,
        "title": words_out(state, cluster.title, cluster.copied_from) if out else "",
        "column": cluster.column,
        "cards": shown,
        "kept_back": sum(1 for card in cards if card.standing) - len(shown),
        "validated": cluster.validated,
    }


def vote_data(state: LiveState, key: str) -> dict[str, Any]:
    """One vote: question, options, rule, each round with its counts; annulled rounds with their motive (D-1, D-11)."""
    sheet = counting_sheet(state, key)
    activity = state.activities[key]
    out = leaves(activity)
    last = {name: value for name, value in sheet.items() if name in ROUND_FIELDS}
    rounds = [*sheet["earlier"], *([] if activity.phase == "annulled" else [last])]
    options = [
        {"key": option.key, "text": words_out(state, option.text, option.copied_from)}
        for option in activity.options
    ]
    return {
        "number": sheet["number"],
        "activity": key,
        "kind": activity.kind,
        "anonymity": activity.anonymity,
        "question": activity.question,
        "phase": activity.phase,
        "out": out,
        "rule": plain(sheet["rule"]),
        "options": options,
        "settings": {name: activity.settings.get(name) or "" for name in ("low_label", "high_label")},
        "rounds": [_round(kept, out) for kept in rounds],
    }


def _round(kept: Mapping[str, Any], out: bool) -> dict[str, Any]:
    """One round without an hour and without who operated it; without its result when the vote stays in the room."""
    shown = {name: value for name, value in kept.items() if name not in {*HOURS, *PEOPLE}}
    shown["undone"] = len(kept["reopened"])
    if not out:
        shown |= {
            "tally": None,
            "counts": None,
            "ties": [],
            "draws": [],
            "by_college": None,
            "texts": {},
            "sha256": None,
        }
    shown["texts"] = {kind: [f"C-{n}" for n in numbers] for kind, numbers in dict(shown["texts"]).items()}
    return shown


ROUND_FIELDS = frozenset(
    {
        "round", "annulled", "motive", "annulled_at", "annulled_by", "proposal", "opened_at", "closed_at", "revealed_at",
        "reopened", "ballots", "operators", "counts", "paper", "present", "electorate", "not_voting", "shared", "quorum",
        "by_college", "one_per_phone", "flags", "tally", "ties", "draws", "texts", "partial_to_desk", "sha256",
    }
)  # fmt: skip
