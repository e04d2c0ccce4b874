"""Séances ready to be opened: published titles, dates of our own, no place that the publication does not give (D-26)."""

from __future__ import annotations

from dataclasses import dataclass

PLACE_TOLD_LATER = "Lieu communiqué aux personnes inscrites"
CENTRE = "Centre social des Quatre-Vents (exemple fictif)"
TODAY = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """`days`: at least so many days from today, then the next `weekday` (0 is Monday, None any). `follows`: a reference."""

    reference: str
    template: str
    title: str
    question: str
    place: str
    hour: str
    days: int
    weekday: int | None = None
    follows: str = ""


PARTICIPATION = "Quels moyens pour permettre la participation de tous ?"
WORKSHOP = "Inventer la démocratie participative, atelier 5 : Dunkerque"
READY = Prepared(
    "QV2",
    "chantier",
    "L'expression en assemblée populaire : soirée à ouvrir (exemple fictif)",
    "Que nous apprend l'assemblée du mercredi ?",
    CENTRE,
    "19:00",
    TODAY,
)
SESSIONS = (
    READY,
    Prepared(
        "CC1",
        "chantier",
        "L'expression en assemblée populaire",
        "Quelles initiatives citoyennes favorisent l'implication de tous dans le débat public ?",
        PLACE_TOLD_LATER,
        "19:00",
        14,
        1,
    ),
    Prepared("DK1", "workshop_1", f"{WORKSHOP}, séance 1", PARTICIPATION, "Kursaal, Dunkerque", "18:00", 7, 0),
    Prepared("DK2", "workshop_2", f"{WORKSHOP}, séance 2", PARTICIPATION, "Kursaal, Dunkerque", "18:00", 21, 0, "DK1"),
    Prepared("DK3", "workshop_3", f"{WORKSHOP}, séance 3", PARTICIPATION, "Kursaal, Dunkerque", "18:00", 35, 0, "DK2"),
    Prepared(
        "GE1",
        "exchange_day",
        "Dispositif d'échanges de pratiques de démocratie participative : première journée",
        "Que nous apprennent nos pratiques ?",
        "Siège du Conseil régional, Lille",
        "09:30",
        10,
        4,
    ),
)  # fmt: skip

CLOSED_REFERENCE = "QV1"
CLOSED_TEMPLATE = "chantier"
CLOSED_TITLE = "L'expression en assemblée populaire : l'assemblée du mercredi (exemple fictif)"
CLOSED_QUESTION = "Comment une assemblée d'habitants prend-elle la parole, et qu'en reste-t-il ?"
CLOSED_DAYS_AGO = 9
