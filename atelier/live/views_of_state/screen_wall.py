"""Words on the projector: chosen cards, clusters, tables. D-12 says from whom, visibility.py what.

On the wall stand the cards that the desk kept and put in a cluster: projecting the wall is the act of the desk that D-17
asks for. Alone, a card is shown when the desk projects it, or with « afficher en direct ».
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.attribution import ROOM, attribution
from atelier.live.rules.visibility import all_sources, on_projector, shown_title
from atelier.live.state import Activity, Cluster, Contribution, LiveState
from atelier.live.views_of_state.for_every_audience import stickers
from atelier.live.views_of_state.person_cards import sign_of
from atelier.live.views_of_state.screen_around import head, margin, number_of, page_data, timer_of
from atelier.live.views_of_state.screen_pages import HALF, lines, page_at, slips_page

Data = dict[str, Any]
AT_TABLES = frozenset({"contributions", "board", "hypothesis", "step"})
CLUSTERS_ON_WALL = 6
SLIPS_IN_CLUSTER = 2
SLIPS_ZOOMED = 6
ZOOM_LINES = 12  # the wall is apart from the seven lines (D-25)


def cards_on_screen(state: LiveState, activity: Activity) -> list[Contribution]:
    """Return the cards that the projector may show, questions by support, others latest first."""
    found = [card for card in state.cards_of(activity.key) if on_projector(state, card)]
    if activity.kind == "questions":
        return sorted(found, key=lambda card: (card.answered, -len(card.upvotes), card.number))
    return sorted(found, key=lambda card: -card.number)


def cards_scene(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    """The cards that the desk chose, a few at a time."""
    cards = cards_on_screen(state, activity)
    page, _ = slips_page([card.words for card in cards], state.scene.page)
    return (
        margin(number_of(state, activity.sequence), "cards"),
        _head(state, activity, activity.question, page_data(page.number, page.total)),
        *cards_regions(state, activity, cards),
    )


def cards_regions(state: LiveState, activity: Activity, cards: Sequence[Contribution]) -> list[Region]:
    """One region per card of the page, all in the same slot."""
    page, pairs = slips_page([card.words for card in cards], state.scene.page)
    slot = "pairs" if pairs else "cards"
    return [card_region(state, activity, card, slot) for card in cards[page.start : page.stop]]


def card_region(state: LiveState, activity: Activity, card: Contribution, slot: str) -> Region:
    data = slip_data(state, activity, card)
    supports = activity.kind == "questions" and activity.settings.get("upvotes", True)
    data["support"] = len(card.upvotes) if supports and not state.hide_counts else None
    data["answered"] = card.answered
    return Region(f"card-{card.number}", slot, "live/screen/_card.html", data)


def slip_data(state: LiveState, activity: Activity, card: Contribution) -> Data:
    """Return a card as the room reads it. A card made of several bears the colleges of all."""
    known = attribution(state, card, ROOM)
    sources = [attribution(state, source, ROOM).get("college") for source in all_sources(state, card)]
    colleges = dict.fromkeys([known.get("college"), *sources])
    return {
        "number": card.number,
        "text": card.words,
        "sign": sign_of(activity, card.column),
        "colleges": [one for one in stickers(state) if one["key"] in colleges],
        "who": known.get("name") or known.get("pseudonym") or "",
        "table": known.get("table") or 0,
    }


def wall_card(card: Contribution) -> bool:
    """Tell whether a card of a cluster may be read on the wall: kept by the desk, standing by itself."""
    return card.status == "kept" and card.standing


def readable(state: LiveState, cluster: Cluster) -> list[Contribution]:
    cards = (state.contributions[number] for number in cluster.cards)
    return [card for card in cards if wall_card(card)]


def wall_scene(state: LiveState, activity: Activity) -> tuple[Region, ...]:
    """Six clusters of two slips, then pages."""
    clusters = state.clusters_of(activity.key)
    page = page_at([1] * len(clusters), CLUSTERS_ON_WALL, state.scene.page, CLUSTERS_ON_WALL)
    top = _head(state, activity, activity.question, page_data(page.number, page.total), legend=True)
    if not clusters:
        return (top, Region("wall-empty", "body", "live/screen/_wall_empty.html", {}))
    return (top, *(_cluster_region(state, activity, c) for c in clusters[page.start : page.stop]))


def _cluster_region(state: LiveState, activity: Activity, cluster: Cluster) -> Region:
    cards = readable(state, cluster)
    data = {
        "title": shown_title(state, cluster),
        "sign": sign_of(activity, cluster.column),
        "count": len(cards),
        "hidden": state.hide_counts,
        "slips": [slip_data(state, activity, card) for card in cards[:SLIPS_IN_CLUSTER]],
        "more": max(0, len(cards) - SLIPS_IN_CLUSTER),
    }
    return Region(f"cluster-{cluster.key}", "wall", "live/screen/_cluster.html", data)


def cluster_scene(state: LiveState, cluster: Cluster) -> tuple[Region, ...]:
    """One cluster with its slips in large, six at a time."""
    activity = state.activities[cluster.activity]
    cards = readable(state, cluster)
    texts = [card.words for card in cards]
    pairs = all(lines(text, HALF) <= 4 for text in texts)
    costs = [1 if pairs else 1 + lines(text, 2 * HALF) for text in texts]
    page = page_at(costs, SLIPS_ZOOMED if pairs else ZOOM_LINES, state.scene.page, SLIPS_ZOOMED)
    top = _head(
        state,
        activity,
        shown_title(state, cluster),
        page_data(page.number, page.total),
        legend=True,
        count=None if state.hide_counts else len(cards),
        sign=sign_of(activity, cluster.column),
    )
    slot = "pairs" if pairs else "cards"
    return (
        top,
        *(card_region(state, activity, card, slot) for card in cards[page.start : page.stop]),
    )


def _head(
    state: LiveState, activity: Activity, title: str, page: Data | None, legend: bool = False, **more: Any
) -> Region:
    colleges = legend and activity.anonymity not in {"anonymous", "pseudonym"}
    timer = timer_of(state, {activity.key})
    return head(title, page, timer=timer, wall=legend, legend=stickers(state) if colleges else [], **more)


# ---------------------------------------------------------------- tables


def plan_region(state: LiveState, activity: Activity) -> Region:
    """What has been received: table by table where the activity says tables, in one number everywhere else."""
    cards = [card for card in state.cards_of(activity.key) if card.status != "hidden"]
    by_table = says_tables(state, activity) and not state.hide_counts
    tables = [_table(activity, cards, n) for n in range(1, state.meeting.tables + 1)] if by_table else []
    data = {
        "tables": tables,
        "count": None if state.hide_counts else len(cards),
        "kind": activity.kind,
        "open": activity.phase == "open",
        "closed_at": activity.closed_at if activity.phase == "closed" else None,
    }
    return Region("plan", "body", "live/screen/_plan.html", data)


def says_tables(state: LiveState, activity: Activity) -> bool:
    """Tell whether an activity is done at tables, whose cards may be counted."""
    return activity.kind in AT_TABLES and state.meeting.tables > 0 and activity.anonymity != "anonymous"


def _table(activity: Activity, cards: Sequence[Contribution], number: int) -> Data:
    counts = {"plus": 0, "minus": 0, "other": 0}
    for card in cards:
        if card.table == number:
            sign = sign_of(activity, card.column)
            counts[sign if sign in counts else "other"] += 1
    return {"number": number, **counts, "state": "working"}
