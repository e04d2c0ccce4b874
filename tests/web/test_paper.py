"""Paper counts as much: sheets, ballots, poster, wall, results, counting sheet, before and after the evening."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atelier.exports.sheets import sheets_of, ticket
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.workshops.models import Activity, Sequence
from tests.factories import make_play
from tests.unit.projected import evening_snapshot
from tests.web.exported import ACTIVITIES, desk_of, small_evening
from tests.web.live_ground import CODE, Evening, said

PRINT = f"/seances/{CODE}/imprimer"


def test_sheets_bear_the_code_the_activity_and_tickets_that_never_repeat(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path, closed=False)
    page = desk_of(evening).get(f"{PRINT}/fiches/a1?n=10&de=5").text
    assert page.count('class="paper-sheet"') == 10
    assert page.count('class="print-page') == 3  # four on a page
    tickets = re.findall(r'class="ticket">(\d+)<', page)
    assert tickets == [f"01{n:02d}" for n in range(5, 15)]
    assert page.count("482\u00a0137") == 10
    assert "Forces" in page
    assert "Élus et agents" in page


def test_the_ticket_of_a_sheet_is_what_the_desk_enters(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path, closed=False)
    evening.open("a4")
    evening.act(
        EnterContribution("a4", fields={"statement": "Une règle"}, channel="paper", sheet=ticket(4, 1))
    )
    assert "0401" in desk_of(evening).get(f"{PRINT}/fiches/a4?n=1").text
    assert [card.sheet for card in evening.state.contributions.values() if card.activity == "a4"] == ["0401"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("a4", "au plus 3 gommettes, dont au plus 2"), ("a5", "Énoncé"), ("a6", "plutôt contre"), ("a7", "Excellent"),
        ("a8", "Entourez une note par ligne"), ("a9", "Cochez une seule proposition"), ("a10", "consentement avec réserve"),
        ("a13", "Pour quand"), ("a14", "grand soleil"), ("a15", "équilibre"), ("a17", "Ni nom, ni collège, ni table"),
        ("a3", "Une seule idée par fiche"), ("a2", "aucun surnom"),
    ],
)  # fmt: skip
def test_each_kind_has_its_own_sheet(tmp_path: Path, key: str, words: str) -> None:
    snapshot = evening_snapshot()
    activities = [activity for sequence in snapshot["sequences"] for activity in sequence["activities"]]
    evening = Evening(tmp_path, activities)
    page = desk_of(evening).get(f"{PRINT}/fiches/{key}?n=2").text
    assert words in said(page)
    for option in evening.state.activities[key].options:
        assert option.text in page or option.text.replace("'", "&#39;") in page


def test_a_ballot_on_paper_has_no_ticket_of_its_own(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path, closed=False)
    page = desk_of(evening).get(f"{PRINT}/fiches/a2?n=6").text
    assert set(re.findall(r'class="ticket">([^<]*)<', page)) == {"vote 2"}
    assert page.count('class="paper-sheet"') == 6


def test_printing_everything_gives_the_activities_still_to_come(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path, closed=False)
    page = desk_of(evening).get(f"{PRINT}/tout?n=1").text
    titles = re.findall(r'print-question">([^<]+)<', page)
    assert [title.replace("&#39;", "'") for title in titles] == [
        "Qu'est-ce que cela révèle ?", "Quelle pertinence ?", "Et après ?"
    ]  # fmt: skip


def test_a_séance_to_come_prints_its_sheets_and_its_poster(tmp_path: Path) -> None:
    evening = Evening(tmp_path, [], opened=False)
    with evening.house.database.writing() as db:
        sequence = Sequence(session_id=1, key="s1", position=0, title="Idées", minutes=20)
        db.add(sequence)
        db.flush()
        db.add(
            Activity(
                session_id=1, sequence_id=sequence.id, key="a1", position=0, kind="contributions", question="Qu'avez-vous vu ?",
                settings={}, options=[], first_colleges=[],
            )
        )  # fmt: skip
    desk = desk_of(evening)
    assert "Qu&#39;avez-vous vu ?" in desk.get(f"{PRINT}/fiches/a1?n=2").text
    poster = desk.get(f"{PRINT}/affiche").text
    assert 'class="qr"' in poster
    assert "482\u00a0137" in poster
    assert "ateliers.exemple.fr" in poster
    assert desk.get(f"/seances/{CODE}/recit").status_code == 404


def test_the_wall_and_the_results_are_printed_without_what_stays_in_the_room(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path)
    desk = desk_of(evening)
    wall = desk.get(f"{PRINT}/mur/a1").text
    assert "La parole" in wall
    assert "On parle avant les élus" in wall
    assert "Le maire est nul" not in wall
    results = desk.get(f"{PRINT}/resultats").text
    assert "Quoi d&#39;abord ?" in results
    assert "Comment repartez-vous" not in results


def test_the_counting_sheet_says_hours_rule_counts_ties_and_who_operated(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path)
    words = said(desk_of(evening).get(f"/seances/{CODE}/depouillement/V-1").text)
    for part in (
        "Feuille de dépouillement V-1", "Chaque personne place au plus 2 gommettes, dont au plus 2", "Ouverture 20 h 16",
        "Opéré par Nadia", "Votants 3", "Exprimés 3", "Blancs 0", "Présents 3", "Ex æquo : « =Le bailleur », « La langue ».",
    ):  # fmt: skip
        assert part in words.replace("\u00a0", " "), part
    assert re.search(r"SHA-256 du dépouillement : [0-9a-f]{64}", words.replace("\u00a0", " "))


def test_the_counting_sheet_of_a_vote_not_counted_yet_says_nothing_of_its_ballots(tmp_path: Path) -> None:
    evening, phones = small_evening(tmp_path, closed=False)
    evening.open("a5")
    phones[0].done("cast_ballot", activity="a5", **{"ballot[grades][o1]": "6", "ballot[grades][o2]": "0"})
    words = said(desk_of(evening).get(f"/seances/{CODE}/depouillement/a5").text).replace("\u00a0", " ")
    assert "Bulletins dans l’urne 1" in words
    assert "Rien de ce que disent les bulletins n’est connu avant le dépouillement." in words
    assert "SHA-256" not in words


def test_an_annulled_round_stays_on_the_counting_sheet_and_in_the_story(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path, closed=False)
    evening.act(AnnulVote("a2", "Une option était écrite deux fois."))
    evening.act(HoldAgain("a2"))
    desk = desk_of(evening)
    for path in (f"/seances/{CODE}/depouillement/V-1", f"/seances/{CODE}/recit"):
        words = said(desk.get(path).text)
        assert "Une option était écrite deux fois." in words
        assert "annulé" in words


def test_numbers_of_activities_on_paper_follow_the_déroulé() -> None:
    play = make_play(0, snapshot=evening_snapshot())
    assert [sheets_of(play.state, key, 1)["number"] for key in ("a2", "a3", "a4")] == [1, 2, 3]
    assert sheets_of(play.state, "a3", 9)["per_page"] == 4
    assert len(sheets_of(play.state, "a3", 9999)["pages"]) == 125


def test_the_page_of_printing_lists_what_goes_on_paper(tmp_path: Path) -> None:
    evening, _ = small_evening(tmp_path)
    page = desk_of(evening).get(PRINT).text
    assert page.count("/imprimer/fiches/") == len(ACTIVITIES)
    assert f"{PRINT}/mur/a1" in page
    assert f"{PRINT}/resultats" in page
