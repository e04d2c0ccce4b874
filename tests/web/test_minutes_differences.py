"""« La séance a changé »: what was drafted before is compared with the séance now; nothing is replaced without being asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from atelier.live.rules.closing import CloseSession, ReopenSession
from atelier.live.rules.clusters import CreateCluster, DissolveCluster
from atelier.live.rules.moderation import HideContribution
from atelier.minutes.follower import Drafter
from atelier.minutes.room import Room
from tests.web.exported import desk_of, small_evening
from tests.web.live_ground import Evening, said

ADDRESS = "/comptes-rendus/CHA1"
KEY = re.compile(r'name="key" value="([^"]+)"')


class Written:
    """The small evening, drafted at its close, in which somebody has written a sentence."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.evening: Evening
        self.evening, self.phones = small_evening(folder, database_url=database_url)
        self.desk: FlaskClient = desk_of(self.evening)
        self.drafter: Drafter = self.evening.house.parts["minutes"].drafter
        self.drafter.redraft(1)
        self.room: Room = self.evening.house.parts["minutes"].rooms.open(1)
        self.room.write("u1", lambda text: text.edit("context", "Une phrase à nous."))

    def change(self) -> None:
        """Two clusters trade their cards: no word leaves, their blocks do not say the same."""
        self.evening.act(ReopenSession("Deux cartes mal rangées"))
        self.evening.act(CreateCluster("a1", "L'écoute", "plus", (2,)))
        self.evening.act(CloseSession())
        self.drafter.redraft(1)

    def page(self) -> str:
        response = self.desk.get(f"{ADDRESS}/differences")
        assert response.status_code == 200
        return response.text

    def body(self, section: str) -> str:
        found = self.room.content().section(section)
        assert found is not None
        return found.body


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


def test_a_text_that_says_what_the_séance_says_has_no_difference(written: Written) -> None:
    assert "Aucune différence entre la séance et le texte." in said(written.page())
    assert written.desk.get(f"{ADDRESS}/ecrire/etat").json["differences"] == 0  # type: ignore[index]


def test_differences_are_shown_word_by_word_then_taken(written: Written) -> None:
    written.change()
    assert written.desk.get(f"{ADDRESS}/ecrire/etat").json["differences"] == 3  # type: ignore[index]
    page = written.page()
    assert "Séance rouverte le" in said(page)
    assert "Le regroupement « La parole »" in said(page).replace("\u00a0", " ")
    assert "<del>" in page
    before = written.body("strengths")
    keys = sorted(set(KEY.findall(page)))
    answer = written.desk.post(f"{ADDRESS}/differences", data={"key": keys, "act": "prendre"})
    assert answer.status_code == 303
    assert "Le texte dit maintenant ce que dit la séance." in said(written.desk.get(answer.location).text)
    assert written.body("strengths") != before
    assert written.body("context").endswith("Une phrase à nous.")
    assert written.drafter.proposals(1) == ()


def test_one_may_keep_one_s_text_and_is_not_asked_again(written: Written) -> None:
    written.change()
    before = written.room.content()
    keys = sorted(set(KEY.findall(written.page())))
    assert written.desk.post(f"{ADDRESS}/differences", data={"key": keys, "act": "garder"}).status_code == 303
    assert "Aucune différence" in said(written.page())
    assert written.room.content() == before


def test_a_difference_that_changed_meanwhile_is_said_to_have(written: Written) -> None:
    written.change()
    key = KEY.findall(written.page())[0]
    written.evening.act(ReopenSession("Encore"))
    cluster = next(key for key, one in written.evening.state.clusters.items() if one.title == "L'écoute")
    written.evening.act(DissolveCluster(cluster))
    written.evening.act(CloseSession())
    for keys in ([key, "weaknesses:K9:00000000"], ["x"]):
        answer = written.desk.post(f"{ADDRESS}/differences", data={"key": keys, "act": "prendre"})
        assert answer.status_code == 422
        assert "vient de changer encore" in said(answer.text)
    assert written.desk.post(f"{ADDRESS}/differences", data={"key": [], "act": "?"}).status_code == 422


def test_a_difference_whose_words_are_hidden_for_now_is_veiled_and_taken_all_the_same(
    written: Written,
) -> None:
    card = written.evening.state.contributions[1]
    section = next(one for one in written.room.content().sections if card.text in one.body)
    ours = section.body.replace(card.text, f"{card.text}, dit-on")
    written.room.write("u1", lambda text: text.edit(section.key, ours))
    written.evening.act(HideContribution(1, "attack"))
    page = written.page()
    keys = sorted(set(KEY.findall(page)))
    assert keys
    assert card.text in written.body(section.key)
    assert card.text not in said(page)
    answer = written.desk.post(f"{ADDRESS}/differences", data={"key": keys, "act": "prendre"})
    assert answer.status_code == 303
    assert card.text not in written.body(section.key)


def test_only_those_who_write_see_and_decide(written: Written) -> None:
    written.change()
    keys = KEY.findall(written.page())
    other = desk_of(written.evening, "autre@exemple.fr")
    nobody = written.evening.app.test_client()
    before = written.room.content()
    for client in (other, nobody):
        assert client.get(f"{ADDRESS}/differences").status_code == 404
        answer = client.post(f"{ADDRESS}/differences", data={"key": keys, "act": "prendre"})
        assert answer.status_code in (400, 403, 404)
    assert written.room.content() == before


def test_the_desk_and_the_list_lead_to_the_compte_rendu(written: Written) -> None:
    assert f'href="{ADDRESS}"' in written.desk.get("/seances").text
    code = written.evening.state.meeting.reference
    assert code == "CHA1"
    desk = written.desk.get("/pupitre/482137").text
    assert f'href="{ADDRESS}"' in desk
