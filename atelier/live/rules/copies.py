"""Which cards a text of the desk repeats word for word, so that withdrawing a card erases its copies too
(architecture §4).

A text repeats a card when, case, spaces and punctuation aside, it is the card's text, or holds the whole of a
card of three words or more. Shorter cards are repeated by equality only: the card « écoles » does not own the
title « Écoles et mobilité ».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from atelier.live.state import Activity, Cluster, Contribution, LiveState, Wording, with_contribution

CONTAINED_FROM = 3  # words
_NOT_WORDS = re.compile(r"[\W_]+")


def copied_cards(state: LiveState, activity: str, text: str) -> tuple[int, ...]:
    """Return the numbers, increasing, of the cards of `activity` that `text` repeats (withdrawn ones have no words)."""
    found = (
        card.number
        for card in state.contributions.values()
        if card.activity == activity and any(repeats(text, words) for words in texts_of(card))
    )
    return tuple(sorted(found))


def repeats(text: str, words: str) -> bool:
    """Say whether `text` is `words`, or holds them whole when they are three words or more."""
    whole, part = _spelled(text), _spelled(words)
    if not part:
        return False
    return whole == part or (part.count(" ") + 1 >= CONTAINED_FROM and f" {part} " in f" {whole} ")


def _spelled(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def texts_of(card: Contribution) -> tuple[str, ...]:
    """Return all that a card says or has said: as sent, as edited, as the desk worded it, line by line."""
    return (card.raw, card.text, card.reworded or "", *card.fields.values())


def wording_owner(key: str) -> str:
    """Return the owner, in the table of words, of the desk's wording `key`: `w3` -> `W:w3`."""
    return f"W:{key}"


def with_copies(state: LiveState, numbers: Iterable[int], wording: str) -> LiveState:
    """Remember that the desk's wording `wording` repeats these cards: the next wording does not make it forget."""
    return _with_owner(state, numbers, wording_owner(wording))


def with_option_copies(state: LiveState, activity: str) -> LiveState:
    """Remember the cards that an activity's options repeat, so that removing or editing it leaves no copy behind.

    An option whose text is changed by hand is blanked with the card that it once repeated.
    """
    found = state.activities[activity]
    for option in found.options:
        state = _with_owner(state, option.copied_from, option_owner(found, option.key))
    return state


def option_owner(activity: Activity, option: str) -> str:
    """Return the owner of an option's text in the table of words: `O:a6:o2`, `O:a6.w7:o2` in a later edition."""
    return f"O:{activity.key}{activity.edition}:{option}"


def _with_owner(state: LiveState, numbers: Iterable[int], owner: str) -> LiveState:
    for number in numbers:
        card = state.contributions.get(number)
        if card is not None and owner not in card.copies:
            state = with_contribution(state, number, copies=(*card.copies, owner))
    return state


def title_owner(cluster: Cluster) -> str:
    """Return the owner of a cluster's title in the table of words. A title that came with the opening has no key."""
    return wording_owner(cluster.wording) if cluster.wording else f"K:{cluster.key}"


def untitled(cluster: Cluster, owners: Collection[str]) -> Cluster:
    """Return the cluster with an empty title if `owners` own it."""
    return replace(cluster, title="", copied_from=()) if title_owner(cluster) in owners else cluster


def unworded(wording: Wording | None, owners: Collection[str]) -> Wording | None:
    """Return a merged wording without what `owners` own: the one before it, or none."""
    if wording is None:
        return None
    before = unworded(wording.before, owners)
    return before if wording_owner(wording.key) in owners else replace(wording, before=before)
