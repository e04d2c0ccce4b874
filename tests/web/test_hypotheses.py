"""Hypotheses bear a reference of their own, `H-12`, that stays theirs wherever they are read (architecture §7)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from atelier.live.record import record
from atelier.live.references import hypothesis_refs
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor
from tests.factories import make_activity
from tests.web.exported import STORY, desk_of
from tests.web.live_ground import CODE, Evening

FIRST, SECOND = "Un lieu ouvert change la parole", "Une date promise fait revenir"


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    """Two cards on a board around two hypotheses: C-1, H-2, C-3, H-4."""
    made = Evening(
        tmp_path,
        [
            make_activity("a1", "contributions", "Que voyez-vous ?"),
            make_activity("a2", "hypothesis", "Que révèle-t-elle ?"),
        ],
        {"moderation": "shown"},
    )
    phone = made.phone(name="Samira", college="A")
    for text in (FIRST, SECOND):
        made.open("a1")
        phone.done("submit_contribution", activity="a1", text=f"Constat : {text}")
        made.act(CloseActivity("a1")) if text == SECOND else None
        made.open("a2") if text == FIRST else None
        fields = {
            "fields[statement]": text,
            "fields[evidence]": "",
            "fields[useful_to]": "",
            "fields[elsewhere]": "",
        }
        phone.done("submit_contribution", activity="a2", **fields)
    made.act(CloseActivity("a2"))
    return made


@pytest.fixture
def desk(evening: Evening) -> FlaskClient:
    return desk_of(evening)


def test_a_hypothesis_bears_the_number_of_its_card_and_other_cards_none(evening: Evening) -> None:
    assert hypothesis_refs(evening.state) == {2: "H-2", 4: "H-4"}
    rows = {row.ref: row.data["ref_h"] for row in record(evening.state) if row.kind == "contribution"}
    assert rows == {"C-1": "", "C-2": "H-2", "C-3": "", "C-4": "H-4"}


def test_a_reference_stays_when_another_hypothesis_is_withdrawn(evening: Evening) -> None:
    evening.act(WithdrawContribution(2), Actor("phone", "p1", "", participant="p1"))
    assert hypothesis_refs(evening.state) == {2: "H-2", 4: "H-4"}


def test_a_hypothesis_is_told_and_found_by_its_own_reference(evening: Evening, desk: FlaskClient) -> None:
    page = desk.get(STORY).text
    assert 'id="C-2"' in page
    assert 'id="H-2">H-2</span>' in page
    assert ">C-2</span>" not in page
    assert ">C-1</span>" in page
    assert desk.get("/r/CHA1/H-2").headers["Location"].endswith(f"{STORY}#H-2")


def test_files_name_hypotheses_by_their_own_reference(evening: Evening, desk: FlaskClient) -> None:
    cards = desk.get(f"/seances/{CODE}/export/seance.json").get_json()["contributions"]
    assert {card["reference"]: card["hypothesis"] for card in cards} == {
        "CHA1-C-1": "", "CHA1-C-2": "CHA1-H-2", "CHA1-C-3": "", "CHA1-C-4": "CHA1-H-4",
    }  # fmt: skip
    table = desk.get(f"/seances/{CODE}/export/contributions.csv").text.removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert {line["reference"]: line["hypothese"] for line in lines}["CHA1-C-4"] == "CHA1-H-4"
    told = desk.get(f"/seances/{CODE}/export/recit.md").text
    assert "CHA1-H-2" in told
    assert "CHA1-C-2" not in told
    assert "CHA1-C-1" in told
