"""Two versions compared word by word: what is shown is what changed, and nothing of either text is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from atelier.minutes.comparison import (
    Change,
    after,
    before,
    compare,
    compare_contents,
    words_changed,
)
from atelier.minutes.content import Content, Section

PIECES = st.lists(
    st.sampled_from(
        ["Plusieurs", "tables", "l’", "l'", "élue", "é", "œ", "’", "😀", " ", "  ", "\n", "\n\n", ",", ".", "[C-12]",
         "« ", " »", "## ", "| a | b |\n", "::: auto V-2 3f9a1c0d\n", "\u00a0", "\r\n", "\t", "six", "mois"]
    ),
    max_size=40,
).map("".join)  # fmt: skip
TEXTS = st.one_of(PIECES, st.text(max_size=60))


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(change.kind, change.text) for change in compare(old, new)]


@given(TEXTS, TEXTS)
def test_applying_a_comparison_gives_the_new_text_and_undoing_it_the_old_one(old: str, new: str) -> None:
    changes = compare(old, new)
    assert after(changes) == new
    assert before(changes) == old


@given(TEXTS, TEXTS)
def test_runs_alternate_and_none_is_empty(old: str, new: str) -> None:
    kinds = [change.kind for change in compare(old, new)]
    assert all(change.text for change in compare(old, new))
    assert all(one != other for one, other in pairwise(kinds))


@given(TEXTS)
def test_a_text_compared_with_itself_has_not_changed(text: str) -> None:
    assert compare(text, text) == ((Change("same", text),) if text else ())


def test_one_word_changed_shows_one_word() -> None:
    assert shown("Une demande peut attendre six mois.", "Une demande peut attendre un an.") == [
        ("same", "Une demande peut attendre "),
        ("removed", "six mois"),
        ("added", "un an"),
        ("same", "."),
    ]


def test_words_put_in_and_taken_out_stand_alone() -> None:
    assert shown("Elle parle.", "Elle parle souvent.") == [
        ("same", "Elle parle"),
        ("added", " souvent"),
        ("same", "."),
    ]
    assert shown("Elle parle très souvent.", "Elle parle souvent.") == [
        ("same", "Elle parle"), ("removed", " très"), ("same", " souvent.")
    ]  # fmt: skip


def test_an_elided_article_is_a_word_of_its_own() -> None:
    assert shown("l’élu", "l’élue")[0] == ("same", "l’")


def test_unchanged_lines_around_a_change_stay_whole() -> None:
    old = "Premier point.\n\nDeuxième point.\n\nTroisième point.\n"
    assert shown(old, old.replace("Deuxième", "Second")) == [
        ("same", "Premier point.\n\n"),
        ("removed", "Deuxième"),
        ("added", "Second"),
        ("same", " point.\n\nTroisième point.\n"),
    ]


def test_words_are_counted() -> None:
    assert words_changed(compare("Six mois sans réponse.", "Un an sans aucune réponse.")) == (3, 2)


def test_a_passage_too_long_to_compare_is_shown_whole() -> None:
    old, new = " ".join(f"a{n}" for n in range(1500)), " ".join(f"b{n}" for n in range(1500))
    assert shown(old, new) == [("removed", old), ("added", new)]


def test_a_word_changed_all_through_a_long_text_is_shown_as_one_word() -> None:
    old = "\n\n".join(
        f"Point {n} : l'assemblée de quartier se tient le soir, portes ouvertes." for n in range(300)
    )
    changes = compare(old, old.replace("assemblée", "réunion"))
    assert {change.text for change in changes if change.kind == "removed"} == {"assemblée"}


def make_content(*bodies: str) -> Content:
    return Content(
        "Compte rendu", tuple(Section(f"s{n}", 1, f"Partie {n}", body) for n, body in enumerate(bodies, 1))
    )


def test_contents_are_compared_section_by_section() -> None:
    old = make_content("Un.", "Deux.", "Trois.")
    new = Content(
        "Compte rendu",
        (
            old.sections[0],
            Section("s4", 2, "Nouvelle", "Quatre."),
            replace(old.sections[2], body="Trois, revu."),
        ),
    )
    found = compare_contents(old, new)
    assert [(change.key, change.state, change.level) for change in found] == [
        ("s1", "same", 1), ("s2", "removed", 1), ("s4", "added", 2), ("s3", "changed", 1)
    ]  # fmt: skip
    assert [after(change.body) for change in found] == ["Un.", "", "Quatre.", "Trois, revu."]
    assert [before(change.heading) for change in found] == ["Partie 1", "Partie 2", "", "Partie 3"]


def test_a_section_whose_heading_alone_changes_has_changed() -> None:
    old = make_content("Un.")
    new = Content(old.title, (replace(old.sections[0], heading="Constat"),))
    assert compare_contents(old, new)[0].state == "changed"


def test_a_section_moved_is_said_and_the_others_are_not() -> None:
    old = make_content("Un.", "Deux.", "Trois.")
    new = Content(old.title, (old.sections[2], old.sections[0], old.sections[1]))
    assert [(change.key, change.state, change.moved) for change in compare_contents(old, new)] == [
        ("s3", "same", True), ("s1", "same", False), ("s2", "same", False)
    ]  # fmt: skip
