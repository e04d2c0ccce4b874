"""What is taken away from a séance: everything that was said and counted, nothing of who was there (D-15)."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from atelier.dialect import escaped_line as escaped
from atelier.exports.csv_text import csv_text, guarded
from atelier.live.references import shuffled
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor
from tests.web.exported import CARDS, NAMES, STORY, desk_of, small_evening
from tests.web.live_ground import CODE, Evening, Phone, said

FILES = ("recit.md", "contributions.csv", "resultats.csv", "seance.json")


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Evening, list[Phone], FlaskClient]:
    """The small séance, closed: nobody changes it."""
    evening, phones = small_evening(tmp_path_factory.mktemp("closed"))
    return evening, phones, desk_of(evening)


Closed = tuple[Evening, list[Phone], FlaskClient]


def download(closed: Closed, name: str) -> str:
    response = closed[2].get(f"/seances/{CODE}/export/{name}")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    return response.data.decode("utf-8")


def test_the_cards_of_a_small_séance_are_exactly_those_that_leave_it(closed: Closed) -> None:
    found = lines_of(download(closed, "contributions.csv"))
    assert sorted(found, key=lambda line: line["reference"]) == [
        {
            "reference": "CHA1-C-1", "hypothese": "", "activite": "a1", "question": "Forces et faiblesses", "type": "strength",
            "colonne": "Forces", "regroupement": "La parole", "college": "Élus et agents", "pseudonyme": "",
            "canal": "phone", "texte": "On parle avant les élus", "texte_d_origine": "", "champs": "", "reunie_a": "",
            "soutiens": "0",
        },
        {
            "reference": "CHA1-C-2", "hypothese": "", "activite": "a1", "question": "Forces et faiblesses", "type": "strength",
            "colonne": "Forces", "regroupement": "La parole", "college": "Associatifs et citoyens", "pseudonyme": "",
            "canal": "phone", "texte": "'=HYPERLINK(\"http://exemple.fr\")", "texte_d_origine": "", "champs": "",
            "reunie_a": "", "soutiens": "0",
        },
    ]  # fmt: skip


def test_the_results_of_a_small_séance_are_exactly_what_was_counted(closed: Closed) -> None:
    found = lines_of(download(closed, "resultats.csv"))
    figures = {(line["vote"], line["proposition"], line["mesure"]): line["valeur"] for line in found}
    assert figures == {
        ("CHA1-V-1", "", "present"): "3",
        ("CHA1-V-1", "", "ballots"): "3",
        ("CHA1-V-1", "", "voters"): "3",
        ("CHA1-V-1", "", "valid"): "3",
        ("CHA1-V-1", "", "blank"): "0",
        ("CHA1-V-1", "", "abstain"): "0",
        ("CHA1-V-1", "", "void"): "0",
        ("CHA1-V-1", "", "paper"): "0",
        ("CHA1-V-1", "'=Le bailleur", "dots"): "3",
        ("CHA1-V-1", "'=Le bailleur", "people"): "2",
        ("CHA1-V-1", "La langue", "dots"): "3",
        ("CHA1-V-1", "La langue", "people"): "2",
        ("CHA1-V-2", "", "present"): "3",
        ("CHA1-V-2", "", "ballots"): "1",
    }
    assert {line["rang"] for line in found if line["mesure"] == "dots"} == {"1"}


def test_the_whole_séance_as_json_holds_its_figures(closed: Closed) -> None:
    found = json.loads(download(closed, "seance.json"))
    assert found["format"] == "atelier-seance-1"
    assert found["attendance"]["present"] == 3
    assert [row["real_minutes"] for row in found["sequences"]][:2] == [12, 0]
    assert {card["reference"]: card["text"] for card in found["contributions"]} == {
        "CHA1-C-1": CARDS[0][1],
        "CHA1-C-2": CARDS[1][1],
    }
    board = next(row for row in found["activities"] if row["key"] == "a1")
    assert (board["cards"]["hidden"], board["cards"]["unread"]) == ({"attack": 1}, 1)
    assert found["clusters"] == [
        {
            "reference": "CHA1-K1", "activity": "a1", "title": "La parole", "column": "plus",
            "cards": [f"CHA1-{ref}" for ref in shuffled("CHA1", ["C-1", "C-2"])], "validated": False,
        }
    ]  # fmt: skip
    vote, weather = found["votes"]
    assert [option["dots"] for option in vote["rounds"][0]["tally"]["options"]] == [3, 3]
    assert (weather["rounds"][0]["tally"], weather["rounds"][0]["ballots"]) == (None, 1)


@pytest.mark.parametrize("name", FILES)
def test_no_file_carries_a_name_a_participant_a_token_or_an_hour(closed: Closed, name: str) -> None:
    evening, phones, desk = closed
    assert NAMES[0] in desk.get(f"/pupitre/{CODE}").text  # the desk knows them
    text = desk.get(f"/seances/{CODE}/export/{name}").data.decode("utf-8")
    assert len(text) > 100
    tokens = [cookie.value for phone in phones for cookie in phone.client._cookies.values()]  # type: ignore[attr-defined]
    for secret in (*NAMES, *evening.state.people, "Nadia", *tokens):
        assert not re.search(rf"(?<![\w]){re.escape(secret)}(?![\w])", text), secret
    hours = re.sub(r"[0-9a-f]{64}", "", text)
    assert not re.search(r"\d\d:\d\d|\dT\d\d|\d\u00a0h\u00a0\d", hours)
    for hidden in ("Le maire est nul", "Personne ne l'a relue"):
        assert hidden not in text


@pytest.mark.parametrize("name", FILES)
def test_two_exports_of_one_séance_are_the_same(closed: Closed, name: str) -> None:
    desk = closed[2]
    first = desk.get(f"/seances/{CODE}/export/{name}").data
    assert desk.get(f"/seances/{CODE}/export/{name}").data == first


def test_rows_are_shuffled_in_an_order_that_no_hour_decides() -> None:
    refs = [f"C-{n}" for n in range(1, 30)]
    assert shuffled("DK2", refs) != refs
    assert shuffled("DK2", reversed(refs)) == shuffled("DK2", refs)
    assert shuffled("DK3", refs) != shuffled("DK2", refs)


def test_no_cell_runs_in_a_spreadsheet() -> None:
    for cell in ("=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"):
        assert guarded(cell).startswith("'"), cell
    assert guarded("Une phrase = deux idées") == "Une phrase = deux idées"
    assert guarded(-3) == "-3"
    text = csv_text(("a", "b"), [{"a": 'deux; "mots"', "b": "sur\ndeux lignes"}])
    assert text == '\ufeffa;b\r\n"deux; ""mots""";"sur\ndeux lignes"\r\n'


