"""Every page that links lead to, read by a facilitator whose browser speaks English; and what stays French whoever acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from flask.testing import FlaskClient

from tests.web.english import leftovers
from tests.web.minutes_evening import MinutesEvening

LINK = re.compile(r'href="(/[^"#]*)')
# Nothing to read, somebody else's right to end, or the other language.
SKIPPED = re.compile(r"^/(?:static|deconnexion)|\?lang=|\.(?:csv|ics|json|md|odt|docx|pdf|html|svg)$")
FOR_THE_ROOM = re.compile(
    r"^/ecran/|/apercu/\w+/screen|/imprimer/|/depouillement/|/fiche-papier|forum/[\w-]+/ecran$"
)


def english(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def walk(client: FlaskClient, *starts: str) -> Iterator[tuple[str, str]]:
    """Every page that these lead to, once per shape of address (two séances have the same pages)."""
    waiting, seen = list(starts), set()
    while waiting:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "0", path)
        if shape in seen or SKIPPED.search(path):
            continue
        seen.add(shape)
        answer = client.get(path, follow_redirects=True)
        if answer.mimetype == "text/html" and answer.status_code != 404:
            yield path, answer.text
            waiting += [unescape(link) for link in LINK.findall(answer.text)]


def known_of(evening: MinutesEvening) -> tuple[object, ...]:
    return (evening.evening.state, evening.room.content(), evening.document().title)


def test_pages_of_a_facilitator_have_no_french_left(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path)
    english(evening.desk)
    left = {}
    pages = 0
    for path, page in walk(
        evening.desk, "/", "/seances/", "/pupitre/482137", f"{evening.at}/suivi", evening.at
    ):
        pages += 1
        if FOR_THE_ROOM.search(path):
            assert '<html lang="fr"' in page, path
            continue
        assert '<html lang="en"' in page or "<html" not in page, path
        found = leftovers(page, *known_of(evening))
        if found:
            left[path] = found
    print(pages)
    assert left == {}
