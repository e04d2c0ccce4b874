"""An accepted request taken back: what the text says of it, and the one gesture that puts the former words back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from atelier.minutes import queries
from atelier.minutes.amending import DONE, NOWHERE, READY, TWICE, as_read, undoing
from atelier.minutes.content import Content, Section
from atelier.minutes.operations import amendments
from tests.web.minutes_evening import MinutesEvening

BEFORE = "Le vote le confirme C-1."
AFTER = "Le vote ne dit pas cela."
BODY = "Une carte le dit. Le vote le **confirme** [C-1].\n"
ASKED = {"section": "plus", "before": BEFORE, "after": AFTER, "motive": "Trop affirmatif."}


def one(body: str) -> Content:
    return Content("Titre", (Section("plus", 1, "Forces", body),))


@pytest.mark.parametrize(
    ("body", "before", "after", "state"),
    [
        ("Il y a six mois.", "cinq mois", "six mois", READY),
        ("Il y a six mois environ.", "six mois", "six mois environ", READY),
        ("Il y a six mois.", "six mois environ", "six mois", READY),
        ("Il y a six mois environ.", "six mois environ", "six mois", DONE),
        ("Il y a cinq mois.", "cinq mois", "six mois", DONE),
        ("Il y a un an.", "cinq mois", "six mois", NOWHERE),
        ("six mois, six mois", "cinq mois", "six mois", TWICE),
        ("Rien.", "six mois", "", "by_hand"),
        ("Rien. Ajouté.", "", "Ajouté.", READY),
    ],
)
def test_former_words_come_back_where_it_is_sure(body: str, before: str, after: str, state: str) -> None:
    assert undoing(one(body), "plus", before, after).state == state
    assert undoing(one(body), "ailleurs", before, after).state == "by_hand"


def test_a_passage_comes_back_with_its_marks_and_its_citation() -> None:
    assert as_read(one(BODY), "plus", BEFORE) == "Le vote le **confirme** [C-1]."
    assert as_read(one(BODY), "plus", "ailleurs") == "ailleurs"


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    made = MinutesEvening(tmp_path)
    made.write("plus", BODY)
    (link,) = made.send()
    made.done("/relecture/demande", made.reader(link), **ASKED)
    made.done("/suivi/demandes/1", state="accepted")
    assert AFTER in body_of(made)
    return made


def body_of(evening: MinutesEvening) -> str:
    section = evening.room.content().section("plus")
    return section.body if section else ""


def test_the_page_says_where_the_words_are_and_puts_the_former_ones_back(evening: MinutesEvening) -> None:
    page = evening.get("/suivi")
    assert "Les mots demandés sont dans le texte." in page
    assert 'name="put_back"' in page
    said = evening.done("/suivi/demandes/1/rouvrir", put_back="1")
    assert "les mots d’avant sont remis dans le texte" in said
    assert body_of(evening) == BODY
    assert "attend une réponse" in said


def test_taken_back_without_touching_the_text(evening: MinutesEvening) -> None:
    said = evening.done("/suivi/demandes/1/rouvrir")
    assert "Le texte, lui, n’a pas changé." in said
    assert AFTER in body_of(evening)


def test_rewritten_since_it_is_put_back_by_hand_and_says_so(evening: MinutesEvening) -> None:
    evening.write("plus", "Tout autre chose.\n")
    page = evening.get("/suivi")
    assert "Le passage a été récrit depuis" in page
    assert 'name="put_back"' not in page
    assert "Remettez ceux d’avant à la main" in evening.refused("/suivi/demandes/1/rouvrir", put_back="1")
    assert body_of(evening) == "Tout autre chose.\n"
    assert "acceptée" in evening.get("/suivi")


def test_a_request_taken_back_while_it_is_being_granted_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = MinutesEvening(tmp_path)
    evening.write("plus", BODY)
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.done("/relecture/demande", reader, **ASKED)
    answer = amendments.answer

    def taken_back_first(*asked: Any) -> Any:
        with evening.evening.house.database.reading() as db:
            mine = queries.amendments(db, evening.id)[0].reader
        amendments.withdraw(asked[0], asked[1], 1, mine)
        return answer(*asked)

    monkeypatch.setattr(amendments, "answer", taken_back_first)
    page = evening.refused("/suivi/demandes/1", state="accepted")
    assert "a été retirée par la personne qui l'a faite" in page.replace("’", "'")
    assert body_of(evening) == BODY
