"""What the tests of the draft share: a séance drafted, its blocks, an evening of a chantier reached by commands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from atelier.drawing import Drawing
from atelier.live.record import record
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import MarkAnswered
from atelier.live.state import LiveState
from atelier.minutes.blocks import Block, blocks_of
from atelier.minutes.content import Content
from atelier.minutes.document_templates import TEMPLATES, template_for
from atelier.minutes.drafting import draft
from tests.factories import Play, make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.polling import Station

SPEECH = Drawing("Europe/Paris", "https://atelier.example").speech()
NBSP = "\u00a0"
COLUMNS = [
    {"key": "plus", "label": "Forces", "sign": "plus", "prompt": ""},
    {"key": "minus", "label": "Faiblesses", "sign": "minus", "prompt": ""},
]
TEXTS = [
    {"heading": "Contexte", "text": "Le quartier a 2 400 habitants.\n\nQuatre tours et *une place*."},
    {"heading": "Choix", "text": "Pas d'ordre du jour."},
    {"heading": "Manières de faire", "text": "Le samedi, un thermos."},
    {"heading": "Et aussi", "text": "Les enfants sont gardés."},
]


def drafted(state: LiveState, template: str = "", **more: Any) -> Content:
    """Return the draft of a séance, in the template of its kind or in another."""
    plan = TEMPLATES[template] if template else template_for(state.meeting.kind)
    return draft(state, record(state), plan, SPEECH, **more)


def blocks(content: Content) -> dict[tuple[str, str], Block]:
    """Return every block by section and source; two of one place would be a fault."""
    found = [
        ((section.key, block.source), block)
        for section in content.sections
        for block in blocks_of(section.body)
    ]
    assert len(dict(found)) == len(found)
    return dict(found)


def text_of(content: Content, section: str, source: str) -> str:
    """Return what a block says, with plain spaces: what a reader sees of them."""
    return blocks(content)[section, source].text.replace(NBSP, " ")


def whole(content: Content) -> str:
    return "\n\n".join([content.title, *(section.body for section in content.sections)])


def evening_activities() -> list[dict[str, Any]]:
    return [
        make_sequence(
            "s1",
            "Présentation du cas",
            25,
            make_activity("a1", "presentation", "L'expérience", settings={"texts": TEXTS}),
            make_activity("a2", "questions", "Que voulez-vous comprendre ?", settings={"upvotes": True}),
        ),
        make_sequence(
            "s2", "Forces et faiblesses", 30, make_activity("a3", "board", "Forces, faiblesses ?", settings={"columns": COLUMNS})
        ),
        make_sequence(
            "s3",
            "Hypothèses",
            25,
            make_activity("a4", "hypothesis", "Qu'est-ce que cela révèle ?"),
            make_activity("a5", "gradients", "Êtes-vous d'accord ?", options=["Une proposition"]),
        ),
        make_sequence(
            "s4",
            "Suites",
            5,
            make_activity("a6", "commitments", "Qui fait quoi ?", anonymity="named", to_minutes="validated"),
        ),
        make_sequence("s5", "Retour", 5, make_activity("a7", "roti", "Cela valait-il le temps passé ?")),
    ]  # fmt: skip


def evening(people: int = 4, **meeting: Any) -> Play:
    """Return an evening that is open: a case, questions, a board, hypotheses, how far one agrees, promises."""
    return make_play(people, snapshot=make_snapshot(evening_activities(), **meeting))


def written_evening(**meeting: Any) -> Play:
    """Return that evening with two questions, three cards of which two are grouped, one hypothesis; nothing closed."""
    play = evening(**meeting)
    play.open("a1")
    play.open("a2")
    for text in ("Qui décide ?", "Pourquoi le mercredi ?"):
        play.act(SubmitContribution("a2", text), "Samira")
    play.act(MarkAnswered(1))
    play.open("a3")
    for text, column, name in (
        ("La parole circule", "plus", "Samira"),
        ("Les mêmes parlent", "minus", "Jean-Luc"),
        ("On ne sait pas qui décide", "minus", "Odile"),
    ):
        play.act(SubmitContribution("a3", text, column=column), name)
    play.act(CreateCluster("a3", "Et après ?", "minus", (4, 5)))
    play.open("a4")
    fields = {
        "statement": "Une règle suffit",
        "evidence": "On l'a vu",
        "useful_to": "Tout le monde",
        "elsewhere": "Partout",
    }
    play.act(SubmitContribution("a4", fields=fields), "Samira")
    return play


def closed(play: Play) -> LiveState:
    """Close the séance and return its state."""
    play.act(CloseSession())
    return play.state


def station_of(play: Play) -> Station:
    return Station(play)


def with_body(content: Content, section: str, body: str) -> Content:
    sections = tuple(replace(one, body=body) if one.key == section else one for one in content.sections)
    return replace(content, sections=sections)


def body_of(content: Content, section: str) -> str:
    found = content.section(section)
    assert found is not None
    return found.body


def edited(content: Content, edits: Any) -> Content:
    for section, body in edits.items():
        content = with_body(content, section, body)
    return content
