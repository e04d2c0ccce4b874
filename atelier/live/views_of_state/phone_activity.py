"""One activity on a phone: its head, what one fills in, what came out of it. One region each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from atelier.live.methods import dot_vote
from atelier.live.methods.choice import bounds as choice_bounds
from atelier.live.methods.gradients import steps_of
from atelier.live.methods.majority_judgment import grades_of
from atelier.live.methods.scale import bounds as scale_bounds
from atelier.live.regions import Region
from atelier.live.rules.card_fit import TEXT_KINDS, length_limit
from atelier.live.rules.earlier import readable
from atelier.live.rules.speaking import list_of, speaking_now, waiting_order
from atelier.live.rules.voting import MAX_TEXT, option_keys
from atelier.live.state import Activity, LiveState
from atelier.live.views_of_state.for_every_audience import options_of, stickers
from atelier.live.views_of_state.phone_around import countdown

Data = dict[str, Any]
CARRIED = frozenset(
    {"contributions", "board", "hypothesis", "questions", "step"}
)  # whose idea it is may be said
SECRET = frozenset({"dot_vote", "choice", "scale", "gradients", "majority_judgment", "roti", "check_in"})


def activity_regions(state: LiveState, activity: Activity, act_url: str, first: bool) -> list[Region]:
    """Return the regions of one activity, in order."""
    key = activity.key
    regions = [Region(f"head-{key}", "main", "live/phone/_head.html", head_data(state, activity, first))]
    if activity.kind in CONTENTS:
        data = {"key": key, **CONTENTS[activity.kind](state, activity)}
        regions.append(Region(f"content-{key}", "main", f"live/phone/{activity.kind}.html", data))
    if activity.kind == "speaking":
        data = speaking_data(state, activity, act_url)
        regions.append(Region(f"form-{key}", "main", "live/phone/speaking.html", data))
    if activity.is_vote:
        regions += _vote_regions(state, activity, act_url)
    if activity.takes_cards or (activity.kind in TEXT_KINDS and _asks_words(activity)):
        data = composer_data(state, activity, act_url, usable(state, activity))
        regions.append(Region(f"write-{key}", "main", "live/phone/_composer.html", data))
    return regions


def usable(state: LiveState, activity: Activity) -> str:
    """Say for whom the form stands: `everyone` while open, `some` while somebody has time of their own, else `nobody`."""
    if activity.phase == "open":
        return "everyone"
    extra = any(activity.key in person.extra_until for person in state.people.values())
    return "some" if activity.phase == "closed" and extra else "nobody"


def _asks_words(activity: Activity) -> bool:
    setting = {"check_in": "word", "roti": "comment"}.get(activity.kind)
    return bool(setting and activity.settings.get(setting))


# ---------------------------------------------------------------- head


def head_data(state: LiveState, activity: Activity, first: bool) -> Data:
    """The question and its time. `first`: the page's one h1. Nothing here ticks: scripts count from the hours."""
    sequence = state.sequences[activity.sequence]
    return {
        "key": activity.key,
        "kind": activity.kind,
        "first": first,
        "number": state.order.index(activity.sequence) + 1 if activity.sequence in state.order else 0,
        "sequence": sequence.title,
        "question": activity.question,
        "simple": activity.simple_question,
        "vote": activity.is_vote,
        "secret": activity.kind in SECRET,
        "phase": activity.phase,
        "round": activity.round,
        "timer": timer_data(state, activity),
        "closing_at": activity.closing_at,
        "closed_at": activity.closed_at,
        "extra": usable(state, activity) == "some",
        "motive": annulment_motive(activity),
    }


def timer_data(state: LiveState, activity: Activity) -> Data | None:
    """The countdown that concerns this activity, None when there is none."""
    here = state.current is not None and state.current[1] == activity.key
    ours = state.timer is not None and (state.timer.target == activity.key or here)
    return countdown(state) if ours and activity.phase in {"open", "planned"} else None


def annulment_motive(activity: Activity) -> str:
    """The motive published with a vote that was annulled."""
    return str(activity.rounds[-1]["motive"]) if activity.phase == "annulled" and activity.rounds else ""


# ---------------------------------------------------------------- writing


