"""Whose requests the house believes (architecture, the wire)."""

from __future__ import annotations

import pytest

from atelier.security import (
    Provenance,
    bearer,
    believed,
    content_policy,
    handshake_believed,
    own_origins,
    provenance,
)

HTTPS = "https://ateliers.exemple.fr"
HALL = "http://192.168.1.20:8000"


def claim(site: str = "", origin: str = "", cookie: bool = False, token: bool = False) -> Provenance:
    return Provenance(site, origin, cookie, token)


@pytest.mark.parametrize("cookie", [True, False])
@pytest.mark.parametrize("token", [True, False])
def test_our_own_pages_are_believed_by_either_word_of_the_browser(cookie: bool, token: bool) -> None:
    origins = own_origins(HTTPS, "ateliers.exemple.fr")
    assert believed(claim("same-origin", "", cookie, token), origins)
    assert believed(claim("", HTTPS, cookie, token), origins)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
@pytest.mark.parametrize(
    "origin", ["", "https://pirate.exemple", "null", "https://exemple.fr", HTTPS + ":444"]
)
@pytest.mark.parametrize(("cookie", "token"), [(True, True), (True, False), (False, True), (False, False)])
def test_other_sites_are_never_believed_whatever_they_hold(
    site: str, origin: str, cookie: bool, token: bool
) -> None:
    assert not believed(claim(site, origin, cookie, token), own_origins(HTTPS, "ateliers.exemple.fr"))


def test_a_program_is_believed_with_its_own_token_and_no_cookie() -> None:
    origins = own_origins(HTTPS, "ateliers.exemple.fr")
    assert believed(claim(token=True), origins)
    assert not believed(claim(token=True, cookie=True), origins)
    assert not believed(claim(), origins)
    assert not believed(claim(cookie=True), origins)


def test_the_hall_may_come_by_another_name_of_the_same_machine_over_plain_http() -> None:
    assert own_origins(HALL, "10.0.0.5:8000") == {HALL, "http://10.0.0.5:8000"}


def test_over_https_the_host_of_the_request_proves_nothing() -> None:
    assert own_origins(HTTPS, "pirate.exemple") == {HTTPS}


def test_a_host_that_is_none_is_left_out() -> None:
    assert own_origins(HALL, "x y; script-src *") == {HALL}
    assert "pirate" not in content_policy(HALL, "pirate; script-src *")


def test_a_handshake_follows_the_same_rule() -> None:
    assert handshake_believed({"HTTP_ORIGIN": HTTPS, "HTTP_COOKIE": "atelier_s1=x"}, "", HTTPS)
    assert not handshake_believed({"HTTP_ORIGIN": "https://pirate.exemple", "HTTP_COOKIE": "x=y"}, "", HTTPS)
    assert handshake_believed({}, "a token", HTTPS)
    assert not handshake_believed({"HTTP_COOKIE": "atelier_s1=x"}, "a token", HTTPS)
    assert handshake_believed({"HTTP_ORIGIN": "http://10.0.0.5:8000", "HTTP_HOST": "10.0.0.5:8000"}, "", HALL)


def test_bearer_is_read_from_authorization_only_in_its_own_scheme() -> None:
    assert bearer("Bearer abc") == "abc"
    assert bearer("bearer  abc ") == "abc"
    assert bearer("Basic abc") == ""
    assert bearer("") == ""
    assert provenance({"HTTP_AUTHORIZATION": "Bearer abc"}).has_token
    assert not provenance({"HTTP_AUTHORIZATION": "Bearer "}).has_token


def test_the_content_policy_names_our_sockets_and_allows_no_inline_code() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy(HALL, "localhost:8000").split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["connect-src"] == (
        "'self' ws://192.168.1.20:8000 wss://192.168.1.20:8000 ws://localhost:8000 wss://localhost:8000"
    )
    assert "unsafe" not in content_policy(HALL, "localhost")
