"""Every refusal that the source can make has a sentence of its own, in the voice of the product."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

from atelier.live.codec import plain
from atelier.live.wording import FIELDS, PLACEHOLDER, SENTENCES, worded

SOURCE = Path(__file__).parents[3] / "atelier"
PACKAGES = ("live", "people")  # the doors of the preparation word their own
MAKERS = {"Refusal", "InvalidBallot", "InvalidPaper"}
GIVEN_BY_NAME = {"last_step", "first_step"}  # agenda.py passes them as arguments


def codes_in_source() -> dict[str, str]:
    """Every code that is written where a refusal is made -> the file."""
    found: dict[str, str] = {}
    for path in (path for package in PACKAGES for path in (SOURCE / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", "")
            first = node.args[0]
            if name in MAKERS and isinstance(first, ast.Constant):
                found[str(first.value)] = path.name
            if name == "Wrong" and isinstance(first, ast.Constant):
                found[f"malformed.{first.value}"] = path.name
    return found


def test_every_code_of_the_source_has_a_sentence() -> None:
    codes = codes_in_source()
    assert len(codes) > 120
    assert {code: where for code, where in codes.items() if code not in SENTENCES} == {}
    assert set(SENTENCES) >= GIVEN_BY_NAME


def test_no_sentence_stands_for_a_code_that_nothing_makes() -> None:
    made = {*codes_in_source(), *GIVEN_BY_NAME, "malformed.missing"}
    unused = {code for code in SENTENCES if code not in made and not made & set(code.split("."))}
    assert unused == set()
    assert set(FIELDS) <= set(SENTENCES)


def test_the_last_variant_needs_nothing_and_no_sentence_leaves_a_hole() -> None:
    alone = {"invalid_ballot"}
    for code, variants in SENTENCES.items():
        assert PLACEHOLDER.findall(variants[-1]) == [] or code in alone, code
        sentence, _ = worded(code.partition(".")[0], {}, "fr")
        assert "%(" not in sentence
        assert re.search(r"[.»]$", sentence), code


def test_hours_are_said_in_words_in_the_zone_of_the_installation() -> None:
    late = {"at": datetime(2015, 10, 13, 18, 46, tzinfo=UTC)}
    expected = "Le vote est clos depuis 20\u00a0h\u00a046. Votre bulletin est arrivé après\u00a0: il n’est pas compté."
    assert worded("activity_closed", late, "fr", act="cast_ballot") == (expected, "")
    assert worded("activity_closed", plain(late), "fr", act="cast_ballot") == (expected, "")
    assert "19\u00a0h\u00a046" in worded("activity_closed", plain(late), "fr", "Europe/London")[0]


def test_a_card_without_hour_gets_the_sentence_without_hour() -> None:
    sentence, field = worded("sheet_already_entered", {"number": 4, "at": None, "sheet": "0173"}, "fr")
    assert (sentence, field) == ("La fiche 0173 a déjà été saisie.", "sheet")


def test_the_field_that_does_not_fit_is_named() -> None:
    assert worded("malformed", {"fields": {"text": "too_long"}}, "fr") == (
        "Ce texte est trop long. Raccourcissez-le.",
        "text",
    )
    assert worded("not_a_count", {"field": "blank"}, "fr")[1] == "paper[blank]"
    assert worded("not_a_count", {"field": "o1"}, "fr")[1] == ""


def test_a_reason_chooses_its_own_sentence() -> None:
    assert "admettre" in worded("not_elector", {"reason": "entry_closed"}, "fr")[0]
    assert worded("not_elector", {"reason": "unknown"}, "fr")[0] == worded("not_elector", {}, "fr")[0]


def test_a_paper_ballot_says_its_number_and_what_is_wrong_with_it() -> None:
    sentence, _ = worded("invalid_ballot", {"number": 3, "reason": "empty_ballot"}, "fr")
    assert sentence.startswith("Bulletin papier n° 3\u00a0: Ce bulletin est vide.")


def test_a_code_nobody_knows_is_said_as_a_fault() -> None:
    assert worded("strange", {}, "fr") == worded("fault", {}, "fr")
