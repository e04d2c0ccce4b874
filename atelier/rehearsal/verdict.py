"""What a rehearsal says in the end: measures in, one honest sentence out (D-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from atelier.later import N_

FOLLOWS_WITHIN_S = 1.0
OFTEN = 95  # times in 100
ON_THE_SPOT = N_(
    "Le Wi-Fi de la salle se teste sur place : scannez ce code avec trois téléphones, depuis le fond."
)
NOT_TRIED = N_("Cartes et votes n'ont pas été essayés : lancez la répétition sur le serveur lui-même.")
AGAIN = N_("Recommencez avec moins de téléphones, ou servez la séance depuis une machine plus rapide.")


class Speech(Protocol):
    """The sentences of one language (i18n.translations)."""

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


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


def verdict(measures: Measures, speech: Speech) -> str:
    """Say whether the server follows, and if not, each thing that went wrong."""
    say, faults = speech.gettext, faults_of(measures, speech)
    if not faults:
        good = say("Le serveur suit pour %(phones)s (%(speed)s).") % {
            "phones": phones(measures.phones, speech),
            "speed": speed(measures, speech),
        }
        return " ".join([good, *([] if measures.tried else [say(NOT_TRIED)]), say(ON_THE_SPOT)])
    bad = say("Le serveur ne suit pas pour %(phones)s : %(faults)s.") % {
        "phones": phones(measures.phones, speech),
        "faults": ", ".join(faults),
    }
    return f"{bad} {say(AGAIN)}"


def faults_of(measures: Measures, speech: Speech) -> list[str]:
    """List what a room would have suffered from."""
    plural = speech.ngettext
    missing = measures.phones - measures.joined
    counts = (
        (missing, plural("%(num)s n'a pas pu entrer", "%(num)s n'ont pas pu entrer", missing)),
        (
            measures.unanswered,
            plural("%(num)s envoi sans réponse", "%(num)s envois sans réponse", measures.unanswered),
        ),
        (measures.refused, plural("%(num)s envoi refusé", "%(num)s envois refusés", measures.refused)),
        (
            measures.doubled,
            plural("%(num)s envoi compté deux fois", "%(num)s envois comptés deux fois", measures.doubled),
        ),
    )
    faults = [sentence % {"num": count} for count, sentence in counts if count]
    if not measures.waits and measures.joined:
        faults.append(speech.gettext("aucun envoi n'a reçu de réponse"))
    if percentile(measures.waits, OFTEN) > FOLLOWS_WITHIN_S:
        faults.append(speed(measures, speech))
    return faults


def speed(measures: Measures, speech: Speech) -> str:
    """`réponse en 0,2 s, 95 fois sur 100`; tenths are rounded up, so that the figure is kept."""
    tenths = max(1, ceil(round(percentile(measures.waits, OFTEN) * 10, 6)))
    said = {"seconds": f"{tenths // 10},{tenths % 10}", "times": OFTEN}
    return speech.gettext("réponse en %(seconds)s s, %(times)s fois sur 100") % said


def phones(count: int, speech: Speech) -> str:
    return speech.ngettext("%(num)s téléphone", "%(num)s téléphones", count) % {"num": count}
