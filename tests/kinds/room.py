"""A room where a whole séance is played by the names of the wire, whatever carries them: a house, or a running server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

DESK = "facilitator"


class Room(Protocol):
    """What carries the acts. `sequences`: activity -> its sequence."""

    sequences: Mapping[str, str]

    def join(self, name: str, college: str, **more: Any) -> None: ...

    def send(self, who: str, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]: ...

    def wait(self, minutes: float) -> None: ...


class Playing:
    """Somebody at the desk and people in the room; every act must be accepted."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.numbers: dict[str, int] = {}

    def desk(self, act: str, /, **data: Any) -> Mapping[str, Any]:
        return self.room.send(DESK, act, data)

    def arrive(self, people: Mapping[str, str], **more: Any) -> None:
        """`{"Samira": "H"}`: who comes in, and their college."""
        for name, college in people.items():
            self.room.join(name, college, **more)
            self.room.wait(0.5)

    def open(self, key: str) -> None:
        self.desk("go_to", sequence=self.room.sequences[key], activity=key)
        self.desk("open_activity", activity=key)

    def close(self, key: str, minutes: float = 5) -> None:
        self.room.wait(minutes)
        self.desk("close_activity", activity=key)

    def write(self, key: str, *cards: tuple[Any, ...], **more: Any) -> None:
        """`("k1", "Samira", "words", "column")`: a name for the card, who writes it, what, and where."""
        for name, who, text, *column in cards:
            where = {"column": column[0]} if column else {}
            sent = {"activity": key, "text": text, **where, **more}
            self.numbers[name] = self.room.send(who, "submit_contribution", sent)["number"]
            self.room.wait(0.2)

    def keep(self, names: str) -> None:
        """Let cards out that wait at the desk: above fifteen people, all do (D-17)."""
        for name in names.split():
            self.desk("keep_contribution", number=self.numbers[name])

    def fill(self, key: str, name: str, author: str, /, **fields: str) -> None:
        """Send a card made of fields, validated for the compte rendu."""
        sent = {"activity": key, "fields": fields, "validated": True}
        self.numbers[name] = self.room.send(author, "submit_contribution", sent)["number"]

    def enter(self, key: str, name: str, text: str, **more: Any) -> None:
        """Enter what somebody wrote on paper, said aloud or sent from afar."""
        self.numbers[name] = self.desk("enter_contribution", activity=key, text=text, **more)["number"]

    def group(self, key: str, title: str, names: str) -> None:
        cards = [self.numbers[name] for name in names.split()]
        self.desk("create_cluster", activity=key, title=title, cards=cards)

    def vote(
        self, key: str, ballots: Mapping[str, Mapping[str, Any]], words: Mapping[str, str] | None = None
    ) -> None:
        for who, ballot in ballots.items():
            said = {"text": words[who]} if words and who in words else {}
            self.room.send(who, "cast_ballot", {"activity": key, "ballot": ballot, **said})

    def count(self, key: str, paper: Mapping[str, Any] | None = None, minutes: float = 3) -> None:
        """Close a vote, enter its paper, reveal it."""
        self.close(key, minutes)
        if paper:
            self.desk("enter_paper", activity=key, paper=paper)
        self.desk("reveal_result", activity=key)

    def choose_among(self, key: str, question: str, options: list[str], **settings: Any) -> None:
        """Put real options in the place of the template's examples."""
        told = [{"text": option} for option in options]
        self.desk("edit_activity", activity=key, question=question, options=told, **settings)


def spread(name: str, people: Mapping[str, str], rows: str) -> dict[str, dict[str, Any]]:
    """`spread("values", people, "54 43 -2")`: each person's marks for each option in turn, `-` for none."""
    return {
        who: {name: {f"o{place}": int(mark) for place, mark in enumerate(marks, 1) if mark != "-"}}
        for who, marks in zip(people, rows.split(), strict=False)
    }


def dots(people: Mapping[str, str], rows: str) -> dict[str, dict[str, Any]]:
    """`dots(people, "112 3")`: two dots on the first option and one on the second, then one on the third."""
    return {
        who: {"dots": {f"o{option}": row.count(option) for option in dict.fromkeys(row)}}
        for who, row in zip(people, rows.split(), strict=False)
    }


def answers(people: Mapping[str, str], row: str) -> dict[str, dict[str, Any]]:
    """`answers(people, "ccro")`: consent, consent, reservation, objection."""
    known = {"c": "consent", "r": "reservation", "o": "objection", "w": "withdraw"}
    return {who: {"answer": known[one]} for who, one in zip(people, row, strict=False)}


def fingers(people: Mapping[str, str], row: str, name: str = "value") -> dict[str, dict[str, Any]]:
    return {who: {name: int(one)} for who, one in zip(people, row, strict=False)}