def test_people_s_words_are_not_interpreted_as_markdown() -> None:
    assert escaped("# *Titre* [lien](x) <b>") == "\\# \\*Titre\\* \\[lien\\](x) \\<b>"
    assert escaped("- une puce") == "\\- une puce"
    assert escaped("deux\nlignes") == "deux lignes"
    assert escaped("1. un nombre") == "1\\. un nombre"
    assert escaped("Quoi\u00a0?") == "Quoi\u00a0?"


def test_the_markdown_tells_sequences_cards_results_and_what_is_not_quoted(closed: Closed) -> None:
    text = download(closed, "recit.md")
    for part in (
        "# L'expression en assemblée populaire", "## 1. Moment 1", "10 min prévues, 12 min en réalité.",
        "#### La parole (Forces)",
        "- On parle avant les élus (CHA1-C-1, Élus et agents)", "non relues\u00a0: 1", "non affichées\u00a0: 1",
        "| 1 ex æquo | =Le bailleur | 3 | 2 |", "3 bulletins", "Réponses gardées dans la salle",
    ):  # fmt: skip
        assert part in text, part


def test_a_confidential_export_asks_twice_and_bears_its_mark(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path, confidential=True)
    desk = desk_of(evening)
    for name in FILES:
        address = f"/seances/{CODE}/export/{name}"
        asked = desk.get(address)
        assert "On parle avant les élus" not in asked.text
        assert asked.text.count('type="checkbox"') == 2
        half = desk.post(address, data={"garder": "oui"})
        assert half.status_code == 422
        assert "On parle avant" not in half.text
        text = desk.post(address, data={"garder": "oui", "effacer": "oui"}).data.decode("utf-8")
        assert "Confidentiel\u00a0: ne pas diffuser" in text


