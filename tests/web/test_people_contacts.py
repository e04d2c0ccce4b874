"""What people leave at the end: apart, by consent, taken back in one act."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from atelier import codes
from atelier.people import operations, queries
from atelier.people.models import Contact, Device
from atelier.settings import Settings
from tests.web.people_ground import Ground, ground_on

BY_EMAIL = {"channel": "email", "email": "nadia@exemple.fr", "minutes_consent": "y"}


@pytest.fixture
def ground(settings: Settings) -> Iterator[Ground]:
    with ground_on(settings) as ground:
        yield ground


def contacts(ground: Ground) -> list[tuple[str, str, str, bool, bool]]:
    with ground.database.reading() as db:
        return [
            (row.channel, row.email, row.postal_note, row.wants_minutes, row.wants_cowrite)
            for row in queries.contacts_of(db, 1)
        ]


def test_nothing_is_ticked_beforehand(ground: Ground) -> None:
    client, _ = ground.phone()
    page = client.get("/coordonnees/1")
    assert page.status_code == 200
    assert "Comment recevoir le compte rendu\u00a0?" in page.text
    assert "checked" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_an_email_with_consent_is_kept_and_shown_with_the_way_back(ground: Ground) -> None:
    client, _ = ground.phone()
    answer = client.post("/coordonnees/1", data={**BY_EMAIL, "vers": "/s/482137"})
    assert answer.location == "/coordonnees/1/merci?fait=garde&vers=/s/482137"
    page = client.get(answer.location).text
    assert "Le compte rendu ira à nadia@exemple.fr." in page
    assert 'href="/s/482137"' in page
    assert "Retirer mes coordonnées" in page
    assert contacts(ground) == [("email", "nadia@exemple.fr", "", True, False)]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"channel": "paper", "postal_note": "Ali"}, ("paper", "", "Ali", True, False)),
        ({"channel": "paper", "email": "x@exemple.fr"}, ("paper", "", "", True, False)),
        (
            {"channel": "none", "cowrite": "y", "email": "x@exemple.fr"},
            ("none", "x@exemple.fr", "", False, True),
        ),
        ({**BY_EMAIL, "cowrite": "y"}, ("email", "nadia@exemple.fr", "", True, True)),
    ],
    ids=["paper", "paper keeps no e-mail", "co-write alone", "both"],
)
def test_only_what_the_wish_needs_is_kept(
    ground: Ground, sent: dict[str, str], kept: tuple[str, str, str, bool, bool]
) -> None:
    client, _ = ground.phone()
    assert client.post("/coordonnees/1", data=sent).status_code == 303
    assert contacts(ground) == [kept]


def test_wishing_for_nothing_keeps_nothing_and_erases_an_earlier_wish(ground: Ground) -> None:
    client, _ = ground.phone()
    client.post("/coordonnees/1", data=BY_EMAIL)
    assert len(contacts(ground)) == 1
    answer = client.post("/coordonnees/1", data={"channel": "none", "email": "nadia@exemple.fr"})
    assert "fait=rien" in answer.location
    assert contacts(ground) == []
    assert "aucune coordonnée n’est gardée" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choisissez une réponse."),
        ({"channel": "pigeon"}, "Choisissez une des réponses."),
        ({"channel": "email", "minutes_consent": "y"}, "Indiquez l’adresse où vous écrire."),
        ({"channel": "email", "email": "nadia@exemple.fr"}, "Sans votre accord"),
        ({"channel": "none", "cowrite": "y"}, "Indiquez l’adresse où vous écrire."),
        ({**BY_EMAIL, "email": "x" * 64_000}, "Ce texte est trop long."),
    ],
    ids=["nothing", "unknown", "no address", "no consent", "co-write without address", "long"],
)
def test_a_wish_that_cannot_be_granted_gets_its_sentence_and_keeps_nothing(
    ground: Ground, sent: dict[str, str], sentence: str
) -> None:
    client, _ = ground.phone()
    answer = client.post("/coordonnees/1", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert contacts(ground) == []


def test_a_second_answer_of_the_same_phone_replaces_the_first(ground: Ground) -> None:
    client, _ = ground.phone()
    client.post("/coordonnees/1", data=BY_EMAIL)
    client.post("/coordonnees/1", data={**BY_EMAIL, "email": "autre@exemple.fr"})
    assert contacts(ground) == [("email", "autre@exemple.fr", "", True, False)]


def test_two_phones_leave_two_contacts_and_withdraw_only_their_own(ground: Ground) -> None:
    (one, _), (other, _) = ground.phone(participant="p1"), ground.phone(participant="p2")
    one.post("/coordonnees/1", data=BY_EMAIL)
    other.post("/coordonnees/1", data={**BY_EMAIL, "email": "ali@exemple.fr"})
    one.post("/coordonnees/1/retirer")
    assert contacts(ground) == [("email", "ali@exemple.fr", "", True, False)]


def test_withdrawing_still_works_when_the_connection_data_is_gone(ground: Ground) -> None:
    client, token = ground.phone()
    client.post("/coordonnees/1", data=BY_EMAIL)
    with ground.database.writing() as db:
        assert operations.forget_session(db, 99) == 0
        db.delete(db.get_one(Device, codes.hashed(token)))
    assert client.get("/coordonnees/1").status_code == 200
    answer = client.post("/coordonnees/1/retirer", data={"vers": "/"})
    assert "Vos coordonnées sont effacées." in client.get(answer.location).text
    assert contacts(ground) == []
    assert client.get("/coordonnees/1").status_code == 404


def test_who_took_no_part_finds_no_form(ground: Ground) -> None:
    stranger = ground.client()
    assert stranger.get("/coordonnees/1").status_code == 404
    assert stranger.post("/coordonnees/1", data=BY_EMAIL).status_code == 404
    of_another, _ = ground.phone(session_id=2)
    assert of_another.post("/coordonnees/1", data=BY_EMAIL).status_code == 404
    assert contacts(ground) == []


def test_a_way_back_leads_nowhere_else(ground: Ground) -> None:
    client, _ = ground.phone()
    for elsewhere in ("https://pirate.exemple", "//pirate.exemple", "/\\pirate.exemple", "javascript:x"):
        page = client.get("/coordonnees/1", query_string={"vers": elsewhere}).text
        assert "pirate" not in page
        assert 'href="javascript' not in page
        answer = client.post("/coordonnees/1", data={**BY_EMAIL, "vers": elsewhere})
        assert answer.location.endswith("&vers=/")


def test_a_contact_names_no_participant_no_hour_and_no_order_of_arrival(ground: Ground) -> None:
    for number in range(12):
        client, _ = ground.phone(participant=f"p{number}")
        client.post("/coordonnees/1", data={**BY_EMAIL, "email": f"{number:02}@exemple.fr"})
    with ground.database.reading() as db:
        by_key = [row.email for row in db.scalars(select(Contact).order_by(Contact.id))]
        columns = set(Contact.__table__.columns.keys())
        devices = {row.token_hash for row in db.scalars(select(Device))}
        proofs = {row.proof for row in db.scalars(select(Contact))}
    assert by_key != sorted(by_key)
    assert "participant" not in columns
    assert str(Contact.__table__.c.consent_at.type) == "DATE"
    assert len(proofs) == len(devices) == 12
    assert proofs & devices == set()


@pytest.mark.parametrize(
    "broken",
    [
        {"channel": "pigeon"},
        {"email": ""},
        {"wants_minutes": False, "wants_cowrite": True},
        {"channel": "none", "wants_minutes": False},
        {"channel": "paper", "email": "", "wants_cowrite": True},
    ],
    ids=["channel", "no address", "channel without wish", "nothing wished", "co-write without address"],
)
def test_the_database_refuses_a_contact_without_its_reason(ground: Ground, broken: dict[str, object]) -> None:
    row = {
        "id": 1, "session_id": 1, "channel": "email", "email": "nadia@exemple.fr", "postal_note": "",
        "wants_minutes": True, "wants_cowrite": False, "consent_at": ground.now.date(),
        "wording_version": operations.WORDING, "proof": "x" * 64,
    }  # fmt: skip
    with ground.database.writing() as db:
        db.execute(insert(Contact).values(**{**row, "id": 2, "proof": "y" * 64}))
    with pytest.raises(IntegrityError), ground.database.writing() as db:
        db.execute(insert(Contact).values(**{**row, **broken}))


def test_contacts_are_counted_for_the_desk_and_listed_by_name(ground: Ground) -> None:
    for number, sent in enumerate(
        (BY_EMAIL, {**BY_EMAIL, "email": "ali@exemple.fr", "cowrite": "y"}, {"channel": "paper"})
    ):
        client, _ = ground.phone(participant=f"p{number}")
        client.post("/coordonnees/1", data=sent)
    with ground.database.reading() as db:
        assert queries.contact_counts(db, 1) == {"email": 2, "paper": 1, "cowrite": 1}
        assert [row.email for row in queries.contacts_of(db, 1)] == ["", "ali@exemple.fr", "nadia@exemple.fr"]
        assert queries.contacts_of(db, 2) == []
