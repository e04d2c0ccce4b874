"""Remarks beside the text: who may, what counts once, what is erased, and that nothing of them leaves the editor."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from atelier.db import Database
from atelier.errors import NotFound, Refusal
from atelier.house import House
from atelier.minutes.access import Guest
from atelier.minutes.models import Amendment, Document, DocumentRemark
from atelier.minutes.operations import publication, remarks, writers
from atelier.minutes.remarks import LONGEST_WORDS, MOST, Asked, threads_of
from atelier.people.purge import never, purge
from tests.documents.ground import EVENING, MadeDocument, make_document
from tests.documents.house import DocumentHouse
from tests.web.live_ground import said
from tests.web.review_ground import Archive
from tests.web.test_minutes_publication import FROZEN, approve

ADDRESS = "/comptes-rendus/CHA1/ecrire"
FIRST = Asked("remark-1", "keep", "", "minus", "[1,2]", "six **mois**", "Depuis quand ?")
OWNER = Guest("editor", "u1", "Nadia", True)


class Talk:
    """Two invited writers, Odile and Marcel, and the account that owns the document."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.guests = {"Nadia": OWNER}
        for name in ("Odile", "Marcel"):
            invited = archive.do(writers.invite, name, archive.now)
            self.guests[name] = Guest("writer", invited.writer.key, name, True)

    def say(self, name: str, asked: Asked) -> Refusal | None:
        self.archive.now += timedelta(minutes=1)
        with self.archive.database.writing() as db:
            return remarks.perform(
                db, 1, self.guests[name], asked, lambda _session: self.archive.state, self.archive.now
            )

    def shown(self) -> list[tuple[str, list[str], bool]]:
        """Return the words of each remark, of its answers, and whether it is dealt with."""
        with self.archive.database.reading() as db:
            threads = threads_of(remarks.remarks_of(db, 1))
        return [(one.first.words, [two.words for two in one.answers], one.first.resolved) for one in threads]

    def rows(self) -> int:
        with self.archive.database.reading() as db:
            return db.query(DocumentRemark).count()

    def open(self) -> int:
        with self.archive.database.reading() as db:
            return remarks.open_count(db, 1)


@pytest.fixture
def talk(database: Database) -> Talk:
    return Talk(Archive(database))


def answer(words: str, remark_id: str = "answer-1", thread: str = "remark-1") -> Asked:
    return Asked(remark_id, "keep", thread, words=words)


def test_a_remark_is_answered_dealt_with_and_opened_again(talk: Talk) -> None:
    assert talk.say("Odile", FIRST) is None
    assert talk.say("Marcel", answer("Depuis 2014.")) is None
    assert talk.shown() == [("Depuis quand ?", ["Depuis 2014."], False)]
    assert talk.say("Marcel", Asked("remark-1", "resolve")) is None
    assert (talk.shown()[0][2], talk.open()) == (True, 0)
    assert talk.say("Nadia", Asked("remark-1", "reopen")) is None
    assert (talk.shown()[0][2], talk.open()) == (False, 1)


def test_a_remark_sent_twice_counts_once_and_takes_what_was_changed_before_the_answer_came(
    talk: Talk,
) -> None:
    assert [talk.say("Odile", FIRST), talk.say("Odile", FIRST)] == [None, None]
    assert talk.shown() == [("Depuis quand ?", [], False)]
    changed = Asked("remark-1", "keep", "", "minus", "[1,2]", "six mois", "Depuis 2014 ?")
    assert talk.say("Odile", changed) is None
    assert talk.shown() == [("Depuis 2014 ?", [], False)]
    assert talk.say("Marcel", FIRST) == Refusal("not_yours")
    assert talk.shown() == [("Depuis 2014 ?", [], False)]


def test_one_erases_one_s_own_words_and_a_late_sending_does_not_bring_them_back(talk: Talk) -> None:
    talk.say("Odile", FIRST)
    talk.say("Marcel", answer("Depuis 2014."))
    assert talk.say("Marcel", Asked("remark-1", "erase")) == Refusal("not_yours")
    assert talk.say("Odile", Asked("remark-1", "erase")) is None
    assert talk.shown() == [("", ["Depuis 2014."], False)]  # the answer stands under what was erased
    assert talk.say("Odile", FIRST) is None
    assert talk.shown() == [("", ["Depuis 2014."], False)]
    assert talk.say("Marcel", Asked("answer-1", "erase")) is None
    assert (talk.shown(), talk.rows()) == ([], 2)
    assert talk.say("Marcel", Asked("answer-9", "erase")) is None  # it never arrived: nothing to erase


