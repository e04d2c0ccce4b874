"""What a phone knows of its own person, and only of them; and when it has to be told again."""

from __future__ import annotations

import json
from typing import Any

from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import CloseEntry
from atelier.live.rules.card_marks import SupportContribution
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, ProjectContribution
from atelier.live.rules.personal_time import AskTime
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.speaking import RequestTurn
from atelier.live.rules.tables import AskHelp
from atelier.live.rules.voting import CastBallot
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.views_of_state.person import person_view, persons
from tests.factories import Play, make_activity, make_play, make_sequence

BOARD = {
    "columns": [
        {"key": "plus", "label": "Forces", "sign": "plus"},
        {"key": "minus", "label": "Faiblesses", "sign": "minus"},
    ]
}


def evening(kind: str = "contributions", **more: Any) -> Play:
    play = make_play(sequences=[make_sequence("s1", "Moment 1", 10, make_activity("a1", kind, "Q1", **more))])
    play.join("Samira", "A", 3)
    play.join("Odile", "A", 3)
    play.act(GoTo("s1", "a1"))
    play.act(OpenActivity("a1"))
    return play


def me(play: Play, name: str = "Samira", **own_ids: str) -> dict[str, Any]:
    payload = person_view(play.state, play.keys[name], own_ids)
    json.dumps(payload)  # it goes on the wire as it is
    return payload


def write(play: Play, text: str, by: str = "Samira", **more: Any) -> None:
    play.act(SubmitContribution("a1", text, **more), by=by)


def test_payload_holds_my_cards_latest_first_and_nobody_elses() -> None:
    play = evening()
    write(play, "la première")
    write(play, "la seconde")
    write(play, "celle d'Odile", by="Odile")
    payload = me(play)
    assert [card["text"] for card in payload["cards"]] == ["la seconde", "la première"]
    assert payload["own"] == [1, 2]
    assert "Odile" not in repr(payload)


def test_each_receipt_says_what_became_of_the_card() -> None:
    play = evening("board", settings=BOARD)
    for text in ("reçue", "à l'écran", "rangée", "masquée", "réunie", "reformulée", "retirée"):
        write(play, text, column="plus")
    write(play, "autre", by="Odile", column="plus")
    play.act(ProjectContribution(2))
    play.act(CreateCluster("a1", "Les enfants", "plus", (3,)))
    play.act(HideContribution(4, "attack"))
    play.act(MergeContributions(8, (5,), "les deux ensemble"))
    play.act(RewordContribution(6, "mieux dite"))
    play.act(WithdrawContribution(7), by="Samira")
    cards = {card["id"]: card for card in me(play)["cards"]}
    assert {number: card["state"] for number, card in cards.items()} == {
        1: "received", 2: "on_screen", 3: "placed", 4: "hidden", 5: "merged", 6: "received", 7: "withdrawn",
    }  # fmt: skip
    assert cards[3]["title"] == "Les enfants"
    assert cards[4]["motive"] == "attack"
    assert cards[5]["shown"] == "les deux ensemble"
    assert (cards[6]["reworded"], cards[6]["shown"]) == (True, "mieux dite")
    assert (cards[7]["text"], cards[7]["can_edit"], cards[7]["can_withdraw"]) == ("", False, False)
    assert cards[1]["sign"] == "plus"


def test_card_may_be_edited_until_the_close_and_withdrawn_after() -> None:
    play = evening()
    write(play, "une idée")
    assert me(play)["cards"][0]["can_edit"] is True
    play.act(CloseActivity("a1"))
    assert (me(play)["cards"][0]["can_edit"], me(play)["cards"][0]["can_withdraw"]) == (False, True)


def test_anonymous_cards_come_back_to_who_can_prove_them_only() -> None:
    play = evening(anonymity="anonymous")
    masked = play.masked("Samira", "a1")
    play.act(SubmitContribution("a1", "sans nom"), by=masked)
    assert me(play, a1=masked.id)["cards"][0]["text"] == "sans nom"
    assert me(play, a1=masked.id)["cards"][0]["at"] is None
    assert me(play)["cards"] == []
    assert me(play, "Odile")["cards"] == []


def test_box_of_one_person_stays_open_and_that_of_a_table_counts_its_slots() -> None:
    play = evening("dot_vote", options=["un", "deux"])
    play.join("La table", "A", 3, shared=True, people=2)
    play.act(CastBallot("a1", 1, {"dots": {"o1": 1}}), by="Samira")
    play.act(CastBallot("a1", 1, {"dots": {"o1": 1}}), by="La table")
    assert me(play)["box"]["a1"]["slot"] == 1
    assert me(play)["box"]["a1"]["voted"] is True
    table = me(play, "La table")["box"]["a1"]
    assert (table["slot"], table["received"], table["people"], table["full"]) == (2, "1", 2, False)
    play.act(CastBallot("a1", 2, {"blank": True}), by="La table")
    assert me(play, "La table")["box"]["a1"]["full"] is True
    assert "dots" not in repr(me(play))


def test_box_says_why_a_later_arrival_may_not_vote() -> None:
    play = evening("dot_vote", options=["un", "deux"])
    play.act(CloseEntry())
    play.join("Yann", "A", 3)
    assert me(play, "Yann")["box"]["a1"]["refused"] == "entry_closed"
    assert me(play)["box"]["a1"]["refused"] == ""


def test_turn_gives_my_place_and_nobody_elses() -> None:
    play = evening("speaking", settings={"policy": "fifo"})
    play.act(RequestTurn("a1"), by="Odile")
    play.act(RequestTurn("a1"), by="Samira")
    assert me(play)["turn"]["a1"] == {"state": "waiting", "position": 2, "first": False}
    assert me(play, "Odile")["turn"]["a1"]["first"] is True


def test_time_of_my_own_comes_with_the_close() -> None:
    play = evening()
    play.act(AskTime(), by="Samira")
    assert me(play)["wants_time"] is True
    play.act(CloseActivity("a1"))
    assert set(me(play)["time_extra"]) == {"a1"}
    assert me(play, "Odile")["time_extra"] == {}


def test_signature_changes_when_and_only_when_the_payload_does() -> None:
    play = evening("questions", settings={"upvotes": True})
    write(play, "la mienne")
    write(play, "celle d'Odile", by="Odile")
    acts: list[tuple[Any, Any]] = [
        (SupportContribution(2), "Samira"),
        (AskHelp(), "Samira"),
        (SubmitContribution("a1", "encore d'Odile"), "Odile"),
        (AskHelp(), "Odile"),
        (CreateCluster("a1", "Un titre", "", (1,)), "desk"),
        (HideContribution(1, "off_topic"), "desk"),
        (CloseActivity("a1"), "desk"),
    ]
    for command, by in acts:
        key = play.keys["Samira"]
        before = (persons(play.state).signature(key, {}), me(play))
        play.act(command, by=by)
        after = (persons(play.state).signature(key, {}), me(play))
        if before[1] != after[1]:
            assert before[0] != after[0], command
        if by == "Odile":
            assert before[0] == after[0], command


def test_signature_of_one_person_does_not_change_with_anothers_ballot() -> None:
    play = evening("dot_vote", options=["un", "deux"])
    samira, odile = (persons(play.state).signature(play.keys[name], {}) for name in ("Samira", "Odile"))
    play.act(CastBallot("a1", 1, {"dots": {"o1": 1}}), by="Odile")
    assert persons(play.state).signature(play.keys["Samira"], {}) == samira
    assert persons(play.state).signature(play.keys["Odile"], {}) != odile
