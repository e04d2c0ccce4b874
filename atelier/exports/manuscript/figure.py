"""A result as one drawing that stands alone: the chart of the screen, its rows and its legend, for PDF, ODT and DOCX.

The chart is drawn once, by templates/charts; here its drawings are laid on one sheet with the words that CSS would place.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from atelier.exports.manuscript.elements import Element, parsed
from atelier.exports.manuscript.fonts import TEXT, runs

WIDTH = 640
LINE = 20  # between two lines of text
LETTERS = 84  # of a line of label; less what its figures take beside it
SHORTEST = 48  # letters of a label: with less, its figures go under it
STICKER = 15  # the side of one sticker
HEIGHTS = {"bar": 26, "solid": 18, "columns": 130}
WORDS = ("result-label",)
FIGURES = ("result-total", "agreement-word", "merit-grade", "scale-median")
NUMBERS = ("result-number", "result-rank")
DARK = frozenset({"violet", "violet-fonce", "soleil-encre"})
TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,6});")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, the sentence that says it (its alternative), the tables and the sentences that go with it."""

    svg: str
    said: str
    tables: tuple[str, ...]
    sentences: tuple[str, ...]


def palette_of(tokens: str) -> dict[str, str]:
    """Return colour name -> `#rrggbb` from the text of tokens.css."""
    return dict(TOKEN.findall(tokens))


def figure_of(chart: str, palette: Mapping[str, str]) -> Figure:
    """Return the figure of one chart, as `result_chart(…, size="doc")` draws it."""
    page = parsed(chart)
    caption = page.first(tag="figcaption")
    title = caption.text() if caption else ""
    said = [drawing.attributes.get("aria-label", "") for drawing in page.every(tag="svg")]
    feet = [item.text() for css in ("result-notes", "result-foot") for item in _items(page, css)]
    return Figure(
        svg=_sheet(page, palette),
        said=" ".join(filter(None, [title, *said])),
        tables=tuple(table.markup() for table in page.every(tag="table", css="data-table")),
        sentences=tuple(filter(None, [title, *feet])),
    )


def _items(page: Element, css: str) -> Iterator[Element]:
    for kept in page.every(css=css):
        yield from kept.every(tag="li")


# ---------------------------------------------------------------- the sheet


def _sheet(page: Element, palette: Mapping[str, str]) -> str:
    drawn: list[str] = []
    y = 4
    for line in _legend(page):
        drawn.append(f'<g transform="translate(0 {y})">{line}</g>')
        y += LINE + 4
    y += 6 if drawn else 0
    for row in _rows(page):
        piece, height = _row(row)
        drawn.append(f'<g transform="translate(0 {y})">{piece}</g>')
        y += height + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}">'
        f"<style>{_style(palette)}</style>{''.join(drawn)}</svg>"
    )


def _legend(page: Element) -> Iterator[str]:
    """One line after another of squares and words."""
    drawn, x = "", 0
    for item in _items(page, "legend"):
        words, swatch = item.text(), item.first(tag="svg")
        wide = 34 + 7 * len(words)
        if drawn and x + wide > WIDTH:
            yield drawn
            drawn, x = "", 0
        square = _placed(swatch, x, 2, 16, 16) if swatch else ""
        drawn += f'{square}<text x="{x + 22}" y="15" class="legend">{_letters(words)}</text>'
        x += wide
    if drawn:
        yield drawn


def _rows(page: Element) -> list[Element]:
    rows = [row for kept in page.every(css="result-rows") for row in kept.every(tag="li")]
    return rows or list(page.every(css="result-drawing"))


def _row(row: Element) -> tuple[str, int]:
    """Draw a row: number, label and figures on top, the drawing below; return it with its height."""
    number, label = _words(row, NUMBERS), _words(row, WORDS)
    figures = _figures(row)
    words = f"{number}. {label}" if number and not label.startswith(number) else label
    texts, top = _label(words, figures)
    drawing = next(
        (d for d in row.every(tag="svg") if d.classes & {"stickers", "solid", "bar", "columns"}), None
    )
    if drawing is None:
        return texts, top
    width, height = _size(drawing)
    top += 16 if "has-outside" in drawing.classes else 4
    return texts + _placed(drawing, 1, top, width, height), top + height


