"""The words of results: one wording for drawings and for documents, and sentences that say every option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from atelier.drawing import Drawing
from atelier.live import result_words as words
from atelier.live.record import record, rows_of
from atelier.live.result_sentences import counts_of, notes_of, outcome_of
from tests.unit.rules.polling import Station, make_station

DRAWING = Drawing("Europe/Paris", "https://atelier.example")
SPEECH = DRAWING.speech()
NBSP = "\u00a0"


def drawn() -> Any:
    """The words of the drawings, read from the template that holds them."""
    lines = [
        "{% from 'charts/_words.html' import AGREEMENT, ANSWERS, FINGERS, FLAGS, GRADES, KANER, LEVELS %}",
        "{% from 'exports/_cards.html' import CHANNELS, MOTIVES %}",
        "{% do caught.update(AGREEMENT=AGREEMENT, FINGERS=FINGERS, FLAGS=FLAGS, GRADES=GRADES, KANER=KANER, LEVELS=LEVELS) %}",
        "{% do caught.update(CHANNELS=CHANNELS, MOTIVES=MOTIVES) %}",
    ]
    caught: dict[str, Any] = {}
    DRAWING._environments["fr"].from_string("\n".join(lines)).render(caught=caught)
    return caught


def typeset(said: Any) -> Any:
    if isinstance(said, Mapping):
        return {code: SPEECH.gettext(text) for code, text in said.items()}
    return [SPEECH.gettext(text) for text in said]


def test_documents_say_the_words_of_the_drawings() -> None:
    caught = drawn()
    assert typeset(words.AGREEMENT).items() <= caught["AGREEMENT"].items()
    assert typeset(words.GRADES) == {code: grade["name"] for code, grade in caught["GRADES"].items()}
    for name in ("LEVELS", "KANER"):
        assert typeset(getattr(words, name)) == [level["name"] for level in caught[name]]
    assert typeset(words.FINGERS) == list(caught["FINGERS"])
    for name in ("FLAGS", "CHANNELS", "MOTIVES"):
        assert typeset(getattr(words, name)) == caught[name], name


def told(station: Station) -> dict[str, Any]:
    """What the sentences say of the only vote of a station."""
    vote = rows_of(record(station.play.state), "vote")["V-1"]
    kept = vote["rounds"][-1]
    texts = {option["key"]: option["text"] for option in vote["options"]}
    outcome = outcome_of(kept, SPEECH, lambda option: f"«{texts[option['key']]}»")
    return {"counts": counts_of(kept, SPEECH), "outcome": outcome, "notes": notes_of(kept, SPEECH)}


def test_a_dot_vote_is_told_whole_with_its_ties_and_its_paper() -> None:
    station = make_station(4, settings={"dots": 3, "per_option": 2}, options=("Un", "Deux", "Trois"))
    for name, placed in (("Samira", {"o1": 2, "o2": 1}), ("Jean-Luc", {"o2": 1}), ("Odile", {"o3": 2})):
        station.vote(name, {"dots": placed})
    station.vote("Thierry", {"blank": True})
    station.play.close("a1")
    station.paper({"one_by_one": [{"dots": {"o1": 1}}], "void": 1})
    station.reveal()
    assert told(station) == {
        "counts": "4 personnes présentes, 6 bulletins (dont 2 sur papier), 4 exprimés, 1 blanc, 0 ne se prononce pas,"
        " 1 nul.",
        "outcome": [
            "7 gommettes posées sur 12.",
            "En tête\u00a0: «Un» (3 gommettes, 2 personnes).",
            "Ensuite\u00a0: ex æquo, «Deux» (2 gommettes, 2 personnes), «Trois» (2 gommettes, 1 personne).",
        ],
        "notes": [
            "Plus de bulletins que de personnes\u00a0: résultat indicatif.",
            "Un bulletin par téléphone connecté.",
        ],
    }


@pytest.mark.parametrize(
    ("kind", "options", "settings", "ballots", "outcome"),
    [
        (
            "choice", ("Oui", "Non"), {}, [{"options": ["o1"]}, {"options": ["o1"]}, {"options": ["o2"]}],
            ["En tête\u00a0: «Oui» (2 personnes).", "Ensuite\u00a0: «Non» (1 personne)."],
        ),
        ("choice", ("Oui", "Non"), {}, [], ["Aucun bulletin exprimé."]),
        (
            "majority_judgment", ("A", "B"), {"grades": 7},
            [{"grades": {"o1": 6, "o2": 0}}, {"grades": {"o1": 5, "o2": 0}}, {"grades": {"o1": 5, "o2": 3}}],
            ["En tête\u00a0: «A» (mention «\u00a0Très bien\u00a0»).", "Ensuite\u00a0: «B» (mention «\u00a0À rejeter\u00a0»)."],
        ),
        (
            "scale", ("A", "B"), {"low": 0, "high": 10}, [{"values": {"o1": 3}}, {"values": {"o1": 4}}],
            [
                "«A»\u00a0: médiane 3 (entre 3 et 4), la moitié entre 3 et 4, 2 réponses.",
                "«B»\u00a0: aucune réponse.",
            ],
        ),
        (
            "gradients", ("A",), {}, [{"levels": {"o1": level}} for level in (1, 1, 1, 2, 2, 1, 1, 3)],
            ["«A»\u00a0: consensus, 7 favorables, 0 opposé, 1 neutre, sur 8 réponses."],
        ),
        (
            "consent", (), {"proposal": "Recommencer en juin"}, [{"answer": "consent"}, {"answer": "consent"}],
            [
                "Proposition adoptée\u00a0: aucune objection.",
                "2 consentements, 0 consentement avec réserve, 0 objection, 0 retrait.",
            ],
        ),
        (
            "roti", (), {}, [{"value": 4}, {"value": 5}],
            [
                "Sur cinq degrés, médiane 4 (entre 4 et 5). Réponses\u00a0:"
                " «\u00a0gagné plus que le temps passé\u00a0» (1)\u00a0; «\u00a0très au-delà\u00a0» (1)."
            ],
        ),
    ],
)  # fmt: skip
def test_each_method_has_its_sentences(
    kind: str, options: tuple[str, ...], settings: dict[str, Any], ballots: list[Any], outcome: list[str]
) -> None:
    station = make_station(8, kind=kind, options=options, settings=settings, anonymity="named")
    for name, ballot in zip(station.play.keys, ballots, strict=False):
        station.vote(name, ballot)
    station.close_and_reveal()
    assert told(station)["outcome"] == outcome


def test_percentages_are_said_from_twenty_answers_on() -> None:
    small, large = (make_station(people, kind="choice", options=("Oui", "Non")) for people in (19, 20))
    for station in (small, large):
        for name in station.play.keys:
            station.vote(name, {"options": ["o1"]})
        station.close_and_reveal()
    assert told(small)["outcome"][0] == "En tête\u00a0: «Oui» (19 personnes)."
    assert told(large)["outcome"][0] == f"En tête\u00a0: «Oui» (20 personnes, 100{NBSP}%)."
