"""Random lives of a vote: cast, replace, paper, leave, arrive, close, undo, close, reveal. Counts add up, nothing leaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.errors import Refusal
from atelier.live.codec import encode
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.attendance import AdmitPerson, CloseEntry
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.voting import CastBallot
from tests.unit.rules.polling import ABSTAIN, BLANK, Station, make_station

PLACES = ("ox7f3a", "oq91c2", "oz55d8")  # option keys that no other text of the séance holds
NAMES = ("Samira", "Jean-Luc", "Odile", "Thierry", "Table 4")

ballots = st.one_of(
    st.just(BLANK),
    st.just(ABSTAIN),
    st.fixed_dictionaries({}, optional={place: st.integers(1, 2) for place in PLACES})
    .filter(lambda placed: 0 < sum(placed.values()) <= 3)
    .map(lambda placed: {"dots": placed}),
)
acts = st.one_of(
    st.tuples(st.just("vote"), st.sampled_from(NAMES), ballots, st.integers(1, 3)),
    st.tuples(st.just("paper"), st.lists(ballots, max_size=4), st.integers(0, 2)),
    st.tuples(st.just("leave"), st.sampled_from(NAMES), st.booleans()),
    st.tuples(st.just("arrive"), st.integers(0, 99)),
    st.tuples(st.just("entry"), st.booleans()),
    st.tuples(st.just("admit"), st.integers(0, 99)),
    st.tuples(st.just("late vote"), st.integers(0, 99), ballots),
    st.tuples(st.just("undo")),
)


def played(history: list[tuple[Any, ...]]) -> tuple[Station, dict[tuple[str, int], Any]]:
    """Play acts, refused or not; return the station, closed, and the ballots that ought to count."""
    station = make_station(
        4, options=tuple({"key": place, "text": place.upper()[1]} for place in PLACES), opened=False
    )
    station.play.join("Table 4", table=4, shared=True, people=3)
    station.play.open("a1")
    last: dict[tuple[str, int], Any] = {}
    for act in history:
        station.play.wait(1)
        perform(station, act, last)
    if station.play.activity("a1").phase == "open":
        station.play.close("a1")
    return station, last


def perform(station: Station, act: tuple[Any, ...], last: dict[tuple[str, int], Any]) -> None:
    play = station.play
    guests = [name for name in play.keys if name.startswith("Arrivée")]
    match act:
        case ("vote", name, ballot, slot):
            cast(station, name, ballot, slot, last)
        case ("late vote", number, ballot) if guests:
            cast(station, guests[number % len(guests)], ballot, 1, last)
        case ("paper", entered, void) if play.activity("a1").phase in {"open", "closed"}:
            station.paper({"one_by_one": entered, "void": void})
        case ("leave", name, on):
            play.try_act(MarkLeft(play.keys[name], on))
        case ("arrive", number) if f"Arrivée {number}" not in play.keys:
            play.join(f"Arrivée {number}")
        case ("entry", on):
            play.try_act(CloseEntry(on))
        case ("admit", number) if guests:
            play.try_act(AdmitPerson(play.keys[guests[number % len(guests)]]))
        case ("undo",):
            if play.activity("a1").phase == "open":
                play.close("a1")
            else:
                play.try_act(UndoClose("a1"))


def cast(station: Station, name: str, ballot: Any, slot: int, last: dict[tuple[str, int], Any]) -> None:
    """Cast a ballot, and remember what ought to stand in the box: the last one accepted for that slot."""
    decision = station.play.try_act(CastBallot("a1", ballot=ballot, slot=slot), name)
    if isinstance(decision, Refusal):
        return
    for event in decision:
        station._kept(event)
    place = (station.play.keys[name], slot)
    assert name != "Table 4" or place not in last
    last[place] = ballot


@settings(max_examples=60, deadline=None)
@given(st.lists(acts, max_size=25))
def test_any_history_of_a_vote_adds_up_leaks_nothing_and_refolds(history: list[tuple[Any, ...]]) -> None:
    station, last = played(history)
    activity = station.play.activity("a1")
    assert {(v, s): sealed.get("dots") for (_, v, s), sealed in station.box.items()} == {
        place: ballot.get("dots") for place, ballot in last.items()
    }
    assert sum(activity.turnout.values()) == len(last)
    assert_no_choice_is_held(station)
    paper = station.papers.get("a1", {"one_by_one": [], "void": 0})
    result = station.reveal()
    counts = result["counts"]
    assert counts["voters"] == len(last) + len(paper["one_by_one"]) + paper["void"]
    assert counts["voters"] == counts["valid"] + counts["blank"] + counts["abstain"] + counts["void"]
    cast_dots = [ballot.get("dots", {}) for ballot in (*last.values(), *paper["one_by_one"])]
    for entry in result["options"]:
        assert entry["dots"] == sum(placed.get(entry["key"], 0) for placed in cast_dots)
    if "indicative" not in result["flags"]:
        assert result["present"] == counts["voters"] + result["not_voting"]
    station.play.assert_refolds()


def test_more_paper_than_the_people_left_makes_the_result_indicative() -> None:
    station, _ = played([("leave", "Table 4", True), ("paper", [{"blank": True}] * 6, 0)])
    result = station.reveal()
    assert result["counts"]["voters"] > result["present"]
    assert "indicative" in result["flags"]


def assert_no_choice_is_held(station: Station) -> None:
    """No option that somebody chose stands in the journal or in state, but where the options are listed."""
    marked = any("dots" in sealed for sealed in station.box.values())
    assert any(place in repr(station.box) for place in PLACES) == marked
    _opening, *later = station.play.history
    journal = repr([encode(event, 1) for event, _ in later])
    vote = station.play.activity("a1")
    unlisted = replace(vote, options=())
    state = repr(replace(station.play.state, activities={**station.play.state.activities, "a1": unlisted}))
    assert [place for place in PLACES if place in journal + state] == []


@settings(max_examples=40, deadline=None)
@given(st.lists(ballots, min_size=4, max_size=4), st.permutations(range(4)), st.permutations(PLACES))
def test_any_vote_is_anonymous_and_neutral(
    given_ballots: list[Any], order: list[int], names: list[str]
) -> None:
    """Who casts which ballot changes nothing; renaming the options renames the result and nothing else."""
    renaming = dict(zip(PLACES, names, strict=True))
    renamed = [
        {"dots": {renaming[place]: n for place, n in ballot["dots"].items()}} if "dots" in ballot else ballot
        for ballot in given_ballots
    ]
    plain, shuffled, other = (
        by_key(votes) for votes in (given_ballots, [given_ballots[n] for n in order], renamed)
    )
    assert shuffled == plain
    assert other == {renaming[place]: entry for place, entry in plain.items()}


def by_key(votes: list[Any]) -> dict[str, tuple[int | None, bool, int, int]]:
    station, _ = played([("vote", name, ballot, 1) for name, ballot in zip(NAMES[:4], votes, strict=True)])
    return {e["key"]: (e["rank"], e["tied"], e["dots"], e["people"]) for e in station.reveal()["options"]}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.lists(acts, max_size=8), st.booleans()), min_size=1, max_size=4))
def test_any_chain_of_annulled_votes_keeps_each_and_counts_the_last(
    rounds: list[tuple[list[tuple[Any, ...]], bool]],
) -> None:
    station, last = played(rounds[0][0])
    kept = []
    for number, (history, revealed) in enumerate(rounds[1:], start=1):
        kept.append(station.reveal() if revealed else None)
        station.act(AnnulVote("a1", f"Motif {number}"))
        station.act(HoldAgain("a1"))
        station.play.open("a1")
        last = {}
        for act in history:
            perform(station, act, last)
        if station.play.activity("a1").phase == "open":
            station.play.close("a1")
    paper = station.play.activity("a1").paper
    assert station.reveal()["counts"]["voters"] == len(last) + paper
    told = [
        (entry["round"], entry["motive"], entry["result"]) for entry in station.play.activity("a1").rounds
    ]
    assert told == [(n, f"Motif {n}", result) for n, result in enumerate(kept, start=1)]
    station.play.assert_refolds()
