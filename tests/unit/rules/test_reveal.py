from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from atelier.errors import Refusal
from atelier.live.methods.fingerprint import digest
from atelier.live.rules.agenda_key import TakeAgenda
from atelier.live.rules.annulment import AnnulVote
from atelier.live.rules.attendance import CorrectAttendance
from atelier.live.rules.results import tally_in
from atelier.live.rules.reveal import RevealResult, partial_tally
from atelier.live.rules.undo_close import UndoClose
from tests.factories import BRUNO, NADIA
from tests.unit.rules.polling import ABSTAIN, BLANK, Station, dots, make_station


def station_with_two_ballots(**more: object) -> Station:
    station = make_station(5, **more)  # type: ignore[arg-type]
    station.vote("Samira", dots(o1=2, o3=1))
    station.vote("Odile", dots(o3=1))
    return station


def test_reveal_result_counts_the_box_and_prints_the_numbers_of_the_room() -> None:
    station = station_with_two_ballots()
    station.vote("Jean-Luc", BLANK)
    station.vote("Thierry", ABSTAIN)
    result = station.close_and_reveal()
    assert result["counts"] == {"voters": 4, "valid": 2, "blank": 1, "abstain": 1, "void": 0, "paper": 0}
    assert [(e["key"], e["rank"], e["tied"], e["dots"], e["people"]) for e in result["options"]] == [
        ("o1", 1, True, 2, 1),
        ("o3", 1, True, 2, 2),
        ("o2", 3, False, 0, 0),
    ]
    room = {name: result[name] for name in ("present", "electorate", "not_voting", "shared", "one_per_phone")}
    assert room == {"present": 5, "electorate": 5, "not_voting": 1, "shared": 0, "one_per_phone": True}
    station.play.assert_refolds()


def test_reveal_result_with_vote_cards_is_not_one_ballot_per_phone() -> None:
    assert make_station(1, meeting={"vote_cards": True}).close_and_reveal()["one_per_phone"] is False


def test_reveal_result_before_the_close_is_refused() -> None:
    station = make_station(2, opened=False)
    assert station.refused(RevealResult("a1")) == Refusal("vote_not_closed")
    station.play.open("a1")
    assert station.refused(RevealResult("a1")) == Refusal("vote_not_closed")
    assert station.refused(RevealResult("a9")) == Refusal("unknown_activity")
    assert station.refused(RevealResult("a2")) == Refusal("not_a_vote")


def test_reveal_result_twice_changes_nothing() -> None:
    station = station_with_two_ballots()
    station.close_and_reveal()
    assert station.act(RevealResult("a1")) == ()


def test_reveal_result_of_an_annulled_vote_is_refused() -> None:
    station = station_with_two_ballots()
    station.play.close("a1")
    station.act(AnnulVote("a1", "Une option manquait"))
    assert station.refused(RevealResult("a1")) == Refusal("vote_annulled")


def test_reveal_result_by_who_does_not_hold_the_agenda_is_refused_until_they_take_it() -> None:
    station = station_with_two_ballots()
    station.play.close("a1")
    assert station.refused(station.reveal_command(), BRUNO) == Refusal("agenda_held", {"by": "Nadia"})
    station.act(TakeAgenda(), BRUNO)
    assert station.reveal(by=BRUNO)["record"]["operators"] == ("Nadia", "Bruno")


def test_reveal_result_with_a_seal_missing_is_refused() -> None:
    station = station_with_two_ballots()
    station.play.close("a1")
    whole = station.reveal_command()
    short = replace(whole, ballots=whole.ballots[:1])
    doubled = replace(whole, ballots=(*whole.ballots, whole.ballots[0]))
    assert station.refused(short) == Refusal("ballots_missing", {"expected": 2, "found": 1})
    assert station.refused(doubled) == Refusal("ballots_missing", {"expected": 2, "found": 3})
    station.act(whole)


def test_reveal_result_without_the_paper_that_was_entered_is_refused() -> None:
    station = station_with_two_ballots()
    station.paper({"one_by_one": [dots(o2=1)], "void": 0})
    station.play.close("a1")
    refusal = station.refused(replace(station.reveal_command(), papers=None))
    assert refusal == Refusal("ballots_missing", {"expected": 3, "found": 2})


def test_reveal_result_records_hours_operators_and_the_hours_of_an_undone_close() -> None:
    station = station_with_two_ballots()
    station.play.wait(60).close("a1")
    station.play.wait(60)
    station.act(UndoClose("a1"))
    station.play.wait(60).close("a1")
    station.play.wait(60)
    assert station.reveal()["record"] == {
        "round": 1,
        "opened_at": "2015-10-13T17:00:00+00:00",
        "closed_at": "2015-10-13T17:03:00+00:00",
        "revealed_at": "2015-10-13T17:04:00+00:00",
        "reopened": (("2015-10-13T17:01:00+00:00", "2015-10-13T17:02:00+00:00"),),
        "operators": ("Nadia",),
        "partial_to_desk": False,
        "sha256": digest(tally_in(station.play.activity("a1").result or {})),
    }


