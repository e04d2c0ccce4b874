"""Makes one file of a manuscript: PDF, ODT, DOCX. HTML and Markdown need no converter (views)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from atelier.exports.files import converters
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.files.office import dressed
from atelier.exports.manuscript.figure import Figure
from atelier.exports.manuscript.lists import with_whole_items
from atelier.exports.manuscript.manuscript import (
    Manuscript,
    file_of,
    finished,
    for_office,
    images_of,
    page_html,
    printable,
    text_html,
)
from atelier.exports.manuscript.paper import for_press
from atelier.exports.manuscript.typesetting import by_number, picture_pages, typst_page

CONVERTED = ("pdf", "odt", "docx")
ROW_BITS = (
    6 * [0] + 6 * [7] + 6 * [12] + 8 * [15]
)  # of each attempt: one character, then rows of 128, of 4,096, of 32,768
RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


def made(form: str, manuscript: Manuscript) -> bytes:
    """Return the file in one of CONVERTED; ConversionFailed when a converter says no."""
    if form == "pdf":
        page = for_press(converters.tree_of(text_html(manuscript)), manuscript)
        return _pressed(manuscript, converters.written(page, "typst").decode())
    page = finished(converters.tree_of(page_html(manuscript)), manuscript)
    pictures = _pictures(tuple(figure.svg for figure in manuscript.figures.values()))
    drawn = dict(zip(manuscript.figures, pictures, strict=True))
    said = [manuscript.figures[name].said for name in images_of(page) if name in manuscript.figures]
    office = for_office(page, manuscript, drawn)
    body = converters.written(with_whole_items(office) if form == "docx" else office, form)
    return dressed(form, body, manuscript, said)


def _pressed(manuscript: Manuscript, body: str) -> bytes:
    """Set the PDF. A character that no font of ours has is written by its number: one card must not keep all from being read.

    Typst names one at a time: after some, its whole row of the table of characters is taken with it.
    """
    text = printable(typst_page(manuscript, body))
    drawings = _drawings(manuscript.figures)
    for row in ROW_BITS:
        try:
            return converters.pressed(text, drawings)
        except ConversionFailed as error:
            missing = UNPRINTABLE.search(error.said)
            if missing is None:
                raise
            named = RUST_ESCAPE.sub(lambda found: chr(int(found[1], 16)), missing[1])
            text = by_number(text, named, row)
            drawings = {name: by_number(svg.decode(), named, row).encode() for name, svg in drawings.items()}
    raise ConversionFailed("refused")


def _drawings(figures: Mapping[str, Figure]) -> dict[str, bytes]:
    return {file_of(address): printable(figure.svg).encode() for address, figure in figures.items()}


@lru_cache(maxsize=8)
def _pictures(drawings: tuple[str, ...]) -> tuple[str, ...]:
    """Return each drawing as PNG in base64, what every office program shows: all in one run, kept for the next format."""
    if not drawings:
        return ()
    files = {f"{place}.svg": printable(svg).encode() for place, svg in enumerate(drawings)}
    return tuple(converters.pressed(picture_pages(files), files, "png").decode().splitlines())
