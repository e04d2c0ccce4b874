"""Every kind of ballot, as plain forms: what may be chosen, what is received, what is shown after the close."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from atelier.live.rules.activities import AnnounceClose, CloseActivity
from atelier.live.rules.annulment import AnnulVote
from atelier.live.rules.attendance import CloseEntry
from atelier.live.rules.floor import GiveTurn
from atelier.live.rules.reveal import RevealResult
from tests.factories import make_activity
from tests.web.live_ground import CODE, Evening, Phone, said

THREE = ["Un local ouvert", "Une lettre aux habitants", "Un tirage au sort"]

# kind -> options, settings, fields of the form, something the phone must say, something of the revealed result
BALLOTS: dict[str, tuple[list[str], dict[str, Any], dict[str, Any], str, str]] = {
    "dot_vote": (THREE, {"dots": 3}, {"ballot[dots][o1]": "2", "ballot[dots][o2]": "0"}, "3 gommettes à poser", "2 gommettes"),
    "choice": (THREE, {}, {"ballot[options][]": "o2"}, "Un seul choix", "En tête : « Une lettre aux habitants »"),
    "scale": (THREE[:1], {"low": 0, "high": 10}, {"ballot[values][o1]": "7"}, "10", "médiane 7"),
    "gradients": (THREE[:1], {}, {"ballot[levels][o1]": "1"}, "plutôt contre", "pour"),
    "majority_judgment": (THREE[:2], {"grades": 5}, {"ballot[grades][o1]": "4"}, "reçoit « À rejeter »", "Très bien"),
    "consent": ([], {"proposal": "Dix"}, {"ballot[answer]": "consent"}, "Je consens avec une réserve", "Proposition adoptée"),
    "check_in": ([], {"word": True}, {"ballot[weather]": "4"}, "éclaircies", "éclaircies"),
    "roti": ([], {"comment": True}, {"ballot[value]": "4"}, "gagné plus que le temps passé", "gagné plus que le temps passé"),
}  # fmt: skip


def voting(
    folder: Path, kind: str = "dot_vote", options: list[str] | None = None, **settings: Any
) -> tuple[Evening, Phone]:
    offered = THREE if options is None else options
    evening = Evening(folder, [make_activity("a1", kind, "La question", options=offered, settings=settings)])
    phone = evening.phone(name="Samira", college="A")
    evening.open("a1")
    return evening, phone


@pytest.mark.parametrize("kind", BALLOTS)
def test_each_kind_is_voted_received_and_shown_once_revealed(tmp_path: Path, kind: str) -> None:
    options, settings, fields, offered, revealed = BALLOTS[kind]
    evening, phone = voting(tmp_path, kind, options, **settings)
    assert offered in said(phone.page())
    words = said(phone.done("cast_ballot", activity="a1", slot="1", round="1", **fields))
    assert "Bulletin reçu à 20 h 04. Modifiable jusqu’à la clôture." in words
    assert "Votre bulletin est reçu." in words
    evening.act(CloseActivity("a1"))
    closed = said(phone.page())
    assert "Le vote est clos depuis 20 h 04." in closed
    assert not re.search("1 (bulletin|réponse)", closed)
    evening.act(RevealResult("a1"))
    words = said(phone.page())
    assert revealed in words
    assert re.search("1 (bulletin|réponse)", words)


@pytest.mark.parametrize(("field", "counted"), [("ballot[blank]", "blank"), ("ballot[abstain]", "abstain")])
def test_blank_and_abstaining_ballots_are_offered_and_counted_apart(
    tmp_path: Path, field: str, counted: str
) -> None:
    evening, phone = voting(tmp_path)
    assert f'name="{field}"' in phone.page()
    phone.done("cast_ballot", activity="a1", slot="1", round="1", **{field: "true"})
    evening.act(CloseActivity("a1"))
    evening.act(RevealResult("a1"))
    result = evening.state.activities["a1"].result
    assert result is not None
    assert result["counts"][counted] == 1


def test_consent_offers_no_blank_ballot_and_an_objection_is_explained(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path, "consent", [], proposal="Une règle")
    assert "Voter blanc" not in said(phone.page())
    answer = phone.act(
        "cast_ballot", activity="a1", slot="1", round="1", text="", **{"ballot[answer]": "objection"}
    )
    assert answer.status_code == 422
    assert 'value="objection" required checked' in answer.text
    assert evening.state.activities["a1"].turnout == {}
    phone.done(
        "cast_ballot", activity="a1", slot="1", round="1", text="Trop long", **{"ballot[answer]": "objection"}
    )
    assert evening.state.activities["a1"].turnout == {"p1": 1}


def test_empty_ballot_is_not_sent_and_what_was_placed_is_kept(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path)
    nothing = {f"ballot[dots][o{n}]": "0" for n in (1, 2, 3)}
    assert phone.act("cast_ballot", activity="a1", slot="1", round="1", **nothing).status_code == 422
    too_many = phone.act(
        "cast_ballot", activity="a1", slot="1", round="1", **{**nothing, "ballot[dots][o1]": "5"}
    )
    assert too_many.status_code == 422
    assert re.search(r'name="ballot\[dots\]\[o1\]" value="5"', too_many.text)
    assert evening.state.activities["a1"].turnout == {}


def test_multiple_choice_takes_several_boxes(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path, "choice", multiple=True, min=1, max=2)
    assert "De 1 à 2 choix" in said(phone.page())
    phone.done("cast_ballot", activity="a1", slot="1", round="1", **{"ballot[options][]": ["o1", "o3"]})
    assert evening.state.activities["a1"].turnout == {"p1": 1}


def test_ballot_after_the_close_says_that_it_does_not_count(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path)
    evening.act(CloseActivity("a1"))
    evening.wait(minutes=2)
    answer = phone.act("cast_ballot", activity="a1", slot="1", round="1", **{"ballot[dots][o1]": "1"})
    assert answer.status_code == 422
    assert "Le vote est clos depuis 20 h 04." in said(answer.text)


def test_table_phone_votes_slot_by_slot_each_final(tmp_path: Path) -> None:
    evening = Evening(tmp_path, [make_activity("a1", "choice", "La question", options=THREE)])
    phone = evening.phone(table="4", shared="true", people="2")
    evening.open("a1")
    assert "Bulletin 1 sur 2." in said(phone.page())
    words = said(phone.done("cast_ballot", activity="a1", slot="1", round="1", **{"ballot[options][]": "o1"}))
    assert "Bulletin 2 sur 2. Passez le téléphone à la personne suivante." in words
    page = phone.page()
    assert re.search(r'name="slot" value="2"', page)
    assert "checked" not in page.partition("data-ballot")[2].partition("</form>")[0]
    again = phone.act("cast_ballot", activity="a1", slot="1", round="1", **{"ballot[options][]": "o2"})
    assert again.status_code == 422
    words = said(phone.done("cast_ballot", activity="a1", slot="2", round="1", **{"ballot[options][]": "o2"}))
    assert "Tous les bulletins de la table sont reçus." in words
    assert "Déposer mon bulletin" not in words


def test_later_arrival_behind_a_closed_entry_reads_why_there_is_no_ballot(tmp_path: Path) -> None:
    evening, _ = voting(tmp_path)
    evening.act(CloseEntry())
    words = said(evening.phone(college="A").page())
    assert "L’entrée est fermée." in words
    assert "Déposer mon bulletin" not in words


def test_partial_result_opened_to_the_desk_is_announced_to_voters(tmp_path: Path) -> None:
    _, phone = voting(tmp_path, partial_to_desk=True)
    assert "L’animation voit le résultat partiel pendant ce vote." in said(phone.page())


def test_announced_close_and_annulled_vote_are_told(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path)
    evening.act(AnnounceClose("a1", 30))
    assert "Clôture" in said(phone.page())
    evening.act(AnnulVote("a1", "Une proposition manquait"))
    assert "Ce vote a été annulé : Une proposition manquait" in said(phone.page())


def test_words_beside_a_check_in_are_sent_apart_from_the_ballot(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path, "check_in", [], word=True)
    phone.done("cast_ballot", activity="a1", slot="1", round="1", **{"ballot[weather]": "5"})
    words = said(phone.done("submit_contribution", activity="a1", text="Curieuse"))
    assert "Curieuse" in words
    assert evening.state.contributions[1].kind == "word"


def test_turn_is_asked_for_counted_and_given(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path, "speaking", [], policy="fifo", seconds=120)
    evening.phone(college="E").done("request_turn", activity="a1")
    words = said(phone.done("request_turn", activity="a1"))
    assert "Votre place dans la liste : 2." in words
    assert "2 personnes attendent la parole." in words
    evening.act(GiveTurn("a1", None))
    assert "Vous êtes la prochaine personne à parler." in said(phone.page())
    evening.act(GiveTurn("a1", None))
    assert "Vous avez la parole." in said(phone.page())


def test_keep_link_shows_a_code_and_a_picture_that_only_this_phone_gets(tmp_path: Path) -> None:
    evening, phone = voting(tmp_path)
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", said(phone.page()))
    assert code is not None
    picture = phone.get(f"/s/{CODE}/mon-lien.svg")
    assert picture.mimetype == "image/svg+xml"
    assert b"style" not in picture.data
    assert Phone(evening).get(f"/s/{CODE}/mon-lien.svg").status_code == 404


def test_order_stays_the_projectors_unless_the_setting_varies_it(tmp_path: Path) -> None:
    _, phone = voting(tmp_path)
    assert "varied-order" not in phone.page().partition("</head>")[2]


def test_order_varied_on_phones_keeps_the_numbers_of_the_projector(tmp_path: Path) -> None:
    _, phone = voting(tmp_path, vary_order=True)
    page = phone.page().partition("</head>")[2]
    assert 'data-seed="p1"' in page
    assert "1 Proposition 1" in said(page).replace(" :", "")
