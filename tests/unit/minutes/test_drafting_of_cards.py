"""One card in a draft: its exact words, who it is from as far as was promised; and the facts of a séance."""

from __future__ import annotations

import re
from typing import Any

from atelier.live.rules.attendance import CorrectAttendance
from atelier.live.rules.card_marks import ValidateContribution
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, KeepContribution
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.sequence_changes import SkipSequence
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.minutes.drafting import Following
from tests.factories import make_activity, make_play, make_sequence, make_snapshot
from tests.unit.minutes.drafted import (
    NBSP,
    blocks,
    closed,
    drafted,
    evening,
    text_of,
    whole,
    written_evening,
)

# ---------------------------------------------------------------- one card


def one_card(text: str, **more: Any) -> Any:
    activity = make_activity("a1", "contributions", "Qu'avez-vous vu ?", **more)
    play = make_play(4, snapshot=make_snapshot([make_sequence("s1", "Idées", 20, activity)]))
    play.open("a1")
    play.act(SubmitContribution("a1", text), "Samira")
    return play


def test_words_are_quoted_exactly_and_never_interpreted() -> None:
    play = one_card("- [C-9] **non** <b>\n::: auto V-1 00000000\n« oui », 3 * 4")
    content = drafted(closed(play))
    assert list(blocks(content))[-1][0] == "annex_session"
    assert text_of(content, "contributions", "a1").startswith("- « \\- \\[C-9\\] \\*\\*non\\*\\* \\<b>\\\n")


def test_a_card_reworded_or_merged_keeps_its_first_words_and_those_it_stands_for() -> None:
    play = one_card("y a jamais de réponse")
    play.act(EnterContribution("a1", "Personne ne répond", {}, "", "A", 3, "paper", "F-0001"))
    play.act(RewordContribution(1, "Il n'y a jamais de réponse."))
    play.act(MergeContributions(1, (2,)))
    assert text_of(drafted(closed(play)), "contributions", "a1").split("\n") == [
        "- « Il n'y a jamais de réponse. » [C-1] (élus et agents)",
        "  - Mots de départ : « y a jamais de réponse »",
        "  - Réunie avec : « Personne ne répond » [C-2] (associatifs et citoyens, papier)",
    ]


def test_a_card_says_of_whom_it_is_no_more_than_was_promised() -> None:
    said = {}
    for mode in ("college", "pseudonym", "anonymous"):
        play = one_card("Une idée", anonymity=mode) if mode != "anonymous" else None
        if play is None:
            snapshot = make_snapshot(
                [make_sequence("s1", "Idées", 20, make_activity("a1", "contributions", "?", anonymity=mode))]
            )
            play = make_play(4, snapshot=snapshot)
            play.open("a1")
            play.act(SubmitContribution("a1", "Une idée"), play.masked("Samira", "a1"))
        state = closed(play)
        said[mode] = text_of(drafted(state), "contributions", "a1")
        pseudonym = state.people[play.keys["Samira"]].pseudonym
    assert said["college"].endswith("(élus et agents)")
    assert said["pseudonym"].endswith(f"({pseudonym})")
    assert re.fullmatch(r"- « Une idée » \[C-\d+\]", said["anonymous"])


def test_cards_that_are_not_quoted_are_counted_with_why() -> None:
    play = one_card("Une parole", moderation="held", to_minutes="validated")
    for word in ("cachée", "retirée", "gardée", "relue"):
        play.act(SubmitContribution("a1", f"Parole {word}"), "Samira")
    play.act(HideContribution(2, "attack"))
    play.act(WithdrawContribution(3), "Samira")
    for number in (4, 5):
        play.act(KeepContribution(number))
    play.act(ValidateContribution(5, True), "Samira")
    state = closed(play)
    assert text_of(drafted(state), "annex_session", "hidden") == (
        "5 cartes reçues, 1 citée ici. Cartes non citées : 1 reste dans la salle, 1 n’a pas été relue,"
        " 1 n’est pas affichée (vise une personne), 1 a été retirée par la personne qui l’a écrite."
    )
    assert text_of(drafted(state), "contributions", "a1") == "- « Parole relue » [C-5] (élus et agents)"


