"""A label comes from the vote; people may say less of it, with a motive, never more."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.errors import Refusal
from atelier.forum import agreement as forum
from atelier.forum.agreement import Agreement, computed, lowered, may_lower
from atelier.live.methods import agreement, consent, dot_vote, gradients

OPTIONS = ["o1", "o2"]


def voted(*answers: tuple[int, int]) -> dict[str, Any]:
    """A gradients tally: (step, how many) on o1."""
    ballots = [{"levels": {"o1": step}} for step, count in answers for _ in range(count)]
    return dict(
        gradients.tally([gradients.check(b, {"steps": 5}, OPTIONS) for b in ballots], OPTIONS, {"steps": 5})
    )


def test_the_label_of_gradients_is_the_one_of_the_vote() -> None:
    found = computed(voted((1, 23), (2, 13), (3, 4), (4, 2)), "o1")
    assert found == Agreement("consensus", "consensus", 36, 2, 42)
    assert not found.lowered


def test_a_consent_round_has_its_label_too() -> None:
    ballots = [{"answer": answer} for answer in ["consent"] * 9 + ["objection"]]
    found = computed(consent.tally([consent.check(b, {}, []) for b in ballots], [], {}))
    assert (found.computed, found.favourable, found.unfavourable, found.expressed) == (
        "broad_agreement",
        9,
        1,
        10,
    )


def test_dots_give_numbers_and_no_label() -> None:
    settings = {"dots": 3, "per_option": 2}
    ballots = [dot_vote.check({"dots": {"o1": 2}}, settings, OPTIONS) for _ in range(12)]
    found = computed(dot_vote.tally(ballots, OPTIONS, settings), "o1")
    assert found == Agreement(None, None)
    assert lowered(found, "minority", "motif") == Refusal("no_label")


def test_under_eight_answers_there_is_no_label() -> None:
    assert computed(voted((1, 7)), "o1").computed is None


def test_a_label_is_lowered_with_its_motive_and_both_are_kept() -> None:
    found = computed(voted((1, 40)), "o1")
    made = lowered(found, "broad_agreement", "  Trois tables étaient parties.  ")
    assert isinstance(made, Agreement)
    assert (made.label, made.computed, made.motive) == (
        "broad_agreement",
        "consensus",
        "Trois tables étaient parties.",
    )
    assert made.lowered


def test_a_label_is_never_raised_nor_lowered_without_a_motive() -> None:
    found = computed(voted((1, 19), (3, 7), (5, 16)), "o1")
    assert found.computed == "divided"
    assert lowered(found, "consensus", "nous étions d'accord") == Refusal("label_raised")
    assert lowered(found, "minority", "   ") == Refusal("motive_missing")


@pytest.mark.parametrize("label", sorted(forum.STRENGTH))
def test_every_label_of_a_vote_stands_on_a_step_and_may_always_be_said_not_debated(label: str) -> None:
    assert may_lower(label, forum.NOT_DEBATED)
    assert not may_lower(label, label)
    stronger = [other for other in forum.STRENGTH if forum.STRENGTH[other] >= forum.STRENGTH[label]]
    assert [other for other in stronger if may_lower(label, other)] == []


def test_no_label_of_a_vote_is_missing_from_the_steps() -> None:
    names = {value for name, value in vars(agreement).items() if name.isupper() and isinstance(value, str)}
    assert set(forum.STRENGTH) == names
