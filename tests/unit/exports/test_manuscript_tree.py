"""pandoc's tree between our page and the files: notes, sources, figures, nothing raw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.exports.manuscript import tree, typesetting

STR = {"t": "Str", "c": "mot"}


def para(*inlines: tree.Node) -> tree.Node:
    return {"t": "Para", "c": list(inlines)}


def link(text: str, target: str, classes: list[str], ref: str = "") -> tree.Node:
    attributes = [["ref", ref]] if ref else []
    return {"t": "Link", "c": [["", classes, attributes], tree.words(text), [target, ""]]}


def whole(*blocks: tree.Node) -> tree.Node:
    return {"pandoc-api-version": [1, 23, 1, 1], "meta": {}, "blocks": list(blocks)}


def test_a_citation_keeps_its_label_and_gains_the_note_of_its_source() -> None:
    page = whole(para(STR, link("C-12", "/r/DK2/C-12", ["citation"], "DK2-C-12")))
    made = tree.with_sources(page, {"DK2-C-12": "« Le bus du soir »"})
    label, note = made["blocks"][0]["c"][1:]
    assert label == {"t": "Str", "c": "C-12"}
    assert note == tree.note("« Le bus du soir »")


def test_a_source_cited_again_has_its_note_once() -> None:
    again = link("C-12", "/r/DK2/C-12", ["citation"], "DK2-C-12")
    made = tree.with_sources(whole(para(again, {"t": "Space"}, again)), {"DK2-C-12": "« Le bus du soir »"})
    assert [node["t"] for node in made["blocks"][0]["c"]] == ["Str", "Note", "Space", "Str"]


@pytest.mark.parametrize(
    ("word", "raw", "rest"),
    [
        ("1.", "1\\.", []), ("12)", "12\\)", []), ("+", "\\+", []), ("-", "\\-", []), ("==", "\\=\\=", []), ("/", "\\/", []),
        ("-x", "\\-", ["x"]),
    ],
)  # fmt: skip
def test_a_sign_that_begins_a_cell_is_words_for_typst(word: str, raw: str, rest: list[str]) -> None:
    [made] = tree.for_typst(whole({"t": "Plain", "c": [{"t": "Str", "c": word}, STR]}))["blocks"]
    assert made["c"] == [
        {"t": "RawInline", "c": ["typst", raw]},
        *({"t": "Str", "c": letters} for letters in rest),
        STR,
    ]


def test_letters_that_typst_makes_into_signs_stay_letters() -> None:
    [made] = tree.for_typst(whole(para({"t": "Str", "c": "peut-?être..."})))["blocks"]
    assert [node["c"] for node in made["c"]] == ["peut", ["typst", "\\-"], "?être", ["typst", "\\."], ".."]
    plain = whole(para({"t": "Str", "c": "porte-à-porte"}, {"t": "Str", "c": "1.5"}))
    assert tree.for_typst(plain) == plain


def test_columns_start_at_the_left_for_typst() -> None:
    table = {
        "t": "Table",
        "c": [["", [], []], [None, []], [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]], [], [], []],
    }
    [drawn] = tree.for_typst(whole(table))["blocks"]
    assert drawn["c"][2] == [[{"t": "AlignLeft"}, {"t": "ColWidthDefault"}]]


@pytest.mark.parametrize(
    "target",
    [
        "",
        " ",
        "#ailleurs",
        "page",
        "?a=1",
        "//ailleurs.exemple",
        "\\\\poste\\dossier",
        "file:///x",
        "https://",
        "ms-word:x",
    ],
)
def test_a_link_that_leads_nowhere_once_the_file_is_away_is_its_words(target: str) -> None:
    page = whole(para(link("ici", target, [])))
    assert tree.with_real_links(page, "https://atelier.exemple")["blocks"] == [para(*tree.words("ici"))]


def test_links_that_lead_somewhere_stay_and_those_of_the_site_are_written_whole() -> None:
    heading = {"t": "Header", "c": [1, ["la-suite", [], []], [STR]]}
    kept = [link("ici", target, []) for target in ("https://exemple.fr", "mailto:a@exemple.fr", "#la-suite")]
    made = tree.with_real_links(
        whole(heading, para(*kept, link("ici", "/r/DK2/C-3", []))), "https://atelier.exemple"
    )
    assert made["blocks"][1] == para(*kept, link("ici", "https://atelier.exemple/r/DK2/C-3", []))


def test_a_citation_without_source_keeps_its_label_alone() -> None:
    page = whole(para(link("C-99", "/r/DK2/C-99", ["citation"], "DK2-C-99")))
    assert tree.with_sources(page, {})["blocks"] == [para({"t": "Str", "c": "C-99"})]


def test_a_link_that_is_no_citation_stays_a_link() -> None:
    page = whole(para(link("page", "https://exemple.fr", [])))
    assert tree.with_sources(page, {"": "x"}) == page


def test_footnotes_of_the_page_become_notes_where_they_are_called() -> None:
    called = {"t": "Superscript", "c": [link("[1]", "#note-s1-1", [])]}
    body = {"t": "Div", "c": [["note-s1-1", [], []], [para(STR, link("↩", "#ref-s1-1", ["note-back"]))]]}
    listed = {"t": "OrderedList", "c": [[1, {"t": "DefaultStyle"}, {"t": "DefaultDelim"}], [[body]]]}
    page = whole(para(called), {"t": "Div", "c": [["", ["section", "notes"], []], [listed]]})
    assert tree.with_notes(page)["blocks"] == [para({"t": "Note", "c": [para(STR)]})]


def test_an_image_that_is_none_of_ours_leaves_its_words_and_asks_for_nothing() -> None:
    image = {
        "t": "Image",
        "c": [["", [], []], tree.words("un plan"), ["http://ailleurs.exemple/plan.png", ""]],
    }
    ours = {"t": "Image", "c": [["", [], []], [], ["figure:V-2", ""]]}
    made = tree.with_figures(whole(para(image), para(ours)), {"figure:V-2": lambda: [STR]})
    assert made["blocks"] == [para(*tree.words("un plan")), para(STR)]


@pytest.mark.parametrize("kind", ["RawBlock", "RawInline"])
def test_a_tree_with_something_raw_is_refused(kind: str) -> None:
    raw = {"t": kind, "c": ["typst", '#read("/etc/passwd")']}
    assert tree.guarded(whole(para(STR))) == whole(para(STR))
    with pytest.raises(ValueError, match="raw"):
        tree.guarded(whole(para(raw)))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_words_say_the_same_text_again(text: str) -> None:
    said = "".join(node.get("c", " ") for node in tree.words(text))
    assert said == text


@given(st.text())
def test_a_typst_string_cannot_be_left(text: str) -> None:
    made = typesetting.string(text)
    inside = made[1:-1]
    assert made[0] == made[-1] == '"'
    assert inside.replace("\\\\", "").replace('\\"', "").count('"') == 0
    assert not inside.replace("\\\\", "").replace('\\"', "").endswith("\\")
    assert "\n" not in inside


@given(st.lists(st.integers(1, 6), max_size=12))
def test_headings_start_at_one_and_never_skip_a_level(levels: list[int]) -> None:
    headings = [{"t": "Header", "c": [level, ["", [], []], [STR]]} for level in levels]
    made = [node["c"][0] for node in tree.with_levels(whole(*headings))["blocks"]]
    assert len(made) == len(levels)
    assert all(after <= before + 1 for before, after in zip([0, *made], made, strict=False))
    assert min(made, default=1) == 1


def test_headings_without_a_gap_keep_their_depths() -> None:
    headings = [{"t": "Header", "c": [level, ["", [], []], [STR]]} for level in (2, 3, 4, 3, 2)]
    assert [node["c"][0] for node in tree.with_levels(whole(*headings))["blocks"]] == [1, 2, 3, 2, 1]


def test_marks_very_deep_are_kept_to_a_depth_with_all_their_words() -> None:
    deep: tree.Node = STR
    for _ in range(100):
        deep = {"t": "Emph", "c": [deep]}
    quoted: tree.Node = para(deep)
    for _ in range(100):
        quoted = {"t": "BlockQuote", "c": [quoted]}
    made = tree.with_depth([quoted, para(STR)], 24)
    assert sum(node["t"] in tree.NESTED for node in tree.nodes(made)) == 24
    assert [node for node in tree.nodes(made) if node["t"] == "Str"] == [STR, STR]
