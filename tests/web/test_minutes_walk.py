"""A walk over every output of a compte rendu: no name without consent, no withdrawn word. It first finds what is planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.operations import approval, publication
from atelier.minutes.operations.drawing import body_of
from atelier.minutes.operations.publication import Frozen
from atelier.minutes.publishing import cited_sources, manuscript
from atelier.minutes.sources import sources_of, to_json
from tests.web.minutes_evening import CONTENT, MinutesEvening
from tests.web.walk_ground import FORMATS, times_kept, words_of_file, words_of_html

NAMES = ("Samira Zykowska", "Zykowska", "Abadie", "Ferrand")  # what people typed at the door
WITHDRAWN = "On parle avant les élus"  # C-1, withdrawn by its author before publication
PLANTED = Content(
    CONTENT.title,
    (
        CONTENT.sections[0],
        CONTENT.sections[1],
        replace(
            CONTENT.sections[2],
            body="Samira Zykowska et M. Abadie : « On parle avant les élus » [C-1]. Le vote suit [V-1].\n\n- Odile Ferrand\n",
        ),
        replace(CONTENT.sections[3], body="Un délai annoncé fait revenir les gens.\n"),
    ),
)


def outputs(evening: MinutesEvening, reader: FlaskClient) -> Iterator[tuple[str, str]]:
    """Every way in which the text leaves the application for somebody outside, as words."""
    pages = [
        "", "/v1", "/v1/texte.md", "/v1/empreinte", "/v1/fichiers", "/fichiers", "/sources/C-1", "/sources/V-1",
        "/sources/C-1?fiche=1", "/versions", "/versions/1", "/suivi", "/noms", "/relecture", "/ecrire", "/equipe",
        "/versions/comparer?de=1", "/v1/retrait", "/suivi/fiche-papier",
    ]  # fmt: skip
    for path in pages:
        answer = reader.get(f"{evening.at}{path}", follow_redirects=True)
        assert answer.status_code < 500, (path, answer.status_code)
        yield path or "/", words_of_html(answer.text)
    for form in FORMATS:
        answer = reader.get(f"{evening.at}/v1/fichiers/CHA1-compte-rendu-v1.{form}")
        assert answer.status_code == 200, form
        yield f"file.{form}", words_of_file(form, answer.data)
    for path in ("/r/CHA1", "/r/CHA1/C-1", "/seances/482137/recit"):
        yield path, words_of_html(reader.get(path, follow_redirects=True).text)


def found(evening: MinutesEvening, wanted: tuple[str, ...]) -> dict[str, list[str]]:
    """Return, for each output where there is one, what was found of the words wanted."""
    walked = dict(outputs(evening, evening.browser()))
    assert (
        "On parle" in walked["/v1"] or "Le vote suit" in walked["/v1"]
    )  # it is the published text that is walked
    found = {name: [word for word in wanted if word in text] for name, text in walked.items()}
    return {name: words for name, words in found.items() if words}


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    return MinutesEvening(tmp_path, PLANTED)


def force_publication(evening: MinutesEvening) -> None:
    """Publish without any of the checks: what must never happen by the doors."""
    house, content = evening.evening.house, evening.room.content()
    live = house.parts["live"]
    sources = sources_of(live.desk.state(1), live.recorder.rows(1), "CHA1", public=True)
    cited = cited_sources(content, sources)
    frozen = Frozen(str(body_of(house.drawing, content, sources)), manuscript(content), to_json(cited), {})
    with house.database.writing() as db:
        document = queries.locked(db, evening.id)
        document.phase = "in_review"
        approval.approve(db, document, content, "tacit", evening.evening.now)
        publication.publish(db, document, content, frozen, evening.evening.now)


def test_the_walk_finds_names_and_words_planted_in_each_output(evening: MinutesEvening) -> None:
    force_publication(evening)
    where = found(evening, (*NAMES, WITHDRAWN))
    text_outputs = {"/", "/v1", "/v1/texte.md", *(f"file.{form}" for form in FORMATS)}
    assert {name for name, words in where.items() if set(words) == {*NAMES, WITHDRAWN}} >= text_outputs
    assert WITHDRAWN in where["/sources/C-1"]


def test_no_name_without_consent_and_no_withdrawn_word_leaves(evening: MinutesEvening) -> None:
    evening.send()
    author = Actor("phone", "p1", participant="p1")
    evening.evening.act(WithdrawContribution(1), author)
    evening.evening.house.parts["live"].followers.drain()
    page = evening.refused("/suivi/envoyer", approval="tacit")
    assert "Une phrase cite C-1, une carte retirée" in page
    evening.write(
        "plus", "Samira Zykowska et M. Abadie : le vote suit [V-1]. Le vote suit.\n\n- Odile Ferrand\n"
    )
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    assert "3 noms sont dans le texte" in evening.refused("/suivi/publier").replace("Trois", "3")
    evening.done("/noms/remplacer", name="Samira Zykowska", words="une personne (élus et agents)")
    evening.done("/noms/remplacer", name="Jean-Luc Abadie", words="une autre")
    evening.done("/noms", name="Odile Ferrand", status="given")
    evening.done("/suivi/publier")
    walked = found(evening, (*NAMES, WITHDRAWN))
    assert set().union(*walked.values()) == {"Ferrand"}  # who agreed stands there, and nobody else
    assert "/v1" in walked


def test_the_database_keeps_no_withdrawn_word_once_published(evening: MinutesEvening) -> None:
    evening.send()
    assert times_kept(evening.folder, WITHDRAWN) > 2  # the card, the text, the version that was sent
    evening.evening.act(WithdrawContribution(1), Actor("phone", "p1", participant="p1"))
    evening.evening.house.parts["live"].followers.drain()
    evening.write("plus", "Le vote suit [V-1].\n")
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    evening.done("/suivi/publier")
    assert evening.evening.house.database.checkpoint()
    assert times_kept(evening.folder, WITHDRAWN) == 0
