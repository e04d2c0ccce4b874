"""What the three séances of a participatory workshop share, 18 h to 20 h 30 (domain §3 c)."""

from __future__ import annotations

from atelier.workshops.colleges import WORKSHOPS
from atelier.workshops.templates_shape import SequencePlan, Template, ask

RULES = (
    "Chaque idée compte, sur téléphone comme sur papier.",
    "Une idée par carte.",
    "On ne coupe pas la parole.",
    "Les désaccords sont gardés.",
)
BREAK = SequencePlan(
    "Pause", 10, "Nous reprenons dans dix minutes.", "Finir de ranger les cartes pendant la pause."
)


def recap(notes: str) -> SequencePlan:
    """Return the ten minutes that open on the state of the séance before (R-077)."""
    return SequencePlan(
        "Où nous en étions",
        10,
        "Voici ce que nous avons fait la dernière fois.",
        notes,
        (ask("recap", "Ce que nous avons fait la dernière fois", 8),),
    )


def one_of_three(number: int, label: str, about: str, sequences: tuple[SequencePlan, ...]) -> Template:
    """Return one of the three séances."""
    return Template(
        key=f"workshop_{number}",
        kind="workshop",
        label=label,
        about=about,
        title=f"Atelier participatif, séance {number}",
        starts="18:00",
        ends="20:30",
        tables=7,
        capacity=60,
        colleges=WORKSHOPS,
        rules=RULES,
        sequences=sequences,
    )
