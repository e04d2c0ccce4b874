"""What a rehearsal says of its measures (D-24), and what its phones send."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.i18n import translations
from atelier.live.methods.contract import InvalidBallot
from atelier.live.voting_methods import METHODS
from atelier.rehearsal.gestures import FIELDS, VOTES, Step, ballot, gesture
from atelier.rehearsal.verdict import Measures, percentile
from atelier.rehearsal.verdict import verdict as verdict_in
from atelier.workshops.kinds import KINDS, default_settings

GOOD = (
    "Le serveur suit pour 40 téléphones (réponse en 0,2 s, 95 fois sur 100). Le Wi-Fi de la salle se teste sur place\u00a0:"
    " scannez ce code avec trois téléphones, depuis le fond."
)


def verdict(measures: Measures) -> str:
    return verdict_in(measures, translations("fr"))


def test_verdict_is_the_sentence_of_the_decisions_when_the_server_follows() -> None:
    assert verdict(Measures(40, 40, [0.05] * 90 + [0.18] * 5 + [3.0] * 5)) == GOOD


def test_verdict_rounds_the_wait_up_to_the_tenth() -> None:
    def said(wait: float) -> str:
        return verdict(Measures(1, 1, [wait])).partition("(")[2].partition(" s,")[0]

    assert [said(wait) for wait in (0.001, 0.1, 0.11, 0.2, 0.95, 1.0)] == [
        f"réponse en {figure}" for figure in ("0,1", "0,1", "0,2", "0,2", "1,0", "1,0")
    ]


def test_verdict_says_one_telephone_in_the_singular() -> None:
    assert verdict(Measures(1, 1, [0.1])).startswith("Le serveur suit pour 1 téléphone (")


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        (Measures(40, 37, [0.1]), "3 n’ont pas pu entrer"),
        (Measures(40, 39, [0.1]), "1 n’a pas pu entrer"),
        (Measures(40, 40, [0.1], unanswered=2), "2 envois sans réponse"),
        (Measures(40, 40, [0.1], refused=1), "1 envoi refusé"),
        (Measures(40, 40, [0.1], doubled=1), "1 envoi compté deux fois"),
        (Measures(40, 40, [0.1] * 94 + [2.31] * 6), "réponse en 2,4 s, 95 fois sur 100"),
        (Measures(40, 40, []), "aucun envoi n’a reçu de réponse"),
    ],
)
def test_verdict_says_what_went_wrong_and_never_that_the_server_follows(
    measures: Measures, said: str
) -> None:
    sentence = verdict(measures)
    assert sentence.startswith("Le serveur ne suit pas pour 40 téléphones\u00a0: ")
    assert said in sentence
    assert "Le serveur suit" not in sentence


def test_verdict_names_every_fault_at_once() -> None:
    sentence = verdict(Measures(40, 38, [5.0], unanswered=3, refused=2, doubled=1))
    assert (
        "2 n’ont pas pu entrer, 3 envois sans réponse, 2 envois refusés, 1 envoi compté deux fois, réponse en 5,0 s"
        in sentence
    )


def test_verdict_admits_that_cards_and_votes_were_not_tried() -> None:
    assert "Cartes et votes n’ont pas été essayés" in verdict(Measures(4, 4, [0.1], tried=False))


def test_percentile_is_the_wait_that_so_many_do_not_pass() -> None:
    waits = [number / 100 for number in range(1, 101)]
    assert (percentile(waits, 95), percentile(waits, 50), percentile([0.4], 95), percentile([], 95)) == (
        0.95,
        0.5,
        0.4,
        0.0,
    )


def step_of(kind: str, **settings: Any) -> Step:
    return Step("s1", "a1", kind, settings={**default_settings(kind), **settings}, options=("o1", "o2", "o3"))


@pytest.mark.parametrize("kind", sorted(VOTES))
def test_ballots_of_simulated_phones_are_valid_for_their_method(kind: str) -> None:
    step = step_of(kind)
    for number in range(30):
        METHODS[kind].check(ballot(step, number), step.settings, step.option_keys)


def test_ballots_of_a_multiple_choice_hold_the_least_that_is_asked() -> None:
    step = step_of("choice", multiple=True, min=2)
    METHODS["choice"].check(ballot(step, 5), step.settings, step.option_keys)
    with pytest.raises(InvalidBallot):
        METHODS["choice"].check({"options": ["o1"]}, step.settings, step.option_keys)


def test_every_kind_where_people_act_has_its_gesture() -> None:
    silent = {kind for kind in KINDS if gesture(step_of(kind), 0) is None}
    assert silent == {"presentation", "recap", "step"}
    assert gesture(step_of("step", columns=[{"key": "c1"}]), 0) is not None
    assert set(FIELDS) <= set(KINDS)


def test_cards_of_simulated_phones_fit_the_shortest_limit() -> None:
    found = gesture(step_of("contributions", max_chars=30), 449)
    assert found is not None
    assert len(found[1]["text"]) <= 30
