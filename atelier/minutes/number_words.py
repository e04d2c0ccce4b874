"""Numbers written in words that count ballots: « douze voix », « trois contre ». From two to a hundred, in French. Pure.

Only what a count of ballots follows is read, so that « les deux côtés » or « six mois » accuse nobody; « un » and « une » are
articles before they are numbers; « environ douze », « dix à douze » and « une trentaine » claim no exact figure.
"""

from __future__ import annotations

import re

# fmt: off
TEENS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
# fmt: on
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
FULL = 100
SPACE = "[ \u00a0\u202f]"


def spelled(number: int) -> str:
    """Return a whole number from 0 to 100 in words, without the s of « quatre-vingts »."""
    if number == FULL:
        return "cent"
    if number < len(TEENS):
        return TEENS[number]
    ten = max(ten for ten in TENS if ten <= number)
    rest = number - ten
    if rest == 0:
        return TENS[ten]
    return f"{TENS[ten]}{'-et-' if rest in (1, 11) and ten != 80 else '-'}{TEENS[rest]}"


NUMBERS = {spelled(number): number for number in range(2, FULL + 1)}
WORD = rf"(?:{'|'.join(dict.fromkeys('-'.join(NUMBERS).replace('-et-', '-').split('-')))}|une|vingts|cents|mille)"
JOIN = rf"(?:-et-|{SPACE}et{SPACE}|-|{SPACE})"
COUNTED = re.compile(
    rf"(?<![\w-])(?P<about>(?:plus|moins|près){SPACE}(?:de{SPACE}|d['’])|(?:environ|presque|au{SPACE}moins|ou|à|quelque){SPACE})?"
    rf"(?P<words>{WORD}(?:{JOIN}{WORD})*){SPACE}"
    rf"(?:(?:voix|suffrages|bulletins|votants|gommettes|abstentions|exprimés)\b"
    rf"|(?:pour|contre)(?={SPACE}*(?:[.,;:)!?»\[]|$|et\b|sur\b|contre\b)))",
    re.IGNORECASE,
)


def counts_in_words(text: str) -> tuple[int, ...]:
    """Return the exact numbers in words that count ballots in a sentence, in order; those above a hundred are not read."""
    found = (_number(said["words"]) for said in COUNTED.finditer(text) if not said["about"])
    return tuple(number for number in found if number is not None)


def _number(words: str) -> int | None:
    plain = re.sub(rf"(?:-|{SPACE})+", "-", words.lower())
    plain = re.sub(r"(?<=-)une$", "un", re.sub(r"vingts$", "vingt", plain))
    return NUMBERS.get(plain)
