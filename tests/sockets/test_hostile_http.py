"""Plain HTTP from a hostile client: whatever is sent to the doors of the séance, none of them breaks."""

from __future__ import annotations

import json
import logging
import random
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from atelier.house import House
from tests.faults.hall import Hall
from tests.faults.payloads import random_act

OURS = {"Origin": "http://localhost"}
DEEP = "[" * 100_000
BODIES = (
    "",
    "{",
    "null",
    "3",
    '"x"',
    "[]",
    DEEP,
    '{"name": "ask_help", "id": "12345678", "data": ' + DEEP,
    '{"a":' * 50_000,
    json.dumps({"id": 10**4_000, "name": "ask_help", "data": {}}),
    '{"id": "12345678", "name": "ask_help", "data": {"on": ' + "9" * 5_000 + "}}",
    '{"id": "\\ud800\\ud800\\ud800\\ud800", "name": "ask_help", "data": {"on": true}}',
    '{"id": "\\u0000\\u0000\\u0000\\u00001234", "name": "ask_help", "data": {"on": true}}',
    '{"id": "12345678", "name": "\\ud800", "data": {}}',
    '{"id": ["12345678"], "name": {"a": 1}, "data": "x"}',
    '{"id": "12345678", "name": "submit_contribution", "data": {"activity": "\\ud800", "text": "\\ud800"}}',
    '{"name": "Infinity", "people": Infinity, "shared": NaN}',
    '{"name": "\\ud800", "college": "\\u0000", "table": 1e400}',
    '{"name": ["x"], "college": {"a": 1}, "people": true, "id": {"a": 1}}',
    '{"name": "Samira", "id": "\\ud800"}',
    '{"name": "Samira", "id": "\\u0000"}',
    '{"name": "' + "x" * 64_000 + '"}',
)
FORMS: tuple[dict[str, Any], ...] = (
    {},
    {"act": "submit_contribution"},
    {"act": "submit_contribution", "id": "\x00", "activity": "\x00", "text": "\x00"},
    {"act": "submit_contribution", "activity": "a3", "text": "x" * 64_000, "column": "plus"},
    {"act": "cast_ballot", "activity": "a4", "ballot": "x"},
    {"act": "cast_ballot", "activity": "a4", "ballot[dots][o1][x][y][z][w][v]": "1"},
    {
        "act": "cast_ballot",
        "activity": "a4",
        "ballot": "x",
        "ballot[dots]": "3",
        "ballot[dots][o1]": "99999999999",
    },
    {"act": "cast_ballot", "[]": "x", "[][]": "y", "ballot[]": ["a", "b"]},
    {"act": ["x", "y"], "name": "x"},
    {"name": "x" * 64_000, "college": "\x00", "table": "²", "people": "-3", "shared": "peut-être"},
    {f"f{n}": "x" for n in range(600)},
)
PATHS = (
    "/l/²", "/l/².x", "/l/" + "9" * 5_000 + ".x", "/l/99999999999999999999.x", "/l/1.", "/l/1.%ff", "/l/-1.x", "/l/1.%00",
    "/j/²²²²²²", "/j/" + "9" * 500, "/j/%00%00", "/j/%ed%a0%80", "/j/١٢٣٤٥٦",
    "/s/²", "/s/%00/act", "/pupitre/" + "x" * 3_000, "/ecran/%ff", "/s/482137?fait=%00&a=2015-13-45",
    "/m/482137/%00", "/m/482137/" + "A" * 3_000, "/j/482137?lang=%00", "/j/?code=%C2%B2%C2%B2%C2%B2%C2%B2%C2%B2%C2%B2",
)  # fmt: skip


@pytest.fixture
def hall(house: House) -> Hall:
    made = Hall(house)
    for sequence, activity in (("s3", "a3"), ("s5", "a4")):
        made.go(sequence, activity)
    return made


def faults_in(log: pytest.LogCaptureFixture) -> list[str]:
    return [
        f"{record.name}: {record.getMessage()}" for record in log.records if record.levelno >= logging.ERROR
    ]


def phone_client(app: Flask, hall: Hall) -> FlaskClient:
    hall.phone("Samira")
    client = app.test_client()
    client.set_cookie(f"atelier_s{hall.session_id}", hall.devices["Samira"])
    return client


