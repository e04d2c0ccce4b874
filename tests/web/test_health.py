"""Alive, ready, counted: `/healthz` always, `/readyz` when acts can be kept, `/metrics` for the machine or the token's holder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from atelier import health
from atelier.house import House
from atelier.settings import Settings
from tests.faults.hall import Hall
from tests.faults.listening import Air

TOKEN = "a token of the installation"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def app(migrated_app: Flask) -> Flask:
    return migrated_app


def test_an_installation_that_is_well_says_so(app: Flask) -> None:
    client = app.test_client()
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ok\n")


def test_a_database_without_the_schema_of_this_release_is_not_ready(house: House) -> None:
    assert health.problems_of(house) == []
    with house.database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    assert health.problems_of(house) == ["schema: not the one of this release"]


def test_a_database_that_is_gone_is_not_ready_and_the_process_is_alive(app: Flask, house: House) -> None:
    with house.database.transaction() as connection:
        connection.execute(text("DROP TABLE readiness"))
    client = app.test_client()
    assert client.get("/readyz").status_code == 503
    assert "storage: writing refused" in client.get("/readyz").text
    assert client.get("/healthz").status_code == 200


def test_a_disk_nearly_full_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=health.LEAST_FREE_BYTES - 1))
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "disk: nearly full\n")


def test_being_asked_often_leaves_one_row(app: Flask, house: House) -> None:
    client = app.test_client()
    for _ in range(5):
        client.get("/readyz")
    with house.database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM readiness")).scalar() == 1


def test_answers_of_health_are_plain_and_hold_nothing_personal(app: Flask, house: House) -> None:
    hall = Hall(house)
    hall.phone("Fatoumata")
    client = app.test_client()
    for path in ("/healthz", "/readyz", "/metrics"):
        answer = client.get(path)
        assert answer.mimetype == "text/plain"
        assert not [
            word for word in ("Fatoumata", "Nadia", hall.code, str(house.settings.var)) if word in answer.text
        ]


# ---------------------------------------------------------------- metrics


@pytest.fixture
def guarded(sqlite_settings: Settings, make_app: Callable[[Settings], Flask]) -> Flask:
    return make_app(replace(sqlite_settings, metrics_token=TOKEN))


@pytest.mark.parametrize(
    ("environ", "headers", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, {}, 200),
        ({"REMOTE_ADDR": "::1"}, {}, 200),
        (ELSEWHERE, {}, 404),
        (ELSEWHERE, {"Authorization": f"Bearer {TOKEN}"}, 200),
        (ELSEWHERE, {"Authorization": f"Bearer {TOKEN}x"}, 404),
        (ELSEWHERE, {"Authorization": "Bearer "}, 404),
        (ELSEWHERE, {"Authorization": TOKEN}, 404),
        (ELSEWHERE, {"Authorization": "Bearer é"}, 404),
        (ELSEWHERE, {"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "203.0.113.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1"}, {"Forwarded": "for=203.0.113.7"}, 404),
        (
            {"REMOTE_ADDR": "127.0.0.1"},
            {"X-Forwarded-For": "203.0.113.7", "Authorization": f"Bearer {TOKEN}"},
            200,
        ),
    ],
)
def test_metrics_are_for_the_machine_itself_or_the_holder_of_the_token(
    guarded: Flask, environ: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert guarded.test_client().get("/metrics", environ_base=environ, headers=headers).status_code == status


def test_without_a_token_no_address_but_the_machine_s_own_reads_metrics(app: Flask) -> None:
    client = app.test_client()
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}):
        assert client.get("/metrics", environ_base=ELSEWHERE, headers=headers).status_code == 404


def figures(client: Any) -> dict[str, float]:
    lines = [line for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_metrics_count_sockets_seances_and_events(app: Flask, house: House) -> None:
    client = app.test_client()
    assert figures(client)["atelier_sessions_in_memory"] == 0
    hall = Hall(house)
    air = Air(hall)
    air.listen(hall.guest("screen"), "screen")
    phones = [air.listen(hall.phone(name), "phone") for name in ("Samira", "Odile")]
    found = figures(client)
    assert found["atelier_sessions_in_memory"] == 1
    assert found["atelier_events"] == hall.state.seq
    assert found['atelier_sockets{surface="phone"}'] == 2
    assert found['atelier_sockets{surface="screen"}'] == 1
    assert found["atelier_storage_failing"] == 0
    phones[0].sleep()
    assert figures(client)['atelier_sockets{surface="phone"}'] == 1
