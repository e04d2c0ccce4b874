"""Lists for office files: no table inside, no item cut into several lists when the file is read again."""

from __future__ import annotations

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.lists import with_tables_apart, with_whole_items
from tests.unit.exports.test_manuscript_tree import STR, para, whole
from tests.unit.exports.test_paper import table

STYLE = [{"t": "Decimal"}, {"t": "Period"}]


def numbered(start: int, *items: list[tree.Node]) -> tree.Node:
    return {"t": "OrderedList", "c": [[start, *STYLE], list(items)]}


def test_a_table_of_an_item_stands_after_it_and_the_numbers_go_on() -> None:
    inside = {"t": "Div", "c": [["", ["table"], []], [table(["a"], ["b"])]]}
    made = with_tables_apart(whole(numbered(3, [para(STR)], [para(STR), inside], [para(STR)])))
    assert made["blocks"] == [numbered(3, [para(STR)], [para(STR)]), inside, numbered(5, [para(STR)])]


def test_a_list_without_a_table_stays_one() -> None:
    page = whole(numbered(1, [para(STR)], [para(STR), {"t": "BulletList", "c": [[para(STR)]]}]))
    assert with_tables_apart(page) == page


def test_a_table_of_a_list_in_a_list_leaves_both() -> None:
    nested = {"t": "BulletList", "c": [[para(STR), table(["a"], ["b"])]]}
    [first, placed] = with_tables_apart(whole({"t": "BulletList", "c": [[para(STR), nested]]}))["blocks"]
    assert first == {"t": "BulletList", "c": [[para(STR), {"t": "BulletList", "c": [[para(STR)]]}]]}
    assert placed["t"] == "Table"


def test_the_paragraphs_of_an_item_become_lines_of_one_and_a_list_in_it_stays() -> None:
    inner = {"t": "BulletList", "c": [[para(STR)]]}
    [made] = with_whole_items(whole(numbered(1, [para(STR), para(STR), inner, para(STR)])))["blocks"]
    assert made == numbered(1, [para(STR, {"t": "LineBreak"}, STR), inner, para(STR)])
