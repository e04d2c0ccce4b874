"""Propositions are read from the shared text as people wrote them; what is missing is named with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.forum import template
from atelier.forum.agreement import Agreement
from atelier.forum.coverage import Card, coverage
from atelier.forum.propositions import FIELDS, MOST, blank, next_key, propositions, without_blanks
from atelier.forum.readiness import Missing, missing
from atelier.minutes.content import Content, Section

DONE = coverage([Card("DK2-C-1", "phone")], {"DK2-C-1"}, {}, ())
SCREEN = ("Défrayer le temps", "Répondre par écrit", "Aller vers les absents")
BODY = """### Constat d'origine

Le bus du soir s'arrête à 20 h 30 [DK2-C-1].

### Contenu

La Région rembourse le bus.

### À qui elle s’adresse

La Région, les collectivités.
"""


def written(
    key: str = "proposition-1", title: str = "Défrayer la garde d'enfants", body: str = BODY
) -> Section:
    return Section(key=key, level=2, heading=title, body=body)


def content(*sections: Section) -> Content:
    return Content("Quels moyens pour la participation de tous ?", sections)


def test_a_proposition_is_read_field_by_field() -> None:
    [found] = propositions(content(Section("finding", 1, "Constat partagé", "x"), written()))
    assert found.title == "Défrayer la garde d'enfants"
    assert found.fields["origin"] == "Le bus du soir s'arrête à 20 h 30 [DK2-C-1]."
    assert found.fields["addressees"] == "La Région, les collectivités."
    assert found.missing == ()


def test_what_stands_under_no_known_heading_is_kept_as_it_is() -> None:
    [found] = propositions(content(written(body="Avant tout.\n\n### Budget\n\nÀ voir.\n\n" + BODY)))
    assert found.other == "Avant tout.\n\n### Budget\n\n\nÀ voir."
    assert found.fields["content"] == "La Région rembourse le bus."


def test_a_blank_proposition_asks_for_its_three_fields() -> None:
    made = blank("proposition-1", "Un titre")
    [found] = propositions(content(made))
    assert set(found.fields) == set(FIELDS)
    assert found.missing == ("origin", "content", "addressees")


def test_a_new_key_is_never_one_that_is_taken() -> None:
    assert next_key(content()) == "proposition-1"
    assert next_key(content(written(), written("proposition-3"))) == "proposition-2"


def test_nothing_is_missing_from_a_finished_contribution() -> None:
    assert missing(content(written()), DONE, {}, SCREEN) == ()


def test_each_missing_thing_is_named_with_its_place() -> None:
    waiting = coverage([Card("DK2-C-1", "phone"), Card("DK2-C-2", "paper")], {"DK2-C-1"}, {}, ())
    made = content(
        Section("finding", 1, "Constat partagé", "  ", required=True),
        Section("propositions", 1, "Propositions"),
        written(body="### Contenu\n\nx\n"),
    )
    divided = {"proposition-1": Agreement("divided", "divided", 17, 15, 32)}
    assert [(kept.code, kept.section) for kept in missing(made, waiting, divided, SCREEN[:2])] == [
        ("cards_left", ""),
        ("fields_empty", "proposition-1"),
        ("divided_without_views", "proposition-1"),
        ("section_empty", "finding"),
        ("screen_missing", ""),
    ]


def test_a_divided_vote_stays_divided_for_the_minority_even_when_its_label_is_lowered() -> None:
    lowered = {"proposition-1": Agreement("not_debated", "divided", 17, 15, 32, "Peu de temps.")}
    assert [kept.code for kept in missing(content(written()), DONE, lowered, SCREEN)] == [
        "divided_without_views"
    ]


def test_neither_the_vote_nor_the_sources_stand_for_the_words_of_the_minority() -> None:
    body = template.with_block(
        BODY + "\n### Points de vue divergents ou minoritaires\n", template.AGREEMENT, "**Partagé**"
    )
    made = content(written(body=template.with_source(body, "DK2-C-1")))
    divided = {"proposition-1": Agreement("divided", "divided", 17, 15, 32)}
    assert [kept.code for kept in missing(made, DONE, divided, SCREEN)] == ["divided_without_views"]


@pytest.mark.parametrize(
    "line",
    ["**Consensus** : 17 favorables.", "- large accord : presque tous.", "Plutôt favorable\u00a0: oui."],
)
def test_a_label_written_by_hand_never_says_more_than_the_vote(line: str) -> None:
    made = content(written(body=f"{BODY}\n### Points de vue divergents ou minoritaires\n\nDeux.\n\n{line}\n"))
    divided = {"proposition-1": Agreement("divided", "divided", 17, 15, 32)}
    assert [kept.code for kept in missing(made, DONE, divided, SCREEN)] == ["label_raised"]
    assert [kept.code for kept in missing(made, DONE, {}, SCREEN)] == ["label_raised"]
    strong = {"proposition-1": Agreement("consensus", "consensus", 30, 0, 32)}
    assert missing(made, DONE, strong, SCREEN) == ()


def test_words_that_speak_of_agreement_are_not_a_label() -> None:
    said = "Il n'y a pas consensus : deux tables refusent.\n\nLe consensus est loin.\n"
    assert missing(content(written(body=f"{BODY}\n{said}")), DONE, {}, SCREEN) == ()


def test_an_eighth_proposition_is_one_too_many_and_shown_as_such() -> None:
    made = content(*(written(f"proposition-{number}") for number in range(1, MOST + 2)))
    assert missing(made, DONE, {}, SCREEN) == (
        Missing("too_many_propositions", "proposition-8", {"count": MOST + 1, "most": MOST}),
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_word_of_a_proposition_is_lost_in_reading(text: str) -> None:
    [found] = propositions(content(written(body=text)))
    read = " ".join([found.other, *found.fields.values(), *FIELDS.values()])
    assert [word for word in text.replace("#", " ").split() if word not in read] == []


def test_a_field_is_told_on_one_line_without_citations_nor_signs() -> None:
    body = BODY.replace(
        "La Région rembourse le bus.",
        "- La Région **rembourse** le bus [DK2-C-1].\n- Sans \\*avance\\* [DK2-C-2].",
    )
    (found,) = propositions(content(written(body=body)))
    assert found.told("content") == "La Région rembourse le bus. Sans *avance*."
    assert found.told("divergent") == ""


def test_headings_that_nobody_wrote_under_are_taken_out_and_no_word_is() -> None:
    made = (
        blank("proposition-1").body.replace("### Contenu\n", "### Contenu\n\nUn mot.\n") + "\n### Le nôtre\n"
    )
    assert without_blanks(made).split() == ["###", "Contenu", "Un", "mot.", "###", "Le", "nôtre"]
    assert without_blanks(BODY) == BODY
