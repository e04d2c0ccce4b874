"""A chantier evening in an invented centre, reached by commands: `play = make_play(); play.join("Samira", "A", 3)`.

Nothing here assembles a state: each act goes through `decide` and `evolve` and is written to `play.history`;
`play.assert_refolds()` says that the history, as the journal gives it back, makes the same state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from atelier.errors import Refusal
from atelier.live.catalogue import EVENTS
from atelier.live.codec import decode, encode
from atelier.live.engine import fold, perform_pure
from atelier.live.messages import Command, Event
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.state import Activity, Actor, LiveState, Participant

EVENING = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)  # 19 h in Amiens

COLLEGES = (
    {"key": "E", "label": "Élus et agents", "letter": "E", "shape": "square", "color": "bleu"},
    {"key": "A", "label": "Associatifs et citoyens", "letter": "A", "shape": "circle", "color": "jaune"},
    {"key": "U", "label": "Universitaires", "letter": "U", "shape": "triangle", "color": "rose"},
    {
        "key": "X",
        "label": "Autre, ou je préfère ne pas dire",
        "letter": "",
        "shape": "ring",
        "color": "blanc",
    },
)

NADIA = Actor("facilitator", "u1", "Nadia")
BRUNO = Actor("cofacilitator", "l1", "Bruno")
HELPER = Actor("helper", "l2", "aide, table du fond")
CLOCK = Actor("clock", "clock")
# fmt: off
NAMES = (
    "Samira", "Jean-Luc", "Odile", "Thierry", "Fatoumata", "Marcel", "Léa", "Yann", "Béatrice", "Karim",
    "Solange", "Gérard", "Inès", "Didier", "Monique", "Abel", "Rosa", "Étienne", "Aminata", "Claude",
    "Hélène", "Bakary", "Josiane", "Paul", "Mireille", "Nordine", "Agathe", "Lucien", "Zohra", "Firmin",
)
# fmt: on


def make_activity(key: str, kind: str, question: str = "", **more: Any) -> dict[str, Any]:
    """Return an activity of a snapshot. `options` may be plain texts: they become `o1`, `o2` …"""
    options = [
        {"key": f"o{n}", "text": option} if isinstance(option, str) else option
        for n, option in enumerate(more.pop("options", ()), 1)
    ]
    return {"key": key, "kind": kind, "question": question, **more, "options": options}


def make_sequence(
    key: str, title: str, minutes: int, *activities: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Return a sequence of a snapshot."""
    return {"key": key, "title": title, "minutes": minutes, "activities": list(activities), **more}


def chantier_sequences() -> list[dict[str, Any]]:
    """Return the evening of domain §3 (b): timed steps, board, dot vote, hypotheses, gradients, speaking, ROTI."""
    columns = [
        {"key": "plus", "label": "Forces", "sign": "plus", "prompt": "Ce qui fait la force de l'assemblée"},
        {"key": "minus", "label": "Faiblesses", "sign": "minus", "prompt": "Ce qui la fragilise"},
    ]
    return [
        make_sequence("s1", "Ouverture, règles du jeu", 10),
        make_sequence(
            "s2",
            "Présentation du cas",
            25,
            make_activity("a1", "presentation", "L'expression en assemblée populaire"),
            make_activity("a2", "questions", "Vos questions de compréhension", settings={"upvotes": True}),
        ),
        make_sequence(
            "s3",
            "Forces et faiblesses, aux tables",
            30,
            make_activity(
                "a3",
                "board",
                "Ce qui fait la force de l'assemblée, ce qui la fragilise",
                minutes=30,
                settings={"columns": columns, "per": "person", "minimum": 3, "max_chars": 140},
            ),
        ),
        make_sequence("s4", "Pause", 10),
        make_sequence(
            "s5",
            "Vote aux gommettes",
            5,
            make_activity(
                "a4",
                "dot_vote",
                "Quelles faiblesses faut-il comprendre d'abord ?",
                minutes=5,
                settings={"dots": 3, "per_option": 2},
                options=[
                    "Le bailleur ne vient pas",
                    "Les mêmes parlent",
                    "Qui décide après ?",
                    "La langue",
                    "L'heure",
                ],
            ),
        ),
        make_sequence(
            "s6",
            "Hypothèses et degré d'accord",
            37,
            make_activity("a5", "hypothesis", "Qu'est-ce que cette expérience révèle ?"),
            make_activity(
                "a6",
                "gradients",
                "Êtes-vous d'accord ?",
                options=["Une assemblée sans ordre du jour libère la parole"],
            ),
            make_activity(
                "a7", "speaking", "Réaction du porteur", settings={"policy": "first_time", "seconds": 120}
            ),
        ),
        make_sequence(
            "s7",
            "Retour sur la soirée",
            5,
            make_activity("a8", "roti", "Cette soirée valait-elle le temps ?"),
        ),
    ]