@pytest.mark.parametrize("path", ["/j/{code}", "/s/{code}/act", "/pupitre/{code}/act"])
@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
    ],
)
def test_no_body_breaks_a_door(
    app: Flask, hall: Hall, caplog: pytest.LogCaptureFixture, path: str, kind: str
) -> None:
    client = phone_client(app, hall)
    for body in BODIES:
        answer = client.post(path.format(code=hall.code), data=body, content_type=kind, headers=OURS)
        assert answer.status_code < 500, body[:200]
        fresh = app.test_client().post(
            path.format(code=hall.code), data=body, content_type=kind, headers=OURS
        )
        assert fresh.status_code < 500, body[:200]
    assert faults_in(caplog) == []
    assert hall.reloaded() == hall.state
    assert hall.live.desk.storage_failing is False


@pytest.mark.parametrize("path", ["/j/{code}", "/s/{code}/act", "/pupitre/{code}/act"])
def test_no_plain_form_breaks_a_door(
    app: Flask, hall: Hall, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    for client in (phone_client(app, hall), app.test_client()):
        for form in FORMS:
            answer = client.post(path.format(code=hall.code), data=form, headers=OURS)
            assert answer.status_code < 500, str(form)[:200]
    assert faults_in(caplog) == []


@pytest.mark.parametrize("path", PATHS)
def test_no_address_breaks_a_door(
    app: Flask, hall: Hall, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    client = app.test_client()
    assert client.get(quote(path, safe="/?&=%")).status_code < 500
    assert client.post(quote(path, safe="/?&=%"), headers=OURS).status_code < 500
    assert faults_in(caplog) == []


def test_random_acts_as_plain_forms_break_nothing(
    app: Flask, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    from atelier.live.typed_again import flat

    client = phone_client(app, hall)
    chance = random.Random(7)
    names = (
        "submit_contribution",
        "edit_contribution",
        "cast_ballot",
        "withdraw_contribution",
        "update_profile",
        "ask_help",
    )
    seen = set()
    for _ in range(150):
        name, data = random_act(chance, names)
        form = {
            text(key): text(value)
            for key, value in flat(data if isinstance(data, dict) else {"x": data}).items()
        }
        answer = client.post(f"/s/{hall.code}/act", data={"act": text(name), **form}, headers=OURS)
        seen.add(answer.status_code)
        assert answer.status_code < 500, (name, str(data)[:200])
    assert faults_in(caplog) == []
    assert seen >= {303, 422}


def text(value: object) -> Any:
    """Return what a form can carry of a value."""
    if isinstance(value, list):
        return [text(item) for item in value[:20]]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**50:
        return "9" * 60
    return str(value).encode("utf-8", "replace").decode()[:70_000]


@pytest.mark.parametrize(
    "header", ["Cookie", "Authorization", "Origin", "Host", "X-Forwarded-For", "Accept-Language", "Range"]
)
def test_no_header_breaks_a_door(
    app: Flask, hall: Hall, caplog: pytest.LogCaptureFixture, header: str
) -> None:
    values = (
        "x" * 8_000,
        "\xff\xfe",
        "atelier_s1=\xff; lang=\xff; atelier=x.y.z",
        "Bearer \xff",
        "null",
        "-1",
        ";;;,,,",
        "[::1",
        "::ffff:1.2.3.4, x",
    )
    for value in values:
        client = app.test_client(use_cookies=False)
        for path in (f"/j/{hall.code}", f"/s/{hall.code}", f"/ecran/{hall.code}", "/healthz", "/metrics"):
            assert client.get(path, headers={header: value}).status_code < 500, (path, value)
        answer = client.post(f"/s/{hall.code}/act", json={"id": "12345678"}, headers={**OURS, header: value})
        assert answer.status_code < 500
    assert faults_in(caplog) == []


def test_a_body_too_big_is_refused_unread(app: Flask, hall: Hall) -> None:
    client = phone_client(app, hall)
    answer = client.post(
        f"/s/{hall.code}/act", data="x" * 5_000_000, content_type="application/json", headers=OURS
    )
    assert answer.status_code in {400, 413, 200}
    assert hall.state.contributions == {}