def composer_data(state: LiveState, activity: Activity, act_url: str, usable_by: str) -> Data:
    carried = activity.kind in CARRIED and activity.anonymity in {"named", "college"}
    return {
        "key": activity.key,
        "kind": activity.kind,
        "act_url": act_url,
        "columns": [
            {name: column.get(name, "") for name in ("key", "label", "sign", "prompt")}
            for column in activity.settings.get("columns", ())
        ],
        "per_table": activity.settings.get("per") == "table",
        "minimum": activity.settings.get("minimum") or 0,
        "limit": length_limit(activity),
        "anonymity": activity.anonymity,
        "silent": activity.silent,
        "to_minutes": activity.to_minutes,
        "usable": usable_by,
        "carriers": [college for college in stickers(state) if carried and college["letter"]],
    }


# ---------------------------------------------------------------- votes


def _vote_regions(state: LiveState, activity: Activity, act_url: str) -> list[Region]:
    key, by = activity.key, usable(state, activity)
    regions = []
    if by != "nobody":
        data = ballot_data(state, activity, act_url, by)
        regions.append(Region(f"form-{key}", "main", f"live/phone/{activity.kind}.html", data))
    if activity.phase == "revealed" and activity.result is not None:
        data = result_data(state, activity)
        regions.append(Region(f"result-{key}", "main", "live/phone/_result.html", data))
    return regions


def ballot_data(state: LiveState, activity: Activity, act_url: str, usable_by: str) -> Data:
    """What a ballot is made of; the same from the opening to the close."""
    return {
        "key": activity.key,
        "kind": activity.kind,
        "act_url": act_url,
        "round": activity.round,
        "options": options_of(activity),
        "vary": bool(activity.settings.get("vary_order")),
        "partial": bool(activity.settings.get("partial_to_desk")),
        "card": state.meeting.vote_cards,
        "usable": usable_by,
        **BALLOTS.get(activity.kind, _nothing)(activity),
    }


def _nothing(activity: Activity) -> Data:
    return {}


def _dots(activity: Activity) -> Data:
    dots, per_option = dot_vote.allowance(activity.settings, option_keys(activity))
    return {"dots": dots, "per_option": per_option}


def _choice(activity: Activity) -> Data:
    least, most = choice_bounds(activity.settings, option_keys(activity))
    return {"multiple": bool(activity.settings.get("multiple")), "min": least, "max": most}


def _scale(activity: Activity) -> Data:
    low, high = scale_bounds(activity.settings)
    labels = {name: activity.settings.get(name) or "" for name in ("low_label", "high_label")}
    return {"low": low, "high": high, **labels}


def _consent(activity: Activity) -> Data:
    return {"proposal": activity.settings.get("proposal") or "", "limit": MAX_TEXT}


BALLOTS: Mapping[str, Callable[[Activity], Data]] = {
    "dot_vote": _dots,
    "choice": _choice,
    "scale": _scale,
    "gradients": lambda activity: {"steps": steps_of(activity.settings)},
    "majority_judgment": lambda activity: {"grades": list(grades_of(activity.settings))},
    "consent": _consent,
}


def result_data(state: LiveState, activity: Activity) -> Data:
    """The tally, shown to everybody once revealed. How it was obtained (`record`) is the counting sheet's."""
    result = dict(activity.result or {})
    result.pop("record", None)
    return {
        "kind": activity.kind,
        "question": activity.question,
        "result": result,
        "options": options_of(activity),
        "colleges": stickers(state),
        "proposal": activity.settings.get("proposal") or "",
        "settings": {name: activity.settings.get(name) or "" for name in ("low_label", "high_label")},
    }


# ---------------------------------------------------------------- speaking, reading


def speaking_data(state: LiveState, activity: Activity, act_url: str) -> Data:
    """The list as everybody may know it: how many wait, nobody's name."""
    running = speaking_now(state, activity.key)
    return {
        "key": activity.key,
        "act_url": act_url,
        "open": activity.phase == "open",
        "waiting": len(waiting_order(state, activity.key)),
        "closed": list_of(state, activity.key).closed,
        "policy": activity.settings.get("policy") or "fifo",
        "seconds": activity.settings.get("seconds") or 0,
        "since": running.started_at if running else None,
    }


def presentation_data(state: LiveState, activity: Activity) -> Data:
    texts = activity.settings.get("texts") or ()
    return {"texts": [{"heading": t.get("heading", ""), "text": t.get("text", "")} for t in texts]}


def step_data(state: LiveState, activity: Activity) -> Data:
    return {"instruction": activity.settings.get("instruction") or ""}


def recap_data(state: LiveState, activity: Activity) -> Data:
    """What the continued séance left (R-077), as the snapshot carried it."""
    return {"previous": dict(readable(state.meeting.previous))}


CONTENTS: Mapping[str, Callable[[LiveState, Activity], Data]] = {
    "presentation": presentation_data,
    "step": step_data,
    "recap": recap_data,
}
