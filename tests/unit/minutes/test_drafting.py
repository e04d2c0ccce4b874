"""The draft of a compte rendu: what was said and counted, where the template wants it, and nothing else (R-207, D-15)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from atelier.dialect import pieces
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda_changes import EditActivity
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.cluster_vote import VoteOnClusters
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import LiveState
from atelier.minutes.blocks import blocks_of
from atelier.minutes.content import empty_parts, numbered
from atelier.minutes.document_templates import TEMPLATES, template_for
from tests.factories import make_activity, make_play, make_sequence, make_snapshot
from tests.unit.minutes.drafted import (
    blocks,
    closed,
    drafted,
    evening,
    station_of,
    text_of,
    whole,
    written_evening,
)
from tests.unit.projected import SECRET_NAME, moments


@pytest.fixture(scope="module")
def end() -> LiveState:
    """An evening with every kind of activity."""
    return dict(moments())["end"]


# ---------------------------------------------------------------- the shape


def test_a_chantier_has_its_three_parts_numbered_and_its_annexes_not() -> None:
    found = [(number, section.key) for number, section in numbered(template_for("worksite_evening").sections)]
    assert found == [
        ("", "header"), ("1", "case"), ("1.1", "context"), ("1.2", "choices"), ("1.3", "ways"), ("1.4", "means"),
        ("1.5", "answers"), ("2", "review"), ("2.1", "strengths"), ("2.2", "weaknesses"), ("2.3", "debate"),
        ("3", "hypotheses"), ("3.1", "divergent"), ("4", "themes"), ("5", "next"), ("5.1", "reaction"), ("5.2", "promises"),
        ("5.3", "writers"),
        ("", "contributions"), ("", "annex_votes"), ("", "annex_session"),
    ]  # fmt: skip


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_place_of_a_template_is_one_of_its_sections(key: str) -> None:
    template = TEMPLATES[key]
    keys = {section.key for section in template.sections}
    places = {name: getattr(template.places, name) for name in template.places.__slots__}  # type: ignore[attr-defined]
    told = {place for place in places.values() if isinstance(place, str) and place} | set(places["told"])
    assert told <= keys
    assert template.bare <= keys


def test_each_kind_of_séance_has_its_template() -> None:
    kinds = ("exchange_day", "worksite_evening", "workshop", "blank", "unheard_of")
    assert [template_for(kind).key for kind in kinds] == ["t1", "t2", "t3", "t0", "t0"]


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_draft_is_blocks_and_nothing_else_and_is_the_same_each_time(end: LiveState, key: str) -> None:
    content = drafted(end, key)
    assert blocks(content)
    assert content == drafted(end, key)
    for section in content.sections:
        between = [piece.text for piece in pieces(section.body) if not piece.source]
        assert [text for text in between if text.strip()] == []
        assert all(block.intact for block in blocks_of(section.body))


@pytest.mark.parametrize("key", TEMPLATES)
def test_no_name_stands_in_a_draft_without_consent(end: LiveState, key: str) -> None:
    names = [person.name for person in end.people.values()]
    assert SECRET_NAME in names
    text = whole(drafted(end, key))
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_the_parts_of_a_chantier_are_filled_by_what_the_room_said() -> None:
    empty = drafted(closed(evening()))
    assert [part.key for part in empty_parts(empty)] == ["case", "review", "hypotheses"]
    assert empty_parts(drafted(closed(written_evening()))) == ()


# ---------------------------------------------------------------- section by section


def test_a_section_fills_when_its_activity_closes() -> None:
    play = written_evening()
    assert {section for section, _ in blocks(drafted(play.state))} == {"header"}
    play.close("a3")
    assert {section for section, _ in blocks(drafted(play.state))} == {"header", "strengths", "weaknesses"}
    play.act(UndoClose("a3"))
    assert {section for section, _ in blocks(drafted(play.state))} == {"header"}
    running = {section for section, _ in blocks(drafted(play.state, running=True))}
    assert running >= {"strengths", "weaknesses", "hypotheses", "answers", "context"}


def test_the_case_is_told_in_the_words_of_who_presents_it_and_says_so() -> None:
    content = drafted(closed(written_evening()))
    assert text_of(content, "context", "a1") == (
        "Texte du porteur, « Contexte » :\n\n> Le quartier a 2 400 habitants.\n>\n> Quatre tours et \\*une place\\*."
    )
    assert text_of(content, "ways", "a1").endswith("> Les enfants sont gardés.")


def test_answered_questions_come_first_and_the_others_are_said_to_wait() -> None:
    content = drafted(closed(written_evening()))
    assert (
        text_of(content, "answers", "a2-question") == "Questions qui ont reçu une réponse pendant la séance :"
    )
    assert text_of(content, "answers", "a2-C-1") == "- « Qui décide ? » [C-1] (élus et agents)"
    assert text_of(content, "answers", "a2-open").endswith(
        "- « Pourquoi le mercredi ? » [C-2] (élus et agents)"
    )
    assert "Questions sans réponse : [C-2]." in text_of(content, "annex_session", "untreated")


def test_cards_stand_under_their_side_cluster_by_cluster_with_who_carries_them() -> None:
    content = drafted(closed(written_evening()))
    assert text_of(content, "strengths", "a3") == "- « La parole circule » [C-3] (élus et agents)"
    title, counts, *cards = text_of(content, "weaknesses", "K1").split("\n\n")
    assert title == "### Et après ?"
    assert counts == "2 cartes. Portées par : associatifs et citoyens (1), universitaires (1)."
    assert sorted(cards[0].split("\n")) == [
        "- « Les mêmes parlent » [C-4] (associatifs et citoyens)",
        "- « On ne sait pas qui décide » [C-5] (universitaires)",
    ]


def test_a_vote_on_clusters_stands_with_them_and_its_dots_are_said_again_under_each() -> None:
    play = written_evening()
    play.close("a3")
    station = station_of(play)
    play.act(VoteOnClusters("a3", "dot_vote", "Quoi d'abord ?", {"dots": 3, "per_option": 2}))
    key = play.state.current[1]  # type: ignore[index]
    play.act(OpenActivity(str(key)))
    station.vote("Samira", {"dots": {"o1": 2}}, str(key))
    station.close_and_reveal(str(key))
    content = drafted(closed(play))
    assert (
        text_of(content, "weaknesses", "K1")
        .split("\n\n")[1]
        .startswith("2 cartes, 2 gommettes de 1 personne [V-1].")
    )
    told = text_of(content, "weaknesses", "V-1").split("\n\n")
    assert told == [
        "### Quoi d'abord ?",
        "Vote aux gommettes, 3 par personne, 2 au plus sur une même proposition [V-1].",
        "4 personnes présentes, 1 bulletin, 1 exprimé, 0 blanc, 0 ne se prononce pas.",
        "2 gommettes posées sur 3. En tête : « Et après ? » (2 gommettes, 1 personne).",
        "Un bulletin par téléphone connecté.",
        "![Résultat du vote V-1](figure:V-1)",
    ]
    order = [block.source for block in blocks_of(content.section("weaknesses").body)]  # type: ignore[union-attr]
    assert order == ["a3-question", "V-1", "K1"]


def agreed_evening() -> Any:
    """Ten people say how far they agree with the hypothesis; one writes a reserve."""
    play = written_evening()
    play.fill(10)
    play.close("a4")
    options = [{"text": "Une règle suffit", "copied_from": [6]}]
    gradients = play.activity("a5")
    play.act(EditActivity("a5", gradients.question, 6, gradients.settings, options))
    play.open("a5")
    station = station_of(play)
    for place, name in enumerate(list(play.keys)[:10]):
        station.vote(name, {"levels": {"o1": 1 if place < 5 else 5}}, "a5")
    play.act(SubmitContribution("a5", "Si elle est affichée", option="o1"), "Odile")
    station.close_and_reveal("a5")
    return play


def test_a_hypothesis_has_its_four_fields_its_agreement_and_its_reserves() -> None:
    content = drafted(closed(agreed_evening()))
    assert text_of(content, "hypotheses", "H-6").split("\n") == [
        "### « Une règle suffit » [H-6]",
        "",
        "- Portée par : élus et agents",
        "- Ce que l’expérience révèle : « On l'a vu »",
        "- Utile à : « Tout le monde »",
        "- Dans quels autres contextes : « Partout »",
        "- Degré d’accord : partagé, 5 favorables, 5 opposés, 0 neutre, sur 10 réponses [V-1].",
        "- Réserve : « Si elle est affichée » [C-7] (universitaires)",
    ]
    assert "Si elle est affichée" not in text_of(content, "hypotheses", "V-1")
    assert "![Résultat du vote V-1](figure:V-1)" in text_of(content, "hypotheses", "V-1")


def test_a_hypothesis_that_divides_is_told_again_with_the_reserves_it_received() -> None:
    content = drafted(closed(agreed_evening()))
    said = "- Hypothèse [H-6] : partagé, 5 favorables, 5 opposés, 0 neutre, sur 10 réponses [V-1]."
    assert text_of(content, "divergent", "divergent") == f"{said} Réserves : [C-7]."
    assert ("debate", "debate") not in blocks(content)


def test_where_nobody_wrote_the_other_side_its_place_stays_empty() -> None:
    play = agreed_evening()
    play.act(WithdrawContribution(7), "Odile")
    content = drafted(closed(play))
    assert ("divergent", "divergent") not in blocks(content)
    assert text_of(content, "debate", "debate") == (
        "- Hypothèse [H-6] : partagé, 5 favorables, 5 opposés, 0 neutre, sur 10 réponses [V-1]."
    )


def test_a_scale_with_two_ends_is_said_to_divide() -> None:
    scale = make_activity(
        "a1", "scale", "Cela pèse-t-il ?", options=["Le poids"], settings={"low": 0, "high": 10}
    )
    play = make_play(4, snapshot=make_snapshot([make_sequence("s1", "Vote", 5, scale)]))
    station = station_of(play)
    play.open("a1")
    for name, value in zip(play.keys, (1, 2, 9, 10), strict=True):
        station.vote(name, {"values": {"o1": value}})
    station.close_and_reveal()
    assert text_of(drafted(closed(play)), "debate", "debate") == (
        "- « Le poids » : avis clivés, 2 réponses en bas de l’échelle, 2 en haut, médiane 2 (entre 2 et 9) [V-1]."
    )


def test_a_name_stands_with_a_promise_only_where_its_owner_lets_it_go() -> None:
    play = evening()
    play.open("a6")
    for what, consent in (("Écrire au bailleur", True), ("Prévenir les voisins", False)):
        fields = {"who": "Samira Z.", "what": what, "when": "samedi"}
        play.act(SubmitContribution("a6", fields=fields, validated=True, name_consent=consent), "Samira")
    play.act(SubmitContribution("a6", fields={"what": "Entre nous"}), "Odile")
    state = closed(play)
    lines = sorted(text_of(drafted(state), "promises", "a6").split("\n"))
    assert lines == [
        "- « Prévenir les voisins » [C-2] (élus et agents), quand : « samedi »",
        "- « Écrire au bailleur » [C-1] (Samira, élus et agents), quand : « samedi », qui : Samira Z.",
    ]
    assert "Entre nous" not in whole(drafted(state))


def test_a_confidential_séance_lets_no_name_go_even_with_consent() -> None:
    play = evening(confidential=True)
    play.open("a6")
    fields = {"who": "Samira Z.", "what": "Écrire au bailleur", "when": "samedi"}
    play.act(SubmitContribution("a6", fields=fields, validated=True, name_consent=True), "Samira")
    assert "Samira" not in whole(drafted(closed(play)))


def test_an_annulled_vote_is_told_with_its_motive_beside_the_one_held_again() -> None:
    snapshot = make_snapshot(
        [make_sequence("s1", "Vote", 5, make_activity("a1", "choice", "Par quoi ?", options=["Un", "Deux"]))]
    )
    play = make_play(4, snapshot=snapshot)
    station = station_of(play)
    play.open("a1")
    station.vote("Samira", {"options": ["o1"]})
    station.close_and_reveal()
    station.act(AnnulVote("a1", "Deux options disaient la même chose."))
    play.act(HoldAgain("a1"))
    play.act(OpenActivity("a1"))
    station.vote("Samira", {"options": ["o2"]})
    station.close_and_reveal()
    told = text_of(drafted(closed(play)), "annex_votes", "V-1")
    assert "Tour 1. Vote annulé. Motif : Deux options disaient la même chose." in told
    assert "En tête : « Un » (1 personne)." in told
    assert "En tête : « Deux » (1 personne)." in told
    assert told.count("figure:V-1") == 1


def test_a_vote_that_stays_in_the_room_keeps_its_number_of_answers_and_nothing_else() -> None:
    choice = make_activity("a1", "choice", "Par quoi ?", options=["Un", "Deux"], to_minutes="none")
    play = make_play(4, snapshot=make_snapshot([make_sequence("s1", "Vote", 5, choice)]))
    station = station_of(play)
    play.open("a1")
    station.vote("Samira", {"options": ["o1"]})
    station.close_and_reveal()
    told = text_of(drafted(closed(play)), "annex_votes", "V-1")
    assert told.split("\n\n")[2:] == ["1 réponse, gardée dans la salle."]


def test_weather_is_nowhere_in_a_draft(end: LiveState) -> None:
    weather = next(key for key, activity in end.activities.items() if activity.kind == "check_in")
    number = f"V-{end.votes.index(weather) + 1}"
    for key in TEMPLATES:
        assert number not in whole(drafted(end, key)).replace(f"{number}0", "")
        assert end.activities[weather].question not in whole(drafted(end, key))
