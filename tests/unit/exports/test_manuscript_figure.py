"""The figure of a result says every number of the chart, and stands alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from atelier.exports.manuscript.figure import figure_of, palette_of
from tests.unit.chart_reading import drawn, every_result

TOKENS = Path(__file__).parents[3] / "static" / "css" / "tokens.css"
PALETTE = palette_of(TOKENS.read_text(encoding="utf-8"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("method", sorted(every_result()))
def test_a_figure_is_a_drawing_of_its_own_with_its_sentence_and_its_table(method: str) -> None:
    figure = figure_of(drawn(every_result()[method], "doc"), PALETTE)
    sheet = ET.fromstring(figure.svg)
    assert sheet.tag == f"{SVG}svg"
    assert "var(" not in figure.svg
    assert "href" not in figure.svg
    assert figure.said.strip()
    assert figure.tables
    assert "<th" in figure.tables[0]


def test_a_row_keeps_its_label_its_count_and_one_sticker_per_dot() -> None:
    figure = figure_of(drawn(every_result()["dot_vote"], "doc"), PALETTE)
    sheet = ET.fromstring(figure.svg)
    texts = [text.text for text in sheet.iter(f"{SVG}text")]
    assert texts[:2] == ["1. Défrayer la garde d'enfants", "10, 5 personnes"]
    stickers = [
        len(drawing.findall(f"{SVG}circle")) for drawing in sheet.iter(f"{SVG}svg") if drawing is not sheet
    ]
    assert stickers == [10, 9, 2]


def test_a_label_that_is_markup_stays_words() -> None:
    chart = drawn(every_result()["dot_vote"], "doc").replace("Répondre par écrit", "&lt;script&gt;&amp;amp;")
    sheet = ET.fromstring(figure_of(chart, PALETTE).svg)
    assert "2. <script>&amp;" in [text.text for text in sheet.iter(f"{SVG}text")]
    assert list(sheet.iter(f"{SVG}script")) == []


def test_a_long_label_takes_several_lines_and_pushes_what_follows() -> None:
    short = figure_of(drawn(every_result()["dot_vote"], "doc"), PALETTE)
    long = figure_of(
        drawn(every_result()["dot_vote"], "doc").replace("Tirer au sort", "Tirer au sort les places " * 6),
        PALETTE,
    )
    height = [int(ET.fromstring(figure.svg).get("height", "0")) for figure in (short, long)]
    assert height[1] == height[0] + 2 * 20


def test_figures_too_long_to_stand_beside_a_label_go_under_it() -> None:
    chart = drawn(every_result()["dot_vote"], "doc").replace("Tirer au sort", "Tirer au sort les places " * 3)
    said = "large accord, 30 favorables (75 %), 4 opposés (10 %)"
    [text] = [
        text
        for text in ET.fromstring(figure_of(chart.replace("5 personnes", said), PALETTE).svg).iter(
            f"{SVG}text"
        )
        if said in (text.text or "")
    ]
    assert (text.get("x"), text.get("class")) == ("0", "figures is-under")
