"""Requests on paper: a sheet that bears the numbers of the sections, entered by a helper, read back, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.minutes_evening import MinutesEvening, said

REQUEST = {
    "section": "plus",
    "before": "le confirme",
    "after": "ne dit pas autre chose",
    "motive": "Trop affirmatif.",
}


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    return MinutesEvening(tmp_path)


def test_a_sheet_bears_the_numbers_of_the_sections(evening: MinutesEvening) -> None:
    evening.send()
    page = said(evening.get("/suivi/fiche-papier?n=2&de=7"))
    assert "2.1 Forces" in page
    assert ("R007" in page, "R008" in page, "R009" in page) == (True, True, False)


def test_a_sheet_is_entered_after_it_was_read_back_and_once(evening: MinutesEvening) -> None:
    evening.send()
    sheet = {**REQUEST, "sheet": "r007", "present": "1", "college": "A"}
    assert "Relisez la fiche à voix haute" in evening.refused("/suivi/fiche", **sheet)
    assert "La fiche R007 est enregistrée." in evening.done("/suivi/fiche", **sheet, read_back="1")
    page = evening.refused("/suivi/fiche", **{**sheet, "motive": "Autre"}, read_back="1")
    assert "La fiche R007 a déjà été saisie pour cette partie : c’est la demande n° 1." in page
    shown = said(evening.get("/suivi"))
    assert "sur papier, fiche R007 · Associatifs et citoyens" in shown
