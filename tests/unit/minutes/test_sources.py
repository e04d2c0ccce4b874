"""What a document may cite, and how much of it may be known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from atelier.live.record import record
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import LiveState
from atelier.minutes.sources import Sources, from_json, joined, sources_of, to_json
from tests.factories import make_activity, make_play, make_sequence, make_snapshot
from tests.unit.projected import SECRET_NAME, moments


def sources(state: LiveState, public: bool = False) -> Sources:
    return sources_of(state, record(state), "DK2", public)


def board(*words: str, **more: Any) -> Any:
    play = make_play(6, **more)
    play.open("a3")
    for word in words:
        play.act(SubmitContribution("a3", word, column="minus"), "Samira")
    return play


def test_a_card_shows_its_words_its_college_its_cluster() -> None:
    play = board("On attend six mois.")
    play.act(CreateCluster("a3", "Quelles suites", "minus", (1,)))
    found = sources(play.state).get("C-1")
    assert found is not None
    assert (found.words, found.cluster, found.cluster_size, found.sign, found.status) == (
        "On attend six mois.", "Quelles suites", 1, "minus", "standing",
    )  # fmt: skip
    assert found.college == next(
        c.label for c in play.state.meeting.colleges if c.key == found.sticker["key"]
    )
    assert (found.full, found.address) == ("DK2-C-1", "/r/DK2/C-1")


def test_what_may_no_longer_be_quoted_has_no_words() -> None:
    play = board("Parole cachée", "Parole retirée", "Parole gardée")
    play.act(HideContribution(1, "attack"))
    play.act(WithdrawContribution(2), "Samira")
    found = {one.ref: (one.status, one.words) for one in sources(play.state)}
    assert found == {"C-1": ("hidden", ""), "C-2": ("withdrawn", ""), "C-3": ("standing", "Parole gardée")}


def test_a_card_reworded_or_merged_says_so() -> None:
    play = board("Ils nous font poireauter", "On attend", "On attend encore")
    play.act(RewordContribution(1, "On attend six mois"))
    play.act(MergeContributions(2, (3,), "On attend, encore"))
    found = sources(play.state)
    assert [(one.ref, one.status, one.words, one.raw, one.merged_into, one.made_of) for one in found] == [
        ("C-1", "reworded", "On attend six mois", "Ils nous font poireauter", "", ()),
        ("C-2", "reworded", "On attend, encore", "On attend", "", ("C-3",)),
        ("C-3", "merged", "On attend encore", "", "C-2", ()),
    ]


def make_talk(anonymity: str, together: int = 3) -> Any:
    """Return an evening with one open question; `together` people of college A sit at table 4, Samira among them."""
    question = make_activity("a1", "contributions", "Ce qui pèse", anonymity=anonymity)
    play = make_play(0, make_snapshot([make_sequence("s1", "Parole", 10, question)]))
    play.open("a1")
    for name in ("Samira", "Odile", "Marcel")[:together]:
        play.join(name, "A", 4)
    play.act(SubmitContribution("a1", "Je me tais en réunion", name_consent=True), "Samira")
    return play


@pytest.mark.parametrize(
    ("anonymity", "together", "shown"),
    [
        ("named", 3, ("Samira", 4, True)),
        ("named", 2, ("Samira", None, True)),
        ("college", 3, ("", None, True)),
        ("anonymous", 3, ("", None, False)),
    ],
)
def test_writers_know_what_the_room_was_told_and_the_public_no_name_and_no_table(
    anonymity: str, together: int, shown: tuple[str, int | None, bool]
) -> None:
    play = make_talk(anonymity, together)
    (writers,), (public,) = sources(play.state), sources(play.state, public=True)
    assert (writers.name, writers.table, bool(writers.college)) == shown
    assert (public.name, public.table, bool(public.college)) == ("", None, shown[2])
    assert public.words == "Je me tais en réunion"


def test_no_name_of_anybody_is_in_what_the_public_may_know() -> None:
    evening = dict(moments())["end"]
    assert SECRET_NAME in {person.name for person in evening.people.values()}
    text = json.dumps(to_json(sources(evening, public=True)), ensure_ascii=False)
    assert not any(person.name in text for person in evening.people.values() if person.name)


def test_a_vote_holds_its_figures_and_its_charts() -> None:
    found = [
        one for one in sources(dict(moments())["end"]) if one.kind == "vote" and one.status == "standing"
    ]
    assert found
    for vote in found:
        assert vote.vote is not None
        tally = vote.vote["rounds"][-1]["tally"]
        assert {tally["counts"]["voters"], tally["counts"]["valid"]} <= vote.figures


def test_a_hypothesis_keeps_the_number_of_its_card() -> None:
    play = make_play(4)
    play.open("a5")
    for statement in ("Un délai annoncé fait revenir", "Deux structures portent mieux"):
        play.act(SubmitContribution("a5", "", fields={"statement": statement}), "Samira")
    found = sources(play.state)
    assert [(one.ref, one.kind, one.words) for one in found] == [
        ("H-1", "hypothesis", "Un délai annoncé fait revenir"),
        ("H-2", "hypothesis", "Deux structures portent mieux"),
    ]
    assert found.get("C-2") == found.get("DK2-H-2") == found.get("H-2")


def test_sources_are_frozen_as_json_and_read_back() -> None:
    found = sources(dict(moments())["end"])
    assert from_json(json.loads(json.dumps(to_json(found)))) == found
    first = next(iter(found))
    assert [one.full for one in found.only([first.ref, "C-9999"])] == [first.full]


def test_sources_of_several_meetings_are_cited_in_full() -> None:
    both = joined(
        [sources(board("Un").state), sources_of(board("Deux").state, record(board("Deux").state), "DK3")]
    )
    assert both.get("C-1") is None
    assert [one.words for ref in ("DK2-C-1", "DK3-C-1") if (one := both.get(ref))] == ["Un", "Deux"]
