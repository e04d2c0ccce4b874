"""Every address that a reader or a writer of documents may ask for, in every format, and every byte that is kept.

The addresses come from the application's own list: a route that is new is walked, or the walk says that it does not know it.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pypdfium2
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

FORMATS = ("md", "html", "odt", "docx", "pdf")
SHELVES = {"comptes-rendus": "CHA1", "contributions-au-forum": "F1"}
CODE = "482137"
# What has no word of a document or a séance in it, or is another séance's.
OUTSIDE = frozenset({
    "health.alive", "health.metrics", "health.ready", "static_files.service_worker",
    "live.ask_code", "live.ask_keep_code", "live.follow_link", "live.find_my_cards", "live.keep_qr", "live.preview_surface",
    "minutes.follow_review_link", "minutes.show_invitation",
    "people.accessibility", "people.ask_contact", "people.ask_restore_code", "people.ask_sign_in", "people.ask_sign_out",
    "people.contact_kept", "people.help_page", "people.installation", "people.legal_notice", "people.offer_sign_in",
    "people.privacy", "workshops.ask_new",
})  # fmt: skip
# More than one thing to ask of some addresses.
QUERIES = {
    "minutes.reading": ("", "?apercu=1"),
    "minutes.source": ("", "?fiche=1", "?v=1"),
    "minutes.compare_versions": ("?de=1", "?de=1&a=2", "?de=2&a=texte", "?de=envoi"),
    "minutes.ask_form": ("?partie=plus", "?partie=case"),
    "forum.prepare": ("", "?tout=1"),
    "exports.reference": ("", "?recit=1"),
    "workshops.sessions": ("", "?q=parle", "?q=Zykowska"),
}
NUMBERS = (1, 2, 3)


def addresses(app: Flask, stem: str = "compte-rendu") -> Iterator[tuple[str, str]]:
    """Yield (endpoint, address) for everything that may be asked for. AssertionError when the walk does not know a route."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        endpoint = str(rule.endpoint)
        if "GET" not in (rule.methods or ()) or endpoint in OUTSIDE or endpoint.startswith("static"):
            continue
        for path in _filled(rule):
            for query in QUERIES.get(endpoint, ("",)):
                yield endpoint, path + query


def _filled(rule: Rule) -> list[str]:
    """Return the addresses of a route: its places filled in with all that there is."""
    paths = [rule.rule]
    for name in sorted(rule.arguments - set(rule.defaults or ())):
        values = _values(rule, name)
        place = re.compile(rf"<(?:[^<>]*:)?{name}>")
        paths = [place.sub(lambda _, one=value: quote(str(one)), path) for path in paths for value in values]  # type: ignore[misc]
    if "shelf" in rule.arguments:
        return [path.replace("REFERENCE", SHELVES[path.split("/")[1]]) for path in paths]
    return [path.replace("REFERENCE", "F1" if "forum" in path else "CHA1") for path in paths]


def _values(rule: Rule, name: str) -> tuple[object, ...]:
    documents = "/fichiers/" in rule.rule
    known: dict[str, tuple[object, ...]] = {
        "shelf": tuple(SHELVES),
        "reference": ("REFERENCE",),
        "number": NUMBERS if "versions" in rule.rule else (1,),
        "ref": ("C-1", "C-2", "V-1"),
        "code": (CODE,),
        "session_id": (1,),
        "key": ("a1", "a2", "a6"),
        "vote": ("V-1",),
        "keep": ("abcd-efgh-jkmn",),
        "name": tuple(f"texte.{form}" for form in FORMATS)
        if documents
        else ("cartes.csv", "contributions.csv", "recit.md", "seance.json"),
    }
    assert name in known, f"the walk does not know how to fill <{name}> in {rule.rule}"
    return known[name]


def walked(app: Flask, client: FlaskClient) -> dict[str, str]:
    """Return everything that one visitor is given, as words: address -> words."""
    found = {}
    for endpoint, address in addresses(app):
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code < 500, (address, answer.status_code)
        form = address.rpartition(".")[2].partition("?")[0]
        is_file = answer.status_code == 200 and "attachment" in answer.headers.get("Content-Disposition", "")
        words = words_of_file(form, answer.data) if is_file else words_of_html(answer.text)
        found[f"{endpoint} {address}"] = words
    return found


def words_of_html(html: str) -> str:
    """Return everything that a page holds, attributes and hidden parts included."""
    return plain(f"{html} {re.sub('<[^>]*>', '', html)}")


def words_of_file(form: str, body: bytes) -> str:
    if form == "pdf":
        return plain(words_of_pdf(body))
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            parts = [file.read(name).decode("utf-8", "ignore") for name in file.namelist()]
        return words_of_html(" ".join(parts))
    return words_of_html(body.decode("utf-8", "ignore"))


def words_of_pdf(body: bytes) -> str:
    """Return the words of every page, as a reader of PDF files finds them."""
    with pypdfium2.PdfDocument(body) as pages:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def plain(text: str) -> str:
    """Return a text with one kind of space and of apostrophe."""
    return re.sub(r"[\s\u00a0\u00ad]+", " ", unicodedata.normalize("NFC", unescape(text)).replace("’", "'"))


def times_kept(folder: Path, words: str) -> int:
    """Count some words in every byte that the installation keeps: the database, its write-ahead log, the files kept ready."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    spelled = {words.encode(), json.dumps(words)[1:-1].encode()}
    count = sum(path.read_bytes().count(one) for path in files for one in spelled)
    ready = [path for path in files if "files" in path.parts and not path.name.startswith(".")]
    return count + sum(
        words_of_file(path.suffix[1:], path.read_bytes()).count(plain(words)) for path in ready
    )
