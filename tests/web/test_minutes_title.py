"""A document has one title: what the text says is what lists, letters and pages say."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from atelier.db import Database
from atelier.minutes.content import Section
from atelier.minutes.document import loaded
from atelier.minutes.models import Document
from atelier.minutes.rooms import Rooms
from tests.documents.house import ADDRESS, DocumentHouse
from tests.web.review_ground import Archive

OTHER = "Parler sans micro, l’été 😀"


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def title_of(archive: Archive) -> str:
    with archive.database.reading() as db:
        return db.get_one(Document, 1).title


def rename(archive: Archive, title: str) -> None:
    archive.room.write("u1", lambda text: text.rename(title))


def test_a_document_that_is_renamed_in_its_text_is_renamed_in_lists(archive: Archive) -> None:
    assert title_of(archive) == archive.content.title
    rename(archive, OTHER)
    assert (archive.text().title, title_of(archive)) == (OTHER, OTHER)


def test_a_title_that_a_page_sends_is_the_document_s(archive: Archive) -> None:
    page = loaded([archive.room.lacking(b"\x00")[1]], client=7)
    update = page.editing(lambda text: text.rename(OTHER))
    archive.room.write("u1", lambda text: text.trust(update))
    assert title_of(archive) == OTHER


def test_a_title_renamed_by_another_process_is_the_document_s_after_this_one_writes(archive: Archive) -> None:
    archive.text()
    other = Rooms(archive.database, lambda: archive.now, lambda _session: archive.state).open(1)
    other.write("w1", lambda text: text.rename(OTHER))
    archive.write("case", "Une phrase de plus.")
    assert (archive.text().title, title_of(archive)) == (OTHER, OTHER)


def test_an_empty_title_leaves_the_last_and_a_long_one_is_cut(archive: Archive) -> None:
    rename(archive, "   ")
    assert title_of(archive) == archive.content.title
    rename(archive, "é" * 300)
    assert title_of(archive) == "é" * 200


def test_a_title_that_went_its_own_way_before_is_put_right_at_the_next_word(archive: Archive) -> None:
    with archive.database.writing() as db:
        db.get_one(Document, 1).title = "L’ancien titre"
    archive.write("case", "Un mot.")
    assert title_of(archive) == archive.content.title


PAGES = [
    "", "?apercu=1", "/ecrire", "/suivi", "/versions", "/noms", "/equipe", "/importer",
    "/brouillon/fichiers", "/suivi/fiche-papier",
]  # fmt: skip


def test_every_page_of_a_document_says_the_new_title_and_none_the_old(app: Flask) -> None:
    at = DocumentHouse(app)
    nadia = at.signed_in()
    old = at.document().title
    before = {path: nadia.get(ADDRESS + path).text for path in PAGES}
    assert [path for path, text in before.items() if old not in text] == []
    room = at.house.parts["minutes"].rooms.open(at.made.id)
    room.write("u1", lambda text: text.rename("Un titre tout neuf"))
    after = {path: nadia.get(ADDRESS + path).text for path in PAGES}
    assert [path for path, text in after.items() if "Un titre tout neuf" not in text] == []
    assert [path for path, text in after.items() if old in text] == []
    file = nadia.get(f"{ADDRESS}/brouillon/fichiers/texte.md")
    assert "# Un titre tout neuf" in file.text


def test_a_proposition_that_nobody_has_named_says_so_to_those_who_write_and_to_nobody_else(
    app: Flask,
) -> None:
    at = DocumentHouse(app)
    nadia = at.signed_in()
    room = at.house.parts["minutes"].rooms.open(at.made.id)
    room.write(
        "u1", lambda text: text.add(Section("proposition-1", 2, "", "Un relais par quartier."), "strengths")
    )
    for path in ("", "/ecrire"):
        assert re.findall(
            r"<h\d[^>]*>([^<]*|<span[^>]*>[^<]*</span>)Proposition sans titre</h",
            nadia.get(ADDRESS + path).text,
        )
    assert "Proposition sans titre" not in nadia.get(f"{ADDRESS}?apercu=1").text
    assert "Proposition sans titre" not in nadia.get(f"{ADDRESS}/brouillon/fichiers/texte.html").text