def test_an_answer_opens_again_what_was_dealt_with_and_needs_its_remark(talk: Talk) -> None:
    talk.say("Odile", FIRST)
    talk.say("Odile", Asked("remark-1", "resolve"))
    assert talk.say("Marcel", answer("Pas tout à fait.")) is None
    assert talk.shown() == [("Depuis quand ?", ["Pas tout à fait."], False)]
    assert talk.say("Marcel", answer("Oui", "answer-2", "remark-9")) == Refusal("remark_gone")
    assert talk.say("Marcel", answer("Oui", "answer-2", "answer-1")) == Refusal("remark_gone")
    assert talk.say("Marcel", Asked("answer-1", "resolve")) == Refusal("remark_gone")
    assert talk.say("Marcel", Asked("remark-9", "reopen")) == Refusal("remark_gone")


def test_what_says_nothing_or_too_much_is_refused(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert talk.say("Odile", Asked("remark-1", "keep")) == Refusal("remark_empty")
    long = Asked("remark-1", "keep", words="x" * (LONGEST_WORDS + 1))
    assert talk.say("Odile", long) == Refusal("remark_too_long", {"limit": LONGEST_WORDS})
    assert MOST >= 100
    monkeypatch.setattr(remarks, "MOST", 1)
    talk.say("Odile", FIRST)
    assert talk.say("Odile", answer("Oui")) == Refusal("too_many_remarks", {"limit": 1})
    assert talk.say("Odile", FIRST) is None  # what is kept is acknowledged still


def test_only_writers_remark_and_their_right_is_read_again_each_time(talk: Talk) -> None:
    talk.say("Odile", FIRST)
    for role in ("reader", "reviewer", "public"):
        talk.guests[role] = Guest(role, "r1")
        assert talk.say(role, answer("Oui")) == Refusal("read_only")
    writer_id = int(talk.guests["Odile"].person.removeprefix("w"))
    talk.archive.do(writers.revoke, writer_id, talk.archive.now)
    assert talk.say("Odile", answer("Oui")) == Refusal("revoked")
    assert talk.say("Odile", Asked("remark-1", "erase")) == Refusal("revoked")
    talk.archive.send()
    assert talk.say("Marcel", answer("Oui")) is None  # a text in review is still written
    approve(talk.archive)
    assert talk.say("Marcel", answer("Encore", "answer-2")) == Refusal("frozen", {"phase": "approved"})
    assert talk.shown() == [("Depuis quand ?", ["Oui"], False)]


def test_a_document_that_is_gone_has_no_remark(talk: Talk) -> None:
    with talk.archive.database.writing() as db, pytest.raises(NotFound):
        remarks.perform(db, 9, OWNER, FIRST, lambda _session: talk.archive.state, EVENING)


def test_publication_erases_them_and_so_does_a_correction_given_up(talk: Talk) -> None:
    talk.say("Odile", FIRST)
    talk.archive.send()
    approve(talk.archive)
    assert talk.rows() == 1
    talk.archive.do(publication.publish, talk.archive.text(), FROZEN, talk.archive.now)
    assert talk.rows() == 0
    talk.archive.do(publication.open_correction, "Une date", talk.archive.now)
    talk.say("Odile", FIRST)
    assert talk.rows() == 1
    talk.archive.do(publication.close_correction)
    assert talk.rows() == 0


# ---------------------------------------------------------------- pages


@pytest.fixture
def known(app: Flask) -> DocumentHouse:
    """A document with one remark, and a browser for each kind of person who may knock."""
    made = DocumentHouse(app)
    keep(made.house.database, made.made, "Odile", FIRST)
    return made


@pytest.fixture
def document(app: Flask, sqlite_database: Database) -> MadeDocument:
    return make_document(sqlite_database, ["Odile", "Marcel"], owner_id=1)


def client_of(app: Flask, document: MadeDocument, name: str = "") -> FlaskClient:
    client = app.test_client()
    if name:
        client.set_cookie(f"atelier_d{document.id}", document.tokens[name])
    return client


def keep(database: Database, document: MadeDocument, name: str, asked: Asked) -> None:
    guest = Guest("writer", document.writers[name], name, True)
    with database.writing() as db:
        assert remarks.perform(db, document.id, guest, asked, lambda _session: None, EVENING) is None  # type: ignore[arg-type, return-value]


def test_the_panel_says_who_when_and_what_and_erasing_is_offered_to_its_writer_alone(
    app: Flask, document: MadeDocument, sqlite_database: Database
) -> None:
    keep(sqlite_database, document, "Odile", FIRST)
    keep(sqlite_database, document, "Marcel", answer("Depuis 2014."))
    page = client_of(app, document, "Odile").get(f"{ADDRESS}/remarques").text
    assert "1 remarque à traiter" in said(page)
    assert "six mois Odile 13 octobre, 22 h 00 Effacer ce que vous avez écrit Depuis quand ?" in said(page)
    assert "Marcel 13 octobre, 22 h 00 Depuis 2014." in said(page)
    assert re.findall(r'data-remark-act="(\w+)" data-remark-id="([\w-]+)"', page) == [
        ("erase", "remark-1"),
        ("resolve", "remark-1"),
    ]
    assert 'data-quote="six **mois**"' in page  # as it stands in the text: the page finds it again there


def test_a_contribution_au_forum_has_its_remarks_too(
    app: Flask, document: MadeDocument, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as db:
        db.execute(update(Document).values(kind="forum", template="t5"))
    keep(sqlite_database, document, "Odile", FIRST)
    marcel = client_of(app, document, "Marcel")
    forum = ADDRESS.replace("comptes-rendus", "contributions-au-forum")
    assert "Depuis quand ?" in marcel.get(f"{forum}/remarques").text
    assert "data-remark-form" in marcel.get(forum).text
    assert marcel.get(f"{ADDRESS}/remarques").status_code == 404


def test_the_panel_is_for_writers_and_others_find_nothing_in_any_page(known: DocumentHouse) -> None:
    for role, clients in known.browsers().items():
        for client in clients:
            answer_given = client.get(f"{ADDRESS}/remarques")
            if role in {"editor", "writer"}:
                assert "Depuis quand ?" in answer_given.text
                continue
            assert answer_given.status_code == (404 if role == "public" else 403)
            assert "Depuis quand ?" not in answer_given.text
    for address in ("", "/suivi", "/versions", "/ecrire"):
        page = known.signed_in().get(ADDRESS.removesuffix("/ecrire") + address)
        assert page.status_code == 200
        assert "Depuis quand ?" not in page.text


@pytest.fixture
def house_of_all(app: Flask) -> Any:
    from tests.documents.house import DocumentHouse

    made = DocumentHouse(app)
    keep(made.house.database, made.made, "Odile", FIRST)
    return made


def test_open_remarks_are_said_before_the_text_is_sent(known: DocumentHouse) -> None:
    page = known.signed_in().get("/comptes-rendus/CHA1/suivi").text
    assert "Une remarque n’est pas encore traitée. Elle ne part pas avec le texte." in said(page)
    assert 'href="/comptes-rendus/CHA1/ecrire#remarques"' in page
    keep(known.house.database, known.made, "Odile", Asked("remark-1", "resolve"))
    assert "pas encore traitée" not in said(known.signed_in().get("/comptes-rendus/CHA1/suivi").text)


def test_what_readers_still_ask_stands_there_too_without_who_asks(
    app: Flask, document: MadeDocument, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as db:
        for number, state in ((1, "pending"), (2, "accepted")):
            db.add(
                Amendment(
                    document_id=document.id, number=number, kind="comment", version=1, section="case",
                    before=f"Né en 200{number}", motive=f"C'était en 201{number}.", reader="r5", channel="email",
                    state=state, created_at=EVENING,
                )
            )  # fmt: skip
    page = client_of(app, document, "Odile").get(f"{ADDRESS}/remarques").text
    assert "Demande de relecture Né en 2001 C'était en 2011. Y répondre au suivi" in said(page)
    assert "2002" not in page
    assert "r5" not in page


def test_remarks_of_a_text_never_published_are_gone_after_a_year(house: House) -> None:
    made = make_document(house.database, ["Odile"])
    keep(house.database, made, "Odile", FIRST)
    for days, left in ((364, 1), (366, 0)):
        purge(house.database, EVENING + timedelta(days=days), False, closed_before=never)
        with house.database.reading() as db:
            assert db.query(DocumentRemark).count() == left
