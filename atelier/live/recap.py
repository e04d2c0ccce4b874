"""What a séance leaves to the one that continues it (R-077): a recap to read, and boards that go on.

Pure: the caller gives the state of the séance before. Neither names nor tables nor cards that the desk did not keep go along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.leaving import leaves
from atelier.live.rules.copies import copied_cards
from atelier.live.rules.visibility import shown_option, shown_title
from atelier.live.state import Activity, Contribution, LiveState

RANKED = frozenset({"dot_vote", "choice", "majority_judgment"})
ANSWERED_BY = frozenset({"questions"})


def recap(state: LiveState) -> dict[str, Any]:
    """Return what the new séance shows of this one; empty when it never opened.

    {"reference", "title", "date", "cards": 63,
     "clusters": [{"key", "activity", "title", "count", "column", "out", "copied_from"}],
     "ranking": [{"activity", "question", "method", "text", "rank", "tied", "copied_from"}],  # of the last ranked vote
     "questions": [{"ref", "text", "copied_from"}]}                                          # asked, kept, not answered

    `out`: whether the activity goes to the compte rendu (D-15). `copied_from`: the cards whose words stand there, `DK1-C-12`:
    they go with them (rules/earlier.py).
    """
    if state.phase == "draft":
        return {}
    return {
        "reference": state.meeting.reference,
        "title": state.meeting.title,
        "date": state.meeting.date,
        "cards": sum(1 for card in state.contributions.values() if carried(card)),
        "clusters": clusters(state),
        "ranking": ranking(state),
        "questions": open_questions(state),
    }


def carried(card: Contribution) -> bool:
    """Say whether a card goes along: kept by the desk, standing by itself."""
    return card.standing and card.status == "kept"


def clusters(state: LiveState) -> list[dict[str, Any]]:
    """Return the clusters that hold cards, in the desk's order."""
    found = []
    for key in state.cluster_order:
        cluster = state.clusters[key]
        count = sum(1 for number in cluster.cards if carried(state.contributions[number]))
        if count:
            found.append(
                {
                    "key": key,
                    "activity": cluster.activity,
                    "title": shown_title(state, cluster),
                    "count": count,
                    "column": cluster.column,
                    "out": leaves(state.activities[cluster.activity]),
                    "copied_from": references(state, cluster.copied_from),
                }
            )
    return found


def ranking(state: LiveState) -> list[dict[str, Any]]:
    """Return the options of the last ranked vote revealed, in rank order; none when nothing was expressed."""
    voted = [a for a in state.activities.values() if a.kind in RANKED and a.phase == "revealed" and a.result]
    if not voted:
        return []
    last = max(voted, key=lambda activity: (activity.revealed_at is not None, activity.revealed_at))
    options = {option.key: option for option in last.options}
    return [
        {
            "activity": last.key,
            "question": last.question,
            "method": last.kind,
            "text": shown_option(state, options[option["key"]]),
            "rank": option["rank"],
            "tied": bool(option["tied"]),
            "copied_from": references(state, options[option["key"]].copied_from),
        }
        for option in (last.result or {}).get("options", ())
        if option.get("rank") is not None
    ]


def open_questions(state: LiveState) -> list[dict[str, Any]]:
    """Return the questions that nobody has answered, most supported first, then in the order they came."""
    asked = [
        card
        for card in state.contributions.values()
        if carried(card) and not card.answered and _kind(state, card) in ANSWERED_BY
    ]
    asked.sort(key=lambda card: (-len(card.upvotes), card.number))
    return [
        {
            "ref": reference(state, card.number),
            "text": card.words,
            "copied_from": references(state, copied_cards(state, card.activity, card.words)),
        }
        for card in asked
    ]


def reference(state: LiveState, number: int) -> str:
    """Return the reference of a card outside of its séance: `DK1-C-12`."""
    return f"{state.meeting.reference}-C-{number}"


def references(state: LiveState, numbers: Sequence[int]) -> list[str]:
    return [reference(state, number) for number in numbers]


def _kind(state: LiveState, card: Contribution) -> str:
    return state.activities[card.activity].kind


def imports_of(state: LiveState, activities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the `imports` of a snapshot: for each activity that goes on (`settings.continues`), its cards and clusters.

    `activities` are those of the new séance's snapshot. A column is kept where the new board has one of the same title.
    """
    found = []
    for activity in activities:
        source = state.activities.get(str(activity["settings"].get("continues") or ""))
        if source is not None and state.phase != "draft":
            found.append(_part(state, source, activity))
    return found


def _part(state: LiveState, source: Activity, target: Mapping[str, Any]) -> dict[str, Any]:
    columns = same_columns(source, target)
    limited = bool(target["settings"].get("columns"))
    cards = [card for card in state.cards_of(source.key) if carried(card)]
    if limited:  # a board places every card: one whose column is gone stays behind
        cards = [card for card in cards if columns.get(card.column)]
    origins = {card.number: reference(state, card.number) for card in cards}
    return {
        "activity": target["key"],
        "cards": [_card(card, origins[card.number], columns.get(card.column, "")) for card in cards],
        "clusters": [
            {
                "title": shown_title(state, cluster) if set(cluster.copied_from) <= set(origins) else "",
                "column": columns.get(cluster.column, ""),
                "cards": [origins[number] for number in cluster.cards if number in origins],
                "copied_from": [origins[number] for number in cluster.copied_from if number in origins],
            }
            for cluster in state.clusters_of(source.key)
            if any(number in origins for number in cluster.cards)
        ],
    }


def same_columns(source: Activity, target: Mapping[str, Any]) -> dict[str, str]:
    """Return, for each column of the old board, the key of the new one's column of the same title."""
    new = {column["label"].casefold(): column["key"] for column in target["settings"].get("columns", ())}
    return {
        column["key"]: new[column["label"].casefold()]
        for column in source.settings.get("columns", ())
        if column["label"].casefold() in new
    }


def _card(card: Contribution, origin: str, column: str) -> dict[str, Any]:
    return {
        "origin": origin,
        "text": card.words,
        "fields": dict(card.fields),
        "column": column,
        "kind": card.kind,
        "college": card.college,
        "channel": card.channel,
        "option": "",
    }
