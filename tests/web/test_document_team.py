"""« Personnes qui écrivent »: invited by name, by a link shown once; taken back; a link that scanners open takes nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from atelier.minutes.models import DocumentWriter
from atelier.minutes.operations import writers
from atelier.people import access
from atelier.people.models import Contact
from tests.documents.house import ADDRESS, DocumentHouse

LINK = re.compile(r"<code>http://localhost(/ecrire/[\w-]+)</code>")


@pytest.fixture
def at(app: Flask) -> DocumentHouse:
    return DocumentHouse(app)


def invited(at: DocumentHouse, name: str = "Fatoumata") -> str:
    """Invite somebody and return the path of their link."""
    page = at.signed_in().post(f"{ADDRESS}/equipe", data={"name": name}).text
    found = LINK.search(page)
    assert found is not None
    return found[1]


def test_an_invitation_is_shown_once_with_its_qr_code_and_opens_the_editor(at: DocumentHouse) -> None:
    owner = at.signed_in()
    page = owner.post(f"{ADDRESS}/equipe", data={"name": "  Fatoumata   B. "}).text
    found = LINK.search(page)
    assert found is not None
    assert 'class="qr"' in page
    assert "Fatoumata B." in page
    later = owner.get(f"{ADDRESS}/equipe").text
    assert "Fatoumata B." in later
    assert found[1] not in later
    guest = at.stranger()
    shown = guest.get(found[1])
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert "Soirée chantier" in shown.text
    assert guest.get_cookie(access.document_cookie(at.made.id)) is None
    taken = guest.post(found[1])
    assert (taken.status_code, taken.location) == (303, f"{ADDRESS}/ecrire")
    assert guest.get(f"{ADDRESS}/equipe").status_code == 200


def test_only_the_hash_of_an_invitation_is_kept(at: DocumentHouse) -> None:
    token = invited(at).rpartition("/")[2]
    with at.house.database.reading() as db:
        found = writers.invitation_of(db, token)
        assert found is not None
        assert token not in found.token_hash


def test_an_invitation_taken_back_opens_nothing_and_what_was_written_stays(at: DocumentHouse) -> None:
    path = invited(at)
    guest = at.stranger()
    guest.post(path)
    assert guest.get(f"{ADDRESS}/ecrire").status_code == 200
    with at.house.database.reading() as db:
        writer = db.query(DocumentWriter).filter_by(name="Fatoumata").one()
    page = at.signed_in().post(f"{ADDRESS}/equipe/{writer.id}/retirer").text
    assert "invitation est retirée à Fatoumata" in page
    assert guest.get(f"{ADDRESS}/ecrire").status_code == 404
    for answer in (at.stranger().get(path), at.stranger().post(path)):
        assert answer.status_code == 410
        assert "Demandez-en une autre" in answer.text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("   ", "Écrivez le nom"), ("n" * 81, "trop long")],
)
def test_a_name_that_does_not_fit_is_said_beside_it(at: DocumentHouse, name: str, sentence: str) -> None:
    answer = at.signed_in().post(f"{ADDRESS}/equipe", data={"name": name})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_invitations_are_not_endless(at: DocumentHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "MOST_WRITERS", 3)
    invited(at)
    answer = at.signed_in().post(f"{ADDRESS}/equipe", data={"name": "Thierry"})
    assert answer.status_code == 422
    assert "3 invitations ouvrent déjà ce document" in answer.text


def test_writers_see_who_writes_and_invite_nobody(at: DocumentHouse) -> None:
    client = at.by_invitation("Odile")
    page = client.get(f"{ADDRESS}/equipe").text
    assert "Marcel" in page
    assert "Nadia" in page
    assert "Inviter une personne" not in page
    assert client.post(f"{ADDRESS}/equipe", data={"name": "Thierry"}).status_code == 403
    writer_id = at.made.writers["Marcel"].removeprefix("w")
    assert client.post(f"{ADDRESS}/equipe/{writer_id}/retirer").status_code == 403


def test_those_who_asked_to_write_are_shown_to_whoever_invites_alone(at: DocumentHouse) -> None:
    with at.house.database.writing() as db:
        db.add(
            Contact(
                session_id=at.hall.session_id, channel="email", email="lou@exemple.fr", wants_minutes=True,
                wants_cowrite=True, consent_at=date(2015, 10, 13), wording_version="1", proof="p" * 64,
            )
        )  # fmt: skip
    assert "lou@exemple.fr" in at.signed_in().get(f"{ADDRESS}/equipe").text
    assert "lou@exemple.fr" not in at.by_invitation().get(f"{ADDRESS}/equipe").text


def test_an_invitation_of_another_document_is_not_found(at: DocumentHouse) -> None:
    assert at.signed_in().post(f"{ADDRESS}/equipe/999/retirer").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "paul", "observer", "reviewer"])
def test_whoever_does_not_write_never_sees_the_team(at: DocumentHouse, who: str) -> None:
    client: FlaskClient = {
        "stranger": at.stranger,
        "paul": lambda: at.signed_in("paul@exemple.fr"),
        "observer": lambda: at.by_link("observer"),
        "reviewer": at.by_review,
    }[who]()
    answer = client.get(f"{ADDRESS}/equipe")
    assert answer.status_code in {403, 404}
    assert "Odile" not in answer.text
    assert client.post(f"{ADDRESS}/equipe", data={"name": "Moi"}).status_code in {403, 404}
