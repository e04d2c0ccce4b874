"""The grouping board: cards not placed yet, clusters with their cards, where a card may be placed."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.attribution import DESK, attribution
from atelier.live.rules.visibility import shown_title
from atelier.live.state import Activity, Cluster, Contribution
from atelier.live.views_of_state.desk_rights import Seen, column_of, columns_of
from atelier.live.views_of_state.desk_room import activity_with_cards

LOOSE_SHOWN = 60
PLACED_SHOWN = 40  # cards drawn in one cluster


def board_regions(seen: Seen) -> list[Region]:
    """Return, for each activity that has cards, its head, its clusters, its loose cards, its places."""
    state = seen.state
    numbers: dict[str, list[Contribution]] = {}
    for card in state.contributions.values():
        if card.standing and card.status != "hidden":
            numbers.setdefault(card.activity, []).append(card)
    regions: list[Region] = []
    for activity in state.activities.values():
        if not activity.takes_cards or activity.phase == "planned":
            continue
        cards = numbers.get(activity.key, [])
        loose = [card for card in cards if card.cluster is None]
        clusters = state.clusters_of(activity.key)
        regions += [
            board_head(seen, activity, len(cards), len(loose)),
            *(cluster_region(seen, activity, cluster, place) for place, cluster in enumerate(clusters)),
            *(loose_region(seen, activity, card) for card in loose[:LOOSE_SHOWN]),
            places_region(seen, activity),
        ]
    return regions


def board_head(seen: Seen, activity: Activity, cards: int, loose: int) -> Region:
    here = activity_with_cards(seen.state)
    clusters = seen.state.clusters_of(activity.key)
    return seen.region(
        f"board-{activity.key}",
        "board-heads",
        "board_head",
        key=activity.key,
        question=activity.question,
        here=here is not None and here.key == activity.key,
        cards=cards,
        loose=loose,
        more=max(0, loose - LOOSE_SHOWN),
        columns=columns_of(activity),
        clusters=len(clusters),
        filled=sum(1 for cluster in clusters if cluster.cards),
        colleges=[found for one in seen.state.meeting.colleges if (found := seen.college(one.key))],
    )


def cluster_region(seen: Seen, activity: Activity, cluster: Cluster, place: int) -> Region:
    """Return one cluster: title, sign, its first cards."""
    state = seen.state
    cards = [state.contributions[number] for number in cluster.cards]
    shown = [card for card in cards if card.status != "hidden"]
    return seen.region(
        f"cluster-{cluster.key}",
        "clusters",
        "cluster",
        key=cluster.key,
        activity=activity.key,
        title=cluster.title,
        title_hidden=bool(cluster.title) and not shown_title(state, cluster),
        column=column_of(activity, cluster.column),
        count=len(shown),
        validated=cluster.validated,
        place=place,
        last=place == len(state.clusters_of(activity.key)) - 1,
        cards=[brief(seen, activity, card) for card in shown[:PLACED_SHOWN]],
        others=[
            {"key": other.key, "title": other.title}
            for other in state.clusters_of(activity.key)
            if other.key != cluster.key
        ],
        on_screen=state.scene.kind == "cluster" and state.scene.target == cluster.key,
    )


def loose_region(seen: Seen, activity: Activity, card: Contribution) -> Region:
    return seen.region(
        f"loose-{card.number}", "loose", "board_card", card=brief(seen, activity, card), activity=activity.key
    )


def brief(seen: Seen, activity: Activity, card: Contribution) -> dict[str, Any]:
    """Return what is read of a card on the board."""
    known = attribution(seen.state, card, DESK)
    return {
        "number": card.number,
        "ref": card.ref,
        "text": card.words,
        "fields": [{"name": name, "text": text} for name, text in card.fields.items() if text],
        "column": column_of(activity, card.column),
        "college": seen.college(known.get("college", "")),
        "table": known.get("table"),
        "merged": len(card.sources),
        "held": card.status == "held",
        "misplaced": card.misplaced,
        "on_screen": card.on_screen,
    }


def places_region(seen: Seen, activity: Activity) -> Region:
    """Return where a card of that activity may be placed: the list of « Ranger dans… »."""
    clusters = [
        {"key": cluster.key, "title": cluster.title, "count": len(cluster.cards), "sign": sign}
        for cluster in seen.state.clusters_of(activity.key)
        for sign in [column_of(activity, cluster.column)["sign"]]
    ]
    return seen.region(f"places-{activity.key}", "places", "places", key=activity.key, clusters=clusters)
