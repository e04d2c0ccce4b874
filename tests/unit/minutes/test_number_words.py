"""Numbers in words are read where they count ballots, and nowhere else."""

from __future__ import annotations

import pytest

from atelier.minutes.citations import Flag, flags
from atelier.minutes.number_words import NUMBERS, counts_in_words
from tests.unit.minutes.test_citations import content, source, sources


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        ("Douze voix le disent.", (12,)),
        ("Onze pour, trois contre et deux abstentions.", (11, 3, 2)),
        ("Vingt et un bulletins, trente-deux voix, soixante et onze gommettes.", (21, 32, 71)),
        ("Soixante-quinze votants, quatre-vingts voix, quatre-vingt-dix-sept exprimés.", (75, 80, 97)),
        ("quatre-vingt-onze voix, cent voix, trente-et-une voix, vingt et une voix", (91, 100, 31, 21)),
        ("Quarante\u00a0deux voix pour [V-1]", (42,)),
        ("Douze pour [V-1]", (12,)),
    ],
)
def test_exact_numbers_of_ballots_are_read(told: str, numbers: tuple[int, ...]) -> None:
    assert counts_in_words(told) == numbers


@pytest.mark.parametrize(
    "told",
    [
        "Une voix s’élève, un bulletin est nul.",
        "Les deux côtés ont parlé six mois, à quatre tables.",
        "Deux personnes le regrettent ; les deux votes se suivent.",
        "Une trentaine de voix, une douzaine de bulletins, environ douze voix, plus de douze voix.",
        "Dix à douze voix, deux ou trois voix, près de cent voix, plus d’onze voix.",
        "Deux cents voix, cent douze voix, mille voix, cent-vingt voix.",
        "Les deux pour lesquelles la salle hésite, cinq pour que tout change, deux contre le mur.",
        "Le neuf, la dix-septième voix, vingt-et-unième bulletin.",
        "Quatre-vingt-vingt voix, dix-un bulletins.",
    ],
)
def test_what_counts_no_ballot_or_is_not_exact_is_not_read(told: str) -> None:
    assert counts_in_words(told) == ()


def test_every_number_from_two_to_a_hundred_has_its_words() -> None:
    assert sorted(NUMBERS.values()) == list(range(2, 101))
    assert [words for words, number in NUMBERS.items() if number in (21, 70, 71, 80, 81, 91, 99)] == [
        "vingt-et-un", "soixante-dix", "soixante-et-onze", "quatre-vingt", "quatre-vingt-un", "quatre-vingt-onze",
        "quatre-vingt-dix-neuf",
    ]  # fmt: skip


def test_words_that_no_longer_equal_the_vote_are_flagged() -> None:
    known = sources(source("V-1", "vote", figures=frozenset({11, 3})))
    told = content(
        "Onze voix pour, trois contre [V-1]. Douze voix le disent [V-1]. Une voix s’en étonne [V-1]."
    )
    assert flags(told, known) == (Flag("vote_gap", "s1", "Douze voix le disent [V-1].", "V-1"),)
