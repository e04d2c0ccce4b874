"""Somebody who has read docs/protocol.md and nothing else writes in a compte rendu, and is told what to look at."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.sockets.newcomer import Newcomer

ADDRESS = "/comptes-rendus/CHA1"
WORDS = ("On parle avant les élus", "Le micro fait peur", "Une demande attend six mois", "Les mêmes parlent")
SENTENCES = {
    "withdrawn": "La parole vient tôt [C-1].",
    "hidden": "Le micro est craint [C-2].",
    "reworded": "On le dit : « Une demande attend six mois » [C-3].",
    "vote_gap": "Il a eu trente-sept voix [V-1].",
    "unknown": "Personne n’a dit cela [C-99].",
}


@dataclass
class Hall:
    """The séance as programs reach it: phones that joined and the desk by a revocable link, over HTTP."""

    server: RunningServer
    phones: list[str] = field(default_factory=list)
    sent: int = 0

    def post(self, path: str, token: str, data: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        else:
            headers["Origin"] = self.server.url
        request = urllib.request.Request(self.server.url + path, json.dumps(data).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as reply:
            answer: dict[str, Any] = json.loads(reply.read())
        assert answer["ok"], answer
        return answer

    def join(self) -> None:
        self.phones.append(self.post(f"/j/{self.server.code}", "", {"college": "A"})["token"])

    def act(self, name: str, token: str = "", /, **data: Any) -> None:
        """Act as the desk, or as the phone of a token."""
        self.sent += 1
        door, token = ("s", token) if token else ("pupitre", self.link("cofacilitator"))
        self.post(
            f"/{door}/{self.server.code}/act",
            token,
            {"id": f"act-{self.sent:08d}", "name": name, "data": data},
        )

    def link(self, role: str) -> str:
        assert self.server.seeded is not None
        return self.server.seeded.tokens[role]

    def newcomer(self, role: str) -> Newcomer:
        return Newcomer(self.server.url, ADDRESS, self.link(role))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Three phones, four cards, a vote; the compte rendu has begun."""
    with running_server(tmp_path_factory.mktemp("newcomer"), open_at=("s3", "a3")) as server:
        made = Hall(server)
        for _ in range(3):
            made.join()
        for words in WORDS:
            made.act("submit_contribution", made.phones[0], activity="a3", text=words, column="plus")
        made.act("take_agenda")
        made.act("close_activity", activity="a3")
        made.act("go_to", sequence="s5", activity="a4")
        made.act("open_activity", activity="a4")
        for phone in made.phones:
            made.act("cast_ballot", phone, activity="a4", ballot={"dots": {"o1": 2, "o2": 1}})
        made.act("close_activity", activity="a4")
        made.act("reveal_result", activity="a4")
        yield made
        assert server.errors() == []


@pytest.fixture
def two(hall: Hall) -> Iterator[tuple[Newcomer, Newcomer]]:
    """A co-facilitator and a helper who have the document open."""
    with hall.newcomer("cofacilitator") as first, hall.newcomer("helper") as second:
        for one in (first, second):
            one.until(lambda one=one: one.looked_at()[0] == 200)
            assert one.open(one.looked_at()[1]["document"])["ok"]
        yield first, second


def test_the_text_is_read_written_and_put_in_order_by_the_document_alone(
    two: tuple[Newcomer, Newcomer],
) -> None:
    first, second = two
    assert first.text() == second.text() != []
    key, after = first.text()[1][0], first.text()[3][0]
    answer = first.write(key, "\n\nUne phrase de plus, é œ ’ 😀.")
    assert answer["ok"]
    second.until(lambda: second.numbers[-1:] == [answer["number"]])
    assert second.body(key).endswith("Une phrase de plus, é œ ’ 😀.")
    assert second.write(key, "\n\n" + "Une très longue copie. " * 6_000)["ok"]
    moved = first.move(key, after)
    assert moved["ok"]
    second.until(lambda: moved["number"] in second.numbers)
    first.until(lambda: len(first.body(key)) == len(second.body(key)))
    assert first.text() == second.text()
    keys = [one for one, _, _ in second.text()]
    assert keys.index(key) == keys.index(after) + 1


def test_carets_are_seen_and_say_who_the_server_believes(two: tuple[Newcomer, Newcomer]) -> None:
    first, second = two
    first.show({"cursor": {"section": "case"}, "user": {"name": "Quelqu’un d’autre"}})
    second.until(lambda: second.seen())
    client, state = second.seen()[0]
    assert (client, state["cursor"], state["user"]["role"]) == (
        first.doc.client_id, {"section": "case"}, "editor"
    )  # fmt: skip
    assert state["user"]["name"] != "Quelqu’un d’autre"


def test_who_only_reads_is_told_so_and_a_stranger_is_not_let_in(
    hall: Hall, two: tuple[Newcomer, Newcomer]
) -> None:
    document = two[0].looked_at()[1]["document"]
    with hall.newcomer("observer") as reader:
        answer = reader.open(document)
        assert (answer["role"], answer["writable"], answer["why"] != "") == ("reader", False, True)
        assert reader.write(reader.text()[0][0], "Non.")["code"] == "read_only"
    with Newcomer(hall.server.url, ADDRESS, "nobody") as stranger:
        assert stranger.looked_at()[0] == 404
        assert stranger.open(document)["code"] == "not_allowed"


def test_each_thing_to_look_at_is_told_by_flags_and_named_at_its_address(
    hall: Hall, two: tuple[Newcomer, Newcomer]
) -> None:
    first, second = two
    key = first.text()[1][0]
    assert first.write(key, "\n\n" + "\n\n".join(SENTENCES.values()) + "\n")["ok"]
    assert [flag for flag in first.flags() if flag[0] in ("vote_gap", "unknown")] == first.flags()
    assert set(first.flags()) == {("vote_gap", "V-1"), ("unknown", "C-99")}

    for kind, ref, act in (
        ("withdrawn", "C-1", lambda: hall.act("withdraw_contribution", hall.phones[0], number=1)),
        ("hidden", "C-2", lambda: hall.act("hide_contribution", number=2, motive="attack")),
        ("reworded", "C-3", lambda: hall.act("reword_contribution", number=3, text="Les délais sont longs")),
        ("withdrawn", "V-1", lambda: hall.act("annul_vote", activity="a4", motive="Mal compris")),
    ):
        told = len(second.events("flags"))
        act()
        second.until(lambda told=told: len(second.events("flags")) > told)
        assert (kind, ref) in second.flags()
    told_at = second.looked_at()[1]
    assert second.events("flags")[-1] == {"document": told_at["document"]}
    assert {flag["kind"] for flag in told_at["flags"]} >= {"withdrawn", "hidden", "reworded", "unknown"}
    unknown = next(flag for flag in told_at["flags"] if flag["kind"] == "unknown")
    assert unknown == {"kind": "unknown", "section": key, "sentence": SENTENCES["unknown"], "ref": "C-99"}
    assert told_at["writers"][str(first.doc.client_id)]
