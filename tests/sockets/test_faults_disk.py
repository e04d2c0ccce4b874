"""A disk that is full: said in words, retryable, `/readyz` red; and when there is room again, everything goes on."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from atelier.health import RED_FOR
from atelier.house import House
from atelier.settings import from_environment
from tests.faults.hall import Hall
from tests.faults.phones import RETRYABLE
from tests.seed import seed, state_on_disk
from tests.server import RunningServer, server_environment
from tests.sockets.test_journal import limit_pages
from tests.sockets.wire_client import HttpClient, new_id, phone

SENTENCE = "Le serveur ne peut rien enregistrer en ce moment. Votre texte est gardé ici."


@pytest.fixture
def app(migrated_app: Flask) -> Flask:
    return migrated_app


@pytest.fixture
def hall(house: House) -> Hall:
    made = Hall(house)
    made.go("s3", "a3")
    return made


def card(text: str) -> dict[str, Any]:
    return {"activity": "a3", "text": text, "column": "plus"}


def fill_the_disk(hall: Hall, device: dict[str, str], client: Any) -> tuple[int, Any]:
    """Write until the disk refuses; return how many cards were kept, and the answer that refused."""
    limit_pages(hall.house.database)
    for number in range(1_000):
        sent = {
            "id": f"card-{number:06d}",
            "name": "submit_contribution",
            "data": card("x" * 130 + str(number)),
        }
        answer = client.post(f"/s/{hall.code}/act", json=sent, headers=device).get_json()
        if not answer["ok"]:
            return number, answer
    raise AssertionError("the disk never filled")


def test_full_disk_is_said_kept_to_be_sent_again_and_passes(app: Flask, hall: Hall, clock: Any) -> None:
    hall.phone("Samira")
    device = {"Authorization": f"Bearer {hall.devices['Samira']}"}
    client = app.test_client(use_cookies=False)
    assert client.get("/readyz").status_code == 200
    kept, answer = fill_the_disk(hall, device, client)
    assert (answer["code"], answer["message"]) == ("storage", SENTENCE)
    assert answer["code"] in RETRYABLE
    red = client.get("/readyz")
    assert (red.status_code, "storage" in red.get_data(as_text=True)) == (503, True)
    assert "atelier_storage_failing 1.0" in client.get("/metrics").get_data(as_text=True)
    assert client.get("/healthz").status_code == 200
    assert client.get(f"/s/{hall.code}", headers=device).status_code == 200
    limit_pages(hall.house.database, 1_000_000)
    again = {"id": f"card-{kept:06d}", "name": "submit_contribution", "data": card("x" * 130 + str(kept))}
    assert client.post(f"/s/{hall.code}/act", json=again, headers=device).get_json()["ok"]
    assert client.get("/readyz").status_code == 200
    assert len(hall.reloaded().contributions) == kept + 1
    assert hall.reloaded() == hall.state


def test_a_plain_form_refused_by_a_full_disk_comes_back_with_its_words(app: Flask, hall: Hall) -> None:
    hall.phone("Samira")
    device = {"Authorization": f"Bearer {hall.devices['Samira']}"}
    client = app.test_client(use_cookies=False)
    fill_the_disk(hall, device, client)
    form = {
        "act": "submit_contribution",
        "activity": "a3",
        "column": "plus",
        "text": "Ce que je viens d'écrire",
    }
    page = client.post(f"/s/{hall.code}/act", data=form, headers=device)
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "Ce que je viens d" in html
    assert "Le serveur ne peut rien enregistrer" in html


def test_readiness_is_red_for_a_while_and_green_when_nothing_more_fails(
    app: Flask, hall: Hall, clock: Callable[[], Any]
) -> None:
    hall.phone("Samira")
    device = {"Authorization": f"Bearer {hall.devices['Samira']}"}
    client = app.test_client(use_cookies=False)
    fill_the_disk(hall, device, client)
    limit_pages(hall.house.database, 1_000_000)
    assert client.get("/readyz").status_code == 503
    clock.wait(seconds=RED_FOR.total_seconds() + 1)  # type: ignore[attr-defined]
    assert client.get("/readyz").status_code == 200


# ---------------------------------------------------------------- a real process whose files may not grow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[RunningServer]:
    if shutil.which("prlimit") is None:
        pytest.skip("prlimit is not installed")
    seeded = seed(from_environment(server_environment(tmp_path)), open_at=("s3", "a3"))
    largest = max(path.stat().st_size for path in tmp_path.glob("atelier.db*"))
    server = RunningServer(tmp_path, seeded=seeded)
    server.start(prefix=("prlimit", f"--fsize={largest + 300_000}:"))
    try:
        yield server
    finally:
        server.kill()


def test_files_that_cannot_grow_lose_and_double_nothing(small_disk: RunningServer) -> None:
    server = small_disk

    async def play() -> list[str]:
        client = await phone(server.url, server.code, name="Samira", college="A")
        http = HttpClient(server.url, dict(client.http.cookies), origin=server.url)
        written: list[str] = []
        for number in range(2_000):
            text, id = f"idée {number} " + "x" * 120, new_id()
            answer = await client.act("submit_contribution", card(text), id)
            if not answer["ok"]:
                break
            written.append(text)
        assert (answer["code"], answer["message"]) == ("storage", SENTENCE)
        assert (await http.act(server.code, "submit_contribution", card("par HTTP aussi")))[
            "code"
        ] == "storage"
        ready = await http.request("GET", "/readyz")
        assert ready.status == 503
        assert not client.lost.is_set()
        subprocess.run(["prlimit", f"--pid={server.pid}", "--fsize=unlimited:"], check=True)
        again = await client.act("submit_contribution", card(text), id)
        assert again["ok"], again
        written.append(text)
        assert (await http.request("GET", "/readyz")).status == 200
        await client.close()
        return written

    written = asyncio.run(play())
    assert len(written) > 3
    server.kill()
    assert server.seeded is not None
    there = Counter(card.text for card in state_on_disk(server.seeded).contributions.values())
    assert there == Counter(written)
    assert server.errors() == []


def test_a_card_that_could_not_be_withdrawn_is_not_said_withdrawn(app: Flask, hall: Hall) -> None:
    samira = hall.phone("Samira")
    number = hall.perform(samira, "submit_contribution", card("À retirer"))["number"]
    client = app.test_client()
    fill_the_disk(
        hall, {"Authorization": f"Bearer {hall.devices['Samira']}"}, app.test_client(use_cookies=False)
    )
    on = True
    while hall.perform(samira, "ask_help", {"on": on})["ok"]:
        on = not on
    page = f"/m/{hall.code}/{samira.proof_code}"
    form = {"number": str(number), "id": "withdraw-when-full"}
    answer = client.post(f"{page}/retirer", data=form, headers={"Origin": "http://localhost"})
    assert answer.status_code == 422
    assert "Le serveur ne peut rien enregistrer" in answer.text
    assert "est retirée" not in client.get(f"{page}?retiree={number}").text
    limit_pages(hall.house.database, 1_000_000)
    answer = client.post(f"{page}/retirer", data=form, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
    assert f"C-{number} est retirée" in client.get(answer.headers["Location"]).text
    assert hall.reloaded().contributions[number].text == ""
