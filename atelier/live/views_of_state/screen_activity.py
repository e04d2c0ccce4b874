"""One activity on the projector, in each of its phases. Results only once revealed; words only put there by the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from atelier.live.methods import dot_vote
from atelier.live.methods.choice import bounds as choice_bounds
from atelier.live.methods.majority_judgment import grades_of
from atelier.live.methods.scale import bounds as scale_bounds
from atelier.live.regions import Region
from atelier.live.rules.electorate import ballots_in_box
from atelier.live.rules.visibility import shown_option
from atelier.live.rules.voting import option_keys
from atelier.live.state import Activity, LiveState, present_people
from atelier.live.views_of_state.for_every_audience import options_of
from atelier.live.views_of_state.screen_around import (
    head,
    margin,
    number_of,
    page_data,
    recap_items,
    sequence_scene,
    timer_of,
)
from atelier.live.views_of_state.screen_floor import floor_region
from atelier.live.views_of_state.screen_pages import (
    FULL,
    LABEL,
    MOST,
    Page,
    in_two_columns,
    lines,
    page_at,
    slips_page,
    text_pages,
)
from atelier.live.views_of_state.screen_wall import (
    cards_on_screen,
    cards_regions,
    plan_region,
    says_tables,
)

Data = dict[str, Any]
VOTE_ROOM, SLIP_LINE, SLIP_AROUND = (
    471,
    50,
    54,
)  # height above the ballot box, of a line, around a slip, at 1080
SCALES = frozenset({"check_in", "roti"})  # their steps are words of the house, not options

# What one option takes on a page of results, and what a page holds, in lines of the body text.
RESULT_ROWS: Mapping[str, tuple[Callable[[str], int], int, int]] = {
    "dot_vote": (lambda text: 2 * lines(text, 50) + 2, 26, MOST),
    "choice": (lambda text: 2 * lines(text, 50) + 2, 26, MOST),
    "gradients": (lambda text: max(4, 2 * lines(text, LABEL) + 1), 22, MOST),
    "majority_judgment": (lambda text: 2 * lines(text, 48) + 3, 26, MOST),
    "scale": (lambda text: 2 * lines(text, LABEL) + 4, 24, 3),
}


def activity_scene(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    """Return the regions of one activity."""
    draw = SCENES.get(activity.kind, _vote if activity.is_vote else _writing)
    return draw(state, activity)


def margin_of(state: LiveState, activity: Activity) -> Region:
    """Number of the sequence; in two words, what the room is doing."""
    code = activity.kind
    if activity.is_vote:
        code = {"revealed": "result", "annulled": "annulled"}.get(activity.phase, activity.kind)
    elif says_tables(state, activity):
        code = "tables"
    return margin(number_of(state, activity.sequence), code)


def head_of(state: LiveState, activity: Activity, page: Page | None = None, **more: Any) -> Region:
    """The question, the time left, the rule of the activity in one sentence."""
    running = activity.phase in {"planned", "open"}
    said: Data = {
        "timer": timer_of(state, {activity.key}) if running else None,
        "closing_at": activity.closing_at if activity.phase == "open" else None,
        "rule": rule_of(activity) if running else None,
        "closed": activity.phase == "closed",
    }
    question = activity.question or state.sequences[activity.sequence].title
    return head(question, page_data(page.number, page.total) if page else None, **said | more)


def rule_of(activity: Activity) -> Data:
    """Return the code of the sentence under the question, and its numbers."""
    settings = activity.settings
    if activity.kind == "dot_vote":
        dots, per_option = dot_vote.allowance(settings, option_keys(activity))
        return {"code": "dot_vote", "dots": dots, "per_option": per_option}
    if activity.kind == "choice":
        least, most = choice_bounds(settings, option_keys(activity))
        return {"code": "choice", "multiple": bool(settings.get("multiple")), "min": least, "max": most}
    if activity.kind == "scale":
        low, high = scale_bounds(settings)
        labels = {name: settings.get(name) or "" for name in ("low_label", "high_label")}
        return {"code": "scale", "low": low, "high": high, **labels}
    if activity.kind == "majority_judgment":
        return {"code": "majority_judgment", "grades": list(grades_of(settings))}
    if activity.kind == "consent":
        return {"code": "consent", "round": activity.round}
    if activity.kind in {"gradients", *SCALES}:
        return {"code": activity.kind}
    if activity.takes_cards:
        return {"code": "cards", "anonymity": activity.anonymity, "columns": columns_of(activity)}
    return {"code": ""}


def columns_of(activity: Activity) -> list[Data]:
    minimum = activity.settings.get("minimum") or 0
    return [
        {"label": c.get("label") or "", "sign": c.get("sign") or "none", "minimum": minimum}
        for c in activity.settings.get("columns", ())
    ]


# ---------------------------------------------------------------- votes


def _vote(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    if activity.phase == "revealed" and activity.result is not None:
        return result_scene(state, activity)
    options = options_of(activity)
    if activity.phase == "planned":  # nobody has a ballot yet: what the desk has hidden since is not read out
        said = {option.key for option in activity.options if shown_option(state, option)}
        options = [option for option in options if option["key"] in said]
    page, pairs = options_page([option["text"] for option in options], state.scene.page)
    regions = [margin_of(state, activity), head_of(state, activity, page)]
    if activity.phase == "annulled":
        motive = str(activity.rounds[-1]["motive"]) if activity.rounds else ""
        return (*regions, Region("annulled", "body", "live/screen/_annulled.html", {"motive": motive}))
    if activity.kind in SCALES:
        regions.append(Region("steps", "body", "live/screen/_steps.html", {"kind": activity.kind}))
    elif activity.kind == "consent":
        proposal = str(activity.settings.get("proposal") or "")
        regions.append(Region("proposal", "body", "live/screen/_proposal.html", {"text": proposal}))
    else:
        data = {"options": options[page.start : page.stop], "pairs": pairs}
        regions.append(Region("options", "body", "live/screen/_options.html", data))
    if activity.phase in {"open", "closed"}:
        regions.append(box(state, activity))
    return tuple(regions)


def options_page(texts: Sequence[str], wanted: int) -> tuple[Page, bool]:
    """Return the page of the options of a vote, the same before, during and after, and whether they stand two by two."""
    if in_two_columns(texts):
        return page_at([1] * len(texts), MOST, wanted), True
    return page_at([SLIP_AROUND + SLIP_LINE * lines(text, FULL) for text in texts], VOTE_ROOM, wanted), False


def box(state: LiveState, activity: Activity) -> Region:
    """The ballot box: how many ballots, of how many people; nothing of what they say, and no figure when hidden."""
    is_open = activity.phase == "open"
    data = {
        "open": is_open,
        "received": None if state.hide_counts else ballots_in_box(activity),
        "present": None if state.hide_counts else present_people(state) if is_open else activity.present,
        "closed_at": activity.closed_at,
    }
    return Region("box", "foot", "live/screen/_box.html", data)


def result_scene(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    """The result, revealed: sorted rows with ties, the counts at the foot (D-4)."""
    result = dict(activity.result or {})
    result.pop("record", None)
    texts = {option.key: option.text for option in activity.options}
    ranked = [option["key"] for option in result.get("options", ())]
    keys, page = None, None
    if activity.kind in RESULT_ROWS:
        cost, budget, most = RESULT_ROWS[activity.kind]
        page = page_at([cost(texts.get(key, "")) for key in ranked], budget, state.scene.page, most)
        keys = ranked[page.start : page.stop] if page.total > 1 else None
    data = {
        "result": result,
        "options": options_of(activity),
        "keys": keys,
        "proposal": str(activity.settings.get("proposal") or ""),
        "settings": {name: activity.settings.get(name) or "" for name in ("low_label", "high_label")},
    }
    return (
        margin_of(state, activity),
        head_of(state, activity, page, rule={"code": "result"}),
        Region(f"result-{activity.key}-{activity.round}", "body", "live/screen/_result.html", data),
    )


# ---------------------------------------------------------------- words


def _writing(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    """Cards arrive: tables and their cards where there are tables, else the number; words only with the live display."""
    if activity.kind == "step" and not activity.takes_cards:
        return _step(state, activity)
    shown = cards_on_screen(state, activity)
    if shown and (activity.live_display or activity.kind == "questions"):
        page, _ = slips_page([card.words for card in shown], state.scene.page)
        return (
            margin_of(state, activity),
            head_of(state, activity, page),
            *cards_regions(state, activity, shown),
        )
    regions = [margin_of(state, activity), head_of(state, activity)]
    if activity.phase == "planned":
        return (*regions, _prompts(activity))
    return (*regions, plan_region(state, activity))


def _prompts(activity: Activity) -> Region:
    columns = [
        {"label": c.get("label") or "", "sign": c.get("sign") or "none", "prompt": c.get("prompt") or ""}
        for c in activity.settings.get("columns", ())
    ]
    data = {
        "kind": activity.kind,
        "columns": columns,
        "instruction": activity.settings.get("instruction") or "",
    }
    return Region("prompts", "body", "live/screen/_prompts.html", data)


def _step(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    pages = text_pages("", str(activity.settings.get("instruction") or ""))
    page = page_at([1] * len(pages), 1, state.scene.page, 1)
    body = Region("text", "body", "live/screen/_text.html", pages[page.number])
    return (margin_of(state, activity), head_of(state, activity, page), body)


def _presentation(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    """Texts to read together, one page at a time."""
    texts = activity.settings.get("texts") or ()
    pages = [
        page for text in texts for page in text_pages(str(text.get("heading", "")), str(text.get("text", "")))
    ]
    if not pages:
        return (margin_of(state, activity), head_of(state, activity))
    page = page_at([1] * len(pages), 1, state.scene.page, 1)
    body = Region("text", "body", "live/screen/_text.html", pages[page.number])
    return (margin_of(state, activity), head_of(state, activity, page), body)


def _recap(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    return recap_scene(state, number_of(state, activity.sequence), activity.question)


def recap_scene(state: LiveState, number: int, question: str) -> tuple[Region, ...]:
    """What the continued séance left, five lines at a time (R-077)."""
    items = recap_items(state)
    page = page_at([lines(item["text"], FULL) for item in items], 7, state.scene.page)
    said = {"recap": str(state.meeting.previous.get("title") or "")}
    return (
        margin(number, "recap"),
        head(question, page_data(page.number, page.total), **said),
        Region("recap", "body", "live/screen/_recap.html", {"items": items[page.start : page.stop]}),
    )


def _speaking(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    return (margin_of(state, activity), head_of(state, activity), floor_region(state, activity))


SCENES: Mapping[str, Callable[[LiveState, Activity], tuple[Region, ...]]] = {
    "presentation": _presentation,
    "recap": _recap,
    "speaking": _speaking,
}

__all__ = ["activity_scene", "recap_scene", "result_scene", "sequence_scene"]
