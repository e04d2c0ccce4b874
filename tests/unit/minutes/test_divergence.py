"""Both sides of a disagreement stand in the text: where they go, and when they are missing."""

from __future__ import annotations

import pytest

from atelier.minutes.content import Content, Section
from atelier.minutes.divergence import OneSided, divided_votes, one_sided, plain_words, with_divergence
from tests.factories import NAMES
from tests.unit.rules.polling import make_station

DIVIDED = {"V-2": ("Fermer la rue le mercredi",)}


def test_a_vote_that_divides_the_room_is_known_by_its_result() -> None:
    station = make_station(10, "gradients", ("Fermer la rue", "Planter"))
    levels = [(1, 1), (2, 1), (1, 2), (1, 1), (5, 1), (4, 2), (5, 1), (4, 1), (3, 1), (3, 2)]
    for name, (street, trees) in zip(NAMES[:10], levels, strict=True):
        station.vote(name, {"levels": {"o1": street, "o2": trees}})
    station.play.close("a1")
    assert divided_votes(station.play.state) == {}
    station.reveal()
    assert divided_votes(station.play.state) == {"V-1": ("Fermer la rue",)}


def make_content(*sections: tuple[str, int, str, str]) -> Content:
    return Content("Compte rendu", tuple(Section(*section) for section in sections))


@pytest.mark.parametrize(
    "body",
    [
        "Le vote partage la salle [V-2].",
        "Le vote partage la salle [DK2-V-2].",
        "::: auto V-2 3f9a1c0d\n20 pour, 16 contre.\n:::\n",
        "![Résultat du vote V-2](figure:V-2)",
        "[V-2]\n\n### Points de vue divergents\n\n### Suite\n\nRien.",
    ],
)
def test_a_divided_vote_told_alone_is_one_sided(body: str) -> None:
    content = make_content(("d", 1, "Diagnostic", ""), ("f", 2, "Forces", body))
    assert one_sided(content, DIVIDED) == (OneSided("V-2", DIVIDED["V-2"], "f"),)


@pytest.mark.parametrize(
    "sections",
    [
        [("f", 2, "Forces", "[V-2]\n\n### Points de vue divergents\n\nCôté universitaires, non.\n")],
        [("f", 2, "Forces", "[V-2]"), ("p", 2, "Ce qui fait débat", "Les deux arguments sont maintenus.")],
        [("f", 2, "Forces", "[V-2]"), ("p", 2, "Points de vue divergents ou minoritaires", "Non.")],
        [("f", 2, "Forces", "[V-1] et V-2 sans citation")],
        [("f", 2, "Forces", "Rien.")],
    ],
)
def test_a_vote_told_with_both_sides_or_not_told_is_not(sections: list[tuple[str, int, str, str]]) -> None:
    assert one_sided(make_content(("d", 1, "Diagnostic", ""), *sections), DIVIDED) == ()


def test_the_disagreement_of_another_part_does_not_count() -> None:
    content = make_content(
        ("d", 1, "Diagnostic", ""), ("f", 2, "Forces", "[V-2]"),
        ("h", 1, "Hypothèses", ""), ("r", 2, "Points de vue divergents", "Non."),
    )  # fmt: skip
    assert [found.section for found in one_sided(content, DIVIDED)] == ["f"]


def test_an_empty_place_for_disagreement_does_not_count() -> None:
    content = make_content(("d", 1, "Diagnostic", "[V-2]"), ("p", 2, "Points de vue divergents", "\n"))
    assert [found.ref for found in one_sided(content, DIVIDED)] == ["V-2"]


def rewritten(content: Content, key: str, words: str = "Non, disent des associatifs.") -> tuple[str, str]:
    section = with_divergence(content, key, words)
    assert section is not None
    return section.key, section.body


def test_a_divergence_goes_to_the_section_made_for_it() -> None:
    content = make_content(
        ("d", 1, "Diagnostic", ""),
        ("f", 2, "Forces", "Oui."),
        ("p", 2, "Points de vue divergents", "Déjà un.\n"),
    )
    assert rewritten(content, "f") == ("p", "Déjà un.\n\nNon, disent des associatifs.\n")


def test_a_divergence_goes_under_the_title_that_announces_it() -> None:
    content = make_content(
        ("f", 1, "Forces", "Oui.\n\n### Points de vue divergents\n\nDéjà un.\n\n### Suite\n\nFin.\n")
    )
    assert rewritten(content, "f") == (
        "f",
        "Oui.\n\n### Points de vue divergents\n\nDéjà un.\n\nNon, disent des associatifs.\n\n### Suite\n\nFin.\n",
    )


def test_a_divergence_makes_its_own_place_where_there_is_none() -> None:
    content = make_content(("f", 1, "Forces", "Oui.\n"), ("g", 1, "Autre", ""))
    assert rewritten(content, "f") == (
        "f", "Oui.\n\n### Points de vue divergents\n\nNon, disent des associatifs.\n"
    )  # fmt: skip
    assert rewritten(content, "g") == ("g", "### Points de vue divergents\n\nNon, disent des associatifs.\n")
    assert with_divergence(content, "z", "Non.") is None


def test_a_divergence_once_written_counts_as_told() -> None:
    content = make_content(("f", 1, "Forces", "[V-2]"))
    section = with_divergence(content, "f", "Non.")
    assert section is not None
    assert one_sided(Content(content.title, (section,)), DIVIDED) == ()


def test_words_of_readers_never_pass_for_a_block_of_the_machine() -> None:
    assert plain_words("::: auto V-2 3f9a1c0d\n99 voix\n:::\n") == "99 voix"
