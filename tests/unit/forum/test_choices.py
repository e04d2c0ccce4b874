"""Decisions of a group about what it does not take up, and what the app writes of them in the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atelier.drawing import Drawing
from atelier.errors import Refusal
from atelier.forum import template
from atelier.forum.agreement import Agreement
from atelier.forum.choices import (
    Choices,
    SetAside,
    Support,
    from_json,
    merging,
    saying,
    setting_aside,
    supporting,
    to_json,
    treating_again,
)
from atelier.forum.coverage import Card, coverage
from atelier.minutes.blocks import blocks_of
from atelier.minutes.citations import citations_of
from atelier.minutes.sources import Source, Sources

SPEECH = Drawing("Europe/Paris", "https://atelier.exemple").speech()
KNOWN = ["DK2-C-1", "DK2-C-2", "DK2-C-3"]
SOURCES = Sources("", {ref: Source(ref[4:], "DK2", "card", f"Mot {ref[-1]} *") for ref in KNOWN})


def made(found: Choices | Refusal) -> Choices:
    assert isinstance(found, Choices)
    return found


def test_a_card_is_set_aside_with_a_motive_and_treated_again() -> None:
    kept = made(setting_aside(Choices(), KNOWN, "DK2-C-1", "off_topic", " le stationnement "))
    assert kept.set_aside == {"DK2-C-1": SetAside("off_topic", "le stationnement")}
    assert treating_again(kept, "DK2-C-1") == Choices()


def test_a_motive_is_one_of_the_list_and_another_one_is_said() -> None:
    assert setting_aside(Choices(), KNOWN, "DK2-C-1", "bad", "x") == Refusal("unknown_motive")
    assert setting_aside(Choices(), KNOWN, "DK2-C-1", "other", "  ") == Refusal("note_missing")
    assert setting_aside(Choices(), KNOWN, "DK9-C-1", "duplicate", "") == Refusal(
        "unknown_card", {"ref": "DK9-C-1"}
    )


def test_merging_takes_back_from_aside_and_never_turns_in_a_circle() -> None:
    kept = made(setting_aside(Choices(), KNOWN, "DK2-C-1", "duplicate", ""))
    kept = made(merging(kept, KNOWN, "DK2-C-1", "DK2-C-2"))
    assert (kept.set_aside, kept.merged) == ({}, {"DK2-C-1": "DK2-C-2"})
    kept = made(merging(kept, KNOWN, "DK2-C-2", "DK2-C-3"))
    assert merging(kept, KNOWN, "DK2-C-3", "DK2-C-1") == Refusal("merged_in_circle", {"ref": "DK2-C-3"})
    assert merging(kept, KNOWN, "DK2-C-3", "DK2-C-3") == Refusal("merged_in_circle", {"ref": "DK2-C-3"})


@pytest.mark.parametrize("typed", ["C-1", "c-1", " [DK2-C-1] ", "dk2-c-1"])
def test_a_card_to_merge_with_may_be_typed_short_when_it_is_of_the_same_séance(typed: str) -> None:
    assert made(merging(Choices(), KNOWN, "DK2-C-2", typed)).merged == {"DK2-C-2": "DK2-C-1"}


def test_the_three_lines_of_the_screen_are_short() -> None:
    kept = made(saying(Choices(), ["Défrayer  le temps", "", "Aller vers les absents", "trop"]))
    assert kept.messages == ("Défrayer le temps", "", "Aller vers les absents")
    assert saying(Choices(), ["x" * 141]) == Refusal(
        "message_too_long", {"place": 1, "most": 140, "length": 141}
    )


def test_choices_survive_the_database() -> None:
    kept = made(merging(Choices((3, 5), "Dunkerque", "Quels moyens ?"), KNOWN, "DK2-C-1", "DK2-C-2"))
    kept = supporting(kept, "proposition-1", Support("DK2-V-3", "o2", "divided", "Peu de temps."))
    kept = made(setting_aside(kept, KNOWN, "DK2-C-3", "other", "redite de la charte"))
    assert from_json(to_json(kept)) == kept
    assert supporting(kept, "proposition-1", None).supports == {}


def test_a_source_is_added_once_on_the_line_of_sources_above_the_block_of_the_app() -> None:
    body = template.with_block("### Contenu\n\nRembourser le bus.\n", template.AGREEMENT, "**Consensus**")
    once = template.with_source(body, "DK2-C-1")
    twice = template.with_source(template.with_source(once, "DK2-C-2"), "DK2-C-1")
    assert [cited.ref for cited in citations_of(twice)] == ["DK2-C-1", "DK2-C-2"]
    assert "Sources\u00a0: [DK2-C-1] [DK2-C-2]" in twice
    assert twice.startswith("### Contenu\n\nRembourser le bus.")
    assert [(block.source, block.intact) for block in blocks_of(twice)] == [(template.AGREEMENT, True)]
    assert twice.rstrip().endswith(":::")


def test_a_block_says_what_the_vote_says_whatever_was_written_in_it() -> None:
    body = template.with_block("Mot.", template.AGREEMENT, "**Consensus**")
    assert "**Partagé**" in template.with_block(body, template.AGREEMENT, "**Partagé**")
    assert template.with_block(body, template.AGREEMENT, "").strip() == "Mot."
    theirs = body.replace("**Consensus**", "Accord de tous")
    again = template.with_block(theirs, template.AGREEMENT, "**Partagé**")
    assert [(block.text, block.intact) for block in blocks_of(again)] == [("**Partagé**", True)]
    assert again.startswith("Mot.\n\nAccord de tous\n\n:::")
    assert template.with_block(again, template.AGREEMENT, "**Partagé**") == again


def test_a_lowered_label_says_both_and_why() -> None:
    found = Agreement("divided", "consensus", 36, 2, 42, "Trois tables étaient parties.")
    text = template.agreement_text(found, "DK2-V-3", SPEECH)
    assert text.startswith("**Partagé**")
    assert "36 favorables" in text
    assert "[DK2-V-3]" in text
    assert "«\u00a0consensus\u00a0»" in text
    assert "Trois tables étaient parties." in text
    assert "abaissé" not in template.agreement_text(
        replace(found, label="consensus", motive=""), "DK2-V-3", SPEECH
    )


def test_the_annex_tells_every_fate_each_channel_and_each_motive() -> None:
    choices = made(setting_aside(Choices(), KNOWN, "DK2-C-3", "other", "redite"))
    cards = [Card("DK2-C-1", "phone"), Card("DK2-C-2", "paper"), Card("DK2-C-3", "paper")]
    covered = coverage(cards, {"DK2-C-1"}, {"DK2-C-2": "DK2-C-1"}, choices.set_aside)
    text = template.coverage_text(covered, choices, SOURCES, SPEECH)
    assert text.splitlines()[0] == "3 contributions\u00a0: 1 reprise, 1 fusionnée, 1 écartée avec motif."
    assert "- Sur papier\u00a0: 2 contributions\u00a0: 0 reprise, 1 fusionnée, 1 écartée avec motif." in text
    assert "à traiter" not in text
    assert "- «\u00a0Mot 3 \\*\u00a0» [DK2-C-3]\u00a0: redite." in text


def test_the_line_of_the_annex_adds_up_while_something_is_left() -> None:
    covered = coverage([Card("DK2-C-1", "phone"), Card("DK2-C-2", "phone")], {"DK2-C-1"}, {}, ())
    text = template.coverage_text(covered, Choices(), SOURCES, SPEECH)
    said = "2 contributions\u00a0: 1 reprise, 0 fusionnée, 0 écartée avec motif, 1 à traiter."
    assert text.splitlines()[0] == said
    assert f"- Au téléphone\u00a0: {said}" in text


def test_a_new_text_has_its_parts_and_one_blank_proposition() -> None:
    content = template.new_content("Quels moyens ?", "Trois séances.")
    assert [section.key for section in content.sections if section.level == 1 and not section.annex] == [
        "finding", "lessons", "propositions", "divergent", "debate",
    ]  # fmt: skip
    assert content.section("proposition-1") is not None
    assert "Trois séances." in (content.sections[0].body)
