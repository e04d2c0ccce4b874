"""Agreement labels of D-10, on its vectors and at each threshold."""

from __future__ import annotations

import pytest

from atelier.live.methods import consent, gradients
from atelier.live.methods.agreement import Sides, agreement_label, gradient_sides, keeps_minority_block


@pytest.mark.parametrize(
    ("favourable", "neutral", "unfavourable", "label"),
    [
        (36, 4, 2, "consensus"),
        (30, 6, 6, "broad_agreement"),
        (19, 7, 16, "divided"),
        (24, 9, 9, "rather_favourable"),
        (14, 26, 0, "no_majority"),
        (0, 0, 40, "rejected"),
        (27, 0, 13, "divided"),
    ],
)
def test_label_of_each_vector_of_decision_10(
    favourable: int, neutral: int, unfavourable: int, label: str
) -> None:
    assert agreement_label(Sides(favourable, neutral, unfavourable)) == label


@pytest.mark.parametrize(
    ("sides", "label"),
    [
        ((8, 1, 1), "consensus"),
        ((79, 11, 10), "broad_agreement"),
        ((80, 9, 11), "broad_agreement"),
        ((3, 4, 3), "divided"),
        ((30, 41, 29), "minority"),
        ((34, 37, 29), "no_majority"),
        ((6, 2, 1), "broad_agreement"),
        ((66, 5, 29), "rather_favourable"),
        ((5, 4, 1), "no_majority"),
        ((51, 20, 29), "rather_favourable"),
        ((1, 2, 6), "rejected"),
        ((29, 1, 70), "rejected"),
        ((30, 0, 70), "divided"),
        ((2, 7, 0), "minority"),
        ((1, 8, 0), "no_majority"),
        ((1, 4, 4), "no_majority"),
        ((3, 6, 0), "no_majority"),
    ],
)
def test_label_at_a_threshold_follows_exact_fractions(sides: tuple[int, int, int], label: str) -> None:
    assert agreement_label(Sides(*sides)) == label


@pytest.mark.parametrize(("n", "label"), [(7, None), (8, "consensus")])
def test_label_under_eight_expressed_is_not_given(n: int, label: str | None) -> None:
    assert agreement_label(Sides(n, 0, 0)) == label


def test_label_with_an_open_objection_is_not_consensus() -> None:
    assert agreement_label(Sides(36, 4, 2), open_objections=0) == "consensus"
    assert agreement_label(Sides(36, 4, 2), open_objections=1) == "broad_agreement"


def test_label_of_one_voice_held_by_a_table_is_minority() -> None:
    assert agreement_label(Sides(1, 8, 0)) == "no_majority"
    assert agreement_label(Sides(1, 8, 0), held_by_table=True) == "minority"


def test_rejection_keeps_the_block_of_those_in_favour() -> None:
    assert keeps_minority_block("rejected", 1)
    assert not keeps_minority_block("rejected", 0)
    assert keeps_minority_block("minority", 2)
    assert not keeps_minority_block("divided", 5)


def test_sides_of_five_steps_put_the_middle_aside() -> None:
    assert gradient_sides([1, 2, 4, 8, 16]) == Sides(3, 4, 24)


def test_sides_of_kaner_leave_the_fourth_step_out() -> None:
    assert gradient_sides([1, 2, 4, 8, 16, 32, 64, 128]) == Sides(7, 16, 224)
    with pytest.raises(ValueError, match="5 or 8"):
        gradient_sides([1, 2, 3])


def test_tally_of_gradients_gives_the_label_of_the_answers_to_each_option() -> None:
    ballots = [{"levels": {"o1": 1, "o2": 5}}] * 20 + [{"levels": {"o1": 5}}] * 5 + [{"blank": True}]
    result = gradients.tally(ballots, ["o1", "o2"], {})
    assert result["flags"] == []
    assert result["options"] == [
        {
            "key": "o1", "rank": None, "tied": False, "counts": [20, 0, 0, 0, 5], "expressed": 25, "unanswered": 0,
            "favourable": 20, "neutral": 0, "unfavourable": 5,
            "percent_favourable": 80, "percent_unfavourable": 20, "label": "broad_agreement", "minority_block": False,
        },
        {
            "key": "o2", "rank": None, "tied": False, "counts": [0, 0, 0, 0, 20], "expressed": 20, "unanswered": 5,
            "favourable": 0, "neutral": 0, "unfavourable": 20,
            "percent_favourable": 0, "percent_unfavourable": 100, "label": "rejected", "minority_block": False,
        },
    ]  # fmt: skip


def test_tally_of_kaner_takes_a_veto_for_an_open_objection() -> None:
    favourable = [{"levels": {"o1": 1}}] * 19
    without = gradients.tally([*favourable, {"levels": {"o1": 7}}], ["o1"], {"steps": 8})
    veto = gradients.tally([*favourable, {"levels": {"o1": 8}}], ["o1"], {"steps": 8})
    abstaining = gradients.tally([*favourable, {"levels": {"o1": 4}}], ["o1"], {"steps": 8})
    assert [result["options"][0]["label"] for result in (without, veto, abstaining)] == [
        "consensus", "broad_agreement", "consensus",
    ]  # fmt: skip
    assert abstaining["options"][0]["expressed"] == 19


def test_consent_with_an_objection_is_never_labelled_consensus() -> None:
    ballots = [{"answer": "consent"}] * 19
    assert consent.tally(ballots, (), {})["options"][0]["label"] == "consensus"
    with_one = consent.tally([*ballots, {"answer": "objection"}], (), {})
    assert with_one["options"][0]["label"] == "broad_agreement"
