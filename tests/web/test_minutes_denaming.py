"""A name lent, published, then lent no more: what is frozen stays, until a new version and a withdrawal from view (D-30)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from atelier.live.rules.card_marks import AllowName
from atelier.live.state import Actor
from atelier.minutes.content import Content
from tests.web.minutes_evening import CONTENT, MinutesEvening
from tests.web.walk_ground import walked

NAME = "Zykowska"
NAMED = Content(
    CONTENT.title,
    (
        *CONTENT.sections[:2],
        replace(CONTENT.sections[2], body="Samira Zykowska le dit : « On parle avant les élus » [C-1].\n"),
        CONTENT.sections[3],
    ),
)
AUTHOR = Actor("phone", "p1", participant="p1")


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    made = MinutesEvening(tmp_path, NAMED)
    lend(made, True)
    made.write("plus", NAMED.sections[2].body)
    made.write("case", "L'assemblée est née en 2009.\n")
    made.to_published()
    return made


def lend(evening: MinutesEvening, on: bool) -> None:
    evening.evening.act(AllowName(1, on), AUTHOR)
    evening.evening.house.parts["live"].followers.drain()


def test_what_is_published_stays_until_it_is_withdrawn_from_view(evening: MinutesEvening) -> None:
    before = evening.get("/v1/texte.md")
    assert NAME in before
    lend(evening, False)
    evening.minutes.withdrawals.sweep()
    assert evening.get("/v1/texte.md") == before
    assert NAME in evening.get("/v1/fichiers/texte.md")
    evening.done("/suivi/corriger", reason="Une personne ne prête plus son nom.")
    assert "1 nom est dans le texte" in evening.refused("/suivi/publier").replace("Un nom", "1 nom")
    evening.done("/noms/remplacer", name="Samira Zykowska", words="une personne")
    evening.done("/suivi/publier")
    assert NAME not in evening.get("/v2/texte.md")
    assert evening.get("/v1/texte.md") == before
    assert NAME in evening.get("/v1/fichiers/texte.md")
    evening.done("/v1/retrait", motive="Un nom n'est plus prêté.")
    public = evening.browser()
    assert public.get(f"{evening.at}/v1").status_code == 410
    assert public.get(f"{evening.at}/v1/texte.md").status_code == 410
    assert public.get(f"{evening.at}/v1/fichiers/texte.md").status_code == 404
    assert {place for place, words in walked(evening.evening.app, public).items() if NAME in words} == set()
    inside = {
        place.split()[0]
        for place, words in walked(evening.evening.app, evening.desk).items()
        if NAME in words
    }
    assert inside <= {"live.desk", "live.ask_open"}  # who was in the room