def make_snapshot(sequences: list[dict[str, Any]] | None = None, **meeting: Any) -> dict[str, Any]:
    """Return what the desk fills in OpenSession, as plain JSON data."""
    return {
        "meeting": {
            "reference": "CHA1",
            "title": "L'expression en assemblée populaire",
            "question": "Comment une assemblée d'habitants prend-elle la parole ?",
            "kind": "worksite_evening",
            "date": "2015-10-13",
            "starts_at": "2015-10-13T17:00:00+00:00",
            "place": "Centre social des Quatre-Vents (exemple fictif)",
            "colleges": [dict(college) for college in COLLEGES],
            "tables": 7,
            "capacity": 0,
            "moderation": "shown",
            "fictional": True,
            "rules": ["Chacun parle en son nom"],
            **meeting,
        },
        "sequences": chantier_sequences() if sequences is None else sequences,
    }


@dataclass
class Play:
    """A séance being played. People are known by their first name once joined."""

    state: LiveState = field(default_factory=LiveState)
    now: datetime = EVENING
    history: list[tuple[Event, datetime | None]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def actor(self, by: Actor | str) -> Actor:
        """Return an actor: itself, somebody who joined, or `desk`."""
        if isinstance(by, Actor):
            return by
        if by == "desk":
            return NADIA
        return Actor(self.roles[by], self.keys[by], by, participant=self.keys[by])

    def masked(self, name: str, activity: str) -> Actor:
        """Return somebody's actor in an anonymous activity."""
        return Actor(self.roles[name], f"anon:{activity}:{self.keys[name]}", "", participant=self.keys[name])

    def try_act(self, command: Command, by: Actor | str = NADIA) -> tuple[Event, ...] | Refusal:
        """Perform a command, whatever comes of it."""
        actor = self.actor(by)
        self.state, decision = perform_pure(self.state, command, actor, self.now)
        if not isinstance(decision, Refusal):
            at = None if actor.id.startswith("anon:") else self.now
            self.history += [(event, at) for event in decision]
        return decision

    def act(self, command: Command, by: Actor | str = NADIA) -> tuple[Event, ...]:
        """Perform a command that must be accepted, and return its events."""
        decision = self.try_act(command, by)
        assert not isinstance(decision, Refusal), f"{command} was refused: {decision}"
        return decision

    def refused(self, command: Command, by: Actor | str = NADIA) -> Refusal:
        """Perform a command that must be refused, and return why."""
        before = self.state
        decision = self.try_act(command, by)
        assert isinstance(decision, Refusal), f"{command} was accepted: {decision}"
        assert self.state is before
        return decision

    def wait(self, seconds: float) -> Play:
        """Let time go by."""
        self.now += timedelta(seconds=seconds)
        return self

    def join(self, name: str, college: str = "A", table: int | None = None, **more: Any) -> str:
        """Make somebody join, and return their key. `shared=True, people=7` for a table phone."""
        role = "table" if more.get("shared") else "phone"
        events = self.act(Join(name=name, college=college, table=table, **more), Actor(role, "visitor"))
        self.keys[name] = events[0].key
        self.roles[name] = role
        return self.keys[name]

    def fill(self, count: int) -> list[str]:
        """Make `count` people join, spread over colleges and tables, and return their names."""
        names = [
            NAMES[n] if n < len(NAMES) else f"{NAMES[n % len(NAMES)]} {n // len(NAMES)}" for n in range(count)
        ]
        for n, name in enumerate(names):
            self.join(name, "EAUX"[n % 4], 1 + n % (self.state.meeting.tables or 1))
        return names

    def person(self, name: str) -> Participant:
        return self.state.people[self.keys[name]]

    def activity(self, key: str) -> Activity:
        return self.state.activities[key]

    def open(self, key: str) -> tuple[Event, ...]:
        """Go to an activity and open it."""
        self.act(GoTo(self.activity(key).sequence, key))
        return self.act(OpenActivity(key))

    def close(self, key: str) -> tuple[Event, ...]:
        return self.act(CloseActivity(key))

    def assert_refolds(self) -> None:
        """The history, plain and through the journal's encoding, folds to the state that was lived."""
        assert fold(LiveState(), self.history) == self.state
        assert (
            fold(
                LiveState(),
                [(through_journal(event, seq), at) for seq, (event, at) in enumerate(self.history)],
            )
            == self.state
        )


def through_journal(event: Event, seq: int = 1) -> Event:
    """Return an event as the journal gives it back."""
    payload, rows = encode(event, seq)
    return decode(EVENTS[type(event).__name__], payload, {row.id: row.body for row in rows})


def make_play(
    people: int = 0, snapshot: Mapping[str, Any] | None = None, opened: bool = True, **meeting: Any
) -> Play:
    """Return an evening whose doors are open (unless `opened` is False), with `people` joined.

    `meeting` changes what was prepared (`tables=0`, `capacity=50`); `snapshot` replaces it all (make_snapshot).
    """
    play = Play()
    if opened:
        play.act(OpenSession(dict(snapshot) if snapshot else make_snapshot(**meeting)))
    play.fill(people)
    return play
