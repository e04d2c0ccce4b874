"""Erasure that erases: after « retirer », the words are in no file, no table, no screen, no export, no frame.

Each walk first finds the words where they are, so that finding nothing means something.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text

from atelier.backup import backup
from atelier.house import House
from atelier.live.broadcast import Connection
from atelier.live.credentials import Guest
from atelier.live.models import CommandReceived, LiveEvent, RecordRow, Words
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.cluster_vote import VoteOnClusters
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.rewording import RewordContribution
from tests.faults.hall import Hall
from tests.faults.listening import Air

SECRET = "zibeline-quatorze"  # a word that nothing else holds
WORDS = f"Au 4e étage, {SECRET} crie la nuit"
EXPORTS = ("recit.md", "contributions.csv", "resultats.csv", "seance.json")


@pytest.fixture
def hall(house: House) -> Hall:
    """Samira's card went everywhere a card can go: projected, grouped, merged, reworded, voted on."""
    made = Hall(house)
    made.go("s3", "a3")
    return made


@pytest.fixture
def samira(hall: Hall) -> Guest:
    return hall.phone("Samira")


def write(hall: Hall, guest: Guest, words: str) -> int:
    answer = hall.perform(guest, "submit_contribution", {"activity": "a3", "text": words, "column": "minus"})
    assert answer["ok"], answer
    return int(answer["number"])


def spread(hall: Hall, samira: Guest) -> int:
    """Return the number of a card whose words were copied by hand wherever the desk can copy them."""
    number = write(hall, samira, WORDS)
    for desk_act, data in (
        ("edit_contribution", {"number": number, "text": WORDS + " encore"}),
        ("edit_contribution", {"number": number, "text": WORDS}),
    ):
        assert hall.perform(samira, desk_act, data)["ok"]
    hall.do(RewordContribution(number, f"La nuit, {SECRET} crie"))
    hall.do(RewordContribution(number, f"{SECRET} crie la nuit"))
    hall.do(CreateCluster("a3", WORDS, cards=(number,)))
    hall.perform(hall.guest("facilitator"), "project_contribution", {"number": number, "on": True})
    hall.do(VoteOnClusters("a3", "dot_vote", "Par quoi commencer ?", go=False))
    return number


def tables_with(house: House, word: str) -> list[str]:
    """Return the tables that hold a word, in any column."""
    found = []
    with house.database.reading() as db:
        names = db.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        for name in names:
            for row in db.execute(text(f"SELECT * FROM {name}")).all():
                if word in str(tuple(row)):
                    found.append(name)
                    break
    return found


def files_with(house: House, word: str) -> list[str]:
    """Return the files of the installation that hold the bytes of a word: database, write-ahead log, shared memory, logs."""
    folder = house.settings.var
    needles = (word.encode(), word.encode("utf-16-le"))
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def screens_with(hall: Hall, guests: list[Guest], word: str) -> list[str]:
    found = []
    broadcaster, state = hall.live.broadcaster, hall.state
    for guest in guests:
        surface = {"screen": "screen", "phone": "phone"}.get(guest.actor.role, "desk")
        audience = broadcaster.audience_of(state, surface, "fr", guest.actor)
        link = Connection("here", hall.session_id, surface, "fr", guest.actor, guest.anonymous)
        shown = broadcaster.surface(hall.session_id, audience).html + json.dumps(
            broadcaster.personal(state, link), default=str, ensure_ascii=False
        )
        if word in shown:
            found.append(guest.actor.role)
    return found


def exports_with(app: Flask, hall: Hall, word: str) -> list[str]:
    client = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {hall.tokens['cofacilitator']}"}
    found = []
    for name in EXPORTS:
        answer = client.get(f"/seances/{hall.code}/export/{name}", headers=headers)
        assert answer.status_code == 200, (name, answer.status_code)
        if word in answer.get_data(as_text=True):
            found.append(name)
    return found