def _label(words: str, figures: str) -> tuple[str, int]:
    """Write the label with its figures at the right of its first line, or under it when there is no room; and the height."""
    room = LETTERS - 2 - len(figures) if figures else LETTERS
    lines = textwrap.wrap(words, room if room >= SHORTEST else LETTERS) if words else []
    texts = "".join(
        f'<text x="0" y="{15 + LINE * n}">{_letters(line)}</text>' for n, line in enumerate(lines)
    )
    if not figures:
        return texts, LINE * len(lines)
    if room >= SHORTEST:
        beside = f'<text x="{WIDTH - 2}" y="15" class="figures">{_letters(figures)}</text>'
        return texts + beside, LINE * max(len(lines), 1)
    under = f'<text x="0" y="{15 + LINE * len(lines)}" class="figures is-under">{_letters(figures)}</text>'
    return texts + under, LINE * (len(lines) + 1)


def _letters(text: str) -> str:
    """Write a text, each run that is not in the text face with the font that has it."""
    return "".join(
        escape(run) if family == TEXT else f'<tspan font-family="{family}">{escape(run)}</tspan>'
        for family, run in runs(text)
    )


def _words(row: Element, names: tuple[str, ...]) -> str:
    found = (element for css in names for element in row.every(css=css))
    return next((element.text() for element in found), "")


def _figures(row: Element) -> str:
    """The count and what goes with it, which CSS sets apart: « 10, 5 personnes »."""
    kept = next((element for css in FIGURES for element in row.every(css=css)), None)
    if kept is None:
        return ""
    pieces = [child.text() if isinstance(child, Element) else child.strip() for child in kept.children]
    return ", ".join(filter(None, pieces))


def _size(drawing: Element) -> tuple[int, int]:
    if "stickers" in drawing.classes:
        _, _, wide, high = (float(part) for part in drawing.attributes["viewBox"].split())
        scale = min(STICKER / 38, (WIDTH - 2) / wide)
        return round(wide * scale), round(high * scale)
    return WIDTH - 2, next(height for css, height in HEIGHTS.items() if css in drawing.classes)


def _placed(drawing: Element, x: int, y: int, width: int, height: int) -> str:
    """Lay a drawing of the chart at its place: its own widths are percents of it."""
    kept = {name: value for name, value in drawing.attributes.items() if name in {"class", "viewBox"}}
    place = {"x": str(x), "y": str(y), "width": str(width), "height": str(height), "overflow": "visible"}
    for inner in drawing.every(tag="svg", css="columns-plot"):
        inner.attributes["overflow"] = "visible"
    return Element("svg", kept | place, drawing.children).markup()


def _style(palette: Mapping[str, str]) -> str:
    ink, white = palette["encre"], palette["blanc"]
    fills = "".join(
        f".fill-{name} rect{{fill:{colour}}}.fill-{name} text{{fill:{white if name in DARK else ink}}}"
        for name, colour in sorted(palette.items())
    )
    return (
        f"text{{font-family:'{TEXT}',sans-serif;font-size:15px;fill:{ink}}}"
        f"rect{{stroke:{ink};stroke-width:1.5}}{fills}"
        f".figures{{text-anchor:end;font-weight:bold}}.is-under{{text-anchor:start}}.legend{{font-size:14px}}"
        f".segment text{{text-anchor:middle;dominant-baseline:central;font-weight:bold}}.segment .is-outside{{fill:{ink}}}"
        f".stickers circle{{fill:{palette['corail']};stroke:{ink};stroke-width:3}}"
        f".stickers .is-free{{fill:none}}.solid rect{{fill:{palette['corail']}}}"
        f".hatch line{{stroke:{ink};stroke-width:60;stroke-dasharray:1.4 6;opacity:0.55}}"
        f".fill-soleil-encre .hatch line{{stroke:{white}}}"
        f".leader,.base{{stroke:{ink};stroke-width:1.5}}"
        f".notch{{stroke:{ink};stroke-width:4}}.notch-ground{{stroke:{white};stroke-width:8}}"
        f".columns rect{{fill:{palette['violet-moyen']}}}.columns .is-middle rect{{fill:{palette['violet']}}}"
        f".columns text{{text-anchor:middle;font-weight:bold}}.columns .tick{{font-weight:normal}}"
        f".stickers *{{vector-effect:non-scaling-stroke}}"
    )
