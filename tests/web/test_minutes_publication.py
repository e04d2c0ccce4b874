"""Approved, frozen, corrected, withdrawn: what each step keeps and what it erases, on both databases."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from atelier.db import Database
from atelier.errors import NotFound, Refusal
from atelier.minutes import queries
from atelier.minutes.facts import Reserve
from atelier.minutes.models import DocumentClient, Publication
from atelier.minutes.operations import approval, names, publication, versions
from atelier.minutes.operations.publication import Frozen
from atelier.people.models import CardProof
from tests.web.review_ground import Archive

FROZEN = Frozen(
    "<h1>Compte rendu</h1>", "# Compte rendu\n\nÉlus, « six mois ».\n", {"items": []}, {"sent": 3}
)


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def approve(archive: Archive, kind: str = "tacit", **more: Any) -> Any:
    return archive.do(approval.approve, archive.text(), kind, archive.now, **more)


def publish(archive: Archive, frozen: Frozen = FROZEN) -> Any:
    return archive.do(publication.publish, archive.text(), frozen, archive.now)


def published(archive: Archive) -> Publication:
    archive.send()
    approve(archive)
    found = publish(archive)
    assert isinstance(found, Publication)
    return found


def count(archive: Archive, table: Any) -> int:
    with archive.database.reading() as db:
        return db.query(table).count()


# ---------------------------------------------------------------- approval


def test_approval_happens_once_whoever_comes_second(archive: Archive) -> None:
    archive.send()
    assert approve(archive).kind == "approved"
    assert approve(archive) == Refusal("not_now", {"phase": "approved"})
    document = archive.document()
    assert (document.phase, document.approval, document.approved_at) == ("approved", "tacit", archive.now)


def test_reserves_said_with_the_consent_are_listed(archive: Archive) -> None:
    archive.send()
    approve(archive, "consent", reserves=[Reserve("Le débat manque.", "A")])
    assert archive.document().settings["reserves"] == [{"text": "Le débat manque.", "college": "A"}]


def test_an_approval_is_taken_back_with_a_motive_that_stays_written(archive: Archive) -> None:
    archive.send()
    approve(archive)
    assert archive.do(approval.reopen, " ", archive.today) == Refusal("motive_required")
    assert archive.do(approval.reopen, "Une page manquait.", archive.today) is None
    document = archive.document()
    assert (document.phase, document.approved_at) == ("in_review", None)
    assert document.settings["reopened"] == [{"motive": "Une page manquait.", "on": "2015-10-13"}]


def test_a_text_is_not_published_before_its_approval(archive: Archive) -> None:
    assert publish(archive) == Refusal("not_now", {"phase": "draft"})
    archive.send()
    assert publish(archive) == Refusal("not_now", {"phase": "in_review"})
    assert count(archive, Publication) == 0


# ---------------------------------------------------------------- publication


def test_a_published_version_bears_the_fingerprint_of_its_very_bytes(archive: Archive) -> None:
    row = published(archive)
    assert (row.number, row.sha256) == (1, hashlib.sha256(FROZEN.markdown.encode("utf-8")).hexdigest())
    assert archive.document().phase == "published"


def test_publication_ends_the_work_and_keeps_the_archives(archive: Archive) -> None:
    archive.wait(minutes=20)
    archive.do(versions.keep_named, archive.text(), "Premier jet", {"u1": "Nadia"}, archive.now)
    archive.write("case", "Autre.")
    archive.send()
    with archive.database.writing() as db:
        versions.keep_version(
            db, queries.locked(db, 1), archive.text(), "submitted", archive.now, people=["Nadia"]
        )
    assert [count(archive, table) for table in (DocumentClient, CardProof)] == [1, 1]
    approve(archive)
    publish(archive)
    assert [count(archive, table) for table in (DocumentClient, CardProof)] == [0, 0]
    with archive.database.reading() as db:
        assert [(one.kind, one.people) for one in queries.versions(db, 1)] == [
            ("published", []), ("approved", []), ("submitted", []), ("submitted", [])
        ]  # fmt: skip


def test_numbers_of_versions_are_not_given_again_after_the_working_ones_are_gone(archive: Archive) -> None:
    archive.do(versions.keep_named, archive.text(), "Premier jet", {}, archive.now)
    published(archive)
    with archive.database.reading() as db:
        assert sorted(one.number for one in queries.versions(db, 1)) == [2, 3, 4]


def test_a_correction_is_a_new_version_with_its_reason_and_changes_nothing_of_the_first(
    archive: Archive,
) -> None:
    first = published(archive)
    assert publish(archive) == Refusal("reason_required")
    assert archive.do(publication.open_correction, "", archive.now) == Refusal("reason_required")
    assert archive.do(publication.open_correction, "Une date fausse.", archive.now) is None
    assert archive.do(publication.open_correction, "Encore.", archive.now) == Refusal("already_correcting")
    archive.wait(days=2)
    second = publish(archive, Frozen("<p>v2</p>", "v2\n", {}, {}))
    assert (second.number, second.reason) == (2, "Une date fausse.")
    assert (archive.document().phase, archive.document().settings) == ("rectified", {})
    with archive.database.reading() as db:
        kept = queries.publication(db, 1, 1)
        assert kept is not None
        assert (kept.html, kept.markdown, kept.sha256, kept.published_at) == (
            first.html, first.markdown, first.sha256, archive.now - timedelta(days=2)
        )  # fmt: skip


def test_a_correction_given_up_leaves_the_published_version_alone(archive: Archive) -> None:
    published(archive)
    archive.do(publication.open_correction, "Une date fausse.", archive.now)
    archive.do(publication.close_correction)
    assert publish(archive) == Refusal("reason_required")
    assert count(archive, Publication) == 1


def test_a_version_withdrawn_from_view_keeps_its_text_and_its_motive(archive: Archive) -> None:
    row = published(archive)
    assert archive.do(publication.withdraw_from_view, 1, " ", archive.now) == Refusal("motive_required")
    assert (
        archive.do(publication.withdraw_from_view, 1, "Une personne y est reconnaissable.", archive.now)
        is None
    )
    archive.wait(days=1)
    archive.do(publication.withdraw_from_view, 1, "Autre motif", archive.now)
    with archive.database.reading() as db:
        kept = queries.publication(db, 1, 1)
        assert kept is not None
        assert (kept.withdrawn_motive, kept.sha256) == ("Une personne y est reconnaissable.", row.sha256)
        assert kept.withdrawn_at == archive.now - timedelta(days=1)
    archive.do(publication.restore_to_view, 1)
    with archive.database.reading() as db:
        shown = queries.publication(db, 1, 1)
        assert shown is not None
        assert shown.withdrawn_at is None
    with pytest.raises(NotFound):
        archive.do(publication.withdraw_from_view, 9, "Non", archive.now)


# ---------------------------------------------------------------- around


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_seance_may_be_deleted_until_its_compte_rendu_is_approved(archive: Archive, steps: int) -> None:
    for step in (archive.send, lambda: approve(archive), lambda: publish(archive))[:steps]:
        step()
    with archive.database.reading() as db:
        found = publication.kept_from_deletion(db, 1)
        assert publication.kept_from_deletion(db, 99) is None
    assert found == (Refusal("minutes_approved", {"reference": "CHA1"}) if steps >= 2 else None)


def test_seances_are_told_published_from_the_first_version_on(archive: Archive) -> None:
    published(archive)
    first = archive.now
    archive.wait(days=100)
    archive.do(publication.open_correction, "Une date fausse.", archive.now)
    publish(archive)
    with archive.database.reading() as db:
        assert queries.sessions_published_before(db, first - timedelta(seconds=1)) == set()
        assert queries.sessions_published_before(db, first + timedelta(days=90)) == {1}


def test_consent_to_a_name_is_recorded_changed_and_taken_back(archive: Archive) -> None:
    def said() -> dict[tuple[str, str], str]:
        with archive.database.reading() as db:
            return queries.consents(db, 1)

    archive.do(names.set_consent, "Samira", "given", archive.now, "C-12")
    archive.do(names.set_consent, "Samira", "refused", archive.now)
    assert said() == {("Samira", "C-12"): "given", ("Samira", ""): "refused"}
    archive.do(names.set_consent, "Samira", "given", archive.now)
    archive.do(names.set_consent, "Samira", "", archive.now, "C-12")
    assert said() == {("Samira", ""): "given"}
    assert archive.do(names.set_consent, "Samira", "famous", archive.now) == Refusal("malformed")


def test_a_public_role_is_said(archive: Archive) -> None:
    assert archive.do(names.set_consent, "Nadia", "public_role", archive.now) == Refusal("role_required")
    assert archive.do(names.set_consent, "Nadia", "public_role", archive.now, note="animatrice") is None
