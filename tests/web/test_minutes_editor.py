"""The page where a document is written: for whom, under which policy, and what it fetches again."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from atelier.db import Database
from atelier.minutes import store
from atelier.minutes.blocks import written
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document
from tests.documents.ground import MadeDocument, make_document
from tests.web.live_ground import said as said_in

ADDRESS = "/comptes-rendus/CHA1/ecrire"
BODY = written("V-2", "40 suffrages exprimés.") + "\n\nUne phrase [C-99]."
CONTENT = Content("Soirée chantier", (Section("weak", 1, "Faiblesses", BODY, required=True),))


@pytest.fixture
def document(app: Flask, sqlite_database: Database) -> MadeDocument:
    return make_document(sqlite_database, ["Karim"], CONTENT)


def client_of(app: Flask, document: MadeDocument, name: str = "") -> FlaskClient:
    client = app.test_client()
    if name:
        client.set_cookie(f"atelier_d{document.id}", document.tokens[name])
    return client


def test_editor_is_for_those_who_were_invited_and_for_others_there_is_nothing(
    app: Flask, document: MadeDocument
) -> None:
    assert client_of(app, document).get(ADDRESS).status_code == 404
    assert client_of(app, document).get(f"{ADDRESS}/etat").status_code == 404
    assert client_of(app, document).get(f"{ADDRESS}/sources").status_code == 404
    answer = client_of(app, document, "Karim").get(ADDRESS)
    assert answer.status_code == 200
    assert 'data-writable="yes"' in answer.text
    assert "Vous écrivez sous le nom Karim" in answer.text


def test_policy_lets_in_one_sheet_of_the_page_s_own_script_and_nothing_else(
    app: Flask, document: MadeDocument
) -> None:
    karim = client_of(app, document, "Karim")
    policies = [karim.get(ADDRESS).headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]  # drawn anew for each page
    for policy in policies:
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert policy.count("'nonce-") == 1
        assert "style-src 'self' 'nonce-" in policy
    assert "nonce" not in karim.get(f"{ADDRESS}/sources").headers["Content-Security-Policy"]


def test_text_can_be_read_before_any_script_and_the_page_is_kept_by_nobody(
    app: Flask, document: MadeDocument
) -> None:
    answer = client_of(app, document, "Karim").get(ADDRESS)
    first = re.findall(r"<div class=\"first-text\".*?</section>", answer.text, re.S)
    assert [said_in(drawn).split() for drawn in first] == [
        ["1", "Faiblesses", "40", "suffrages", "exprimés.", "Une", "phrase", "[C-99]."]
    ]
    assert answer.headers["Cache-Control"] == "no-store"


def test_state_says_what_is_to_be_looked_at_and_who_wrote_under_which_number(
    app: Flask, document: MadeDocument
) -> None:
    with app.extensions["atelier"].database.transaction() as connection:
        store.remember_clients(connection, document.id, {77: document.writers["Karim"], 78: "w999"})
    said: dict[str, Any] = client_of(app, document, "Karim").get(f"{ADDRESS}/etat").get_json()
    assert said["flags"] == [
        {"kind": "unknown", "section": "weak", "sentence": "Une phrase [C-99].", "ref": "C-99"}
    ]
    assert said["writers"] == {"77": "Karim"}
    assert said["differences"] == 0


def test_page_of_a_text_that_is_no_longer_written_says_why(app: Flask, document: MadeDocument) -> None:
    with app.extensions["atelier"].database.writing() as db:
        db.execute(update(Document).where(Document.id == document.id).values(phase="approved"))
    answer = client_of(app, document, "Karim").get(ADDRESS)
    assert 'data-writable="no"' in answer.text
    assert "Vous lisez seulement" in answer.text


def test_who_speaks_english_writes_in_english_and_the_others_in_french(
    app: Flask, document: MadeDocument
) -> None:
    karim = client_of(app, document, "Karim")
    pages = [karim.get(ADDRESS, headers={"Accept-Language": spoken}).text for spoken in ("fr", "en-GB,en")]
    words = [json.loads(found) for page in pages for found in re.findall(r'id="words">(.*?)</script>', page)]
    assert [french["saved_at"] for french in words] == ["Enregistré à {time}", "Saved at {time}"]
    same = {key for key in words[0] if words[0][key] == words[1][key]}
    assert same == {"margin_vote", "figure", "source_named"}  # the same words in both languages
    assert '<html lang="en"' in pages[1]
    assert "Vous écrivez" not in said_in(pages[1])
    assert "You write under the name Karim" in said_in(pages[1])
    sources = karim.get(f"{ADDRESS}/sources", headers={"Accept-Language": "en"}).text
    assert "The cards and votes of the session will appear here." in said_in(sources)