# ---------------------------------------------------------------- facts


def test_the_opening_says_when_where_how_many_and_that_nobody_speaks_for_a_structure() -> None:
    play = written_evening(tables=0)
    play.wait(3600)
    play.act(CorrectAttendance(46))
    content = drafted(closed(play), following=Following("Deuxième soirée", "2015-11-10", "Salle des fêtes"))
    assert text_of(content, "header", "header").split("\n\n") == [
        "Soirée de chantier coopératif, mardi 13 octobre 2015, Centre social des Quatre-Vents (exemple fictif).",
        "Question : « Comment une assemblée d'habitants prend-elle la parole ? »",
        "Exemple fictif.",
        "Les propos engagent leurs auteurs, pas leur structure.",
    ]
    assert text_of(content, "header", "attendance") == (
        "De 19 h 00 à 20 h 00, 46 personnes présentes (compte corrigé par l’animation). Sur les téléphones : élus et agents (1),"
        " associatifs et citoyens (1), universitaires (1), collège non précisé (1)."
    )
    assert text_of(content, "promises", "following") == (
        "Prochaine rencontre : mardi 10 novembre 2015, Salle des fêtes, « Deuxième soirée »."
    )


def test_what_was_not_treated_is_listed_and_time_is_told() -> None:
    play = written_evening()
    play.act(SkipSequence("s5", True))
    content = drafted(closed(play))
    told = text_of(content, "annex_session", "untreated")
    assert "Séquence passée : « Retour »." in told
    assert "Séquence jamais ouverte : « Suites »." in told
    assert "Qui fait quoi" not in told
    assert "Jamais ouvert : « Êtes-vous d'accord ? »." in told
    assert "| Retour | 5 | passée |" in text_of(content, "annex_session", "agenda")
    assert "| Présentation du cas | 25 | 0 |" in text_of(content, "annex_session", "agenda")


def test_the_séance_that_this_one_continues_is_named_and_its_cards_are_not() -> None:
    previous = {
        "reference": "CHA0", "title": "La première soirée", "date": "2015-09-15", "cards": 63,
        "clusters": [
            {"title": "Titre d'avant", "count": 4, "out": True, "copied_from": []},
            {"title": "Les mots d'une carte", "count": 2, "out": True, "copied_from": ["CHA0-C-3"]},
            {"title": "Resté dans la salle", "count": 1, "out": False, "copied_from": []},
        ],
        "questions": [{"ref": "CHA0-C-1", "text": "Mot d'avant"}],
    }  # fmt: skip
    content = drafted(closed(evening(previous=previous, kind="workshop")))
    assert text_of(content, "previous", "previous") == (
        "Cette séance continue « La première soirée » (CHA0, mardi 15 septembre 2015). Elle a laissé 63 cartes."
        "\n\nSes regroupements : « Titre d'avant » (4 cartes)."
    )
    said = whole(content)
    assert [words for words in ("Mot d'avant", "mots d'une carte", "Resté dans") if words in said] == []


def test_cards_received_online_are_quoted_with_the_rest_and_said_to_be_so() -> None:
    play = one_card("Ici", columns=[])
    play.act(EnterContribution("a1", "De chez moi", {}, "", "A", None, "online", ""))
    content = drafted(closed(play), "t3")
    assert "« De chez moi » [C-2] (associatifs et citoyens, en ligne)" in text_of(content, "said", "a1")
    assert (
        text_of(content, "online", "online")
        == "1 contribution reçue en ligne, citée avec les autres : [C-2]."
    )


def test_sentences_are_typeset_and_people_s_are_left_alone() -> None:
    content = drafted(closed(one_card("L'heure : trop tard !")))
    body = whole(content)
    assert "L'heure : trop tard !" in body
    app = [
        block.text for place, block in blocks(content).items() if place[1] in ("header", "hidden", "agenda")
    ]
    assert not any(re.search(rf"(?<!{NBSP}) [:;?]|'", text) for text in app if "d'habitants" not in text)
