"""Makes one file of a manuscript: PDF, ODT, DOCX. HTML and Markdown need no converter (views)."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from atelier.exports.files import converters
from atelier.exports.manuscript.figure import Figure
from atelier.exports.manuscript.manuscript import (
    Manuscript,
    file_of,
    finished,
    for_office,
    for_press,
    page_html,
)
from atelier.exports.manuscript.typesetting import picture_page, typst_page

CONVERTED = ("pdf", "odt", "docx")


def made(form: str, manuscript: Manuscript) -> bytes:
    """Return the file in one of CONVERTED; ConversionFailed when a converter says no."""
    page = finished(converters.tree_of(page_html(manuscript)), manuscript)
    if form == "pdf":
        body = converters.written(for_press(page, manuscript), "typst").decode()
        source = typst_page(manuscript.title, manuscript.authors, manuscript.foot, body)
        return converters.pressed(source, _drawings(manuscript.figures))
    pictures = {address: _picture(figure) for address, figure in manuscript.figures.items()}
    return converters.written(for_office(page, manuscript, pictures), form)


def _drawings(figures: Mapping[str, Figure]) -> dict[str, bytes]:
    return {file_of(address): figure.svg.encode() for address, figure in figures.items()}


def _picture(figure: Figure) -> str:
    """Return a figure as PNG in base64: what every office program shows."""
    drawn = converters.pressed(picture_page("figure.svg"), {"figure.svg": figure.svg.encode()}, "png")
    return base64.b64encode(drawn).decode()
