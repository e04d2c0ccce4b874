"""Which phone speaks for whom: seats, lost phones, and the proof that a card is somebody's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from atelier import codes
from atelier.db import Base
from atelier.errors import NotFound, Refusal
from atelier.people import access, operations, queries
from atelier.people.models import CardProof, Device, RestoreCode
from atelier.people.tokens import card_proof, keep_code, spaced
from atelier.settings import Settings
from tests.web.people_ground import Ground, ground_on

PEPPER = b"a secret for signing"


@pytest.fixture
def ground(settings: Settings) -> Iterator[Ground]:
    with ground_on(settings) as ground:
        yield ground


def everything(ground: Ground) -> str:
    """All rows of all tables, as text."""
    with ground.database.reading() as db:
        return repr([db.execute(select(table)).all() for table in Base.metadata.sorted_tables])


def seat(ground: Ground, token: str, session_id: int = 1) -> str | None:
    with ground.database.reading() as db:
        return access.participant_of(db, token, session_id)


def restore_code(ground: Ground, participant: str = "p1", session_id: int = 1) -> str:
    with ground.database.writing() as db:
        return operations.give_restore_code(db, PEPPER, session_id, participant, ground.now)


def test_a_token_opens_its_own_seance_and_no_other(ground: Ground) -> None:
    _, token = ground.phone(session_id=1, participant="p12")
    assert seat(ground, token, 1) == "p12"
    assert seat(ground, token, 2) is None
    assert seat(ground, "", 1) is None
    assert seat(ground, codes.hashed(token), 1) is None


def test_taking_the_same_seat_again_changes_nothing(ground: Ground) -> None:
    _, token = ground.phone(participant="p12")
    for _ in range(2):
        with ground.database.writing() as db:
            operations.give_seat(db, token, 1, "p12", ground.now)
    assert seat(ground, token) == "p12"


def test_one_person_has_one_device(ground: Ground) -> None:
    _, old = ground.phone(participant="p12")
    _, new = ground.phone(participant="p12")
    assert (seat(ground, old), seat(ground, new)) == (None, "p12")
    row = {"session_id": 1, "participant": "p12", "created_at": ground.now, "last_seen_at": ground.now}
    with pytest.raises(IntegrityError), ground.database.writing() as db:
        db.execute(insert(Device).values(token_hash="x" * 64, **row))


def test_the_database_holds_the_hash_of_a_device_and_no_address(ground: Ground) -> None:
    client, token = ground.phone()
    client.get("/coordonnees/1", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    kept = everything(ground)
    assert codes.hashed(token) in kept
    assert token not in kept
    assert "203.0.113.77" not in kept


def test_signs_of_life_are_written_every_ten_minutes_at_most(ground: Ground) -> None:
    _, token = ground.phone()
    seen = []
    for minutes in (5, 4, 2):
        ground.wait(minutes=minutes)
        with ground.database.writing() as db:
            operations.see_device(db, token, ground.now)
            found = queries.seat_of(db, token, 1)
            assert found is not None
            seen.append(found.last_seen_at)
    assert [moment == ground.now for moment in seen] == [False, False, True]


def test_a_lost_phone_gets_its_person_back_once(ground: Ground) -> None:
    _, lost = ground.phone(participant="p12")
    code, client = restore_code(ground, "p12"), ground.client()
    sent = {"code": f" {code[:4].lower()} {code[4:]}", "vers": "/s/482137"}
    answer = client.post("/retrouver/1", data=sent)
    assert (answer.status_code, answer.location) == (303, "/s/482137")
    cookie = client.get_cookie(access.device_cookie(1))
    assert cookie is not None
    assert seat(ground, cookie.value) == "p12"
    assert seat(ground, lost) is None
    again = ground.client()
    assert again.post("/retrouver/1", data=sent).status_code == 422
    assert again.get_cookie(access.device_cookie(1)) is None
    assert seat(ground, cookie.value) == "p12"


def test_a_seat_given_back_is_younger_than_the_person(ground: Ground) -> None:
    ground.phone(participant="p12")
    code = restore_code(ground, "p12")
    ground.wait(minutes=3)
    client = ground.client()
    client.post("/retrouver/1", data={"code": code})
    cookie = client.get_cookie(access.device_cookie(1))
    assert cookie is not None
    with ground.database.reading() as db:
        found = queries.seat_of(db, cookie.value, 1)
    assert found is not None
    assert found.since == ground.now


@pytest.mark.parametrize("why", ["expired", "another séance", "replaced", "wrong"])
def test_a_restore_code_that_is_not_good_gives_no_seat(ground: Ground, why: str) -> None:
    _, token = ground.phone(participant="p12")
    code = restore_code(ground, "p12", 2 if why == "another séance" else 1)
    if why == "expired":
        ground.wait(minutes=10)
    if why == "replaced":
        restore_code(ground, "p12")
    if why == "wrong":
        code = "A" * 8 if code != "A" * 8 else "B" * 8
    client = ground.client()
    answer = client.post("/retrouver/1", data={"code": code})
    assert answer.status_code == 422
    assert "Ce code n’ouvre rien." in answer.text
    assert seat(ground, token) == "p12"


def test_restore_codes_cannot_be_tried_one_after_the_other(ground: Ground) -> None:
    client = ground.client()
    statuses = [
        client.post("/retrouver/1", data={"code": f"AAAA{number:04}"}).status_code for number in range(11)
    ]
    assert statuses == [422] * 10 + [429]


def test_the_database_holds_no_restore_code(ground: Ground) -> None:
    code = restore_code(ground)
    with ground.database.reading() as db:
        row = db.scalars(select(RestoreCode)).one()
    assert code not in row.code_hash
    assert row.code_hash != codes.hashed(code)


def test_garder_mon_lien_finds_the_cards_of_its_author_and_no_others(ground: Ground) -> None:
    mine, theirs = codes.token(), codes.token()
    with ground.database.writing() as db:
        for number in range(1, 31):
            author = keep_code(mine if number % 3 == 0 else theirs)
            operations.keep_proof(db, 1, number, card_proof(PEPPER, author, number))
        operations.keep_proof(db, 2, 3, card_proof(PEPPER, keep_code(mine), 3))
    with ground.database.reading() as db:
        read_aloud = spaced(keep_code(mine)).lower()
        assert queries.authored_numbers(db, PEPPER, 1, read_aloud) == tuple(range(3, 31, 3))
        assert queries.authored_numbers(db, PEPPER, 1, read_aloud, [3, 4, 6]) == (3, 6)
        assert queries.authored_numbers(db, PEPPER, 2, read_aloud) == (3,)
        assert queries.authored_numbers(db, b"another pepper", 1, read_aloud) == ()
        assert queries.authored_numbers(db, PEPPER, 1, "AAAABBBBCCCC") == ()
        assert queries.authored_numbers(db, PEPPER, 1, "") == ()


def test_proofs_of_one_author_cannot_be_told_from_the_rows(ground: Ground) -> None:
    author = keep_code(codes.token())
    with ground.database.writing() as db:
        for number in (9, 2, 31, 4):
            operations.keep_proof(db, 1, number, card_proof(PEPPER, author, number))
        rows = db.execute(select(CardProof.number, CardProof.proof)).all()
        if ground.database.sqlite:  # PostgreSQL's heap follows arrival, as the journal does
            assert [number for number, _ in rows] == [2, 4, 9, 31]
        assert len({proof for _, proof in rows}) == 4
        assert set(CardProof.__table__.columns.keys()) == {"session_id", "number", "proof"}


def test_forgetting_a_seance_leaves_the_others_whole(ground: Ground) -> None:
    for session_id in (1, 2):
        client, _ = ground.phone(session_id=session_id)
        client.post(f"/coordonnees/{session_id}", data={"channel": "paper"})
        restore_code(ground, "p1", session_id)
        with ground.database.writing() as db:
            operations.keep_proof(db, session_id, 1, "x" * 64)
    with ground.database.writing() as db:
        assert operations.forget_session(db, 1) == 4
        for kind in operations.OF_A_SESSION:
            kept = db.scalars(select(kind.__table__.c.session_id)).all()
            assert kept == [2], kind
        assert db.scalar(select(func.count()).select_from(Device)) == 1


def test_what_is_not_yours_is_not_found(ground: Ground) -> None:
    client = ground.signed_in()
    with client:
        client.get("/installation")
        assert access.owned_by_asker(1).email == "nadia@exemple.fr"
        for owner in (2, None):
            with pytest.raises(NotFound):
                access.owned_by_asker(owner)


def test_two_uses_of_a_restore_code_at_once_give_one_seat(ground: Ground) -> None:
    ground.phone(participant="p12")
    code = restore_code(ground, "p12")
    found = []
    for _ in range(2):
        with ground.database.writing() as db:
            found.append(operations.use_restore_code(db, PEPPER, 1, code, codes.token(), ground.now))
    assert found == ["p12", Refusal("restore_code_refused")]
