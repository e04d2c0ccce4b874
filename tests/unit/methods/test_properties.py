"""What every method owes to the people who vote: anonymity, neutrality, exactness, paper that counts the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.live.methods.contract import Invalid, InvalidBallot, InvalidPaper
from atelier.live.methods.fingerprint import canonical, canonical_json, digest
from tests.unit.methods.casting import CASES, OPTIONS, WITH_OPTIONS, Case, totals

every_case = pytest.mark.parametrize("case", CASES, ids=repr)
quick = settings(max_examples=6, deadline=None, database=None)

junk = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.floats() | st.sampled_from([*OPTIONS, "", "consent"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "blank", "abstain", "dots", "options", "values", "levels", "grades", "answer", "weather",
                    "value", "ballots", "void", "one_by_one", "counts", "people", "unanswered", *OPTIONS,
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)  # fmt: skip


@every_case
@quick
@given(data=st.data())
def test_tally_of_shuffled_ballots_is_the_same(case: Case, data: st.DataObject) -> None:
    ballots = data.draw(case.ballots())
    shuffled = data.draw(st.permutations(ballots))
    assert case.tally(shuffled) == case.tally(ballots)
    assert digest(case.tally(shuffled)) == digest(case.tally(ballots))
    assert canonical(shuffled) == canonical(ballots)


@pytest.mark.parametrize("case", WITH_OPTIONS, ids=repr)
@quick
@given(data=st.data())
def test_tally_of_renamed_options_is_renamed(case: Case, data: st.DataObject) -> None:
    ballots = data.draw(case.ballots())
    names = dict(zip(OPTIONS, data.draw(st.permutations(OPTIONS)), strict=True))
    renamed = case.tally([rename(ballot, names) for ballot in ballots])
    entries = {entry["key"]: entry for entry in renamed["options"]}
    original = case.tally(ballots)
    for entry in original["options"]:
        assert entries[names[entry["key"]]] == {**entry, "key": names[entry["key"]]}
    assert {**renamed, "options": None} == {**original, "options": None}


@pytest.mark.parametrize("case", WITH_OPTIONS, ids=repr)
@quick
@given(data=st.data())
def test_order_of_options_decides_nothing(case: Case, data: st.DataObject) -> None:
    ballots = data.draw(case.ballots())
    other_order = case.tally(ballots, options=data.draw(st.permutations(OPTIONS)))
    by_key = {entry["key"]: entry for entry in other_order["options"]}
    assert by_key == {entry["key"]: entry for entry in case.tally(ballots)["options"]}


@every_case
@quick
@given(data=st.data())
def test_result_is_exact_and_its_counts_add_up(case: Case, data: st.DataObject) -> None:
    ballots = data.draw(case.ballots())
    result = case.tally(ballots)
    canonical_json(result)
    counts = result["counts"]
    assert counts["voters"] == len(ballots)
    assert counts["blank"] == ballots.count({"blank": True})
    assert counts["abstain"] == ballots.count({"abstain": True})
    assert counts["valid"] == len(ballots) - counts["blank"] - counts["abstain"]
    for entry in result["options"]:
        if "counts" in entry:
            given_here = sum(entry["counts"]) + (0 if "grade" in entry else entry["unanswered"])
            assert given_here == counts["valid"]


@every_case
@quick
@given(data=st.data())
def test_ties_share_a_rank_and_the_next_is_skipped(case: Case, data: st.DataObject) -> None:
    places = [entry["rank"] for entry in case.tally(data.draw(case.ballots()))["options"]]
    ranked = [place for place in places if place is not None]
    assert ranked in ([], places)
    assert ranked == [1 + sum(other < place for other in ranked) for place in ranked]


@every_case
@quick
@given(data=st.data())
def test_paper_totals_count_as_the_same_ballots_one_by_one(case: Case, data: st.DataObject) -> None:
    phones = data.draw(case.ballots(most=6))
    paper = [case.check(ballot) for ballot in data.draw(case.ballots(least=5, most=9))]
    void = data.draw(st.integers(0, 2))
    as_totals = case.check_paper(totals(case, paper, void))
    as_ballots = case.check_paper({"one_by_one": paper, "void": void})
    assert case.tally(phones, as_totals) == case.tally(phones, as_ballots)
    assert case.tally(phones, as_totals)["counts"]["paper"] == len(paper) + void


@every_case
@quick
@given(data=st.data())
def test_paper_ballots_one_by_one_count_as_phone_ballots(case: Case, data: st.DataObject) -> None:
    ballots = data.draw(case.ballots())
    cut = data.draw(st.integers(0, len(ballots)))
    paper = case.check_paper({"one_by_one": ballots[cut:]})
    mixed, phones = case.tally(ballots[:cut], paper), case.tally(ballots)
    assert mixed["counts"] == {**phones["counts"], "paper": len(ballots) - cut}
    assert {**mixed, "counts": None} == {**phones, "counts": None}


@every_case
@quick
@given(data=st.data())
def test_check_of_a_checked_ballot_changes_nothing(case: Case, data: st.DataObject) -> None:
    for ballot in data.draw(case.ballots()):
        checked = case.check(ballot)
        assert case.check(checked) == checked
        assert case.tally([checked]) == case.tally([ballot])


@settings(max_examples=60, deadline=None, database=None)
@given(sent=junk)
def test_check_of_anything_gives_a_ballot_or_a_typed_refusal(sent: Any) -> None:
    for case in CASES:
        ballot, code = attempt(case.check, sent, InvalidBallot)
        if code is None:
            assert case.tally([ballot])["counts"]["voters"] == 1
        else:
            assert code in (InvalidBallot.__doc__ or "")


@settings(max_examples=60, deadline=None, database=None)
@given(sent=junk)
def test_check_paper_of_anything_gives_paper_or_a_typed_refusal(sent: Any) -> None:
    for case in CASES:
        paper, code = attempt(case.check_paper, sent, InvalidPaper)
        if code is None:
            assert case.tally([], paper)["counts"]["valid"] >= 0
        else:
            assert code in (InvalidPaper.__doc__ or "")


@every_case
def test_tally_without_a_ballot_ranks_nothing(case: Case) -> None:
    result = case.tally([])
    assert "no_valid_ballot" in result["flags"]
    assert {entry["rank"] for entry in result["options"]} == {None}
    assert result["counts"] == {"voters": 0, "valid": 0, "blank": 0, "abstain": 0, "void": 0, "paper": 0}


@every_case
def test_check_drops_what_is_not_the_choice(case: Case) -> None:
    ballot = case.check(choice_of(case))
    assert case.check({**ballot, "token": "secret", "at": 12}) == ballot


@every_case
def test_blank_beside_a_choice_is_refused(case: Case) -> None:
    with pytest.raises(InvalidBallot) as refused:
        case.check({**choice_of(case), "blank": True})
    assert refused.value.code == "ambiguous_ballot"


def attempt(check: Any, sent: Any, refusal: type[Invalid]) -> tuple[Any, str | None]:
    try:
        return check(sent), None
    except refusal as refused:
        return None, refused.code


def choice_of(case: Case) -> dict[str, Any]:
    contents: dict[str, Any] = {
        "dot_vote": {"dots": {"o2": 1}}, "approval": {"dots": {"o2": 1}},
        "single_choice": {"options": ["o2"]}, "multiple_choice": {"options": ["o2"]},
        "scale_of_10": {"values": {"o2": 3}}, "scale_of_5": {"values": {"o2": 3}},
        "gradients": {"levels": {"o2": 3}}, "kaner": {"levels": {"o2": 3}},
        "five_grades": {"grades": {"o2": 3}}, "seven_grades": {"grades": {"o2": 3}},
        "consent": {"answer": "consent"}, "check_in": {"weather": 3}, "roti": {"value": 3},
    }  # fmt: skip
    return dict(contents[case.name])


def rename(ballot: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    if "options" in ballot:
        return {"options": [names[key] for key in ballot["options"]]}
    return {
        field: {names[key]: mark for key, mark in content.items()} if isinstance(content, dict) else content
        for field, content in ballot.items()
    }
