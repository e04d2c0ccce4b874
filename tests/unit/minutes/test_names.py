"""« Recherche de noms »: known names are found however they are written, with what their bearers agreed to."""

from __future__ import annotations

import unicodedata

import pytest

from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.minutes.content import Content, Section
from atelier.minutes.names import Known, consents_of_cards, known_names, names_found, without_name
from tests.factories import make_activity, make_play, make_sequence, make_snapshot

NAMED = make_snapshot(
    [
        make_sequence(
            "s1", "Engagements", 10,
            make_activity("a1", "commitments", "Qui fait quoi ?", anonymity="named"),
            make_activity("a2", "contributions", "Vos idées", anonymity="named"),
        )
    ]
)  # fmt: skip


def make_content(body: str, heading: str = "Constat", title: str = "Compte rendu") -> Content:
    return Content(title, (Section("k1", 1, heading, body),))


def written(body: str, *names: str) -> list[str]:
    found = names_found(make_content(body), [Known(name) for name in names], {})
    return [mention.written for line in found for mention in line.open]


@pytest.mark.parametrize(
    ("name", "sentence", "found"),
    [
        ("Samira", "Samira estime que c'est long.", ["Samira"]),
        ("samira", "Samira estime que c'est long.", ["Samira"]),
        ("Étienne", "Pour ETIENNE, le micro fait peur.", ["ETIENNE"]),
        ("Etienne", "Pour Étienne, le micro fait peur.", ["Étienne"]),
        ("Étienne", unicodedata.normalize("NFD", "Pour Étienne, rien."), [unicodedata.normalize("NFD", "Étienne")]),
        ("Odile", "La table d’Odile le dit.", ["Odile"]),
        ("Jean-Luc Martin", "M. Martin et Jean-Luc, puis Jean Luc Martin.", ["Martin", "Jean-Luc", "Jean Luc Martin"]),
        ("Jean-Luc", "Jean-Luc et Jean‑Luc.", ["Jean-Luc", "Jean‑Luc"]),
        ("Karim B.", "Karim le redit.", ["Karim"]),
        ("Marie", "Marie-Claude et Mariette.", []),
        ("Ludovic de la Tour", "La Tour et de la craie.", ["Tour"]),
        ("Zoé", "**Zoé** : « oui »", ["Zoé"]),
        ("Œdipe", "Oedipe reste.", ["Oedipe"]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(name: str, sentence: str, found: list[str]) -> None:
    assert written(sentence, name) == found


def test_a_word_without_its_capital_is_shown_and_blocks_nothing() -> None:
    (line,) = names_found(make_content("La rose des vents. Rose a dit oui."), [Known("Rose")], {})
    assert [(mention.written, mention.certain) for mention in line.mentions] == [
        ("rose", False),
        ("Rose", True),
    ]
    assert [mention.written for mention in line.open] == ["Rose"]


def test_headings_and_title_are_looked_through_too() -> None:
    content = make_content("Rien.", heading="L'idée de Samira", title="Le cas de Karim")
    found = names_found(content, [Known("Samira"), Known("Karim")], {})
    assert [(line.known.name, line.mentions[0].section) for line in found] == [
        ("Karim", ""),
        ("Samira", "k1"),
    ]


def test_a_name_that_is_not_in_the_text_has_no_line() -> None:
    assert names_found(make_content("Plusieurs tables le disent."), [Known("Samira")], {}) == ()


@pytest.mark.parametrize(
    ("consents", "still_open"),
    [
        ({}, 2),
        ({("Samira", ""): "given"}, 0),
        ({("Samira", ""): "public_role"}, 0),
        ({("Samira", ""): "not_a_name"}, 0),
        ({("Samira", ""): "refused"}, 2),
        ({("Samira", "C-12"): "given"}, 1),
        ({("Samira", "C-12"): "given", ("Samira", ""): "refused"}, 2),
        ({("Karim", ""): "given"}, 2),
    ],
)
def test_consent_is_for_one_quotation_or_for_the_document(
    consents: dict[tuple[str, str], str], still_open: int
) -> None:
    body = "Samira le dit : « six mois » [C-12]. Samira pense aussi à la suite."
    (line,) = names_found(make_content(body), [Known("Samira")], consents)
    assert len(line.open) == still_open


def test_a_citation_after_the_full_stop_belongs_to_its_sentence() -> None:
    (line,) = names_found(
        make_content("Samira l'a dit. [C-12] La suite attend."),
        [Known("Samira")],
        {("Samira", "C-12"): "given"},
    )
    assert line.open == ()
    assert line.mentions[0].refs == ("C-12",)


def test_names_come_from_participants_facilitators_writers_and_commitments() -> None:
    play = make_play(snapshot=NAMED)
    play.join("Samira", "A", 1)
    play.join("", "E", 1)
    play.join("Claude", "E", 2)
    play.join("Claude ", "U", 2)
    play.open("a1")
    play.act(
        SubmitContribution(
            "a1",
            fields={"who": "Fatou Diop", "what": "Écrire à la mairie", "when": "mardi"},
            name_consent=True,
        ),
        "Samira",
    )
    assert known_names([play.state], ["Nadia"], ["Claude", "Solène"]) == (
        Known("Claude", ("participant", "writer"), ""),
        Known("Fatou Diop", ("commitment",), "Associatifs et citoyens"),
        Known("Nadia", ("facilitator",), ""),
        Known("Samira", ("participant",), "Associatifs et citoyens"),
        Known("Solène", ("writer",), ""),
    )


def test_consent_given_on_a_card_is_for_that_card_and_goes_with_it() -> None:
    play = make_play(snapshot=NAMED)
    play.join("Samira", "A", 1)
    play.open("a2")
    play.act(SubmitContribution("a2", "Six mois sans réponse", name_consent=True), "Samira")
    play.act(SubmitContribution("a2", "Le micro fait peur"), "Samira")
    assert consents_of_cards(play.state) == {("Samira", "C-1"): "given"}
    play.act(WithdrawContribution(1), "Samira")
    assert consents_of_cards(play.state) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Samira le dit.", "Une personne le dit."),
        ("Pour Samira, c'est long.", "Pour une personne, c'est long."),
        ("La table de Samira le dit.", "La table d’une personne le dit."),
        (
            "On sait que Samira le dit. Samira insiste.",
            "On sait qu’une personne le dit. Une personne insiste.",
        ),
        ("- Samira : oui\n- non", "- Une personne : oui\n- non"),
        ("La samira des vents.", "La samira des vents."),
    ],
)
def test_a_name_is_replaced_by_words_that_name_nobody(before: str, after: str) -> None:
    replaced = without_name(
        make_content(before, heading="Samira", title="Cas de Samira"), "Samira", "une personne"
    )
    assert replaced == make_content(after, heading="Une personne", title="Cas d’une personne")
