"""A document drawn: its body for the reading page, the preview, a published version. Templates are templates/minutes/_*.html."""

from __future__ import annotations

from markupsafe import Markup

from atelier import realtime
from atelier.drawing import Drawing
from atelier.i18n import DEFAULT, translations
from atelier.minutes.content import Content
from atelier.minutes.reading import Draw, prepare, rendered, shown
from atelier.minutes.sources import Source, Sources


def say(sentence: str) -> str:
    """Return a sentence in the language of documents."""
    return translations(DEFAULT).gettext(sentence)


def body_of(drawing: Drawing, content: Content, sources: Sources, writing: bool = False) -> Markup:
    """Return the body of a document as HTML. `writing`: with empty parts, and whence each block of the app comes.

    Markdown is drawn in a native thread: a long text stops nobody.
    """
    realtime.offload(lambda: prepare(content, say))
    parts = shown(rendered(content, sources, figures(drawing, sources), say, heads=writing), writing)
    return Markup(drawing.draw("minutes/_body.html", parts=parts, writing=writing))  # noqa: S704 - our own template


def figures(drawing: Drawing, sources: Sources) -> Draw:
    """Return what draws the chart of a vote with its data table."""

    def draw(source: Source, words: str) -> str:
        colleges = sources.colleges.get(source.reference, ())
        return drawing.draw(
            "minutes/_figure.html", vote=source.vote, ref=source.ref, words=words, colleges=colleges
        )

    return draw
