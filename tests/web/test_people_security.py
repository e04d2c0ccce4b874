"""Headers, cookies, forgery and sizes, at real doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from atelier import codes
from atelier.people import access
from atelier.people.tokens import Proofs
from tests.web.people_ground import OURS, Ground, ground_in


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with ground_in(tmp_path) as ground:
        yield ground


@pytest.mark.parametrize("path", ["/connexion", "/aide", "/nulle-part", "/connexion/inconnu"])
def test_every_answer_carries_the_headers(ground: Ground, path: str) -> None:
    headers = ground.client().get(path).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "style-src 'self';" in headers["Content-Security-Policy"]
    assert "wss://ateliers.exemple.fr" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] in {"no-store", "private, no-cache"}


def test_the_account_cookie_is_out_of_reach_of_scripts_and_other_sites(ground: Ground) -> None:
    cookie = ground.client().post(ground.link()).headers["Set-Cookie"]
    assert cookie.startswith("atelier=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def device_cookie_of(ground: Ground) -> str:
    with ground.app.test_request_context("/"):
        response = ground.app.make_response("")
        access.give_device_token(response, 7, "a token")
    return response.headers["Set-Cookie"]


def test_the_cookie_of_a_seance_is_out_of_reach_of_scripts_and_other_sites(ground: Ground) -> None:
    parts = device_cookie_of(ground).split("; ")
    assert parts[0] == 'atelier_s7="a token"'
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)


def test_in_a_hall_without_https_cookies_still_travel(tmp_path: Path) -> None:
    with ground_in(tmp_path, public_url="http://192.168.1.20:8000") as ground:
        assert "Secure" not in device_cookie_of(ground)
        answer = ground.client().get("/aide")
        assert "Strict-Transport-Security" not in answer.headers
        assert "ws://192.168.1.20:8000" in answer.headers["Content-Security-Policy"]


FORGED = [
    {"Origin": "https://pirate.exemple"},
    {"Origin": "null"},
    {"Origin": "http://ateliers.exemple.fr"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("path", ["/connexion", "/deconnexion", "/installation", "/coordonnees/1"])
def test_a_forged_request_is_refused_before_anything_happens(
    ground: Ground, path: str, headers: dict[str, str]
) -> None:
    client = ground.app.test_client()
    assert client.post(ground.link(), headers=OURS).status_code == 303
    answer = client.post(path, headers=headers)
    assert answer.status_code == 403
    assert "Cette demande vient d’un autre site" in answer.text
    assert client.get("/connexion").location == "/seances"


@pytest.mark.parametrize("headers", [OURS, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_a_request_of_our_own_page_passes(ground: Ground, headers: dict[str, str]) -> None:
    answer = ground.app.test_client().post("/connexion", data={"email": ""}, headers=headers)
    assert answer.status_code == 422


def test_a_forged_link_leaves_the_link_fresh(ground: Ground) -> None:
    link = ground.link()
    assert (
        ground.app.test_client().post(link, headers={"Origin": "https://pirate.exemple"}).status_code == 403
    )
    assert ground.client().post(link).status_code == 303


def test_a_program_with_its_own_token_passes_and_with_a_cookie_does_not(ground: Ground) -> None:
    bearer = {"Authorization": f"Bearer {codes.token()}"}
    assert ground.app.test_client().post("/connexion", headers=bearer).status_code == 422
    lent = ground.app.test_client()
    lent.set_cookie("atelier_s1", "x")
    assert lent.post("/connexion", headers=bearer).status_code == 403


def test_a_body_beyond_the_limit_is_refused_with_a_sentence(ground: Ground) -> None:
    answer = ground.client().post("/connexion", data={"email": "x" * 300_000})
    assert answer.status_code == 413
    assert "C’est trop long pour être envoyé" in answer.text


def test_a_program_gets_its_refusals_as_data(ground: Ground) -> None:
    answer = ground.client().get("/nulle-part", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (404, {"ok": False, "code": "not_found"})


def test_a_wrong_method_is_a_typed_refusal(ground: Ground) -> None:
    answer = ground.client().delete("/connexion")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_handshake_shows_its_cookies_its_account_or_its_own_token(ground: Ground) -> None:
    client, token = ground.phone(session_id=7)
    account_id = 1
    assert client.post(ground.link()).status_code == 303
    read = access.proofs_of_handshake(ground.app)
    with client:
        client.get("/aide")
        cookies = "; ".join(
            f"{cookie.key}={cookie.value}"
            for cookie in (client.get_cookie("atelier"), client.get_cookie("atelier_s7"))
            if cookie
        )
    environ = ground.app.test_request_context("/", headers={"Cookie": cookies}).request.environ
    assert read(environ, {}, 7) == Proofs(token, "", account_id, "Nadia")
    assert read(environ, {}, 8) == Proofs("", "", account_id, "Nadia")
    bare = ground.app.test_request_context("/").request.environ
    assert read(bare, {}, 7) == Proofs()
    assert read(bare, {"token": "explicit"}, 7) == Proofs("explicit", "explicit")
    assert read(bare, {"token": ["not", "text"]}, 7) == Proofs()


def test_a_session_signed_with_another_key_is_nobody(ground: Ground, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with ground_in(folder, secret_key=b"another key") as other:
        forged = other.signed_in().get_cookie("atelier")
    assert forged is not None
    ground.link()
    client = ground.client()
    client.set_cookie("atelier", forged.value)
    assert client.get("/installation").status_code == 404
    assert ground.signed_in().get("/installation").status_code == 200
