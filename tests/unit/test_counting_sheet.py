from __future__ import annotations

import json

import pytest

from atelier.live.counting_sheet import counting_sheet
from atelier.live.methods.fingerprint import digest
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.consent_rounds import NextRound
from atelier.live.rules.drawing_lots import DrawLots
from atelier.live.rules.undo_close import UndoClose
from tests.unit.rules.polling import BLANK, FEARS, Station, dots, make_station

MOTIVE = "La troisième option manquait sur les feuilles"


def full_station() -> Station:
    """A vote annulled once, then held with paper, an undone close, a tie and a draw."""
    station = make_station(5)
    station.vote("Samira", dots(o1=1))
    station.play.wait(60).close("a1")
    station.reveal()
    station.act(AnnulVote("a1", MOTIVE))
    station.act(HoldAgain("a1"))
    station.play.wait(540).open("a1")
    station.vote("Samira", dots(o1=2, o3=1))
    station.vote("Odile", dots(o3=1))
    station.vote("Thierry", BLANK)
    station.paper({"one_by_one": [dots(o2=1)], "void": 1})
    station.play.wait(60).close("a1")
    station.play.wait(30)
    station.act(UndoClose("a1"))
    station.play.wait(30).close("a1")
    station.play.wait(60)
    station.reveal()
    station.act(DrawLots("a1", seed="4 2 6"))
    return station


def test_counting_sheet_holds_everything_that_is_printed() -> None:
    station = full_station()
    sheet = counting_sheet(station.play.state, "a1")
    assert (sheet["reference"], sheet["number"], sheet["round"]) == ("CHA1", "V-1", 2)
    assert sheet["question"] == "Que faut-il comprendre d'abord ?"
    assert sheet["rule"] == {"code": "dot_vote", "params": {"dots": 3, "per_option": 2}}
    assert sheet["options"] == [{"key": f"o{n}", "text": text} for n, text in enumerate(FEARS, 1)]
    hours = {name: sheet[name] for name in ("opened_at", "closed_at", "reopened", "revealed_at")}
    assert hours == {
        "opened_at": "2015-10-13T17:10:00+00:00",
        "closed_at": "2015-10-13T17:12:00+00:00",
        "reopened": [["2015-10-13T17:11:00+00:00", "2015-10-13T17:11:30+00:00"]],
        "revealed_at": "2015-10-13T17:13:00+00:00",
    }
    assert sheet["operators"] == ["Nadia"]
    assert sheet["counts"] == {"voters": 5, "valid": 3, "blank": 1, "abstain": 0, "void": 1, "paper": 2}
    assert (sheet["ballots"], sheet["paper"], sheet["present"], sheet["not_voting"]) == (5, 2, 5, 0)
    assert sheet["ties"] == [["o1", "o3"]]
    assert [(draw["seed"], draw["keys"]) for draw in sheet["draws"]] == [("4 2 6", ["o1", "o3"])]


def test_counting_sheet_keeps_the_annulled_vote_with_its_motive_and_its_own_tally() -> None:
    station = full_station()
    (annulled,) = counting_sheet(station.play.state, "a1")["earlier"]
    told = ("round", "annulled", "motive", "annulled_by", "annulled_at", "closed_at")
    assert {name: annulled[name] for name in told} == {
        "round": 1,
        "annulled": True,
        "motive": MOTIVE,
        "annulled_by": "Nadia",
        "annulled_at": "2015-10-13T17:01:00+00:00",
        "closed_at": "2015-10-13T17:01:00+00:00",
    }
    entries = annulled["tally"]["options"]
    assert (entries[0]["key"], entries[0]["dots"]) == ("o1", 1)


def test_counting_sheet_prints_the_sha_256_of_the_tally_it_prints() -> None:
    station = full_station()
    sheet = counting_sheet(station.play.state, "a1")
    result = station.play.activity("a1").result or {}
    assert sheet["sha256"] == digest(sheet["tally"]) == result["record"]["sha256"]
    assert sheet["earlier"][0]["sha256"] == digest(sheet["earlier"][0]["tally"]) != sheet["sha256"]


def test_counting_sheet_is_plain_json() -> None:
    sheet = counting_sheet(full_station().play.state, "a1")
    assert json.loads(json.dumps(sheet)) == sheet


def test_counting_sheet_lists_the_acts_of_the_desk() -> None:
    acts = counting_sheet(full_station().play.state, "a1")["acts"]
    assert [act["act"] for act in acts] == [
        "close_activity",
        "reveal_result",
        "annul_vote",
        "hold_again",
        "enter_paper",
        "close_activity",
        "undo_close",
        "close_activity",
        "reveal_result",
        "draw_lots",
    ]
    assert {act["by"] for act in acts} == {"Nadia"}


def test_counting_sheet_before_the_reveal_holds_a_number_of_ballots_only() -> None:
    station = make_station(5)
    station.vote("Samira", dots(o1=2, o3=1))
    station.paper({"one_by_one": [dots(o2=1)], "void": 0})
    station.play.close("a1")
    sheet = counting_sheet(station.play.state, "a1")
    assert (sheet["ballots"], sheet["phase"]) == (2, "closed")
    empty = ("counts", "paper", "tally", "sha256", "by_college", "quorum", "shared", "not_voting")
    assert {name: sheet[name] for name in empty} == dict.fromkeys(empty)
    assert (sheet["ties"], sheet["draws"], sheet["flags"]) == ([], [], [])


def test_counting_sheet_of_a_consent_keeps_its_rounds_and_the_numbers_of_its_objections() -> None:
    station = make_station(2, "consent", options=(), settings={"proposal": "Le samedi matin"})
    station.vote("Samira", {"answer": "objection"}, text="Les commerçants travaillent")
    station.close_and_reveal()
    station.act(NextRound("a1", "Le jour choisi par les présents"))
    sheet = counting_sheet(station.play.state, "a1")
    assert (sheet["proposal"], sheet["phase"], sheet["tally"]) == (
        "Le jour choisi par les présents",
        "planned",
        None,
    )
    (first,) = sheet["earlier"]
    assert (first["proposal"], first["annulled"], first["texts"]) == (
        "Le samedi matin",
        False,
        {"objection": [1]},
    )


@pytest.mark.parametrize(
    ("kind", "settings", "rule"),
    [
        ("choice", {}, {"code": "choice_single", "params": {"min": 1, "max": 1}}),
        ("choice", {"multiple": True, "max": 2}, {"code": "choice_multiple", "params": {"min": 1, "max": 2}}),
        ("scale", {"low": 1, "high": 5}, {"code": "scale", "params": {"low": 1, "high": 5}}),
        ("gradients", {}, {"code": "gradients", "params": {"steps": 5}}),
        (
            "majority_judgment",
            {"grades": 5},
            {
                "code": "majority_judgment",
                "params": {"grades": ["to_reject", "insufficient", "passable", "good", "very_good"]},
            },
        ),
        ("roti", {}, {"code": "roti", "params": {}}),
    ],
)
def test_counting_sheet_names_the_rule_and_the_numbers_its_sentences_need(
    kind: str, settings: dict[str, object], rule: dict[str, object]
) -> None:
    assert counting_sheet(make_station(1, kind, settings=settings).play.state, "a1")["rule"] == rule


def test_counting_sheet_of_what_is_no_vote_is_an_error() -> None:
    state = make_station(1).play.state
    with pytest.raises(ValueError, match="a2 is not a vote"):
        counting_sheet(state, "a2")
    with pytest.raises(KeyError):
        counting_sheet(state, "a9")
