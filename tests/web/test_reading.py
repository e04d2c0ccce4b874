"""The reading page: who reads which text, what leads to its source, and what nobody outside may learn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from atelier.live.rules.rewording import RewordContribution
from atelier.minutes import queries
from atelier.minutes.operations.publication import open_correction, withdraw_from_view
from tests.documents.ground import room_on
from tests.web.exported import NAMES
from tests.web.live_ground import Evening, said
from tests.web.reading_ground import ADDRESS, Minutes

STRUCTURES = "Les propos engagent leurs auteurs, pas leur structure."


@pytest.fixture
def minutes(tmp_path: Path) -> Minutes:
    return Minutes(tmp_path)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Minutes:
    """A draft that nobody changes."""
    return Minutes(tmp_path_factory.mktemp("drafted"))


def page(client: FlaskClient, path: str = ADDRESS, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (response.status_code, response.headers.get("Location"))
    return response.text


def text_of(markup: str) -> str:
    """What stands in the text itself, plain."""
    return said(markup.split('id="texte"')[1].split("<source-panel")[0].partition(">")[2])


# ---------------------------------------------------------------- who reads what


def test_the_draft_is_read_by_its_writers_alone(drafted: Minutes) -> None:
    drawn = page(drafted.desk)
    assert "Brouillon." in said(drawn)
    assert "« On parle avant les élus »" in said(drawn)
    assert "en cours d’écriture" in said(page(drafted.phones[0].client, status=403))
    page(drafted.visitor(), status=404)


def test_writers_see_what_is_empty_and_what_the_app_wrote_and_others_do_not(drafted: Minutes) -> None:
    drawn = text_of(page(drafted.desk))
    assert "Qui fait quoi." in drawn
    assert "Vide, à remplir avant la publication." in drawn
    assert "Repris du vote, non modifiable V-1" in drawn
    preview = text_of(page(drafted.desk, f"{ADDRESS}?apercu=1"))
    assert "Aperçu" in preview
    assert [
        words
        for words in ("Qui fait quoi.", "Vide", "Questions", "Moyens", "non modifiable")
        if words in preview
    ] == []
    assert "Trois bulletins" in preview


def test_somebody_who_was_there_reads_what_was_submitted(minutes: Minutes) -> None:
    minutes.send()
    minutes.write("strengths", "Une phrase écrite depuis.")
    drawn = page(minutes.phones[0].client)
    assert "Une phrase écrite depuis." not in drawn
    assert "« On parle avant les élus »" in said(drawn)
    assert "En relecture jusqu’au" in said(drawn)
    assert f'href="{ADDRESS}/relecture"' in drawn
    assert "Une phrase écrite depuis." in page(minutes.desk)
    page(minutes.visitor(), status=404)


def test_what_is_published_is_read_by_everybody_and_stays_as_it_was(minutes: Minutes) -> None:
    minutes.publish()
    before = page(minutes.visitor())
    told = said(before)
    assert "46 personnes l’ont reçu, 29 l’ont relu, 4 demandes acceptées." in told
    assert "Version 1, texte figé." in told
    minutes.evening.act(RewordContribution(1, "Des mots changés depuis"))
    minutes.write("strengths", "Une phrase écrite depuis.")
    assert page(minutes.visitor()) == before
    assert text_of(page(minutes.desk)) == text_of(before)
    assert "Des mots changés depuis" not in page(minutes.visitor(), f"{ADDRESS}/sources/C-1")


def test_what_another_process_stored_is_read_at_once(minutes: Minutes) -> None:
    assert "« On parle avant les élus »" in said(page(minutes.desk))
    elsewhere = room_on(minutes.evening.house.database, minutes.document().id)
    elsewhere.write("u1", lambda text: text.edit("strengths", "Écrit dans un autre processus."))
    assert "Écrit dans un autre processus." in page(minutes.desk)


def test_the_page_says_that_nobody_speaks_for_a_structure(minutes: Minutes) -> None:
    assert said(page(minutes.desk)).count(STRUCTURES) == 1
    minutes.publish()
    assert said(page(minutes.visitor())).count(STRUCTURES) == 1


def test_an_address_that_is_no_documents_is_not_found(drafted: Minutes) -> None:
    page(drafted.desk, "/comptes-rendus/AUTRE1", 404)
    page(drafted.desk, "/contributions-au-forum/CHA1", 404)


# ---------------------------------------------------------------- the text


def test_citations_lead_to_sources_and_what_nobody_knows_stays_text(minutes: Minutes) -> None:
    minutes.publish()
    drawn = page(minutes.visitor())
    assert 'href="/r/CHA1/C-1" data-ref="CHA1-C-1"' in drawn
    assert "[C-99]" in drawn
    assert "C-99" not in re.findall(r'data-ref="[^"]*-(C-\d+)"', drawn)


def test_a_figure_has_its_chart_and_its_data_table(drafted: Minutes) -> None:
    drawn = page(drafted.desk)
    figure = drawn.split('class="doc-figure"')[1].split("</figure>")[0]
    assert 'role="img"' in figure
    assert "<caption>Gommettes par proposition</caption>" in figure
    assert "Le vote" in said(figure)


def test_numbers_of_parts_stand_in_the_margin_and_in_headings(drafted: Minutes) -> None:
    drawn = page(drafted.desk)
    assert re.findall(r'class="part-figure">([\d.]+)', drawn) == ["1", "1.1", "1.2", "2", "3"]
    assert re.findall(r"<h([1-6])", drawn.split('id="texte"')[1].split("<source-panel")[0])[:6] == list(
        "122332"
    )


def test_sentences_of_the_writers_say_so(drafted: Minutes) -> None:
    drawn = page(drafted.desk)
    parts = dict(re.findall(r'id="partie-(\w+)"(.*?)</section>', drawn, re.DOTALL))
    unsourced = "Formulation des rédacteurs, sans contribution source."
    assert [key for key, body in parts.items() if unsourced in body] == ["header", "case"]


# ---------------------------------------------------------------- sources


def test_the_card_of_a_source_shows_what_may_be_known(minutes: Minutes) -> None:
    minutes.publish()
    told = said(page(minutes.visitor(), f"{ADDRESS}/sources/C-1"))
    for words in (
        "« On parle avant les élus »", "Dite par élus et agents", "par téléphone", "Rangée dans La parole (2 cartes)",
        "Reprise dans 1.1 Forces", "Ni nom, ni table, ni heure",
    ):  # fmt: skip
        assert words in told
    fragment = page(minutes.visitor(), f"{ADDRESS}/sources/CHA1-C-1?fiche=1")
    assert fragment.lstrip().startswith("<article")
    assert "<html" not in fragment


def test_the_card_of_a_vote_shows_its_result(drafted: Minutes) -> None:
    told = said(page(drafted.desk, f"{ADDRESS}/sources/V-1"))
    assert "Quoi d'abord" in told
    assert "3 bulletins" in told


def test_a_card_that_is_not_to_be_quoted_shows_no_word(drafted: Minutes) -> None:
    hidden = drafted.evening.state.contributions[3].text
    assert len(hidden) > 4
    card = page(drafted.desk, f"{ADDRESS}/sources/C-3")
    assert hidden not in card
    assert "Cette carte n’est pas affichée." in said(card)
    assert "C-3 non affichée" in text_of(page(drafted.desk))


def test_readers_reach_what_the_text_cites_and_nothing_else(minutes: Minutes) -> None:
    assert said(page(minutes.desk, f"{ADDRESS}/sources/C-4"))
    page(minutes.visitor(), f"{ADDRESS}/sources/C-1", 404)
    minutes.send()
    page(minutes.phones[0].client, f"{ADDRESS}/sources/C-1")
    page(minutes.phones[0].client, f"{ADDRESS}/sources/C-4", 404)
    minutes.publish()
    page(minutes.visitor(), f"{ADDRESS}/sources/C-1")
    for ref in ("C-4", "C-99", "V-9", "x", "CHA2-C-1"):
        page(minutes.visitor(), f"{ADDRESS}/sources/{ref}", 404)


def test_no_name_of_anybody_is_published(minutes: Minutes) -> None:
    evening: Evening = minutes.evening
    assert {person.name for person in evening.state.people.values()} == set(NAMES)
    minutes.publish()
    visitor = minutes.visitor()
    pages = [
        page(visitor),
        *(page(visitor, f"{ADDRESS}/sources/{ref}") for ref in ("C-1", "C-2", "C-3", "V-1")),
    ]
    assert [name for name in NAMES for drawn in pages if name in drawn or name.split()[0] in drawn] == []


def test_a_permanent_address_leads_to_the_source_one_may_read(minutes: Minutes) -> None:
    def led(client: FlaskClient, path: str) -> str:
        response = client.get(path)
        return response.headers["Location"] if response.status_code == 302 else str(response.status_code)

    story = "/seances/482137/recit"
    assert led(minutes.desk, "/r/CHA1/C-4") == f"{ADDRESS}/sources/C-4"
    assert led(minutes.desk, "/r/CHA1/C-4?recit=1") == f"{story}#C-4"
    assert led(minutes.phones[0].client, "/r/CHA1/C-1") == f"{story}#C-1"
    assert led(minutes.visitor(), "/r/CHA1/C-1") == "404"
    minutes.publish()
    visitor = minutes.visitor()
    assert led(visitor, "/r/CHA1/C-1") == f"{ADDRESS}/sources/C-1"
    assert led(visitor, "/r/CHA1") == ADDRESS
    assert led(visitor, "/r/CHA1/C-4") == led(visitor, "/r/CHA1/K1") == "404"
    assert led(minutes.desk, "/r/CHA1/C-4") == f"{story}#C-4"
    assert led(minutes.desk, "/r/CHA1") == story


def test_an_old_version_keeps_its_sources_and_leads_to_the_newer_one(minutes: Minutes) -> None:
    minutes.publish()
    with minutes.evening.house.database.writing() as db:
        document = queries.locked(db, minutes.document().id)
        assert open_correction(db, document, "Une faute.", minutes.evening.now) is None
    minutes.write("strengths", "Sans carte.")
    minutes.publish()
    visitor = minutes.visitor()
    assert "Sans carte." in page(visitor)
    page(visitor, f"{ADDRESS}/sources/C-1", 404)
    old = page(visitor, f"{ADDRESS}/v1")
    assert "« On parle avant les élus »" in said(old)
    assert f'<a href="{ADDRESS}/v2">Lire la version 2</a>' in old
    assert 'version="1"' in old
    assert "« On parle avant les élus »" in said(page(visitor, f"{ADDRESS}/sources/C-1?v=1"))


def test_a_text_withdrawn_from_view_says_why_at_its_address(minutes: Minutes) -> None:
    minutes.publish()
    assert page(minutes.visitor(), f"{ADDRESS}/sources/C-1?v=1")
    with minutes.evening.house.database.writing() as db:
        document = queries.locked(db, minutes.document().id)
        withdraw_from_view(db, document, 1, "Une personne est reconnaissable.", minutes.evening.now)
    told = minutes.visitor().get(ADDRESS, follow_redirects=True)
    assert told.status_code == 410
    assert "Une personne est reconnaissable." in said(told.text)
    page(minutes.visitor(), f"{ADDRESS}/sources/C-1?v=1", 404)


def test_an_error_is_told_in_the_review_while_it_is_open(minutes: Minutes) -> None:
    assert 'href="#signaler"' in page(minutes.desk)
    minutes.send()
    assert f'<a class="button" href="{ADDRESS}/relecture">Signaler une erreur</a>' in page(
        minutes.phones[0].client
    )
    minutes.publish()
    drawn = page(minutes.visitor())
    assert 'href="#signaler"' in drawn
    assert 'id="signaler"' in drawn
