from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.codec import encode
from atelier.live.rules.annulment import AnnulVote
from atelier.live.rules.paper import EnterPaper
from tests.factories import HELPER
from tests.unit.rules.polling import BLANK, dots, make_station

SIX = {
    "ballots": 6,
    "blank": 1,
    "abstain": 0,
    "void": 1,
    "options": {
        "o1": {"dots": 6, "people": 3},
        "o2": {"dots": 2, "people": 2},
        "o3": {"dots": 0, "people": 0},
    },
}


def test_enter_paper_is_added_to_the_phones_at_the_reveal() -> None:
    station = make_station(3)
    station.vote("Samira", dots(o1=2))
    event = station.paper(SIX, by=HELPER)
    assert (event.ballots, event.by) == (6, "aide, table du fond")
    result = station.close_and_reveal()
    assert result["counts"] == {"voters": 7, "valid": 5, "blank": 1, "abstain": 0, "void": 1, "paper": 6}
    assert {entry["key"]: (entry["dots"], entry["people"]) for entry in result["options"]} == {
        "o1": (8, 4),
        "o2": (2, 2),
        "o3": (0, 0),
    }
    station.play.assert_refolds()


def test_enter_paper_after_the_close_is_counted_too() -> None:
    station = make_station(3)
    station.play.close("a1")
    station.paper(SIX)
    assert station.reveal()["counts"]["paper"] == 6


def test_enter_paper_again_replaces_what_was_entered() -> None:
    station = make_station(3)
    station.paper(SIX)
    station.paper({"one_by_one": [dots(o3=1), BLANK], "void": 0})
    assert station.play.activity("a1").paper == 2
    assert station.close_and_reveal()["counts"]["paper"] == 2


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        ({**SIX, "ballots": 4}, Refusal("one_by_one_required", {"ballots": 4, "minimum": 5})),
        (
            {**SIX, "options": {"o1": {"dots": 6, "people": 5}}},
            Refusal("people_over_ballots", {"option": "o1", "people": 5, "ballots": 4}),
        ),
        (
            {**SIX, "options": {"o1": {"dots": 7, "people": 3}}},
            Refusal("dots_over_people", {"option": "o1", "dots": 7, "people": 3, "per_option": 2}),
        ),
        (
            {**SIX, "options": {key: {"dots": 5, "people": 4} for key in ("o1", "o2", "o3")}},
            Refusal("sum_over_allowed", {"total": 15, "allowed": 12}),
        ),
        ({"one_by_one": [dots(o7=1)]}, Refusal("invalid_ballot", {"number": 1, "reason": "unknown_option"})),
        ([], Refusal("not_a_paper")),
    ],
)
def test_enter_paper_that_no_box_can_give_is_refused(paper: object, refusal: Refusal) -> None:
    assert make_station(3).refused(EnterPaper("a1", paper)) == refusal  # type: ignore[arg-type]


def test_enter_paper_of_grades_checks_that_rows_sum_to_the_ballots() -> None:
    station = make_station(3, "majority_judgment", settings={"grades": 5})
    row = {"counts": [1, 1, 1, 1, 1], "unanswered": 0}
    short = {"counts": [1, 1, 1, 1, 0], "unanswered": 0}
    paper = {"ballots": 5, "blank": 0, "abstain": 0, "void": 0}
    refusal = station.refused(EnterPaper("a1", {**paper, "options": {"o1": row, "o2": row, "o3": short}}))
    assert refusal == Refusal("row_sum", {"option": "o3", "total": 4, "ballots": 5})
    station.paper({**paper, "options": {"o1": row, "o2": row, "o3": row}})


def test_enter_paper_above_the_people_without_phone_warns_and_is_kept() -> None:
    station = make_station(3)
    assert station.play.state.without_phone == 0
    assert station.paper(SIX).warnings == ("more_paper_than_people_without_phone",)
    entry = station.play.state.log[-1]
    assert (entry.act, entry.params["ballots"], entry.params["warnings"]) == (
        "enter_paper",
        6,
        ("more_paper_than_people_without_phone",),
    )


def test_enter_paper_once_revealed_annulled_or_before_the_opening_is_refused() -> None:
    station = make_station(3, opened=False)
    assert station.refused(EnterPaper("a1", SIX)) == Refusal("activity_not_open")
    assert station.refused(EnterPaper("a2", SIX)) == Refusal("not_a_vote")
    assert station.refused(EnterPaper("a9", SIX)) == Refusal("unknown_activity")
    station.play.open("a1")
    station.close_and_reveal()
    assert station.refused(EnterPaper("a1", SIX)) == Refusal("already_revealed", {"at": station.play.now})
    station.act(AnnulVote("a1", "Bulletins oubliés"))
    assert station.refused(EnterPaper("a1", SIX)) == Refusal("vote_annulled")


def test_enter_paper_writes_a_number_and_nothing_of_the_subtotals() -> None:
    station = make_station(3)
    event = station.paper({"one_by_one": [dots(o3=1)], "void": 0})
    journal, words = encode(event, 1)
    assert event.paper == {"one_by_one": [dots(o3=1)], "void": 0}
    assert journal == {
        "activity": "a1",
        "round": 1,
        "ballots": 1,
        "by": "Nadia",
        "warnings": ["more_paper_than_people_without_phone"],
    }
    assert words == []


def test_enter_paper_totals_cannot_be_found_by_subtraction_after_the_reveal() -> None:
    """The journal keeps the pile of phone ballots: with it, paper totals would be the result less the pile (D-5)."""
    station = make_station(3)
    station.vote("Samira", dots(o1=2))
    station.paper(SIX)
    station.play.close("a1")
    (revealed,) = station.act(station.reveal_command())
    assert revealed.canonical == ()
    assert revealed.result["counts"]["paper"] == 6


def test_enter_paper_one_by_one_is_mixed_with_the_phones_in_the_pile() -> None:
    station = make_station(3)
    station.vote("Samira", dots(o1=2))
    station.paper({"one_by_one": [dots(o1=1), BLANK], "void": 1})
    station.play.close("a1")
    (revealed,) = station.act(station.reveal_command())
    assert revealed.canonical == (BLANK, dots(o1=1), dots(o1=2))
