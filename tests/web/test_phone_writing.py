"""Every kind of writing, as plain forms: join, act, be redirected, read the receipt."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.pausing import FreezePhones
from tests.factories import make_activity
from tests.web.live_ground import Evening, Phone, said

COLUMNS = [
    {"key": "plus", "label": "Une force", "sign": "plus"},
    {"key": "minus", "label": "Une faiblesse", "sign": "minus"},
]


def writing(folder: Path, kind: str = "contributions", **more: Any) -> tuple[Evening, Phone]:
    evening = Evening(folder, [make_activity("a1", kind, "La question", **more)])
    evening.open("a1")
    return evening, evening.phone(name="Samira", college="A", table="3")


def test_card_sent_is_received_with_its_hour_and_stays_in_my_cards(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    words = said(phone.done("submit_contribution", activity="a1", text="Une <b>idée</b>"))
    assert words.count("Reçue à 20 h 04") == 2
    assert "Une <b>idée</b>" in words
    assert "Envoyées : 1" in words
    assert evening.state.contributions[1].text == "Une <b>idée</b>"


def test_card_pressed_twice_is_one_card_and_the_same_words_later_are_another(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    form = {"act": "submit_contribution", "activity": "a1", "text": "Une idée"}
    for _ in range(2):
        phone.post("/s/482137/act", {**form, "id": "a" * 32})
    assert len(evening.state.contributions) == 1
    phone.post("/s/482137/act", {**form, "id": "a" * 32, "text": "Une autre, après « Précédent »"})
    phone.post("/s/482137/act", {**form, "id": "b" * 32})
    assert len(evening.state.contributions) == 3


def test_card_too_long_comes_back_in_its_field_with_the_reason(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, settings={"max_chars": 10})
    answer = phone.act("submit_contribution", activity="a1", text="Bien trop longue")
    assert answer.status_code == 422
    assert ">Bien trop longue</textarea>" in answer.text
    assert "Ce que vous aviez écrit est encore là." in said(answer.text)
    assert evening.state.contributions == {}


def test_board_card_goes_to_its_column_and_a_column_is_asked_for(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, "board", settings={"columns": COLUMNS, "minimum": 3})
    words = said(phone.done("submit_contribution", activity="a1", column="minus", text="Trop tard le soir"))
    assert "1 sur 3" in words
    assert evening.state.contributions[1].kind == "weakness"
    assert phone.act("submit_contribution", activity="a1", text="Sans colonne").status_code == 422


def test_hypothesis_keeps_its_four_fields(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, "hypothesis")
    fields = {
        "statement": "On parle si on est nommé",
        "evidence": "Douze fois",
        "useful_to": "Aux élus",
        "elsewhere": "À Dunkerque",
    }
    words = said(
        phone.done("submit_contribution", activity="a1", **{f"fields[{k}]": v for k, v in fields.items()})
    )
    assert all(text in words for text in fields.values())
    assert dict(evening.state.contributions[1].fields) == fields


def test_commitment_keeps_the_name_only_with_consent(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, "commitments", anonymity="named")
    fields = {"fields[what]": "Ouvrir la salle", "fields[when]": "Lundi", "fields[who]": "Samira D."}
    phone.done("submit_contribution", activity="a1", **fields)
    assert evening.state.contributions[1].fields["who"] == ""
    phone.done("submit_contribution", activity="a1", name_consent="true", **fields)
    assert evening.state.contributions[2].fields["who"] == "Samira D."


def test_question_is_supported_by_others_and_not_by_its_author(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, "questions", settings={"upvotes": True})
    phone.done("submit_contribution", activity="a1", text="Qui décide ?")
    assert "Moi aussi" not in said(phone.page())
    other = evening.phone(college="E")
    assert "Moi aussi" in said(other.page())
    words = said(other.done("support_contribution", number="1", on="true"))
    assert "1 soutien" in words
    assert "Retirer mon soutien" in words
    assert "0 soutien" in said(other.done("support_contribution", number="1", on="false"))


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("named", "Votre nom choisi sera affiché avec votre carte."),
        ("pseudonym", "Un surnom tiré au sort sera affiché. Le même toute la soirée."),
        ("college", "Ni nom, ni table."),
        ("anonymous", "Ni nom, ni collège, ni table ne sont gardés avec votre carte."),
    ],
)
def test_what_others_will_see_is_said_before_typing(tmp_path: Path, mode: str, sentence: str) -> None:
    _, phone = writing(tmp_path, anonymity=mode)
    words = said(phone.page())
    assert sentence in words
    assert words.index(sentence) < words.index("Une seule idée par carte")


def test_anonymous_card_is_found_again_by_its_author_without_an_hour(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, anonymity="anonymous")
    words = said(phone.done("submit_contribution", activity="a1", text="Sans nom"))
    assert "Sans nom" in words
    assert "Modifier" in words
    card = next(iter(evening.state.contributions.values()))
    assert card.author not in evening.state.people
    assert "Modifier" not in said(evening.phone(college="A").page())


def test_card_is_edited_until_the_close_and_not_after(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    phone.done("submit_contribution", activity="a1", text="Une idée")
    words = said(phone.done("edit_contribution", number="1", text="Une idée mieux dite"))
    assert "Une idée mieux dite" in words
    evening.act(CloseActivity("a1"))
    assert "Modifier" not in said(phone.page())
    assert phone.act("edit_contribution", number="1", text="Trop tard").status_code == 422


def test_card_is_withdrawn_after_a_confirmation_also_after_the_close(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    phone.done("submit_contribution", activity="a1", text="À retirer")
    evening.act(CloseActivity("a1"))
    evening.act(CloseSession())
    page = said(phone.page())
    assert "Son texte sera effacé partout. C’est définitif." in page
    words = said(phone.done("withdraw_contribution", number="1"))
    assert "Retirée. Son texte est effacé." in words
    assert "À retirer" not in words


def test_receipts_say_where_the_card_is_and_offer_what_to_do(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path, moderation="shown")
    for text in ("rangée", "masquée", "réunie"):
        phone.done("submit_contribution", activity="a1", text=text)
    evening.phone(college="E").done("submit_contribution", activity="a1", text="autre")
    evening.act(CreateCluster("a1", "Les enfants", "", (1,)))
    evening.act(HideContribution(2, "attack"))
    evening.act(MergeContributions(4, (3,), "les deux ensemble"))
    words = said(phone.page())
    assert "Rangée dans « Les enfants »" in words
    assert "Ma carte est mal rangée" in words
    assert "vise une personne" in words
    assert "Reformuler" in words
    assert "Votre carte a été réunie à une autre." in words
    assert "les deux ensemble" in words
    phone.done("report_misplaced", number="1", on="true")
    assert evening.state.contributions[1].misplaced is True
    assert "Signalée à l’animation." in said(phone.page())


def test_paused_phone_keeps_the_words_that_could_not_be_sent(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    evening.act(FreezePhones(True))
    answer = phone.act("submit_contribution", activity="a1", text="Pendant la pause")
    assert answer.status_code == 422
    assert ">Pendant la pause</textarea>" in answer.text
    assert "En pause. Vos textes sont gardés." in said(answer.text)
    evening.act(FreezePhones(False))
    assert "Reçue" in said(phone.done("submit_contribution", activity="a1", text="Pendant la pause"))


def test_time_asked_for_leaves_the_form_to_that_person_alone(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    other = evening.phone(college="E")
    phone.done("ask_time", on="true")
    evening.act(CloseActivity("a1"))
    assert "Vous avez du temps : jusqu’à 20 h 06" in said(phone.page())
    assert "Envoyer ma carte" in said(phone.page())
    assert "Envoyer ma carte" not in said(other.page())
    assert "L’envoi est clos depuis 20 h 04." in said(other.page())
    assert "Reçue" in said(phone.done("submit_contribution", activity="a1", text="Juste à temps"))


def test_help_and_finished_are_said_and_taken_back(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    assert "L’animation sait que vous demandez de l’aide." in said(phone.done("ask_help", on="true"))
    assert "Votre table est notée comme ayant terminé." in said(phone.done("finish_table", on="true"))
    phone.done("ask_help", on="false")
    assert evening.state.people["p1"].wants_help is False


def test_read_only_kinds_show_their_words_as_soon_as_they_are_reached(tmp_path: Path) -> None:
    texts = [{"heading": "Un mardi par mois", "text": "Quarante personnes."}]
    evening = Evening(
        tmp_path,
        [
            make_activity("a1", "presentation", "Le cas", settings={"texts": texts}),
            make_activity("a2", "step", "Seul, puis à deux", settings={"instruction": "Écrivez une minute."}),
            make_activity("a3", "recap", "Où nous en étions"),
        ],
        meeting={"previous": {"title": "Première séance", "questions": ["Qui décide ?"]}},
    )
    phone = evening.phone()
    for number, expected in enumerate(("Quarante personnes.", "Écrivez une minute.", "Qui décide ?"), 1):
        evening.act(GoTo(f"s{number}", f"a{number}"))
        assert expected in said(phone.page())


def test_profile_is_changed_from_the_phone(tmp_path: Path) -> None:
    evening, phone = writing(tmp_path)
    phone.done("update_profile", name="Zoé", college="U", table="5")
    person = evening.state.people["p1"]
    assert (person.name, person.college, person.table) == ("Zoé", "U", 5)
    page = phone.page()
    assert 'value="Zoé"' in page


def test_a_table_phone_says_which_college_holds_an_idea(tmp_path: Path) -> None:
    evening = Evening(
        tmp_path, [make_activity("a1", "board", "La question", settings={"columns": COLUMNS, "per": "table"})]
    )
    evening.open("a1")
    table = evening.phone(college="A", table="4", shared="true", people="7")
    alone = evening.phone(name="Samira", college="A", table="4")
    page = table.get("/s/482137").text
    asked = page.partition("Qui porte cette idée")[2].partition("</fieldset>")[0]
    assert re.findall(r'name="carried" value="(\w*)"', asked) == ["", "E", "A", "U"]
    card = {"activity": "a1", "text": "Le bailleur ne vient pas", "column": "minus"}
    table.done("submit_contribution", **card, carried="U")
    assert (evening.state.contributions[1].carried, evening.state.contributions[1].table) == ("U", 4)
    refused = alone.act("submit_contribution", **card, carried="U")
    assert "n’est pas un téléphone de table" in refused.text
    alone.done("submit_contribution", **card, carried="")
    assert evening.state.contributions[2].carried == ""


@pytest.mark.parametrize("anonymity", ["pseudonym", "anonymous"])
def test_where_no_college_is_shown_a_table_is_not_asked_for_one(tmp_path: Path, anonymity: str) -> None:
    _, phone = writing(tmp_path, anonymity=anonymity)
    assert "Qui porte cette idée" not in phone.get("/s/482137").text
