"""An earlier evening, smaller, whose compte rendu is published: a radio that people of the quarter make (invented, D-26)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from atelier.demonstration.evening import saved
from atelier.demonstration.people import door_of
from atelier.demonstration.replay import Replay, dots, marks
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.agenda_changes import RemoveActivity
from atelier.live.rules.attendance import SetWithoutPhone
from atelier.live.rules.card_marks import SupportContribution
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster, ValidateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import MarkAnswered
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from atelier.live.state import Actor
from atelier.people.policy import PHONE
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import activity_of, save
from atelier.workshops.snapshot import snapshot_of

REFERENCE = "QV0"
TEMPLATE = "chantier"
TITLE = "La radio du quartier : une parole qui ne vient pas en réunion (exemple fictif)"
QUESTION = "Que nous apprend une radio faite par les habitantes et les habitants ?"
DAYS_AGO = 37

TEXTS = [
    {
        "heading": "Contexte",
        "text": "Une émission d'une heure chaque mardi, enregistrée dans une salle du centre social. Douze personnes du quartier"
        " la préparent, de 16 à 71 ans.",
    },
    {
        "heading": "Choix",
        "text": "Personne n'est interviewé par quelqu'un d'extérieur. Chaque sujet est préparé à deux, enregistré, réécouté,"
        " puis gardé ou jeté par les personnes qui parlent.",
    },
    {
        "heading": "Manières de faire",
        "text": "Un micro tourne aussi dans les cuisines et sur les bancs. L'émission est jouée le vendredi devant l'école,"
        " sur une enceinte.",
    },
]
PEOPLE = (
    ("Samira", "A", 1), ("Karim", "A", 1), ("Odile", "A", 2), ("Marcel", "A", 2), ("Fatoumata", "A", 3), ("Rosa", "A", 3),
    ("Jean-Luc", "E", 1), ("Béatrice", "E", 2), ("Gérard", "E", 3), ("Thierry", "E", 1),
    ("Léa", "U", 1), ("Yann", "U", 2), ("Hélène", "U", 3), ("Paul", "U", 2),
)  # fmt: skip
# name, who, question, supports, answered
QUESTIONS = (
    ("q1", "Thierry", "Qui choisit ce qui passe à l'antenne ?", "Odile Karim Léa Paul", True),
    ("q2", "Odile", "Combien coûte une heure d'émission ?", "Jean-Luc Yann", True),
    ("q3", "Léa", "Des personnes ont-elles refusé d'être enregistrées ?", "Rosa", False),
)
# name, column, who, text
CARDS = (
    ("f1", "plus", "Samira", "Des gens qui ne viennent jamais en réunion parlent au micro."),
    ("f2", "plus", "Karim", "On répète avant. Personne n'a honte de sa voix."),
    ("f3", "plus", "Jean-Luc", "J'entends le quartier sans que le quartier soit convoqué."),
    ("f4", "plus", "Léa", "La parole est montée par celles et ceux qui l'ont dite."),
    ("f5", "plus", "Odile", "Ma mère écoute l'émission. Elle ne lit pas les affiches."),
    ("m1", "minus", "Marcel", "Le micro est ouvert le mardi à 14 h. Moi, je travaille."),
    ("m2", "minus", "Béatrice", "Nous écoutons, mais nous ne répondons nulle part."),
    ("m3", "minus", "Yann", "Le montage coupe les désaccords : à la fin, tout le monde est d'accord."),
    ("m4", "minus", "Fatoumata", "Deux jeunes tiennent la technique. S'ils partent, c'est fini."),
    ("m5", "minus", "Gérard", "Une question posée à l'antenne n'arrive dans aucun service."),
)
ON_PAPER = "ma voisine a peur qu'on la reconnaisse à la voix"
# name, title, column, cards
CLUSTERS = (
    ("heard", "Une parole qui ne vient pas en réunion", "plus", "f1 f5 f3"),
    ("ready", "Une parole préparée", "plus", "f2 f4"),
    ("after", "Écoutée, sans réponse", "minus", "m2 m5"),
    ("hands", "Qui tient le micro", "minus", "m1 m4"),
    ("cut", "Ce que le montage efface", "minus", "m3"),
)
DOTS = ("112", "113", "122", "11", "112", "223", "113", "123", "11", "133", "112", "122", "113", "12")
FIELDS = ("statement", "evidence", "useful_to", "elsewhere")
HYPOTHESES = (
    (
        "y1",
        "Samira",
        "Une parole enregistrée chez soi fait entrer celles et ceux qui ne viennent pas.",
        "Trois personnes de l'émission n'étaient jamais venues au centre social.",
        "Les centres sociaux, les conseils de quartier.",
        "Un village, un foyer de jeunes travailleurs.",
    ),
    (
        "y2",
        "Yann",
        "Garder les désaccords à l'antenne donne plus envie d'écouter que les couper.",
        "L'émission la plus réécoutée est celle où deux voisines ne sont pas d'accord.",
        "Toute équipe qui publie ce qu'elle a entendu.",
        "Un journal de quartier, une restitution de réunion.",
    ),
)
LEVELS = ("12", "11", "23", "14", "12", "25", "14", "25", "13", "24", "11", "12", "21", "15")
RESERVE = ("o2", "Béatrice", "À condition que chacun puisse réécouter avant.")
PROMISES = (
    ("Jean-Luc", "Transmettre chaque mois les questions de l'antenne aux services", "dès le mois prochain"),
    ("Léa", "Ouvrir un créneau du samedi avec deux étudiants", "au printemps"),
)


def prepare(db: Session, session: WorkshopSession, by: int, now: datetime) -> dict[str, Any]:
    """Put the case into the déroulé; return its snapshot."""
    told = activity_of(session, "a2")
    saved(save(db, session, by, told, {"settings": {"texts": TEXTS}}, told.revision, now))
    session.changes.clear()
    db.flush()
    return snapshot_of(session)


def play(replay: Replay, snapshot: Mapping[str, Any]) -> None:
    replay.hour("18:45")
    replay.do(OpenSession(snapshot))
    arrive(replay)
    for part in (tell, write, group, weigh, suppose, agree, promise):
        part(replay)
    replay.hour("21:12")
    replay.do(CloseSession())
    replay.commit()


def arrive(replay: Replay) -> None:
    for name, college, table in PEOPLE:
        replay.do(
            Join(name=name, college=college, table=table), Actor(PHONE, door_of(name)), name=name, after=40
        )
    replay.do(SetWithoutPhone(1))
    for key in ("a1", "a4", "a8", "a12"):
        replay.do(RemoveActivity(key))
    replay.commit()
    for name, _, _ in PEOPLE:
        replay.seat(name)


def tell(replay: Replay) -> None:
    """The case, in silence; then the questions, most supported first."""
    replay.hour("19:05")
    replay.do(GoTo("s2"))
    replay.do(OpenActivity("a2"))
    replay.do(OpenActivity("a3"))
    for name, who, text, _, _ in QUESTIONS:
        replay.do(SubmitContribution("a3", text), by=who, name=name, after=200)
    replay.commit()
    for name, _, _, supports, answered in QUESTIONS:
        for supporter in supports.split():
            replay.do(SupportContribution(replay.card(name)), by=supporter, after=4)
        if answered:
            replay.do(MarkAnswered(replay.card(name)), after=60)
    replay.do(CloseActivity("a2"))
    replay.do(CloseActivity("a3"))
    replay.commit()


def write(replay: Replay) -> None:
    replay.hour("19:35")
    replay.do(GoTo("s4"))
    replay.do(OpenActivity("a5"))
    for name, column, who, text in CARDS:
        replay.do(SubmitContribution("a5", text, column=column), by=who, name=name, after=70)
    paper = EnterContribution("a5", ON_PAPER, {}, "minus", "A", 3, "paper", "F-0012")
    replay.do(paper, name="p1", after=30)
    replay.do(CloseActivity("a5"))
    replay.commit()


def group(replay: Replay) -> None:
    replay.hour("20:00")
    replay.do(GoTo("s5"))
    for name, title, column, cards in CLUSTERS:
        replay.do(CreateCluster("a5", title, column, replay.cards(cards)), name=name, after=60)
    replay.commit()
    for name, _, _, _ in CLUSTERS:
        replay.do(ValidateCluster(replay.cluster(name)))
    replay.commit()


def weigh(replay: Replay) -> None:
    """Dots on the weaknesses: the clusters become the options by themselves."""
    replay.hour("20:20")
    replay.do(GoTo("s6", "a7"))
    cast(replay, "a7", [dots(placed) for placed in DOTS])


def suppose(replay: Replay) -> None:
    replay.hour("20:28")
    replay.do(GoTo("s7"))
    replay.do(OpenActivity("a9"))
    for name, who, *lines in HYPOTHESES:
        replay.do(
            SubmitContribution("a9", fields=dict(zip(FIELDS, lines, strict=True))),
            by=who,
            name=name,
            after=300,
        )
    replay.do(CloseActivity("a9"))
    replay.commit()


def agree(replay: Replay) -> None:
    replay.hour("20:45")
    replay.do(GoTo("s8", "a10"))
    option, who, text = RESERVE
    cast(
        replay, "a10", [marks("levels", levels) for levels in LEVELS], (SubmitContribution("a10", text, option=option), who)
    )  # fmt: skip


def promise(replay: Replay) -> None:
    replay.hour("21:00")
    replay.do(GoTo("s9"))
    replay.do(OpenActivity("a11"))
    for who, what, when in PROMISES:
        fields = {"who": "", "what": what, "when": when}
        replay.do(SubmitContribution("a11", fields=fields, validated=True), by=who, after=60)
    replay.do(CloseActivity("a11"))
    replay.commit()


def cast(
    replay: Replay,
    key: str,
    ballots: list[dict[str, Any]],
    beside: tuple[SubmitContribution, str] | None = None,
) -> None:
    """Open a vote, let everybody vote, let somebody write beside their ballot, close, reveal."""
    replay.do(OpenActivity(key))
    for (name, _, _), ballot in zip(PEOPLE, ballots, strict=True):
        replay.do(CastBallot(key, 1, ballot), by=name, after=6)
    if beside is not None:
        replay.do(beside[0], by=beside[1], after=10)
    replay.do(CloseActivity(key), after=20)
    replay.do(RevealResult(key), after=10)
    replay.commit()
