"""Every page that links lead to, read by browsers that speak English: nothing in French but people's words and the room's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from atelier.minutes.models import Document
from atelier.workshops.kinds import KINDS
from atelier.workshops.models import Activity, Sequence
from tests.web.english import leftovers
from tests.web.exported import desk_of
from tests.web.live_ground import CODE, Evening
from tests.web.minutes_evening import MinutesEvening

LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
# Nothing to read, a right to end, the other language.
SKIPPED = re.compile(
    r"^/(?:static|deconnexion|vendor)|\?lang=|\.(?:csv|ics|js|json|md|odt|docx|pdf|html|svg)$"
)
FOR_THE_ROOM = re.compile(
    r"^/ecran/|/apercu/\w+/screen|/imprimer/|/depouillement/|/fiche-papier|forum/[\w-]+/ecran$"
)
NUMBER = re.compile(r"(?<![a-z\d])\d+")
MANY = 40


def in_english(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def walk(client: FlaskClient, *starts: str) -> Iterator[tuple[str, str]]:
    """Every page that these lead to, once per shape of address (two cards have the same page)."""
    waiting, seen = list(starts), set()
    while waiting:
        path = waiting.pop(0)
        shape = NUMBER.sub("0", path)
        if shape in seen or SKIPPED.search(path):
            continue
        seen.add(shape)
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html" and answer.status_code != 404:
            yield path, answer.text
            waiting += [unescape(link) for link in LINK.findall(answer.text)]


def french_on(pages: Iterator[tuple[str, str]], *known: object) -> tuple[set[str], dict[str, list[str]]]:
    """Walk; return the addresses read, and what is French on those that are not for the room."""
    read, left = set(), {}
    for path, page in pages:
        read.add(path)
        if FOR_THE_ROOM.search(path):
            assert '<html lang="fr"' in page, path
        else:
            assert '<html lang="en"' in page or "<html" not in page, path
            left[path] = leftovers(page, *known)
    return read, {path: found for path, found in left.items() if found}


def known_of(evening: MinutesEvening) -> tuple[object, ...]:
    return (evening.evening.state, evening.room.content(), evening.document().title)


def test_a_closed_seance_and_its_draft(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path)
    pages = walk(
        in_english(evening.desk), "/", "/seances", f"/pupitre/{CODE}", f"{evening.at}/suivi", evening.at
    )
    read, left = french_on(pages, *known_of(evening))
    assert left == {}
    assert len(read) >= MANY
    assert {f"/seances/{CODE}/recit", f"{evening.at}/ecrire", f"/ecran/{CODE}"} <= read


def test_a_published_text_and_a_contribution(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path)
    evening.to_published()
    form = {"document": str(evening.id), "title": "Quels moyens ?", "group": "Nous"}
    forum = evening.desk.post("/contributions-au-forum/", data=form).headers["Location"]
    pages = walk(in_english(evening.desk), forum, evening.at, f"{evening.at}/envoi")
    with evening.evening.house.database.reading() as db:
        number = db.scalars(select(Document.id).where(Document.kind == "forum")).one()
    written = evening.minutes.rooms.open(number).content()
    read, left = french_on(pages, *known_of(evening), written, form)
    assert left == {}
    assert {
        f"{evening.at}/v1",
        f"{evening.at}/v1/fichiers",
        f"{forum.removesuffix('/preparer')}/ecrire",
    } <= read


def test_a_reader_s_own_link(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path)
    evening.fill()
    reader = in_english(evening.reader(evening.send()[0]))
    read, left = french_on(walk(reader, f"{evening.at}/relecture"), *known_of(evening))
    assert left == {}
    assert any("/relecture/demande" in path for path in read)


def test_a_seance_in_preparation_with_every_kind_of_activity(tmp_path: Path) -> None:
    evening = Evening(tmp_path, [], opened=False)
    desk = in_english(desk_of(evening))
    token = {"csrf_token": TOKEN.findall(desk.get("/seances/nouvelle").text)[0]}
    desk.post("/seances/1/sequences", data={**token, "title": "Un moment", "minutes": "30"})
    with evening.house.database.reading() as db:
        key = db.scalars(select(Sequence.key)).one()
    for kind in KINDS:
        desk.post(f"/seances/1/sequences/{key}/activites", data={**token, "kind": kind})
    with evening.house.database.reading() as db:
        written = [(one.question, one.settings) for one in db.scalars(select(Activity))]
    read, left = french_on(walk(desk, "/seances/1"), written)
    assert left == {}
    assert sum("/activites/" in path for path in read) == len(KINDS)
