"""« Importer un texte »: what is chosen or pasted is read, shown, then added after what is there; nothing is lost on the way."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.models import Document, DocumentUpdate
from tests.documents.ground import CONTENT, content_on_disk, make_document, room_on
from tests.documents.hands import rows
from tests.documents.house import ADDRESS, DocumentHouse
from tests.web.live_ground import said

PAGE = f"{ADDRESS}/importer"
PASTED = (
    "# L’atelier\n\nChapeau.\n\n## Forces et faiblesses\n\nUne force **neuve**.\n\n## Divers\n\n- un\n- deux"
)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
SELECT = re.compile(r'<select id="[^"]*" name="(part-\d+)">(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')


@dataclass
class Importing:
    """Nadia, who owns the document, at the page where texts are imported."""

    app: Flask
    at: DocumentHouse = field(init=False)
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.at = DocumentHouse(self.app)
        self.client = self.at.signed_in()

    def read(self, text: str = "", file: tuple[str, bytes] | None = None) -> TestResponse:
        data: dict[str, Any] = {"act": "lire", "pasted": text}
        if file:
            data["file"] = (io.BytesIO(file[1]), file[0])
        return self.client.post(PAGE, data=data, content_type="multipart/form-data")

    def send(self, form: dict[str, str], **changes: str) -> TestResponse:
        data = {**form, "act": "importer", **changes}
        return self.client.post(PAGE, data=data, content_type="multipart/form-data")

    @property
    def content(self) -> Content:
        return content_on_disk(self.at.house.settings.database_url, self.at.made.id)

    def body(self, key: str) -> str:
        found = self.content.section(key)
        assert found is not None
        return found.body


def form_of(page: TestResponse) -> dict[str, str]:
    """Return what the form of the preview would send as it is."""
    assert page.status_code == 200, said(page.text)
    hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(page.text)}
    selects = {name: CHOSEN.findall(options)[0] for name, options in SELECT.findall(page.text)}
    return hidden | selects


def labels(importing: Importing) -> list[tuple[str, str]]:
    with importing.at.house.database.reading() as db:
        return [(one.kind, one.name) for one in queries.versions(db, importing.at.made.id)]


@pytest.fixture
def importing(app: Flask) -> Importing:
    return Importing(app)


def test_a_pasted_text_is_shown_with_a_place_proposed_for_each_part(importing: Importing) -> None:
    before = importing.content
    page = importing.read(PASTED)
    form = form_of(page)
    assert {name: form[name] for name in form if name.startswith("part-")} == {
        "part-0": "+",
        "part-1": "strengths",
        "part-2": "+",
    }
    assert "Son titre : « L’atelier ». Celui du document ne change pas." in said(page.text).replace(
        "\u00a0", " "
    )
    assert "<strong>neuve</strong>" in page.text
    assert importing.content == before  # nothing is written yet


def test_an_import_adds_its_words_after_those_that_are_there_and_loses_none(importing: Importing) -> None:
    answer = importing.send(form_of(importing.read(PASTED)))
    assert answer.status_code == 303
    content = importing.content
    assert [(one.level, one.heading, one.body) for one in content.sections] == [
        (1, "Description analytique", CONTENT.sections[0].body),
        (1, "Forces et faiblesses", f"{CONTENT.sections[1].body}\n\nUne force **neuve**."),
        (1, "Divers", "- un\n- deux"),
        (1, "L’atelier", "Chapeau."),
        (1, "Contributions", "C-1, C-2"),
    ]
    assert content.title == CONTENT.title
    assert "Le texte est importé" in said(importing.client.get(answer.location).text)


def test_the_text_before_is_kept_under_a_name_and_restoring_it_undoes_the_import(
    importing: Importing,
) -> None:
    before = importing.content
    page = importing.read(file=("Réunion d’avril.txt", b"Divers\n\nUn mot."))
    answer = importing.send(form_of(page), **{"part-0": "case"})
    assert labels(importing) == [("named", "avant l’import de «\u00a0Réunion d’avril.txt\u00a0»")]
    assert importing.body("case").endswith("Divers\n\nUn mot.")
    number = answer.location.rpartition("=")[2]
    assert importing.client.post(f"{ADDRESS}/versions/{number}/restaurer").status_code == 303
    assert importing.content == before


def test_a_form_that_is_sent_twice_counts_once(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    first, second = importing.send(form), importing.send(form)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert importing.body("strengths").count("neuve") == 1
    assert [one.heading for one in importing.content.sections].count("Divers") == 1
    assert len(labels(importing)) == 1


def test_a_part_goes_where_one_says_under_its_own_heading_and_another_is_left(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    importing.send(form, **{"part-0": "-", "part-1": "-", "part-2": "case"})
    assert importing.body("case") == f"{CONTENT.sections[0].body}\n\n## Divers\n\n- un\n- deux"
    assert importing.body("strengths") == CONTENT.sections[1].body
    assert len(importing.content.sections) == 3


def test_a_part_whose_place_was_taken_away_meanwhile_becomes_a_new_one(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    elsewhere = room_on(importing.at.house.database, importing.at.made.id)
    elsewhere.write("u1", lambda text: text.remove("strengths"))
    assert importing.send(form).status_code == 303
    assert [one.body for one in importing.content.sections if one.heading == "Forces et faiblesses"] == [
        "Une force **neuve**."
    ]


def test_words_written_meanwhile_by_another_process_are_all_there(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    elsewhere = room_on(importing.at.house.database, importing.at.made.id)
    elsewhere.write("w1", lambda text: text.edit("strengths", "Écrit ailleurs."))
    importing.send(form)
    assert importing.body("strengths") == "Écrit ailleurs.\n\nUne force **neuve**."


def test_nothing_chosen_is_said_and_the_text_stays(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    answer = importing.send(form, **{"part-0": "-", "part-1": "-", "part-2": "-"})
    assert answer.status_code == 422
    assert "Aucune partie n’est choisie" in said(answer.text)
    assert html.unescape(answer.text).count(PASTED) == 1
    assert labels(importing) == []


def test_one_may_come_back_to_the_form_with_what_was_pasted(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    answer = importing.send(form, act="revenir")
    assert f'">\n{PASTED}</textarea>' in answer.text


REFUSED = [
    ("vide.docx", b"", "Ce fichier est vide."),
    ("notes.txt", b"  \n\t ", "Ce fichier est vide."),
    ("scan.pdf", b"%PDF-1.7 \x00\x01", "Un PDF ne garde pas la structure"),
    ("vieux.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "C’est un ancien fichier de bureautique"),
    (
        "secret.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "Ce fichier est protégé par un mot de passe.",
    ),
    ("photo.docx", b"\x89PNG\r\n\x1a\n" + bytes(40), "C’est une image, pas un texte."),
    ("faux.docx", bytes(range(256)) * 20, "Ce fichier s’appelle « .docx » mais n’en est pas un."),
    ("faux.odt", b"PK\x03\x04" + bytes(60), "Ce fichier « .odt » est abîmé"),
    ("bruit.txt", bytes(range(256)) * 20, "Ce fichier n’est pas un texte."),
    ("lettre.rtf", b"{\\rtf1 Bonjour}", "C’est un fichier RTF."),
    ("lourd.txt", b"a " * 5_100_000, "Ce fichier est trop lourd : 10 Mo au plus."),
    ("long.txt", b"mot " * 80_000, "Ce texte est trop long : 300 000 signes au plus."),
]


@pytest.mark.parametrize(("name", "body", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_file_that_gives_no_text_is_refused_with_a_sentence(
    importing: Importing, name: str, body: bytes, sentence: str
) -> None:
    answer = importing.read(file=(name, body))
    assert answer.status_code == 422
    assert sentence in said(answer.text).replace("\u00a0", " ")


def test_nothing_given_or_two_things_given_is_said_and_what_was_pasted_stays(importing: Importing) -> None:
    assert "Choisissez un fichier, ou collez un texte." in said(importing.read().text)
    answer = importing.read(PASTED, ("a.txt", b"Bonjour"))
    assert answer.status_code == 422
    assert "pas les deux à la fois" in said(answer.text)
    assert f'">\n{PASTED}</textarea>' in answer.text


def test_a_body_beyond_all_limits_is_refused_with_a_sentence(importing: Importing) -> None:
    answer = importing.read(file=("lourd.docx", bytes(12_000_000)))
    assert answer.status_code == 413
    assert "Ce fichier est trop lourd" in said(answer.text)


def test_a_document_that_is_approved_takes_no_text(importing: Importing) -> None:
    form = form_of(importing.read(PASTED))
    with importing.at.house.database.writing() as db:
        db.get_one(Document, importing.at.made.id).phase = "approved"
    before = rows(importing.at.house.database, DocumentUpdate.number)
    assert "Ce document est approuvé" in said(importing.client.get(PAGE).text)
    answer = importing.send(form)
    assert answer.status_code == 422
    assert html.unescape(answer.text).count(PASTED) == 1  # to be copied
    assert labels(importing) == []
    assert rows(importing.at.house.database, DocumentUpdate.number) == before


def test_only_those_who_write_find_the_door(importing: Importing) -> None:
    link = f'href="{PAGE}"'
    for path in ("", "/ecrire"):
        assert link in importing.client.get(ADDRESS + path).text
        assert link in importing.at.by_invitation().get(ADDRESS + path).text
        assert link not in importing.at.by_link("observer").get(ADDRESS + path).text


def test_a_contribution_au_forum_takes_a_text_too(importing: Importing) -> None:
    made = make_document(importing.at.house.database, ["Odile"], reference="F1")
    with importing.at.house.database.writing() as db:
        db.get_one(Document, made.id).kind = "forum"
    client = importing.at.stranger()
    client.set_cookie(f"atelier_d{made.id}", made.tokens["Odile"], domain="localhost")
    address = "/contributions-au-forum/F1/importer"
    page = client.post(address, data={"act": "lire", "pasted": PASTED})
    answer = client.post(address, data={**form_of(page), "act": "importer"})
    assert answer.status_code == 303
    content = content_on_disk(importing.at.house.settings.database_url, made.id)
    assert "Divers" in [one.heading for one in content.sections]
