"""Whence the options of a vote come: clusters chosen at the desk, or what an earlier activity has when the vote begins.

A prepared vote says so in its setting `options_from`: `a5`, or `a5:minus` for one column of it (domain §3 b). What exists
then is taken: the clusters that hold a card people may be shown, in the desk's order; where nothing is grouped, the cards
that the desk kept, in order of number, those of the same words once. A cluster without a column is of the column of most
of its cards.

Refuses: `source_gone`, `nothing_to_take` {source}, `too_many_to_take` {count, limit, reason: clusters | cards},
`no_clusters`, `too_many_options` {limit, count}, `untitled_cluster` {cluster}, `title_hidden` {cluster}, `same_title` {clusters},
`unknown_cluster`, `other_activity` {cluster}.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from atelier.errors import Refusal
from atelier.live.rules.copies import copied_cards
from atelier.live.rules.snapshot import MAX_OPTIONS, WITH_OPTIONS
from atelier.live.rules.visibility import shown_title
from atelier.live.state import Activity, Cluster, Contribution, LiveState

Options = tuple[Mapping[str, Any], ...]


def source_of(activity: Activity) -> tuple[str, str]:
    """Return the activity whose clusters or cards become the options, and its column ("" for all); ("", "") for none."""
    if activity.kind not in WITH_OPTIONS:
        return "", ""
    key, _, column = str(activity.settings.get("options_from") or "").partition(":")
    return key, column


def fills_itself(activity: Activity) -> bool:
    """Say whether the options come by themselves: nothing was written by hand, and nobody has read them yet."""
    return (
        bool(source_of(activity)[0])
        and activity.untouched
        and not (activity.options and not activity.taken_from)
    )


def options_to_take(state: LiveState, activity: Activity) -> Options | Refusal:
    """Return what the options of a vote would be if it began now: [{"text", "cluster", "copied_from"}]."""
    key, column = source_of(activity)
    source = state.activities.get(key)
    if source is None:
        return Refusal("source_gone")
    grouped = [
        cluster
        for cluster in state.clusters_of(key)
        if holds_cards(state, cluster) and column in {"", column_of(state, cluster)}
    ]
    if not grouped:
        return from_cards(state, source, column)
    if len(grouped) > MAX_OPTIONS:
        return too_many(len(grouped), "clusters")
    return unvotable(state, grouped) or from_clusters(grouped)


def from_clusters(clusters: Sequence[Cluster]) -> Options:
    """Return one option for each cluster: its title."""
    return tuple({"text": c.title, "cluster": c.key, "copied_from": c.copied_from} for c in clusters)


def from_cards(state: LiveState, source: Activity, column: str) -> Options | Refusal:
    """Return one option for each card kept, on one line; cards that say the same words make one option."""
    found: dict[str, Mapping[str, Any]] = {}
    for card in state.cards_of(source.key):
        text = on_one_line(card.words)
        if card.status != "kept" or column not in {"", card.column} or not text:
            continue
        option = found.setdefault(text.casefold(), {"text": text, "cluster": None, "copied_from": ()})
        found[text.casefold()] = {**option, "copied_from": sources_of(state, card, option)}
    if not found:
        return Refusal("nothing_to_take", {"source": source.question})
    return too_many(len(found), "cards") if len(found) > MAX_OPTIONS else tuple(found.values())


def sources_of(state: LiveState, card: Contribution, option: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the cards whose words an option repeats: this one, those found before, those whose text it holds."""
    repeated = copied_cards(state, card.activity, option["text"])
    return tuple(sorted({card.number, *option["copied_from"], *repeated}))


def on_one_line(text: str) -> str:
    """Return a text without its line ends; fixed spaces stay."""
    return re.sub(r"[^\S\u00a0]+", " ", text).strip()


def too_many(count: int, what: str) -> Refusal:
    return Refusal("too_many_to_take", {"count": count, "limit": MAX_OPTIONS, "reason": what})


def column_of(state: LiveState, cluster: Cluster) -> str:
    """Return the column of a cluster: its own, else that of most of its cards, the first of them deciding a tie."""
    if cluster.column:
        return cluster.column
    columns = Counter(state.contributions[number].column for number in cluster.cards)
    return columns.most_common(1)[0][0] if columns else ""


def clusters_to_vote_on(
    state: LiveState, source: Activity, keys: Sequence[str] | None
) -> tuple[Cluster, ...] | Refusal:
    """Return the clusters named, or those of `source` that hold at least one card that is not hidden, in their order."""
    if keys is None:
        return tuple(cluster for cluster in state.clusters_of(source.key) if holds_cards(state, cluster))
    found = []
    for key in dict.fromkeys(keys):
        cluster = state.clusters.get(key)
        if cluster is None:
            return Refusal("unknown_cluster")
        if cluster.activity != source.key:
            return Refusal("other_activity", {"cluster": key})
        found.append(cluster)
    return tuple(found)


def holds_cards(state: LiveState, cluster: Cluster) -> bool:
    """Whether a cluster holds a card that people may be shown."""
    return any(state.contributions[number].status != "hidden" for number in cluster.cards)


def unvotable(state: LiveState, clusters: Sequence[Cluster]) -> Refusal | None:
    """Refuse what a ballot could not bear: no cluster, more than twelve, no title or a hidden one, twice the same title."""
    if not clusters:
        return Refusal("no_clusters")
    if len(clusters) > MAX_OPTIONS:
        return Refusal("too_many_options", {"limit": MAX_OPTIONS, "count": len(clusters)})
    titled: dict[str, str] = {}
    for cluster in clusters:
        title = cluster.title.casefold()
        if not title:
            return Refusal("untitled_cluster", {"cluster": cluster.key})
        if not shown_title(state, cluster):
            return Refusal("title_hidden", {"cluster": cluster.key})
        if title in titled:
            return Refusal("same_title", {"clusters": (titled[title], cluster.key)})
        titled[title] = cluster.key
    return None
