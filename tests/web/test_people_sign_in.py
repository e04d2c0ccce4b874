"""Signing in: the link, its single use, its half hour, and what nobody may learn on the way."""

from __future__ import annotations

import queue
import re
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from atelier import codes
from atelier.errors import Refusal
from atelier.people import operations
from atelier.people.models import Account, MagicLink
from atelier.settings import Settings
from tests.web.people_ground import Ground, ground_in, ground_on


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with ground_in(tmp_path) as ground:
        yield ground


class Postbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it receives."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Postman)
        self.mails: queue.Queue[str] = queue.Queue()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Postman(socketserver.StreamRequestHandler):
    server: Postbox

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for raw in self.rfile:
            word = raw.split()[0].upper() if raw.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                for line in self.rfile:
                    if line == b".\r\n":
                        break
                    lines.append(line)
                self.server.mails.put(b"".join(lines).decode())
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with Postbox() as box:
        threading.Thread(target=box.serve_forever, daemon=True).start()
        yield box
        box.shutdown()


def test_looking_at_a_link_uses_nothing_up_and_pressing_its_button_signs_in(ground: Ground) -> None:
    client, link = ground.client(), ground.link()
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert f'action="{link}"' in page.text
        assert page.headers["Cache-Control"] == "no-store"
    answer = client.post(link)
    assert (answer.status_code, answer.location) == (303, "/seances")
    assert client.get("/connexion").location == "/seances"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_used_link_says_so_and_signs_nobody_in(ground: Ground, method: str) -> None:
    link = ground.link()
    assert ground.client().post(link).status_code == 303
    other = ground.client()
    answer = getattr(other, method)(link)
    assert answer.status_code == 410
    assert "Il a déjà servi" in answer.text
    assert other.get("/connexion").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_dies_after_thirty_minutes(ground: Ground, method: str) -> None:
    link = ground.link()
    ground.wait(minutes=29, seconds=59)
    assert ground.client().get(link).status_code == 200
    ground.wait(seconds=1)
    answer = getattr(ground.client(), method)(link)
    assert answer.status_code == 410
    assert "Il était valable jusqu’au mardi 13 octobre 2026 à 19\u00a0h\u00a030" in answer.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_link_opens_nothing(ground: Ground, method: str) -> None:
    answer = getattr(ground.client(), method)(f"/connexion/{codes.token()}")
    assert answer.status_code == 404
    assert "Ce lien n’ouvre rien" in answer.text


