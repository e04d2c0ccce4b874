"""A contribution au forum in preparation, from the published compte rendu of the radio: half done, so that its work shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from atelier.demonstration.radio import QUESTION
from atelier.demonstration.replay import DemonstrationFault, Replay
from atelier.errors import Refusal
from atelier.forum.board import votables
from atelier.forum.choices import Choices, Support, merging, saying, setting_aside, supporting
from atelier.forum.group import group_text, held_of
from atelier.forum.operations import contributions
from atelier.forum.operations.gathering import sources_for
from atelier.house import House
from atelier.i18n import DEFAULT, typeset
from atelier.minutes.document import SharedText
from atelier.minutes.models import Document
from atelier.minutes.room import Room
from atelier.minutes.sources import Sources

GROUP = "Les Quatre-Vents (exemple fictif)"
FINDING = (
    "Une radio fait parler des personnes qui ne viennent pas en réunion {f1}, et elle en touche d'autres {f5}. Ce qui s'y dit"
    " n'arrive dans aucun service {m5}."
)
TITLES = ("Répondre à ce qui est dit à l'antenne", "Garder les désaccords dans ce qui est publié")
BODIES = (
    {
        "Constat d'origine": "Ceux qui écoutent ne répondent nulle part {m2}.",
        "Contenu": "Chaque question posée à l'antenne reçoit une réponse, lue à l'émission suivante.",
        "À qui elle s'adresse": "Aux collectivités et à leurs services.",
    },
    {
        "Constat d'origine": "Le montage coupe les désaccords {m3}.",
        "Contenu": "Ce qui est publié garde les deux voix quand elles ne sont pas d'accord.",
        "À qui elle s'adresse": "Aux réseaux, à toute équipe qui publie ce qu'elle a entendu.",
        "Points de vue divergents ou minoritaires": "Une voix se reconnaît, et parler peut coûter {p1}.",
    },
)
ASIDE = (("m4", "other", "Vaut pour cette équipe seulement."), ("f4", "imprecise", ""))
SAME = (("f3", "f1"), ("f2", "f1"))
NAMED = ("f1", "f2", "f3", "f4", "f5", "m2", "m3", "m4", "m5", "p1")  # cards, as radio.py names them
WEIGHED = "désaccords"  # in the hypothesis whose vote stands behind the second proposition
Done = TypeVar("Done")
SCREEN = ("Une radio fait parler qui ne vient pas en réunion.", "Ce qui est dit attend une réponse.", "")


def prepare_contribution(house: House, owner: int, minutes: Document, replay: Replay) -> None:
    """Begin the contribution: two propositions, one with its vote, some cards merged or set aside, the others to be treated."""
    speech = house.drawing.speech(DEFAULT)
    wanted = contributions.Wanted([minutes.id], QUESTION, GROUP, QUESTION)
    with house.database.writing() as db:
        made = contributions.create(
            db,
            owner,
            wanted,
            lambda choices: group_text(choices, [held_of(replay.state)], speech),
            house.clock(),
        )
        document = _done(made)
    with house.database.reading() as db:
        sources = sources_for(db, house.parts["live"], document)
    refs = {name: _reference(sources, replay.card(name)) for name in NAMED}
    room: Room = house.parts["minutes"].rooms.open(document.id)
    _write(room, f"u{owner}", {name: f"[{ref}]" for name, ref in refs.items()})
    with house.database.writing() as db:
        _none(contributions.choose(db, document.id, lambda choices: _decided(choices, refs, sources)))
        document = db.get_one(Document, document.id)
    contributions.follow(room, document, sources, speech)


def _write(room: Room, person: str, citations: Mapping[str, str]) -> None:
    """Write what the group has written so far."""
    keys = ["proposition-1", _done(contributions.add_proposition(room, person, ""))]

    def change(text: SharedText) -> None:
        text.edit("finding", f"{typeset(FINDING).format(**citations)}\n")
        for key, title, fields in zip(keys, TITLES, BODIES, strict=True):
            text.describe(key, heading=typeset(title))
            body = text.markdown(key)
            for heading, words in fields.items():
                body = body.replace(
                    f"### {heading}\n", f"### {heading}\n\n{typeset(words).format(**citations)}\n"
                )
            text.edit(key, body)

    room.write(person, change)


def _decided(choices: Choices, refs: Mapping[str, str], sources: Sources) -> Choices:
    for name, motive, note in ASIDE:
        choices = _done(setting_aside(choices, refs.values(), refs[name], motive, note))
    for name, target in SAME:
        choices = _done(merging(choices, refs.values(), refs[name], refs[target]))
    vote, _, option = next(one.choice for one in votables(sources) if WEIGHED in one.words).partition(" ")
    return _done(saying(supporting(choices, "proposition-2", Support(vote, option)), SCREEN))


def _reference(sources: Sources, number: int) -> str:
    """Return how a contribution cites a card: `QV0-C-4`."""
    return next(
        source.full for source in sources if source.kind != "vote" and source.ref.endswith(f"-{number}")
    )


def _done(outcome: Done | Refusal) -> Done:
    if isinstance(outcome, Refusal):
        raise DemonstrationFault(outcome.code)
    return outcome


def _none(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise DemonstrationFault(refusal.code)