def test_the_page_tells_the_evening_to_those_who_were_there_after_the_close(tmp_path: Path) -> None:
    evening, phones = small_evening(tmp_path, closed=False)
    assert phones[0].get(STORY).status_code == 404
    assert desk_of(evening).get(STORY).status_code == 200
    evening.act(CloseSession())
    page = phones[0].page(STORY)
    words = said(page)
    for part in (
        "On parle avant les élus", "La parole", "3 personnes présentes", "commencée à 20\u00a0h\u00a004", "12 min en réalité",
        "1 n’est pas affichée (vise une personne)", "1 n’a pas été relue", "Chaque personne place au plus 2 gommettes",
        "1 réponse, gardée dans la salle.", "Les propos engagent leurs auteurs",
    ):  # fmt: skip
        assert part.replace("\u00a0", " ") in words.replace("\u00a0", " "), part
    assert not any(name in page for name in NAMES)
    assert "Le maire est nul" not in page
    assert "Fichiers" not in words  # a phone takes nothing away
    assert phones[0].get(f"/seances/{CODE}/export/seance.json").status_code == 404


def test_strangers_find_nothing(closed: Closed) -> None:
    evening = closed[0]
    other = desk_of(evening, "autre@exemple.fr")
    nobody = evening.app.test_client()
    for path in (STORY, f"/seances/{CODE}/export/seance.json", f"/seances/{CODE}/imprimer", f"/seances/{CODE}/depouillement/V-1",
                 f"/seances/{CODE}/coordonnees.csv", "/r/CHA1/C-1"):  # fmt: skip
        assert other.get(path).status_code == 404, path
        assert nobody.get(path).status_code == 404, path


def test_a_reference_leads_to_its_place(closed: Closed) -> None:
    phones = closed[1]
    assert phones[0].get("/r/CHA1/C-1").headers["Location"].endswith(f"{STORY}#C-1")
    assert phones[0].get("/r/CHA1").headers["Location"].endswith(STORY)
    page = phones[0].page(STORY)
    for anchor in ("C-1", "C-2", "K1", "V-1"):
        assert f'id="{anchor}"' in page
    assert phones[0].get("/r/CHA1/p1").status_code == 404
    assert phones[0].get("/r/AUTRE/C-1").status_code == 404


def test_a_withdrawn_card_leaves_the_page_and_the_files(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path)
    desk = desk_of(evening)
    assert "On parle avant les élus" in desk.get(STORY).text
    evening.act(WithdrawContribution(1), Actor("phone", "p1", "", participant="p1"))
    for path in (STORY, *(f"/seances/{CODE}/export/{name}" for name in FILES)):
        assert "On parle avant les élus" not in desk.get(path).data.decode("utf-8"), path


def test_contacts_are_a_file_of_their_own_for_the_desk(tmp_path: Path) -> None:
    evening, phones = small_evening(tmp_path)
    desk = desk_of(evening)
    left = {"channel": "email", "email": "samira@exemple.fr", "minutes_consent": "y", "cowrite": "y"}
    assert phones[0].post("/coordonnees/1", left).status_code == 303
    left = {"channel": "paper", "postal_note": "=Madame A.", "minutes_consent": "y"}
    assert phones[1].post("/coordonnees/1", left).status_code == 303
    text = desk.get(f"/seances/{CODE}/coordonnees.csv").data.decode("utf-8")
    assert text.startswith("\ufeffadresse;courrier;compte_rendu;co_ecriture;consentement\r\n")
    assert [list(line.values()) for line in lines_of(text)] == [
        ["", "'=Madame A.", "paper", "non", "2026-10-13"],
        ["samira@exemple.fr", "", "email", "oui", "2026-10-13"],
    ]
    assert "samira@exemple.fr" not in desk.get(STORY).text
    assert phones[0].get(f"/seances/{CODE}/coordonnees.csv").status_code == 404
