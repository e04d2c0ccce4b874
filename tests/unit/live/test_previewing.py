"""A preview is the séance itself, opened in memory: every kind can be seen before it runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from atelier.live.previewing import VIEWER, previewed
from atelier.live.regions import Around, Audience
from atelier.live.views_of_state import regions_of
from atelier.workshops.kinds import KINDS
from atelier.workshops.templates_shape import ActivityPlan
from tests.factories import make_sequence, make_snapshot

NOW = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)
EXAMPLES = ("Une carte", "Une autre carte", "Encore une")
OPTIONS = ("Première", "Deuxième")


def snapshot_with(kind: str, **changes: Any) -> dict[str, Any]:
    values = {**ActivityPlan(kind).values(), "key": "a1", "question": "Que voyez-vous ?", **changes}
    return make_snapshot([make_sequence("s1", "Une séquence", 20, values)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_preview_on_both_surfaces(kind: str) -> None:
    state = previewed(snapshot_with(kind), "a1", NOW, EXAMPLES, OPTIONS)
    assert state.current == ("s1", "a1")
    assert state.activities["a1"].phase == "open"
    assert VIEWER in state.people
    for surface in ("screen", "phone"):
        around = Around(NOW, 1, "482137", "http://localhost")
        assert regions_of(state, Audience(surface), around)


def test_a_vote_that_waits_for_clusters_shows_example_options() -> None:
    state = previewed(snapshot_with("dot_vote"), "a1", NOW, EXAMPLES, OPTIONS)
    assert [option.text for option in state.activities["a1"].options] == list(OPTIONS)


def test_sample_cards_fall_in_every_column_and_fit_their_length() -> None:
    settings = {
        "columns": [{"key": "c1", "label": "Un"}, {"key": "c2", "label": "Deux"}],
        "max_chars": 20,
        "per": "person",
        "minimum": 0,
    }
    long = ("Une carte bien trop longue pour la limite", "Deux")
    state = previewed(snapshot_with("board", settings=settings), "a1", NOW, long, OPTIONS)
    assert [(card.column, len(card.words)) for card in state.cards_of("a1")] == [("c1", 20), ("c2", 4)]


def test_an_activity_opened_first_to_one_college_is_seen_by_the_viewer() -> None:
    state = previewed(snapshot_with("contributions", first_colleges=["U"]), "a1", NOW, EXAMPLES, OPTIONS)
    assert state.people[VIEWER].college == "U"
    assert len(state.cards_of("a1")) == 3


def test_an_anonymous_activity_is_previewed_without_authors() -> None:
    state = previewed(snapshot_with("contributions", anonymity="anonymous"), "a1", NOW, EXAMPLES, OPTIONS)
    authors = {card.author for card in state.cards_of("a1")}
    assert authors
    assert not authors & set(state.people)


def test_a_full_hall_does_not_empty_the_preview() -> None:
    snapshot = snapshot_with("contributions")
    snapshot["meeting"]["capacity"] = 1
    assert len(previewed(snapshot, "a1", NOW, EXAMPLES, OPTIONS).people) == 3