def test_two_uses_at_once_sign_one_person_in(settings: Settings) -> None:
    start, results = threading.Barrier(6), []
    with ground_on(settings) as ground:
        token = ground.link().rpartition("/")[2]

        def use() -> None:
            start.wait()
            with ground.database.writing() as db:
                results.append(operations.use_link(db, token, ground.now))

        threads = [threading.Thread(target=use) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len([found for found in results if isinstance(found, int)]) == 1
    assert [found.code for found in results if isinstance(found, Refusal)] == ["link_used"] * 5


def test_the_database_holds_no_token_of_a_link(ground: Ground) -> None:
    token = ground.link().rpartition("/")[2]
    with ground.database.reading() as db:
        row = db.scalars(select(MagicLink)).one()
    assert row.token_hash == codes.hashed(token)
    ground.database.checkpoint()
    assert token.encode() not in (ground.settings.var / "atelier.db").read_bytes()


def test_the_first_account_administers_and_the_next_ones_do_not(ground: Ground) -> None:
    ground.link(" Nadia@Exemple.fr ")
    ground.link("ali@exemple.fr", "Ali")
    ground.link("nadia@exemple.fr")
    with ground.database.reading() as db:
        accounts = db.scalars(select(Account).order_by(Account.id)).all()
    assert [(account.email, account.is_admin) for account in accounts] == [
        ("nadia@exemple.fr", True),
        ("ali@exemple.fr", False),
    ]


def test_signing_in_starts_a_session_from_nothing(ground: Ground) -> None:
    client = ground.client()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    assert client.post(ground.link()).status_code == 303
    with client.session_transaction() as session:
        assert set(session) == {"account", "_permanent"}


def test_signing_out_closes_what_was_open(ground: Ground) -> None:
    client = ground.signed_in()
    page = client.get("/deconnexion")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None
    assert client.post("/deconnexion").status_code == 303  # without the form's own token nothing happens
    assert client.get("/connexion").location == "/seances"
    assert client.post("/deconnexion", data={"csrf_token": token[1]}).location == "/connexion"
    assert client.get("/connexion").status_code == 200


def test_a_removed_account_is_nobody_at_once(ground: Ground) -> None:
    client = ground.signed_in()
    assert client.get("/installation").status_code == 200
    with ground.database.writing() as db:
        assert operations.remove_account(db, "Nadia@exemple.fr")
        assert not operations.remove_account(db, "personne@exemple.fr")
    assert client.get("/installation").status_code == 404
    with ground.database.reading() as db:
        assert db.scalars(select(MagicLink)).all() == []


def test_asking_a_link_by_mail_then_following_it_signs_in(tmp_path: Path, postbox: Postbox) -> None:
    with ground_in(tmp_path, smtp_url=postbox.url, mail_from="ateliers@exemple.fr") as ground:
        ground.link("nadia@exemple.fr")
        assert ground.client().post("/connexion", data={"email": "NADIA@exemple.fr "}).status_code == 200
        mail = message_from_string(postbox.mails.get(timeout=10), policy=default)
        link = re.search(r"https://ateliers\.exemple\.fr(/connexion/[A-Za-z0-9_-]{43})", mail.get_content())
        assert link is not None
        assert ground.client().post(link[1]).status_code == 303


def test_asking_says_the_same_whether_the_account_exists_or_not(tmp_path: Path, postbox: Postbox) -> None:
    with ground_in(tmp_path, smtp_url=postbox.url) as ground:
        ground.link("nadia@exemple.fr")
        answers = [
            ground.client().post("/connexion", data={"email": email})
            for email in ("nadia@exemple.fr", "inconnue@exemple.fr")
        ]
        known, unknown = answers
        assert known.status_code == unknown.status_code == 200
        assert known.text == unknown.text
        assert dict(known.headers) == dict(unknown.headers)
        assert "Si ce compte existe" in known.text
        assert "To: nadia@exemple.fr" in postbox.mails.get(timeout=10)
        assert postbox.mails.empty()


def test_an_address_is_not_flooded_and_nobody_is_told(tmp_path: Path, postbox: Postbox) -> None:
    with ground_in(tmp_path, smtp_url=postbox.url) as ground:
        ground.link("nadia@exemple.fr")
        for _ in range(5):
            ground.client().post("/connexion", data={"email": "nadia@exemple.fr"})
            postbox.mails.get(timeout=10)
        answer = ground.client().post("/connexion", data={"email": "nadia@exemple.fr"})
        assert "Si ce compte existe" in answer.text
        with pytest.raises(queue.Empty):
            postbox.mails.get(timeout=0.5)


def test_without_mail_the_page_says_how_to_get_a_link(ground: Ground) -> None:
    ground.link("nadia@exemple.fr")
    known = ground.client().post("/connexion", data={"email": "nadia@exemple.fr"})
    unknown = ground.client().post("/connexion", data={"email": "inconnue@exemple.fr"})
    assert "atelier login-link" in known.text
    assert known.text == unknown.text


def test_a_mail_server_that_does_not_answer_changes_nothing_for_who_asks(tmp_path: Path) -> None:
    with ground_in(tmp_path, smtp_url="smtp://127.0.0.1:1") as ground:
        ground.link("nadia@exemple.fr")
        assert ground.client().post("/connexion", data={"email": "nadia@exemple.fr"}).status_code == 200


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Indiquez votre adresse."),
        ("nadia", "Cette adresse semble incomplète."),
        ("a@b.fr\nBcc: x@y.fr", "Cette adresse semble incomplète."),
        ("x" * 64_000, "Ce texte est trop long."),
    ],
)
def test_a_bad_address_gets_its_sentence_at_the_field(ground: Ground, email: str, sentence: str) -> None:
    answer = ground.client().post("/connexion", data={"email": email})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-describedby="email-error-1' in answer.text


def test_wrong_links_are_limited(ground: Ground) -> None:
    client = ground.client()
    statuses = [client.post(f"/connexion/{codes.token()}").status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]


def test_who_is_not_signed_in_is_sent_to_sign_in(ground: Ground) -> None:
    answer = ground.client().get("/deconnexion")
    assert (answer.status_code, answer.location) == (303, "/connexion")
