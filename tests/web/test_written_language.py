"""What the app writes speaks the séance's language, whoever presses the button: a reader of English leaves the same words.

Two evenings go the same way, one by browsers that speak French, the other by browsers that speak English; everything that is
kept or given away is then the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from atelier.minutes import queries
from atelier.minutes.models import Document, Publication
from atelier.workshops.kinds import KINDS
from atelier.workshops.models import Activity, Sequence, WorkshopSession
from atelier.workshops.templates import BLANK, TEMPLATES
from tests.web.exported import desk_of, small_evening
from tests.web.live_ground import CODE, Evening
from tests.web.minutes_evening import MinutesEvening

SECRET = re.compile(r"/relire/[\w.-]+")
EPOCH = re.compile(r'data-epoch="[^"]*"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WRITTEN = re.compile(r"<textarea[^>]*>(.*?)</textarea>|<input[^>]*\breadonly[^>]*>", re.S)


def speaking(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every browser of the test speak a language."""

    class Browser(FlaskClient):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.environ_base["HTTP_ACCEPT_LANGUAGE"] = language

    monkeypatch.setattr(Flask, "test_client_class", Browser)


@pytest.mark.parametrize("route", ["drafted", "published", "taken_away", "gathered", "prepared"])
def test_what_is_written_is_the_same_whatever_the_writer_reads(
    route: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    for language in ("fr", "en"):
        speaking(language, monkeypatch)
        (tmp_path / language).mkdir()
        kept.append(ROUTES[route](tmp_path / language))
    french, english = kept
    assert french
    assert english == french


def drafted(folder: Path) -> Any:
    """The draft, brought up by the very pages that show it."""
    evening, _phones = small_evening(folder)
    evening.house.parts["minutes"].drafter.redraft(1)
    desk = desk_of(evening)
    for path in ("", "/ecrire", "/differences", "/suivi"):
        assert desk.get(f"/comptes-rendus/CHA1{path}").status_code == 200, path
    content = evening.house.parts["minutes"].rooms.open(1).content()
    assert "Forces" in repr(content)
    return content


def published(folder: Path) -> Any:
    """Imported, reviewed, amended, approved, published: the letters, the versions, the frozen page and its facts."""
    evening = MinutesEvening(folder)
    evening.done("/importer", act="importer", markdown="Un mot venu d’ailleurs.", **{"part-0": "plus"})
    evening.fill()
    letters = evening.post("/suivi/envoyer", approval="tacit").text
    reader = evening.reader(SECRET.findall(letters)[0])
    asked = {"section": "plus", "after": "Une phrase de plus.", "motive": "Elle manque.", "wants_annex": "1"}
    evening.done("/relecture/demande", reader, **asked)
    evening.done("/suivi/demandes/1", state="divergence", answer="Notée.", divergence="Un autre avis.")
    evening.done("/relecture/demande", reader, **asked)
    evening.done("/suivi/demandes/2", state="refused", answer="Déjà dit.")
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    evening.done("/suivi/publier")
    with evening.evening.house.database.reading() as db:
        versions = [(one.kind, one.name, one.content) for one in queries.versions(db, evening.id)]
        answers = [(one.number, one.state, one.answer) for one in queries.amendments(db, evening.id)]
        row = db.scalars(select(Publication)).one()
        frozen = (row.html, row.markdown, row.sources, row.facts, row.sha256)
    return [written_on(letters), versions, answers, frozen, written_on(evening.get("/envoi"))]


def taken_away(folder: Path) -> Any:
    """Every file that says something in words, and the paper."""
    evening = MinutesEvening(folder)
    evening.to_published()
    files = [f"{evening.at}/v1/fichiers/CHA1-compte-rendu-v1.{form}" for form in ("md", "html")]
    files += [f"/seances/{CODE}/export/{name}" for name in ("recit.md", "contributions.csv", "resultats.csv")]
    paper = ("affiche", "fiches/a1", "mur/a1", "resultats")
    files += [f"/seances/{CODE}/imprimer/{sheet}" for sheet in paper]
    files += [f"/seances/{CODE}/depouillement/V-1", f"{evening.at}/suivi/fiche-papier", f"/ecran/{CODE}"]
    answers = {path: evening.desk.get(path) for path in files}
    assert {path: one.status_code for path, one in answers.items() if one.status_code != 200} == {}
    return {path: EPOCH.sub("", one.text) for path, one in answers.items()}


def gathered(folder: Path) -> Any:
    """A contribution au forum: what is made from the comptes rendus, and what follows each choice."""
    evening = MinutesEvening(folder)
    evening.to_approved()
    shelf = "/contributions-au-forum/"
    made = evening.desk.post(
        shelf, data={"document": str(evening.id), "title": "Quels moyens ?", "group": "Nous"}
    )
    assert made.status_code == 303
    address = made.headers["Location"]
    evening.desk.post(f"{address}/ecarter", data={"ref": "CHA1-C-2", "motive": "off_topic"})
    with evening.evening.house.database.reading() as db:
        forum = db.scalars(select(Document).where(Document.kind == "forum")).one()
        choices = forum.settings
    content = evening.minutes.rooms.open(forum.id).content()
    assert "contribution" in repr(content)
    return [choices, content]


def prepared(folder: Path) -> Any:
    """Séances made from each template, and an activity of each kind."""
    evening = Evening(folder, [], opened=False)
    desk = desk_of(evening)
    token = {"csrf_token": TOKEN.findall(desk.get("/seances/nouvelle").text)[0]}
    for template in TEMPLATES:
        answer = desk.post("/seances", data={**token, "template": template})
        assert answer.status_code == 303, template
    address = answer.headers["Location"]
    with evening.house.database.reading() as db:
        blank = db.scalars(select(WorkshopSession).where(WorkshopSession.title == BLANK.title)).one()
    desk.post(f"{address}/sequences", data={**token, "title": "Un moment", "minutes": "30"})
    with evening.house.database.reading() as db:
        row = db.scalars(select(Sequence).where(Sequence.session_id == blank.id)).one()
    for kind in KINDS:
        desk.post(f"{address}/sequences/{row.key}/activites", data={**token, "kind": kind})
    with evening.house.database.reading() as db:
        sessions = [(one.title, one.question, one.colleges) for one in db.scalars(select(WorkshopSession))]
        sequences = [(one.title, one.instructions, one.notes) for one in db.scalars(select(Sequence))]
        activities = [
            (one.kind, one.question, one.settings, one.options) for one in db.scalars(select(Activity))
        ]
    assert {kind for kind, *_ in activities} == set(KINDS)
    return [sessions, sequences, activities]


def written_on(page: str) -> list[str]:
    """What a page gives to copy, without anybody's own link."""
    found = [SECRET.sub("", text) for text in WRITTEN.findall(page)]
    assert found
    return found


ROUTES = {
    "drafted": drafted,
    "published": published,
    "taken_away": taken_away,
    "gathered": gathered,
    "prepared": prepared,
}