def test_reveal_result_keeps_the_pile_without_voters_nor_order() -> None:
    piles = []
    for names in itertools.permutations(("Samira", "Odile", "Yann")):
        station = make_station(8)
        for name, ballot in zip(names, (dots(o1=2), BLANK, dots(o1=1)), strict=True):
            station.vote(name, ballot)
        station.play.close("a1")
        (revealed,) = station.act(station.reveal_command())
        piles.append((revealed.canonical, revealed.result["options"], revealed.result["counts"]))
    assert piles[0][0] == (BLANK, dots(o1=1), dots(o1=2))
    assert all(pile == piles[0] for pile in piles)


def test_reveal_result_keeps_no_ballot_in_state() -> None:
    station = station_with_two_ballots()
    station.close_and_reveal()
    assert "canonical" not in repr(station.play.state)
    assert str({"o1": 2, "o3": 1}) not in repr(station.play.state)


def test_reveal_result_says_when_there_are_more_ballots_than_people() -> None:
    station = make_station(3)
    station.vote("Samira", dots(o1=1))
    station.paper({"ballots": 6, "blank": 6, "abstain": 0, "void": 0, "options": {}})
    result = station.close_and_reveal()
    assert (result["present"], result["electorate"], result["counts"]["voters"]) == (3, 3, 7)
    assert "indicative" in result["flags"]


def test_reveal_result_prints_the_number_of_people_that_the_desk_corrected_after_the_close() -> None:
    station = station_with_two_ballots()
    station.play.close("a1")
    station.act(CorrectAttendance(7))
    result = station.reveal()
    assert (result["present"], result["not_voting"]) == (7, 5)


@pytest.mark.parametrize(("quorum", "reached"), [(40, True), (41, False)])
def test_reveal_result_compares_the_voters_with_the_quorum(quorum: int, reached: bool) -> None:
    result = station_with_two_ballots(settings={"quorum": quorum}).close_and_reveal()
    assert result["quorum"]["reached"] is reached
    assert ("quorum_not_reached" in result["flags"]) is not reached


# ------------------------------------------------------------ by college (D-6)


def station_of_two_colleges(**more: object) -> Station:
    """Ten elected officials and ten residents; five of each choose the first option, the others the second."""
    station = make_station(0, "choice", settings={"by_college": True}, opened=False, **more)  # type: ignore[arg-type]
    for n in range(20):
        station.play.join(f"Personne {n}", "EA"[n % 2])
    station.play.open("a1")
    return station


def test_reveal_result_by_college_when_every_cell_is_large_enough() -> None:
    station = station_of_two_colleges()
    for n in range(20):
        station.vote(f"Personne {n}", {"options": ["o1" if n < 10 else "o2"]})
    shown = station.close_and_reveal()["by_college"]
    people = {key: {entry["key"]: entry["people"] for entry in of["options"]} for key, of in shown.items()}
    assert people == {"A": {"o1": 5, "o2": 5, "o3": 0}, "E": {"o1": 5, "o2": 5, "o3": 0}}


def test_reveal_result_by_college_is_withheld_for_one_small_cell_one_absence_or_one_paper_ballot() -> None:
    votes = [{"options": ["o1" if n < 10 else "o2"]} for n in range(20)]
    small = station_of_two_colleges()
    absent = station_of_two_colleges()
    paper = station_of_two_colleges()
    masked = station_of_two_colleges(anonymity="anonymous")
    for n, ballot in enumerate(votes):
        small.vote(f"Personne {n}", {"options": ["o3"]} if n == 0 else ballot)
        paper.vote(f"Personne {n}", ballot)
        masked.vote(masked.play.masked(f"Personne {n}", "a1"), ballot)
        if n:
            absent.vote(f"Personne {n}", ballot)
    paper.paper({"one_by_one": [BLANK], "void": 0})
    for station in (small, absent, paper, masked):
        assert station.close_and_reveal()["by_college"] is None


def test_reveal_result_by_college_only_where_it_is_set() -> None:
    station = make_station(0, "choice", opened=False)
    for n in range(20):
        station.play.join(f"Personne {n}", "EA"[n % 2])
    station.play.open("a1")
    for n in range(20):
        station.vote(f"Personne {n}", {"options": ["o1" if n < 10 else "o2"]})
    assert station.close_and_reveal()["by_college"] is None


# ------------------------------------------------------------ partial results for the desk (D-1)


def test_partial_tally_is_none_unless_the_setting_announces_it() -> None:
    station = station_with_two_ballots()
    command = station.reveal_command()
    assert partial_tally(station.play.state, "a1", command.ballots) is None


def test_partial_tally_counts_what_is_in_the_box_until_the_reveal() -> None:
    station = station_with_two_ballots(settings={"partial_to_desk": True, "by_college": True})
    command = station.reveal_command()
    running = partial_tally(station.play.state, "a1", command.ballots)
    assert running is not None
    assert (running["counts"]["voters"], running["not_voting"], running["by_college"]) == (2, 3, None)
    assert station.play.activity("a1").result is None
    result = station.close_and_reveal()
    assert result["record"]["partial_to_desk"] is True
    assert {**tally_in(result)} == running
    assert partial_tally(station.play.state, "a1", command.ballots) is None


def test_undo_close_is_refused_where_partial_results_were_shown() -> None:
    station = station_with_two_ballots(settings={"partial_to_desk": True})
    station.play.close("a1")
    assert station.refused(UndoClose("a1"), NADIA) == Refusal("partial_results_seen")