def test_words_withdrawn_are_in_no_file_table_screen_or_export(
    app: Flask, house: House, hall: Hall, samira: Guest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    number = spread(hall, samira)
    hall.live.recorder.ensure_projected(hall.session_id)
    guests = [samira, hall.guest("facilitator"), hall.guest("screen")]
    backup(house.settings)
    assert {"words", "record"} <= set(tables_with(house, SECRET))
    assert any(name.startswith("atelier.db") for name in files_with(house, SECRET))
    assert "phone" in screens_with(hall, guests, SECRET)
    assert "facilitator" in screens_with(hall, guests, SECRET)
    assert "contributions.csv" in exports_with(app, hall, SECRET)

    for path in (house.settings.var / "backups").iterdir():
        path.unlink()  # SECURITY.md: backups made before are not reached, and go with their rotation
    answer = hall.perform(samira, "withdraw_contribution", {"number": number})
    assert answer["ok"], answer
    write(hall, hall.phone("Thierry"), "Une autre idée, après")
    hall.live.followers.drain()
    hall.live.recorder.ensure_projected(hall.session_id)
    assert house.database.checkpoint() is True
    backup(house.settings)

    assert words_left(house, SECRET) == []
    assert tables_with(house, SECRET) == []
    assert files_with(house, SECRET) == []
    assert screens_with(hall, guests, SECRET) == []
    assert exports_with(app, hall, SECRET) == []
    assert SECRET not in caplog.text
    assert SECRET not in repr(hall.state)
    assert hall.reloaded() == hall.state


def words_left(house: House, word: str) -> list[str]:
    """Return the owners of the words that still hold a word."""
    with house.database.reading() as db:
        return [row.owner for row in db.scalars(select(Words)) if word in row.body]


def test_frames_after_the_withdrawal_carry_no_word_of_it(hall: Hall, samira: Guest) -> None:
    air = Air(hall)
    desk, screen, phone = (
        air.listen(hall.guest("facilitator"), "desk"),
        air.listen(hall.guest("screen"), "screen"),
        air.listen(samira, "phone"),
    )
    number = write(hall, samira, WORDS)
    air.tick()
    assert SECRET in desk.image.html
    said: list[str] = []
    for listener in (desk, screen, phone):
        real = listener.hear

        def heard(event: str, data: object, real: Callable[[str, object], None] = real) -> None:
            said.append(json.dumps(data, default=str, ensure_ascii=False))
            real(event, data)

        listener.hear = heard  # type: ignore[method-assign]
    assert hall.perform(samira, "withdraw_contribution", {"number": number})["ok"]
    air.tick()
    assert said
    assert [frame for frame in said if SECRET in frame] == []
    assert SECRET not in desk.image.html + screen.image.html + phone.image.html + str(phone.me)


def test_words_merged_into_another_card_go_with_the_last_of_their_sources(
    house: House, hall: Hall, samira: Guest
) -> None:
    one = write(hall, samira, WORDS)
    other = write(hall, samira, f"{SECRET} aussi")
    hall.do(MergeContributions(one, (other,), f"{SECRET}, deux fois"))
    for number in (other, one):
        answer = hall.perform(samira, "withdraw_contribution", {"number": number})
        assert answer["ok"], answer
    house.database.checkpoint()
    assert words_left(house, SECRET) == []
    assert files_with(house, SECRET) == []


def test_a_card_withdrawn_by_its_keep_code_is_erased_as_well(
    app: Flask, house: House, hall: Hall, samira: Guest
) -> None:
    number = write(hall, samira, WORDS)
    hall.do(CloseActivity("a3"))
    client = app.test_client()
    answer = client.post(
        f"/m/{hall.code}/{samira.proof_code}/retirer",
        data={"number": str(number)},
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code in {200, 303}
    assert house.database.checkpoint() is True
    assert words_left(house, SECRET) == []
    assert files_with(house, SECRET) == []


def test_what_a_keep_code_door_is_sent_breaks_nothing(
    app: Flask, hall: Hall, samira: Guest, caplog: pytest.LogCaptureFixture
) -> None:
    write(hall, samira, WORDS)
    client = app.test_client()
    for form in (
        {"number": "²"},
        {"number": "1", "id": "\x00" * 80},
        {"number": "9" * 400},
        {"number": "-1"},
        {},
    ):
        answer = client.post(
            f"/m/{hall.code}/{samira.proof_code}/retirer", data=form, headers={"Origin": "http://localhost"}
        )
        assert answer.status_code < 500, form
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_journal_keeps_that_a_card_was_there_and_nothing_of_what_it_said(
    house: House, hall: Hall, samira: Guest
) -> None:
    number = write(hall, samira, WORDS)
    hall.perform(samira, "withdraw_contribution", {"number": number})
    with house.database.reading() as db:
        kinds = list(db.scalars(select(LiveEvent.kind).order_by(LiveEvent.seq)))
        payloads = [
            json.dumps(payload, ensure_ascii=False) for payload in db.scalars(select(LiveEvent.payload))
        ]
        answers = [
            json.dumps(answer, ensure_ascii=False) for answer in db.scalars(select(CommandReceived.answer))
        ]
        rows = [json.dumps(row, ensure_ascii=False) for row in db.scalars(select(RecordRow.data))]
    assert kinds[-2:] == ["ContributionSubmitted", "ContributionWithdrawn"]
    assert [said for said in (*payloads, *answers, *rows) if SECRET in said] == []
    assert hall.state.contributions[number].text == ""
