"""What only paper needs: sources at the end, addresses that can be read, tables and leads that stay together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.figure import Figure
from atelier.exports.manuscript.manuscript import Cited, Manuscript
from atelier.exports.manuscript.paper import for_press
from atelier.exports.manuscript.tables import shares_of, with_columns
from atelier.exports.manuscript.typesetting import typst_page
from tests.unit.exports.test_manuscript_tree import STR, link, para, whole

CITED = Cited("DK2-C-12", "C-12", "« Le bus du soir ». Habitants.", "https://atelier.exemple/r/DK2/C-12")
WORDS = {
    "contents": "Sommaire",
    "sources": "Sources",
    "sources_at": "À {address} pour {ref}.",
    "told": "Un filet.",
}
LISTED = {"t": "BulletList", "c": [[{"t": "Plain", "c": [STR]}]]}


def manuscript(**more: object) -> Manuscript:
    given: dict[str, object] = {"sources": {"DK2-C-12": CITED}, "headings": WORDS, **more}
    return Manuscript("Le bus", "DK2-compte-rendu", "", "", **given)  # type: ignore[arg-type]


def raws(page: tree.Node) -> list[str]:
    return [node["c"][1] for node in tree.nodes(page["blocks"]) if node["t"] in tree.RAW]


def table(*rows: list[str], caption: bool = False) -> tree.Node:
    """A table of words: its first row is its head."""
    nothing = ["", [], []]

    def row(cells: list[str]) -> object:
        side = {"t": "AlignDefault"}
        return [nothing, [[nothing, side, 1, 1, [{"t": "Plain", "c": tree.words(cell)}]] for cell in cells]]

    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    said = [{"t": "Plain", "c": [STR]}] if caption else []
    head, body = [nothing, [row(rows[0])]], [[nothing, 0, [], [row(cells) for cells in rows[1:]]]]
    return {"t": "Table", "c": [nothing, [None, said], columns, head, body, [nothing, []]]}


def test_a_citation_leads_to_its_source_which_stands_once_at_the_end() -> None:
    cited = link("C-12", "https://atelier.exemple/r/DK2/C-12", ["citation"], "DK2-C-12")
    page = for_press(whole(para(cited, STR, cited)), manuscript())
    assert raws(page) == ['#source("source-DK2-C-12", "C-12")'] * 2
    text = typst_page(manuscript(), "")
    assert text.count("« Le bus du soir »") == 1
    assert text.count('#label("source-DK2-C-12")') == 1
    assert 'link("https://atelier.exemple/r/DK2/C-12", strong("C-12"))' in text
    assert '#"À https://atelier.exemple/r/DK2/C-12 pour C-12."' in text


def test_sources_stand_in_the_order_of_their_numbers() -> None:
    numbers = {f"DK2-{ref}": Cited(f"DK2-{ref}", ref, "x", "") for ref in ("V-2", "C-100", "C-9", "H-3")}
    text = typst_page(manuscript(sources=numbers), "")
    assert sorted(numbers, key=lambda ref: text.index(f'label("source-{ref}")')) == [
        "DK2-C-9", "DK2-C-100", "DK2-H-3", "DK2-V-2",
    ]  # fmt: skip


def test_a_citation_whose_source_is_gone_is_a_label_alone() -> None:
    page = for_press(whole(para(link("C-99", "/r/DK2/C-99", ["citation"], "DK2-C-99"))), manuscript())
    assert page["blocks"] == [para({"t": "Str", "c": "C-99"})]


def test_the_address_of_a_link_is_read_on_paper_once_and_never_lost() -> None:
    named, bare = (
        link("la mairie", "https://mairie.exemple/a", []),
        link("mairie.exemple", "https://mairie.exemple/", []),
    )
    page = for_press(whole(para(named, bare)), manuscript())
    assert page["blocks"] == [para(named, tree.note("https://mairie.exemple/a"), bare)]
    heading = {"t": "Header", "c": [1, ["", [], []], [named]]}
    [made] = for_press(whole(heading), manuscript())["blocks"]
    assert made["c"][2] == [named, *tree.words("\u00a0(https://mairie.exemple/a)")]


def test_a_paragraph_stays_with_the_list_or_the_figure_that_it_announces() -> None:
    figure = Figure("<svg/>", "Trois gommettes", (), ())
    picture = para({"t": "Image", "c": [["", [], []], [], ["figure:V-2", ""]]})
    page = for_press(whole(para(STR), LISTED, para(STR), picture), manuscript(figures={"figure:V-2": figure}))
    kinds = [node["c"][1] if node["t"] == "RawBlock" else node["t"] for node in page["blocks"]]
    assert kinds == ["#lead[", "Para", "]", "BulletList", "#lead[", "Para", "]", "Para"]
    assert raws(page)[-1] == '#image("V-2.svg", width: 37.5em, alt: "Trois gommettes")'


@pytest.mark.parametrize(("letters", "short"), [(100, "true"), (2000, "false")])
def test_a_block_of_the_app_bears_a_rule_and_a_short_one_is_not_cut(letters: int, short: str) -> None:
    words = {"t": "Para", "c": tree.words("mots " * (letters // 5))}
    block = {"t": "Div", "c": [["", ["block", "is-intact"], []], [words]]}
    assert raws(for_press(whole(block), manuscript())) == [f"#told(whole: {short})[", "]"]


def test_what_follows_the_numbered_parts_is_set_smaller() -> None:
    heading = {"t": "Header", "c": [1, ["", ["annex"], []], [STR]]}
    assert raws(for_press(whole(para(STR), heading), manuscript())) == ["#show: annexed"]


def test_a_column_of_figures_stands_at_its_right_in_our_tables_and_in_nobody_else_s() -> None:
    rows = (["Proposition", "Personnes", "Part"], ["Le bus", "12", "52\u00a0%"], ["La garde", "9", "–"])
    sides = [
        [
            side["t"]
            for side, _ in with_columns(whole(table(*rows, caption=ours)), fitted=True)["blocks"][0]["c"][2]
        ]
        for ours in (True, False)
    ]
    assert sides == [["AlignDefault", "AlignRight", "AlignRight"], ["AlignDefault"] * 3]


def test_a_narrow_table_is_fitted_by_typst_and_a_wide_one_gives_room_to_its_words() -> None:
    narrow, wide = table(["a", "b"], ["c", "d"]), table(["Proposition", "n"], ["des mots " * 30, "4"])
    first, second = with_columns(whole(narrow, wide), fitted=True)["blocks"]
    assert [width["t"] for _, width in first["c"][2]] == ["ColWidthDefault"] * 2
    shares = [width["c"] for _, width in second["c"][2]]
    assert shares[0] > 0.9
    assert 0 < shares[1] < 0.1


@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 400), max_size=5), st.integers(0, 60)), min_size=1, max_size=30
    )
)
def test_shares_never_pass_the_width_of_the_page_and_every_column_has_one(
    columns: list[tuple[list[int], int]],
) -> None:
    shares = shares_of([cells for cells, _ in columns], [word for _, word in columns])
    assert len(shares) == len(columns)
    assert min(shares) > 0
    assert sum(shares) <= 1.001
