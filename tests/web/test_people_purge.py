"""The clock moves, and what had to go is gone: from the rows, and from the bytes of the file."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from atelier.db import Base
from atelier.people import operations, purge, queries
from atelier.people.models import AuditEntry, CardProof, Contact, Device, MagicLink, RestoreCode
from atelier.people.purge import Horizon, PurgeLine, PurgeRule
from atelier.settings import Settings
from tests.web.people_ground import START, Ground, ground_on

PEPPER = b"a secret for signing"
CANARIES = ("canari@exemple.fr", "pcanari", "noecanari", "f" * 60)


@pytest.fixture
def ground(settings: Settings) -> Iterator[Ground]:
    with ground_on(settings) as ground:
        yield ground


@pytest.fixture
def evening(ground: Ground) -> Ground:
    """A séance of which every table of people holds something, closed at START + 3 h."""
    client, _ = ground.phone(participant="pcanari")
    client.post("/coordonnees/1", data={"channel": "paper", "postal_note": "noecanari"})
    other, _ = ground.phone(participant="pcanari2")
    sent = {"channel": "email", "email": "canari@exemple.fr", "minutes_consent": "y"}
    assert other.post("/coordonnees/1", data=sent).status_code == 303
    with ground.database.writing() as db:
        operations.give_restore_code(db, PEPPER, 1, "pcanari", ground.now)
        operations.keep_proof(db, 1, 12, "f" * 64)
    ground.link("nadia@exemple.fr")
    ground.wait(hours=3)
    return ground


CLOSED = START + timedelta(hours=3)


def closed_before(_db: Session, moment: datetime) -> Collection[int]:
    return [1] if moment > CLOSED else []


def published_at(published: datetime) -> purge.Milestone:
    return lambda _db, moment: [1] if moment > published else []


def run(ground: Ground, dry_run: bool = False, published: datetime | None = None) -> dict[str, int]:
    lines = purge.purge(
        ground.database,
        ground.now,
        dry_run,
        closed_before=closed_before,
        contacts_since=published_at(published) if published else purge.never,
    )
    return {line.rule: line.count for line in lines if line.count}


def counts(ground: Ground) -> dict[str, int]:
    kinds = (Device, RestoreCode, CardProof, Contact, MagicLink)
    with ground.database.reading() as db:
        return {kind.__tablename__: db.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds}


def walk(ground: Ground) -> set[tuple[str, str]]:
    """Every table and canary that a look at all rows of all tables finds."""
    found = set()
    with ground.database.reading() as db:
        for table in Base.metadata.sorted_tables:
            text = repr(db.execute(select(table)).all())
            found |= {(table.name, canary) for canary in CANARIES if canary in text}
    return found


def test_a_year_later_nothing_is_left_in_any_table_nor_in_the_file(evening: Ground) -> None:
    assert walk(evening) == {
        ("device", "pcanari"),
        ("restore_code", "pcanari"),
        ("contact", "canari@exemple.fr"),
        ("contact", "noecanari"),
        ("card_proof", "f" * 60),
    }
    file = evening.settings.var / "atelier.db"
    evening.database.checkpoint()
    if evening.database.sqlite:
        assert all(canary.encode() in file.read_bytes() for canary in CANARIES)
    evening.wait(days=367)
    run(evening)
    assert walk(evening) == set()
    assert counts(evening) == dict.fromkeys(counts(evening), 0)
    if evening.database.sqlite:
        assert [canary for canary in CANARIES if canary.encode() in file.read_bytes()] == []


def test_connection_data_goes_24_hours_after_the_close_and_not_before(evening: Ground) -> None:
    evening.wait(hours=24)
    assert "devices" not in run(evening)
    evening.wait(minutes=1)
    assert run(evening)["devices"] == 2
    assert counts(evening)["device"] == 0


def test_an_installation_may_keep_connection_data_for_less(evening: Ground) -> None:
    with evening.database.writing() as db:
        operations.save_installation(db, {"device_hours": 2}, evening.now)
    evening.wait(hours=2, minutes=1)
    assert run(evening)["devices"] == 2


def test_a_seance_left_open_keeps_its_devices_thirty_days_after_the_last_sign(ground: Ground) -> None:
    ground.phone(session_id=2)
    ground.wait(days=30)
    assert run(ground) == {}
    ground.wait(minutes=1)
    assert run(ground) == {"devices": 1}


def test_contacts_go_three_months_after_the_publication_and_proofs_at_it(evening: Ground) -> None:
    published = CLOSED + timedelta(days=21)
    evening.now = published + timedelta(minutes=1)
    assert run(evening, published=published)["card_proofs"] == 1
    assert counts(evening)["contact"] == 2
    evening.now = published + timedelta(days=90)
    assert "contacts" not in run(evening, published=published)
    evening.wait(minutes=1)
    assert run(evening, published=published) == {"contacts": 2}


def test_without_a_compte_rendu_contacts_wait_a_year_and_no_more(evening: Ground) -> None:
    evening.wait(days=365)
    assert "contacts" not in run(evening)
    evening.wait(days=1)
    assert run(evening)["contacts"] == 2


def test_links_and_codes_go_a_day_after_they_died(evening: Ground) -> None:
    evening.now = START + timedelta(days=1)
    assert {"magic_links", "restore_codes"} & set(run(evening)) == set()
    evening.wait(minutes=31)
    assert run(evening) == {"magic_links": 1, "restore_codes": 1}


def test_a_dry_run_says_what_would_go_and_changes_nothing(evening: Ground) -> None:
    evening.wait(days=367)
    before = counts(evening)
    said = run(evening, dry_run=True)
    assert counts(evening) == before
    with evening.database.reading() as db:
        assert queries.audit_entries(db) == []
    assert run(evening) == said
    assert said == {"devices": 2, "restore_codes": 1, "magic_links": 1, "contacts": 2, "card_proofs": 1}


def test_what_was_erased_is_written_down_without_anybody_in_it(
    evening: Ground, caplog: pytest.LogCaptureFixture
) -> None:
    evening.wait(days=367)
    with caplog.at_level(logging.DEBUG):
        run(evening)
    with evening.database.reading() as db:
        entries = {(entry.act, entry.subject, entry.count) for entry in queries.audit_entries(db)}
    assert ("purge:devices", "device", 2) in entries
    assert [record.message for record in caplog.records if record.name.endswith("purge")]
    for canary in CANARIES:
        assert canary not in caplog.text
        assert canary not in repr(entries)


def test_the_second_purge_of_the_day_finds_nothing(evening: Ground) -> None:
    evening.wait(days=367)
    assert run(evening) != {}
    assert run(evening) == {}


def test_a_later_capability_brings_its_own_rule(evening: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Horizon] = []

    def erase(db: Session, horizon: Horizon) -> int:
        asked.append(horizon)
        return purge.erase_where(db, Device, Device.participant == "pcanari2")

    monkeypatch.setattr(purge, "RULES", dict(purge.RULES))
    purge.register(PurgeRule("names", "words", erase))
    purge.register(PurgeRule("names", "words", erase))
    evening.wait(minutes=1)
    lines = purge.purge(evening.database, evening.now, False, closed_before=closed_before)
    assert [line for line in lines if line.rule == "names"] == [PurgeLine("names", "words", 1)]
    assert asked[0].now == evening.now
    assert asked[0].durations.names == timedelta(days=90)
    assert asked[0].closed_before(None, evening.now) == [1]  # type: ignore[arg-type]


def test_a_rule_that_fails_leaves_everything_as_it_was(
    evening: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_db: Session, _horizon: Horizon) -> int:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(purge, "RULES", dict(purge.RULES))
    purge.register(PurgeRule("broken", "words", fail))
    evening.wait(days=367)
    before = counts(evening)
    with pytest.raises(RuntimeError):
        run(evening)
    assert counts(evening) == before


def test_audit_entries_themselves_go_after_three_years(evening: Ground) -> None:
    evening.wait(days=367)
    run(evening)
    with evening.database.reading() as db:
        kept = len(queries.audit_entries(db))
    assert kept == 5
    evening.wait(days=3 * 365 + 1)
    assert run(evening) == {"audit": 5}
    with evening.database.reading() as db:
        assert [entry.act for entry in db.scalars(select(AuditEntry))] == ["purge:audit"]


def test_accounts_and_what_the_installation_says_are_never_purged(evening: Ground) -> None:
    with evening.database.writing() as db:
        operations.save_installation(db, {"controller": "Ville d'Exemple"}, evening.now)
    evening.wait(days=3650)
    run(evening)
    with evening.database.reading() as db:
        assert queries.account_by_email(db, "nadia@exemple.fr") is not None
        assert queries.installation_facts(db)["controller"] == "Ville d'Exemple"
