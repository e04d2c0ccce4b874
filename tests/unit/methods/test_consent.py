from __future__ import annotations

from typing import Any

import pytest

from atelier.live.methods import consent
from atelier.live.methods.contract import InvalidBallot, InvalidPaper


def round_of(**answers: int) -> dict[str, Any]:
    ballots = [{"answer": answer} for answer, number in answers.items() for _ in range(number)]
    return consent.tally(ballots, (), {})


@pytest.mark.parametrize(
    ("answers", "adopted"),
    [
        ({"consent": 8}, True),
        ({"consent": 1, "reservation": 7}, True),
        ({"consent": 8, "withdraw": 4}, True),
        ({"consent": 40, "objection": 1}, False),
        ({"withdraw": 5}, False),
        ({}, False),
    ],
)
def test_proposal_is_adopted_without_objection_if_somebody_consents(
    answers: dict[str, int], adopted: bool
) -> None:
    result = round_of(**answers)
    assert result["adopted"] is adopted
    assert ("adopted" in result["flags"], "not_adopted" in result["flags"]) == (adopted, not adopted)


def test_rounds_are_all_kept_and_the_last_decides() -> None:
    first, second = round_of(consent=8, objection=1), round_of(consent=8, reservation=1)
    result = consent.with_rounds([first, second])
    assert result["adopted"] is True
    assert [(turn["round"], turn["adopted"], turn["answers"]["objection"]) for turn in result["rounds"]] == [
        (1, False, 1),
        (2, True, 0),
    ]
    assert {name: result[name] for name in second} == second
    with pytest.raises(ValueError, match="at least one round"):
        consent.with_rounds([])


@pytest.mark.parametrize("ballot", [{"blank": True}, {"abstain": True}])
def test_blank_is_refused_where_withdrawing_is_an_answer(ballot: dict[str, Any]) -> None:
    with pytest.raises(InvalidBallot, match="blank_not_offered"):
        consent.check(ballot, {}, ())


@pytest.mark.parametrize("answer", ["yes", 1, ["consent"], {}])
def test_check_of_another_answer_is_refused(answer: Any) -> None:
    with pytest.raises(InvalidBallot, match="unknown_answer"):
        consent.check({"answer": answer}, {}, ())


def test_paper_with_blank_ballots_is_refused() -> None:
    paper = {"ballots": 6, "blank": 1, "options": {"answer": {"counts": [5, 0, 0, 0]}}}
    with pytest.raises(InvalidPaper, match="blank_not_offered"):
        consent.check_paper(paper, {}, ())


def test_text_is_required_with_an_objection_only() -> None:
    assert set(consent.ANSWERS) >= consent.TEXT_OFFERED > consent.TEXT_REQUIRED == {"objection"}
