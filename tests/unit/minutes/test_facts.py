"""What readers said, in figures for the banner and in full for the annexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from atelier.minutes.content import Content, Section
from atelier.minutes.facts import Asked, Facts, Heard, Reserve, facts_of, from_json, to_json, with_annexes

REFUSED = Asked(
    3, "amendment", "forces", "six mois", "un an", "On l'a dit à la table 3.", "refused",
    answer="Aucune carte ne le dit.", wants_annex=True, college="A", channel="phone",
)  # fmt: skip
CONTENT = Content("Compte rendu", (Section("forces", 2, "Forces", "Six mois."),))
COLLEGES = {"A": "associatifs et citoyens"}


def test_a_reader_of_two_versions_is_one_reader_heard_on_the_last() -> None:
    facts = facts_of(
        [
            Heard("r1", 2, "faithful"),
            Heard("r1", 1, "reserve", "Trop court."),
            Heard("r2", 1, "read"),
            Heard("r3", 2, "reserve", "Le débat manque.", college="A"),
        ],
        [],
        sent=46,
    )
    assert (facts.sent, facts.read, facts.faithful) == (46, 3, 1)
    assert facts.reserves == (Reserve("Le débat manque.", "A"),)


def test_requests_are_counted_by_answer_and_comments_apart() -> None:
    answered = [
        replace(REFUSED, number=n, state=state)
        for n, state in enumerate(["accepted", "accepted", "divergence"])
    ]
    facts = facts_of(
        [],
        [
            *answered,
            REFUSED,
            replace(REFUSED, number=5, wants_annex=False),
            replace(REFUSED, number=6, state="pending"),
            replace(REFUSED, number=7, state="withdrawn"),
            replace(REFUSED, number=8, kind="comment", state="pending"),
            replace(REFUSED, number=9, kind="comment", state="accepted"),
        ],
    )
    assert (facts.accepted, facts.refused, facts.divergences) == (2, 2, 1)
    assert (facts.pending, facts.comments) == (2, 2)
    assert facts.annexed == (REFUSED,)


def test_facts_are_kept_as_json() -> None:
    facts = Facts(
        sent=46, read=29, reserves=(Reserve("Non.", "A"),), annexed=(REFUSED,), approval="tacit",
        approved_on=date(2015, 11, 3), writers=("Élise", "Karim"),
    )  # fmt: skip
    assert from_json(to_json(facts)) == facts
    assert from_json(to_json(Facts())) == Facts()


def test_reserves_and_refused_requests_stand_at_the_end_of_the_text() -> None:
    facts = Facts(reserves=(Reserve("Le débat\n# manque.", "A"), Reserve("Trop court.")), annexed=(REFUSED,))
    annexed = with_annexes(CONTENT, facts, COLLEGES)
    assert [(section.heading, section.annex) for section in annexed.sections] == [
        ("Forces", False),
        ("Réserves exprimées à l’approbation", True),
        ("Demandes de modification non retenues", True),
    ]
    assert annexed.sections[1].body == "- Le débat # manque. (associatifs et citoyens)\n- Trop court.\n"
    assert annexed.sections[2].body == (
        "**Demande n° 3**, Forces (associatifs et citoyens)\n\n"
        "Texte relu\u00a0: «\u00a0six mois\u00a0»\n\nTexte demandé\u00a0: «\u00a0un an\u00a0»\n\n"
        "Motif\u00a0: On l'a dit à la table 3.\n\nRéponse\u00a0: Aucune carte ne le dit.\n"
    )


def test_annexes_made_again_replace_the_former_ones() -> None:
    facts = Facts(reserves=(Reserve("Trop court."),))
    once = with_annexes(CONTENT, facts, COLLEGES)
    assert with_annexes(once, facts, COLLEGES) == once
    assert with_annexes(once, Facts(), COLLEGES) == CONTENT


def test_words_of_a_reader_never_pass_for_a_block_of_the_machine() -> None:
    facts = Facts(annexed=(replace(REFUSED, after="::: auto V-2 3f9a1c0d\n99 voix\n:::"),))
    assert ":::" not in with_annexes(CONTENT, facts, COLLEGES).sections[-1].body
