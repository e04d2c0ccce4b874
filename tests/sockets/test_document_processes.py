"""Two processes on PostgreSQL and Redis are one document to whoever writes it; without Redis, a second later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from atelier.settings import Settings
from tests.documents.ground import MadeDocument
from tests.documents.page_socket import PageSocket, reads
from tests.documents.writing import SLOW_PACE_MS, kill_while_they_write, make_written
from tests.faults.redis_server import OwnRedis, own_redis, redis_is_here
from tests.seed import Seeded, seed
from tests.server import RunningServer, free_port

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.timeout(300),  # two processes start on a machine that may be busy
    pytest.mark.skipif(not redis_is_here(), reason="redis-server is not installed"),
]
TAIL_LIMIT_S = 5.0  # the second look, on a machine that may be busy


@pytest.fixture
def redis(postgres_settings: Settings) -> Iterator[OwnRedis]:
    with own_redis(postgres_settings.var, free_port()) as running:
        yield running


class TwoProcesses:
    def __init__(self, settings: Settings, redis: OwnRedis, **how: Any) -> None:
        self.seeded: Seeded = seed(settings, **how)
        self.made: MadeDocument = make_written(self.seeded)
        env = {"ATELIER_DATABASE_URL": settings.database_url, "ATELIER_REDIS_URL": redis.url}
        self.servers = [RunningServer(settings.var, env, self.seeded) for _ in range(2)]

    def start(self) -> None:
        for server in self.servers:
            server.start(wait=False)
        for server in self.servers:
            server.wait_until_it_answers()

    def page(self, number: int, name: str, transport: str = "websocket") -> PageSocket:
        page = PageSocket(self.servers[number].url, self.made.id, self.made.tokens[name], transport)
        assert page.open()["ok"]
        return page

    def owner(self, number: int) -> requests.Session:
        """A browser of the account that owns the document, signed in at one of the processes."""
        session = requests.Session()
        session.headers["Origin"] = self.servers[number].url
        answer = session.post(self.servers[number].url + self.seeded.sign_in_path, allow_redirects=False)
        assert answer.status_code == 303
        return session


@pytest.fixture
def two(postgres_settings: Settings, redis: OwnRedis) -> Iterator[TwoProcesses]:
    made = TwoProcesses(postgres_settings, redis)
    try:
        made.start()
        yield made
        assert [server.errors() for server in made.servers] == [[], []]
    finally:
        for server in made.servers:
            server.stop()


def test_words_remarks_carets_and_the_end_of_an_access_go_from_one_process_to_the_other(
    two: TwoProcesses,
) -> None:
    with two.page(0, "Odile") as odile, two.page(1, "Marcel", "polling") as marcel:
        assert odile.type("Écrit au premier. ")["ok"]
        marcel.until(reads("Écrit au premier. "))
        assert marcel.type("Écrit au second. ")["ok"]
        odile.until(reads("Écrit au second. "))
        assert odile.ask("remark", {"id": "remark-1", "act": "keep", "words": "Depuis quand ?"})["ok"]
        marcel.until(lambda page: page.events("remarks") == [{"document": two.made.id}])
        assert odile.show('{"cursor": {"section": "case"}, "user": {"name": "Nadia"}}')["ok"]
        marcel.until(lambda page: bool(page.seen()))
        assert json.loads(marcel.seen()[0].state) == {
            "cursor": {"section": "case"},
            "user": {"person": two.made.writers["Odile"], "name": "Odile", "role": "writer"},
        }
        with two.page(1, "Fatoumata") as late:
            assert late.open()["awareness"] != b""
            left = late.client
            late.show('{"cursor": null}')
            odile.until(lambda page: [seen.client for seen in page.seen()] == [left])
        odile.until(lambda page: [seen.state for seen in page.seen()][1:] == ["null"])
        writer_id = two.made.writers["Marcel"].removeprefix("w")
        path = f"/comptes-rendus/CHA1/equipe/{writer_id}/retirer"
        assert two.owner(0).post(two.servers[0].url + path).status_code == 200
        marcel.until(lambda page: bool(page.events("closed")))
        assert marcel.events("closed")[0]["code"] == "revoked"
        assert marcel.type("Trop tard. ")["code"] == "open_first"
        assert marcel.open()["code"] == "not_allowed"
        odile.close()
    assert two.servers[0].errors() == []


def test_a_text_imported_at_one_process_arrives_in_the_pages_of_both_once(two: TwoProcesses) -> None:
    owner, address = two.owner(0), two.servers[0].url + "/comptes-rendus/CHA1/importer"
    text = "## Venu d’ailleurs\n\nUn compte rendu déjà écrit 😀"
    form = {"act": "importer", "markdown": text, "stem": "i0123456789ab", "part-0": "+", "kind": "md"}
    with two.page(0, "Odile") as odile, two.page(1, "Marcel") as marcel:
        assert odile.type("Avant l’import. ")["ok"]
        before = [odile.text.content().title, *(one.heading for one in odile.text.content().sections)]
        for _ in range(2):
            answer = owner.post(address, data=form, allow_redirects=False)
            assert answer.status_code == 303
        for page in (odile, marcel):
            page.until(lambda page: "déjà écrit 😀" in str(page.text.content()))
            content = page.text.content()
            assert [one.body for one in content.sections if one.heading == "Venu d’ailleurs"] == [
                "Un compte rendu déjà écrit 😀"
            ]
            assert [content.title, *(one.heading for one in content.sections if one.key[:1] != "i")] == before
        assert marcel.type("Après l’import. ")["ok"]
        odile.until(reads("Après l’import. "))


def test_without_redis_words_come_a_second_later(two: TwoProcesses, redis: OwnRedis) -> None:
    with two.page(0, "Odile") as odile, two.page(1, "Marcel") as marcel:
        redis.stop()
        assert odile.type("Sans Redis. ")["ok"]
        assert marcel.until(reads("Sans Redis. ")) < TAIL_LIMIT_S
        redis.start()


def test_two_processes_killed_in_turn_lose_nothing_acknowledged(two: TwoProcesses) -> None:
    count = kill_while_they_write(two.servers, two.seeded, two.made, kills=2, seed=20151013)
    assert (count.kills, count.missing, count.unreadable) == (2, [], 0)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_two_processes_killed_forty_times_lose_nothing_acknowledged(two: TwoProcesses) -> None:
    count = kill_while_they_write(
        two.servers, two.seeded, two.made, kills=40, seed=20151014, pace_ms=SLOW_PACE_MS
    )
    assert (count.kills, count.missing, count.unreadable) == (40, [], 0)
