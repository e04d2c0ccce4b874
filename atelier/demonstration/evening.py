"""The invented evening, from its déroulé to its close (D-26)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from atelier.demonstration import board, ending, grouping, hypotheses, opening
from atelier.demonstration.people import arrive
from atelier.demonstration.replay import DemonstrationFault, Replay
from atelier.errors import Refusal
from atelier.live.rules.opening import OpenSession
from atelier.workshops.models import Activity, WorkshopSession
from atelier.workshops.operations import activity_of, add_activity, save
from atelier.workshops.snapshot import snapshot_of
from atelier.workshops.templates_shape import ActivityPlan, ask

ADDED = (
    ("s1", ask("check_in", "Comment arrivez-vous ce soir ?", 3)),
    (
        "s3",
        ask(
            "scale",
            "À vous entendre, l'assemblée pèse-t-elle sur les décisions ?",
            3,
            simple_question="Est-ce que l'assemblée fait changer les choses ?",
            options=("Le poids de l'assemblée dans les décisions",),
        ),
    ),
    (
        "s5",
        ask(
            "choice",
            "À quoi reconnaît-on une assemblée réussie ? Deux réponses au plus.",
            3,
            multiple=True,
            max=2,
            options=(
                "Des personnes y viennent pour la première fois",
                "Les désaccords ont été dits",
                "Une décision a été prise",
                "Quelque chose a changé un mois après",
                "On a envie de revenir",
            ),
        ),
    ),
    (
        "s8",
        ask(
            "choice",
            "Une assemblée d'habitants doit-elle publier un ordre du jour avant de se réunir ?",
            2,
            by_college=True,
            options=("Oui, au moins trois sujets", "Non, les sujets se choisissent sur place"),
        ),
    ),
    (
        "s8",
        ask(
            "majority_judgment",
            "Ces suites seraient-elles utiles au quartier ?",
            3,
            grades=7,
            quorum=50,
            options=(
                "Une réponse datée du bailleur à chaque assemblée",
                "Une habitante et un agent pour suivre chaque demande",
                "Une assemblée sur deux le samedi matin",
                "Un ordre du jour publié huit jours avant",
            ),
        ),
    ),
    ("s9", ask("consent", "Êtes-vous d'accord pour essayer ?", 5, proposal=ending.PROPOSAL)),
)


def prepare(db: Session, session: WorkshopSession, by: int, now: datetime) -> dict[str, Any]:
    """Add to the déroulé what this evening has beside its template, in its order; return its snapshot."""
    for sequence, plan in ADDED:
        added = add_activity(db, session, by, sequence, plan.kind, now)
        if isinstance(added, Refusal):
            raise DemonstrationFault(added.code)
        set_as(db, session, by, added, plan, now)
    told = activity_of(session, "a2")
    saved(save(db, session, by, told, {"settings": {"texts": opening.TEXTS}}, told.revision, now))
    session.changes.clear()
    db.flush()
    return snapshot_of(session)


def set_as(
    db: Session, session: WorkshopSession, by: int, activity: Activity, plan: ActivityPlan, now: datetime
) -> None:
    """Give an activity the settings of a plan."""
    values: Mapping[str, Any] = {name: value for name, value in plan.values().items() if name != "kind"}
    saved(save(db, session, by, activity, values, activity.revision, now))


def play(replay: Replay, snapshot: Mapping[str, Any]) -> None:
    """Open the séance, let people in, play the evening, close it."""
    replay.hour("18:30")
    replay.do(OpenSession(snapshot))
    replay.commit()
    arrive(replay)
    for part in (opening, board, grouping, hypotheses, ending):
        part.play(replay)


def saved(refusal: Refusal | None) -> None:
    """Stop where the content no longer fits the rules of preparation."""
    if refusal is not None:
        raise DemonstrationFault(refusal.code)
