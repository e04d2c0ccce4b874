"""What a rehearsal says in the end: measures in, one honest sentence out (D-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

FOLLOWS_WITHIN_S = 1.0
OFTEN = 95  # times in 100
ON_THE_SPOT = (
    "Le Wi-Fi de la salle se teste sur place : scannez ce code avec trois téléphones, depuis le fond."
)
NOT_TRIED = "Cartes et votes n'ont pas été essayés : lancez la répétition sur le serveur lui-même."


@dataclass(frozen=True, slots=True)
class Measures:
    """`waits`: seconds from sending to the answer, one per act that was answered.

    `unanswered`: acts that got no answer, or went on being put off. `refused`: acts of phones that were refused.
    `doubled`: acts sent twice that counted twice, and numbers given to two cards. `tried`: cards and votes were sent.
    """

    phones: int
    joined: int
    waits: Sequence[float] = ()
    unanswered: int = 0
    refused: int = 0
    doubled: int = 0
    tried: bool = True


def percentile(waits: Sequence[float], percent: int) -> float:
    """Return the smallest wait that `percent` in 100 of the waits do not pass; 0 without any."""
    if not waits:
        return 0.0
    rank = -(-percent * len(waits) // 100)
    return sorted(waits)[max(0, rank - 1)]


def verdict(measures: Measures) -> str:
    """Say whether the server follows, and if not, each thing that went wrong."""
    faults = faults_of(measures)
    if not faults:
        good = f"Le serveur suit pour {phones(measures.phones)} ({speed(measures)})."
        return " ".join([good, ON_THE_SPOT] if measures.tried else [good, NOT_TRIED, ON_THE_SPOT])
    return (
        f"Le serveur ne suit pas pour {phones(measures.phones)} : {', '.join(faults)}."
        " Recommencez avec moins de téléphones, ou servez la séance depuis une machine plus rapide."
    )


def faults_of(measures: Measures) -> list[str]:
    """List what a room would have suffered from."""
    missing = measures.phones - measures.joined
    faults = []
    if missing:
        faults.append(counted(missing, "n'a pas pu entrer", "n'ont pas pu entrer"))
    if measures.unanswered:
        faults.append(counted(measures.unanswered, "envoi sans réponse", "envois sans réponse"))
    if measures.refused:
        faults.append(counted(measures.refused, "envoi refusé", "envois refusés"))
    if measures.doubled:
        faults.append(counted(measures.doubled, "envoi compté deux fois", "envois comptés deux fois"))
    if not measures.waits and measures.joined:
        faults.append("aucun envoi n'a reçu de réponse")
    if percentile(measures.waits, OFTEN) > FOLLOWS_WITHIN_S:
        faults.append(speed(measures))
    return faults


def speed(measures: Measures) -> str:
    """`réponse en 0,2 s, 95 fois sur 100`; tenths are rounded up, so that the figure is kept."""
    tenths = max(1, ceil(round(percentile(measures.waits, OFTEN) * 10, 6)))
    return f"réponse en {tenths // 10},{tenths % 10} s, {OFTEN} fois sur 100"


def phones(count: int) -> str:
    return counted(count, "téléphone", "téléphones")


def counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
