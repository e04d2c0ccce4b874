"""The « feuille de dépouillement » of one vote as plain data, for the page that prints it (D-11). Pure.

Lists and mappings of texts and integers; hours are ISO texts; codes are worded by the templates. Before the reveal it
holds the number of ballots and nothing of what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from atelier.live.methods import choice, dot_vote, gradients, majority_judgment, scale
from atelier.live.methods.contract import Settings
from atelier.live.methods.fingerprint import digest
from atelier.live.methods.lots import tie_groups
from atelier.live.rules.annulment import kept_round
from atelier.live.rules.results import iso, tally_in
from atelier.live.rules.voting import option_keys
from atelier.live.state import Activity, LiveState, LogEntry

Sheet = dict[str, Any]
ROOM = ("present", "electorate", "not_voting", "shared", "quorum", "by_college", "one_per_phone")


def counting_sheet(state: LiveState, key: str) -> Sheet:
    """Return the sheet of one vote. KeyError for an unknown activity, ValueError when it is no vote.

    reference, title, date, place, rehearsal, fictional    the séance
    number ("V-3", "" before the first opening), activity, kind, anonymity, phase, question
    options                        [{key, text}] in the projector's order
    rule                           {code, params}: worded in two sentences
    round … sha256                 the present round, see `round_of_sheet`
    earlier                        the rounds before it, oldest first: annulled ones with their motive, those of a consent
    acts                           the desk's log of this vote: {act, at, by, params}
    """
    activity = state.activities[key]
    if not activity.is_vote:
        raise ValueError(f"{key} is not a vote")
    meeting = state.meeting
    sheet: Sheet = plain(
        {
            "reference": meeting.reference,
            "title": meeting.title,
            "date": meeting.date,
            "place": meeting.place,
            "rehearsal": meeting.rehearsal,
            "fictional": meeting.fictional,
            "number": f"V-{state.votes.index(key) + 1}" if key in state.votes else "",
            "activity": key,
            "kind": activity.kind,
            "anonymity": activity.anonymity,
            "phase": activity.phase,
            "rule": rule_of(activity),
            "question": activity.question,
            "options": [{"key": option.key, "text": option.text} for option in activity.options],
            **round_of_sheet(kept_round(activity)),
            "earlier": [round_of_sheet(kept) for kept in activity.rounds],
            "acts": [act_of_sheet(entry) for entry in state.log if entry.params.get("activity") == key],
        }
    )
    return sheet


def round_of_sheet(kept: Mapping[str, Any]) -> Sheet:
    """Return one round: what was asked, when, by whom, and what came out.

    round, annulled, motive, annulled_at, annulled_by, proposal, opened_at, closed_at, revealed_at, reopened [[closed,
    undone]], operators, ballots (in the box), then, once revealed: counts, paper, the numbers of ROOM, flags, tally (the
    method's result), ties [[key]], draws, texts, partial_to_desk, sha256. Before, these are None or empty.
    """
    result = kept["result"] or {}
    counts = result.get("counts")
    record = result.get("record", {})
    return {
        **{name: kept[name] for name in ("round", "annulled", "motive", "annulled_at", "proposal")},
        "annulled_by": kept["by"],
        **{name: kept[name] for name in ("opened_at", "closed_at", "revealed_at", "reopened", "ballots")},
        "operators": [by for by in dict.fromkeys(kept["operators"]) if by],
        "counts": counts,
        "paper": counts["paper"] if counts else None,
        **{name: result.get(name) for name in ROOM},
        "flags": result.get("flags", ()),
        "tally": tally_in(result) if result else None,
        "ties": tie_groups(dict(result)) if result else [],
        "draws": result.get("draws", ()),
        "texts": result.get("texts", {}),
        "partial_to_desk": record.get("partial_to_desk"),
        "sha256": digest(tally_in(result)) if result else None,
    }


def act_of_sheet(entry: LogEntry) -> Sheet:
    """Return one line of the log of this vote."""
    params = {name: value for name, value in entry.params.items() if name != "activity"}
    return {"act": entry.act, "at": entry.at, "by": entry.by, "params": params}


def rule_of(activity: Activity) -> Sheet:
    """Return the code of the rule, and the numbers that its two sentences need."""
    settings, keys = activity.settings, option_keys(activity)
    code = activity.kind
    if code == "choice":
        code = "choice_multiple" if settings.get("multiple") else "choice_single"
    numbers = RULE_NUMBERS.get(activity.kind)
    return {"code": code, "params": numbers(settings, keys) if numbers else {}}


def plain(value: Any) -> Any:
    """Return a JSON-safe image: tuples as lists, moments as ISO texts."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _dots(settings: Settings, keys: Sequence[str]) -> dict[str, int]:
    return dict(zip(("dots", "per_option"), dot_vote.allowance(settings, keys), strict=True))


def _bounds(settings: Settings, keys: Sequence[str]) -> dict[str, int]:
    return dict(zip(("min", "max"), choice.bounds(settings, keys), strict=True))


def _scale(settings: Settings, keys: Sequence[str]) -> dict[str, int]:
    return dict(zip(("low", "high"), scale.bounds(settings), strict=True))


def _steps(settings: Settings, keys: Sequence[str]) -> dict[str, int]:
    return {"steps": gradients.steps_of(settings)}


def _grades(settings: Settings, keys: Sequence[str]) -> dict[str, Any]:
    return {"grades": majority_judgment.grades_of(settings)}


RULE_NUMBERS: Mapping[str, Callable[[Settings, Sequence[str]], dict[str, Any]]] = {
    "dot_vote": _dots,
    "choice": _bounds,
    "scale": _scale,
    "gradients": _steps,
    "majority_judgment": _grades,
}
