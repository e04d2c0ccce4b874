"""Whom the house believes about addresses: nobody, or as many proxies as the installation says (ATELIER_PROXIES)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, request

from atelier.settings import Settings, from_environment

PROXY, CLIENT, OTHER = "10.0.0.1", "203.0.113.7", "198.51.100.9"
OPENED_TO = 30  # wrong codes from one address (SECURITY.md)


@pytest.fixture
def behind(sqlite_settings: Settings, make_app: Callable[[Settings], Flask]) -> Callable[[int], Flask]:
    """Return an application in front of which stand so many proxies; `/seen` says what it believes."""

    def make(count: int) -> Flask:
        app = make_app(replace(sqlite_settings, public_url="https://ateliers.exemple.fr", proxies=count))
        app.add_url_rule("/seen", "seen", lambda: {"from": request.remote_addr, "at": request.host_url})
        return app

    return make


def seen(app: Flask, peer: str, **forwarded: str) -> dict[str, str]:
    headers = {f"X-Forwarded-{name}": value for name, value in forwarded.items()}
    found: dict[str, str] = (
        app.test_client().get("/seen", environ_base={"REMOTE_ADDR": peer}, headers=headers).get_json()
    )
    return found


def refused_codes(
    app: Flask, headers: Callable[[int], dict[str, str]], peer: str = PROXY, tries: int = 40
) -> int:
    """Return how many of `tries` wrong codes were refused unread."""
    client = app.test_client()
    answers = [
        client.get(
            f"/j/{100_000 + number}", environ_base={"REMOTE_ADDR": peer}, headers=headers(number)
        ).status_code
        for number in range(tries)
    ]
    return answers.count(429)


@pytest.mark.parametrize("peer", [CLIENT, "127.0.0.1"])
def test_a_forged_address_is_only_words_where_no_proxy_stands(
    behind: Callable[[int], Flask], peer: str
) -> None:
    app = behind(0)
    assert seen(app, peer, For=OTHER, Proto="https", Host="mauvais.exemple.fr") == {
        "from": peer, "at": "http://localhost/",
    }  # fmt: skip


def test_a_guesser_who_forges_addresses_is_counted_as_one(behind: Callable[[int], Flask]) -> None:
    forged = lambda number: {"X-Forwarded-For": f"198.51.100.{number + 1}"}  # noqa: E731
    assert refused_codes(behind(0), forged, peer=CLIENT) == 40 - OPENED_TO


def test_behind_one_proxy_each_person_has_their_own_address(behind: Callable[[int], Flask]) -> None:
    app = behind(1)
    assert seen(app, PROXY, For=CLIENT, Proto="https", Host="ateliers.exemple.fr") == {
        "from": CLIENT, "at": "https://ateliers.exemple.fr/",
    }  # fmt: skip
    assert refused_codes(app, lambda number: {"X-Forwarded-For": f"198.51.100.{number + 1}"}) == 0
    assert refused_codes(app, lambda number: {"X-Forwarded-For": CLIENT}) == 40 - OPENED_TO


def test_behind_one_proxy_what_the_client_wrote_before_it_is_only_words(
    behind: Callable[[int], Flask],
) -> None:
    app = behind(1)
    assert seen(app, PROXY, For=f"{OTHER}, {CLIENT}")["from"] == CLIENT
    assert (
        refused_codes(app, lambda number: {"X-Forwarded-For": f"10.1.1.{number}, {CLIENT}"}) == 40 - OPENED_TO
    )


def test_behind_two_proxies_the_second_name_from_the_right_is_the_persons(
    behind: Callable[[int], Flask],
) -> None:
    assert seen(behind(2), PROXY, For=f"{OTHER}, {CLIENT}, {PROXY}")["from"] == CLIENT


def test_a_request_that_came_past_the_proxy_keeps_its_own_address(behind: Callable[[int], Flask]) -> None:
    assert seen(behind(1), "127.0.0.1")["from"] == "127.0.0.1"


def test_the_number_of_proxies_is_a_setting_and_none_unless_said(tmp_path: object) -> None:
    assert from_environment({"ATELIER_VAR": str(tmp_path)}).proxies == 0
    assert from_environment({"ATELIER_VAR": str(tmp_path), "ATELIER_PROXIES": "2"}).proxies == 2
