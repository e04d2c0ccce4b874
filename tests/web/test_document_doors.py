"""Every door of a document × every way to come to it: who may not is turned away, and nothing has changed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from atelier.minutes.models import DocumentUpdate, DocumentVersion, DocumentWriter, ReviewLink
from atelier.people.document_policy import may
from tests.documents.hands import rows
from tests.documents.house import ADDRESS, DocumentHouse

# method, path after the address, act: the doors that somebody may be turned away from.
DOORS = [
    ("GET", "/suivi", "view_progress"),
    ("POST", "/suivi/envoyer", "send_for_review"),
    ("POST", "/suivi/reprendre", "send_for_review"),
    ("POST", "/suivi/dates", "edit_calendar"),
    ("POST", "/suivi/demandes/1", "answer_amendment"),
    ("POST", "/suivi/demandes/1/rouvrir", "answer_amendment"),
    ("POST", "/suivi/liens", "add_reviewer"),
    ("POST", "/suivi/liens/1/renouveler", "add_reviewer"),
    ("POST", "/suivi/liens/1/retirer", "revoke_reviewer"),
    ("GET", "/suivi/fiche-papier", "enter_amendment"),
    ("GET", "/suivi/fiche", "enter_amendment"),
    ("POST", "/suivi/fiche", "enter_amendment"),
    ("POST", "/suivi/approbation", "approve_document"),
    ("POST", "/suivi/vote", "approve_document"),
    ("POST", "/suivi/vote/retirer", "approve_document"),
    ("POST", "/suivi/approuver", "approve_document"),
    ("POST", "/suivi/rouvrir", "approve_document"),
    ("POST", "/suivi/publier", "publish_document"),
    ("POST", "/suivi/corriger", "rectify_document"),
    ("POST", "/suivi/abandonner", "rectify_document"),
    ("GET", "/differences", "open_document"),
    ("POST", "/differences", "accept_proposal"),
    ("GET", "/ecrire", "open_document"),
    ("GET", "/ecrire/sources", "view_sources"),
    ("GET", "/ecrire/etat", "open_document"),
    ("GET", "/ecrire/remarques", "view_remarks"),
    ("GET", "/importer", "import_text"),
    ("POST", "/importer", "import_text"),
    ("GET", "/equipe", "view_team"),
    ("POST", "/equipe", "invite_writer"),
    ("POST", "/equipe/1/retirer", "revoke_writer"),
    ("GET", "/noms", "view_names"),
    ("POST", "/noms", "set_consent"),
    ("POST", "/noms/remplacer", "set_consent"),
    ("GET", "/v1/retrait", "withdraw_publication"),
    ("POST", "/v1/retrait", "withdraw_publication"),
    ("GET", "/versions", "view_versions"),
    ("POST", "/versions", "name_version"),
    ("GET", "/versions/1", "view_versions"),
    ("GET", "/versions/comparer", "compare_versions"),
    ("POST", "/versions/1/restaurer", "restore_version"),
    ("GET", "/brouillon/fichiers", "export_draft"),
    ("GET", "/brouillon/fichiers/texte.md", "export_draft"),
    ("GET", "/envoi", "send_document"),
    ("POST", "/envoi", "send_document"),
]  # fmt: skip
# What stands open to whoever knows the address: what is published, and where links and codes land. Others test what it shows.
OPEN = {
    "minutes.reading", "minutes.source", "minutes.frozen_version", "minutes.frozen_markdown", "minutes.verify",
    "minutes.come_with_code", "minutes.review_page", "minutes.ask_form", "minutes.ask", "minutes.say_word",
    "minutes.withdraw_amendment", "exports.files", "exports.file", "exports.files_of_version",
    "exports.file_of_version", "exports.next_meeting",
}  # fmt: skip
ASKING_FOR_MORE = {"/versions/comparer", "/envoi"}  # two versions; something published
ROLES = ["editor", "writer", "reader", "reviewer", "public"]


@pytest.fixture
def at(app: Flask) -> DocumentHouse:
    return DocumentHouse(app)


def state_of(at: DocumentHouse) -> list[Any]:
    """What none of the refused may change."""
    document = at.document()
    database = at.house.database
    return [
        (document.phase, document.settings, document.approval, document.sent_at),
        rows(database, DocumentUpdate.number, DocumentUpdate.person),
        rows(database, DocumentVersion.number, DocumentVersion.kind),
        rows(database, DocumentWriter.name, DocumentWriter.revoked_at),
        rows(database, ReviewLink.id, ReviewLink.revoked_at),
    ]


def knock(client: FlaskClient, method: str, path: str) -> int:
    return client.open(
        ADDRESS + path, method=method, data={"name": "Intrus"} if method == "POST" else None
    ).status_code


def test_every_door_stands_in_the_list(at: DocumentHouse) -> None:
    adapter = at.app.url_map.bind("localhost")
    listed = {adapter.match(ADDRESS + path, method=method)[0] for method, path, _ in DOORS}
    doors = {
        rule.endpoint
        for rule in at.app.url_map.iter_rules()
        if "shelf" in rule.arguments and not rule.endpoint.startswith("forum.")
    }
    assert doors - listed - OPEN == set()


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_is_turned_away_and_nothing_changes(at: DocumentHouse, role: str) -> None:
    before = state_of(at)
    refused = [(method, path) for method, path, act in DOORS if not may(role, act)]
    for client in at.browsers()[role]:
        let_in = [door for door in refused if knock(client, *door) not in {403, 404}]
        assert let_in == []
    assert state_of(at) == before
    assert bool(refused) is (role != "editor")


@pytest.mark.parametrize("role", ["editor", "writer", "reader"])
def test_who_may_is_let_in(at: DocumentHouse, role: str) -> None:
    pages = [
        (method, path) for method, path, act in DOORS
        if method == "GET" and may(role, act) and path not in ASKING_FOR_MORE and not any(sign.isdigit() for sign in path)
    ]  # fmt: skip
    for client in at.browsers()[role]:
        assert [door for door in pages if knock(client, *door) not in {200, 302, 303}] == []
    assert len(pages) >= 4
