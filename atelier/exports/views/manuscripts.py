"""The manuscript of a document as its files need it: title lines, public sources, figures of the installation's own charts."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from atelier.assets import asset_dir
from atelier.exports.manuscript.figure import palette_of
from atelier.exports.manuscript.manuscript import Manuscript
from atelier.exports.manuscript.web_page import with_notes
from atelier.exports.manuscript.writing import Writer
from atelier.exports.views.downloads import WATERMARK
from atelier.house import house
from atelier.i18n import DEFAULT, translations
from atelier.minutes.content import Content
from atelier.minutes.models import Document, Publication
from atelier.minutes.operations.drawing import figures
from atelier.minutes.sources import Sources, from_json, sources_of
from atelier.speech import Speech


def manuscript_of(document: Document, content: Content, publication: Publication | None) -> Manuscript:
    """Return the manuscript of a frozen version with the sources frozen in it, or of the draft with today's."""
    sources = from_json(publication.sources) if publication else public_sources(document)
    drawing = house().drawing
    speech = drawing.speech(DEFAULT)
    writer = Writer(sources, figures(drawing, sources), palette(), house().settings.public_url, speech)
    version = f"v{publication.number}" if publication else _("brouillon")
    shelf = "comptes-rendus" if document.kind == "minutes" else "contributions-au-forum"
    kind = _("compte rendu") if document.kind == "minutes" else _("contribution au forum")
    stem = f"{document.reference}-{kind}-{version}".replace(" ", "-")
    return writer.manuscript(
        content,
        stem,
        lines=_lines(document, publication, speech),
        authors=tuple(publication.facts.get("writers", ())) if publication else (),
        foot=f"{document.reference} · {content.title} · {version}",
        kind=kind[0].upper() + kind[1:],
        state=_state(publication),
        address=f"{house().settings.public_url}/{shelf}/{document.reference}"
        + (f"/v{publication.number}" if publication else ""),
    )


def public_sources(document: Document) -> Sources:
    """Return what the public may know of the sources of a document's draft."""
    if document.session_id is None:
        forum = house().parts.get("forum")
        return forum.sources(document, public=True) if forum else Sources()
    live = house().parts["live"]
    rows = live.recorder.rows(document.session_id)
    if not rows:
        return Sources()
    return sources_of(live.desk.state(document.session_id), rows, document.reference, public=True)


def standalone_page(manuscript: Manuscript) -> str:
    """Return the document as one HTML file that needs no other: clean, printable, its figures in it."""
    html = with_notes(manuscript.html, manuscript.sources, manuscript.headings["source_of"])
    for address, figure in manuscript.figures.items():
        html = html.replace(f'<img src="{address}"', f'<img src="{_data(figure.svg)}"')
    return house().drawing.draw(
        "exports/document_file.html", manuscript=manuscript, html=html, style=_style()
    )


@lru_cache(maxsize=1)
def palette() -> dict[str, str]:
    """Return the colours of the charts, from the tokens of the interface."""
    return palette_of((asset_dir("static") / "css" / "tokens.css").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _style() -> str:
    return (asset_dir("static") / "css" / "document-file.css").read_text(encoding="utf-8")


def _lines(document: Document, publication: Publication | None, speech: Speech) -> list[str]:
    """Return what stands under the title; where and when is said by the text itself, in its first section."""
    lines = [_(WATERMARK)] if document.confidential else []
    return [*lines, _status(publication, speech)]


def _status(publication: Publication | None, speech: Speech) -> str:
    if publication is None:
        return _("Brouillon, ni relu ni approuvé : ne pas diffuser.")
    said = _("Version %(number)s, publiée le %(day)s.") % {
        "number": publication.number,
        "day": _day(publication.published_at, speech),
    }
    return f"{said} SHA-256 : {publication.sha256}"


def _state(publication: Publication | None) -> str:
    """Return what every sheet says of itself: a draft, or a version with the start of its fingerprint."""
    if publication is None:
        return _("Brouillon, ne pas diffuser")
    return _("Version %(number)s · SHA-256 %(start)s…") % {
        "number": publication.number,
        "start": publication.sha256[:12],
    }


def _day(moment: datetime, speech: Speech) -> str:
    return speech.day(moment.astimezone(house().drawing.zone).date().isoformat())


def _data(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg)


def _(sentence: str) -> str:
    return translations(DEFAULT).gettext(sentence)
