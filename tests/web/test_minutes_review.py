"""Sent for review, read, amended, answered: what is kept of each, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from atelier.codes import hashed
from atelier.db import Database
from atelier.errors import NotFound, Refusal
from atelier.minutes import queries
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Amendment
from atelier.minutes.operations import amendments, review, situation
from atelier.minutes.operations.amendments import From, Request
from tests.web.review_ground import PEPPER, PHONE_CODE, Archive

LINK = From("r1", True, "email", "A")
STRANGER = From("r9", False, "link")
SHEET = From("paper:0173", True, "paper", sheet="0173")
REQUEST = Request("minus", "six mois", "un an", "On l'a dit à la table 3.", wants_annex=True)


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def ask(archive: Archive, who: From = LINK, request: Request = REQUEST) -> Amendment | Refusal:
    found: Amendment | Refusal = archive.do(
        amendments.ask, archive.content, 1, who, request, archive.today, archive.now
    )
    return found


def asked(archive: Archive, who: From = LINK, request: Request = REQUEST) -> Amendment:
    found = ask(archive, who, request)
    assert isinstance(found, Amendment)
    return found


def refused(archive: Archive, who: From = LINK, request: Request = REQUEST) -> str:
    found = ask(archive, who, request)
    assert isinstance(found, Refusal)
    return found.code


# ---------------------------------------------------------------- sending


def test_sending_freezes_the_text_that_is_read(archive: Archive) -> None:
    archive.send()
    archive.write("case", "Changé depuis.")
    with archive.database.reading() as db:
        version = queries.last_version(db, 1, "submitted")
        assert version is not None
        assert situation.content_at(version) == archive.content
    document = archive.document()
    assert (document.phase, document.approval, document.sent_at) == ("in_review", "tacit", archive.now)


def test_sending_late_gives_readers_their_ten_days(archive: Archive) -> None:
    archive.wait(days=15)
    archive.send()
    assert archive.document().amendments_due == date(2015, 11, 9)


def test_sending_again_is_another_version_and_moves_no_day(archive: Archive) -> None:
    archive.send()
    before = archive.document().amendments_due
    archive.wait(days=12)
    archive.send()  # pressed twice, or nothing changed: the same version
    archive.write("case", "Changé depuis.")
    archive.send()
    assert archive.document().amendments_due == before
    with archive.database.reading() as db:
        assert [one.number for one in queries.versions(db, 1) if one.kind == "submitted"] == [2, 1]


def test_each_address_left_at_the_seance_gets_one_link(archive: Archive) -> None:
    given = archive.do(review.links_for_contacts, archive.now)
    assert sorted(one.email for one in given) == ["odile@exemple.fr", "paul@exemple.fr"]
    again = archive.do(review.links_for_contacts, archive.now)  # pressed twice: nothing shown once is lost
    assert {one.link_id for one in again} == {one.link_id for one in given}
    given = again
    archive.wait(minutes=3)
    assert archive.do(review.links_for_contacts, archive.now) == []
    with archive.database.reading() as db:
        links = {link.token_hash: link for link in queries.review_links(db, 1)}
    assert {hashed(one.token) for one in given} == set(links)
    assert all(link.present and link.channel == "email" for link in links.values())


def test_a_renewed_link_opens_and_the_former_does_not(archive: Archive) -> None:
    (first, _) = archive.do(review.links_for_contacts, archive.now)
    with archive.database.writing() as db:
        link = queries.review_link(db, 1, first.link_id)
        assert link is not None
        review.revoke_link(db, link, archive.now)
        second = review.renew_link(db, link)
    with archive.database.reading() as db:
        assert queries.link_by_hash(db, hashed(first.token)) is None
        found = queries.link_by_hash(db, hashed(second.token))
        assert found is not None
        assert (found.id, found.revoked_at) == (first.link_id, None)


def test_a_phone_is_one_reader_each_time_it_comes(archive: Archive) -> None:
    first = archive.do(review.link_for_phone, PEPPER, PHONE_CODE, "A", archive.now)
    again = archive.do(review.link_for_phone, PEPPER, PHONE_CODE.replace("-", "").lower(), "", archive.now)
    other = archive.do(review.link_for_phone, PEPPER, "ZZZZ-ZZZZ-ZZZZ", "", archive.now)
    assert first == again != other
    with archive.database.reading() as db:
        assert [(link.channel, link.college) for link in queries.review_links(db, 1)] == [
            ("phone", "A"),
            ("phone", ""),
        ]


def test_having_written_a_card_proves_that_one_was_there(archive: Archive) -> None:
    with archive.database.reading() as db:
        assert review.wrote_a_card(db, PEPPER, 1, PHONE_CODE) == (1,)
        assert review.wrote_a_card(db, PEPPER, 1, "ZZZZ-ZZZZ-ZZZZ") == ()
        assert review.wrote_a_card(db, b"another installation", 1, PHONE_CODE) == ()


def test_a_review_taken_back_takes_nothing_any_more(archive: Archive) -> None:
    archive.send()
    assert archive.do(review.take_back) is None
    assert refused(archive) == "review_closed"
    assert archive.do(review.take_back) == Refusal("not_now", {"phase": "draft"})


# ---------------------------------------------------------------- readings


def say(
    archive: Archive, verdict: str, reserve: str = "", reader: str = "r1", version: int = 1
) -> Refusal | None:
    found: Refusal | None = archive.do(review.say, reader, True, version, verdict, archive.now, reserve)
    return found


def test_a_reader_is_counted_once_and_reading_again_takes_nothing_back(archive: Archive) -> None:
    archive.send()
    assert [say(archive, one) for one in ("read", "faithful", "read", "faithful")] == [None] * 4
    assert say(archive, "read", reader="r2") is None
    with archive.database.reading() as db:
        facts = situation.facts_in(db, archive.document())
    assert (facts.read, facts.faithful) == (2, 1)


def test_a_reserve_has_words_and_can_be_taken_back(archive: Archive) -> None:
    archive.send()
    assert say(archive, "reserve", "  ") == Refusal("reserve_required")
    assert say(archive, "reserve", "Le débat manque.") is None
    with archive.database.reading() as db:
        assert [one.text for one in situation.facts_in(db, archive.document()).reserves] == [
            "Le débat manque."
        ]
    archive.do(review.unsay, "r1", 1)
    with archive.database.reading() as db:
        facts = situation.facts_in(db, archive.document())
    assert (facts.read, facts.reserves) == (1, ())


def test_nothing_is_said_outside_the_review(archive: Archive) -> None:
    assert say(archive, "faithful") == Refusal("review_closed", {"phase": "draft"})


# ---------------------------------------------------------------- requests


def test_who_was_there_amends_and_who_was_not_comments(archive: Archive) -> None:
    archive.send()
    assert [asked(archive, who).kind for who in (LINK, STRANGER)] == ["amendment", "comment"]


def test_a_request_sent_twice_is_one(archive: Archive) -> None:
    archive.send()
    assert asked(archive).number == asked(archive).number == 1
    assert asked(archive, request=replace(REQUEST, motive="Autre motif")).number == 2
    assert asked(archive, replace(LINK, reader="r2")).number == 3


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (replace(REQUEST, motive=" "), "motive_required"),
        (replace(REQUEST, section="gone"), "unknown_section"),
        (replace(REQUEST, after="x" * 4001), "too_long"),
    ],
)
def test_a_request_that_cannot_be_kept_says_why(archive: Archive, request_: Request, code: str) -> None:
    archive.send()
    assert refused(archive, request=request_) == code


def test_a_section_whose_key_no_column_holds_takes_no_request(database: Database) -> None:
    key = "k" * 60
    archive = Archive(
        database, content=Content("Titre", (Section(key, 1, "D'un autre programme", "Texte."),))
    )
    archive.send()
    assert refused(archive, request=replace(REQUEST, section=key)) == "unknown_section"


def test_requests_are_taken_to_the_end_of_the_day_and_sheets_after_it(archive: Archive) -> None:
    archive.send()
    archive.now = archive.now.replace(month=11, day=2, hour=22)
    assert asked(archive).number == 1
    archive.wait(hours=2)
    assert refused(archive, request=replace(REQUEST, motive="Trop tard ?")) == "too_late"
    assert asked(archive, SHEET).channel == "paper"


def test_one_reader_cannot_fill_the_list(archive: Archive) -> None:
    archive.send()
    for n in range(amendments.MOST_PENDING):
        asked(archive, request=replace(REQUEST, motive=f"Motif {n}"))
    assert refused(archive, request=replace(REQUEST, motive="Un de trop")) == "too_many"
    assert asked(archive, replace(LINK, reader="r2")).state == "pending"


def test_a_sheet_is_entered_once_for_each_section(archive: Archive) -> None:
    archive.send()
    first = asked(archive, SHEET)
    again = ask(archive, SHEET, replace(REQUEST, motive="Relu par une autre personne"))
    assert again == Refusal("sheet_known", {"sheet": "0173", "number": 1, "at": first.created_at})
    assert asked(archive, SHEET, replace(REQUEST, section="case")).number == 2


def test_one_withdraws_only_ones_own_and_only_before_the_answer(archive: Archive) -> None:
    archive.send()
    asked(archive)
    with pytest.raises(NotFound):
        archive.do(amendments.withdraw, 1, "r2")
    archive.do(amendments.answer, 1, "refused", "Aucune carte ne le dit.", archive.now)
    assert archive.do(amendments.withdraw, 1, "r1") == Refusal("not_pending", {"state": "refused"})
    archive.do(amendments.reopen, 1)
    assert archive.do(amendments.withdraw, 1, "r1") is None
    assert archive.do(amendments.withdraw, 1, "r1") is None
    assert archive.do(amendments.answer, 1, "accepted", "", archive.now) == Refusal(
        "not_pending", {"state": "withdrawn"}
    )


def test_a_refusal_has_its_motive_and_an_answer_may_be_changed(archive: Archive) -> None:
    archive.send()
    asked(archive)
    assert archive.do(amendments.answer, 1, "refused", " ", archive.now) == Refusal("answer_required")
    archive.do(amendments.answer, 1, "refused", "Aucune carte ne le dit.", archive.now)
    archive.do(amendments.answer, 1, "accepted", "Si, C-12.", archive.now)
    with archive.database.reading() as db:
        row = queries.amendment(db, 1, 1)
        assert row is not None
        assert (row.state, row.answer, row.answered_at) == ("accepted", "Si, C-12.", archive.now)


def test_what_changed_since_the_sending_is_counted_without_what_was_granted(archive: Archive) -> None:
    archive.send()
    asked(archive)
    archive.do(amendments.answer, 1, "accepted", "", archive.now)
    archive.write("minus", "Une demande peut attendre un an [C-1].")
    with archive.database.reading() as db:
        assert situation.changed_since_sent(db, archive.document(), archive.text()) == 0
    archive.write("case", "Tout autre chose.")
    with archive.database.reading() as db:
        assert situation.changed_since_sent(db, archive.document(), archive.text()) == 1
