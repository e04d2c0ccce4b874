"""Markdown of documents as HTML: the dialect, and nothing that runs, is fetched or escapes its place."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from atelier.markdown import ATTRIBUTES, CLASSES, FIXED, TAGS, Citation, Words, filled, html, render
from atelier.minutes.blocks import blocks_of, written
from tests.conftest import DATA
from tests.unit.minutes.commonmark import EXAMPLES, TABLE, differences

SECURITY = DATA / "markdown-securite"
beside = pytest.mark.skipif(not SECURITY.is_dir(), reason="the corpora stand beside the project")
PLACES = (
    "{}", "Mot {} mot.", "# {}", "- {}", "> {}", "| {} |\n|---|\n| {} |", "[mot]({})", "[mot](<{}>)", "![mot]({})",
    '[mot](/x "{}")',
    "[{}](/x)", "[mot]\n\n[mot]: {}", "`{}`", "```{}\n{}\n```", "[^1]\n\n[^1]: {}", "terme\n: {}", "<{}>", "- [ ] {}",
)  # fmt: skip


class Elements(HTMLParser):
    """Every element with its attributes, and the text between them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(markup: str) -> list[str]:
    """Return what a page must never be given by people's text."""
    elements = Elements(markup)
    found = [f"not markup: {other}" for other in elements.others]
    for tag, attributes in elements.found:
        allowed = (
            ATTRIBUTES.get(tag, set()) | set(FIXED.get(tag, {})) | ({"class"} if tag in CLASSES else set())
        )
        if tag not in TAGS:
            found.append(f"<{tag}>")
        found += [f"<{tag} {name}>" for name in attributes if name not in allowed]
        found += [
            f"<{tag} class={name}>"
            for name in (attributes.get("class") or "").split()
            if name not in CLASSES[tag]
        ]
        href = (attributes.get("href") or "").strip().lower()
        if re.match(r"[^/?#]*:", href) and not href.startswith(("http://", "https://", "mailto:")):
            found.append(href)
    return found


def test_faults_are_seen() -> None:
    assert faults('<p onclick="x">') == ["<p onclick>"]
    assert faults("<script>") == ["<script>"]
    assert faults('<a href="JavaScript:x">') == ["javascript:x"]
    assert faults("<!-- x -->") == ["not markup:  x "]
    assert faults('<div class="block dialog">') == ["<div class=dialog>"]
    assert faults('<p>a</p><a href="/x#a:b">b</a>') == []


@beside
def test_commonmark_is_drawn_but_for_the_differences_we_chose() -> None:
    assert len(json.loads(EXAMPLES.read_text(encoding="utf-8"))) == 652
    found = differences()
    assert "unexplained" not in {reason for reasons in found.values() for reason in reasons}
    assert found == json.loads(TABLE.read_text(encoding="utf-8"))


def payloads() -> list[str]:
    attacks = json.loads((SECURITY / "dompurify" / "expect.json").read_text(encoding="utf-8"))
    strings = json.loads((SECURITY / "blns" / "blns.json").read_text(encoding="utf-8"))
    return [attack["payload"] for attack in attacks] + strings


@beside
def test_no_hostile_text_gives_an_element_or_an_address_of_its_own() -> None:
    texts = [place.replace("{}", payload) for payload in payloads() for place in PLACES]
    assert len(texts) > 700 * len(PLACES)
    assert {text: found for text in texts if (found := faults(render.__wrapped__(text)))} == {}


@given(st.text())
def test_any_text_is_drawn_without_fault(text: str) -> None:
    assert faults(render.__wrapped__(text)) == []


# ---------------------------------------------------------------- the dialect


def chip(ref: str) -> Citation | None:
    return Citation(f"DK2-{ref}", f"/r/DK2/{ref}", ref) if ref != "C-99" else None


def test_a_citation_leads_to_its_source() -> None:
    assert html("Six mois [C-12].", chip) == (
        '<p>Six mois <a class="citation" href="/r/DK2/C-12" data-ref="DK2-C-12">C-12</a>.</p>\n'
    )


def test_a_citation_that_nobody_knows_stays_text() -> None:
    assert html("Six mois [C-99].", chip) == html("Six mois [C-99].") == "<p>Six mois [C-99].</p>\n"


def test_a_citation_says_what_became_of_its_source() -> None:
    withdrawn = Citation("DK2-C-1", "/r/DK2/C-1", "C-1", "Source C-1, retirée", "withdrawn", "retirée")
    assert html("[C-1]", lambda _: withdrawn) == (
        '<p><a class="citation is-withdrawn" href="/r/DK2/C-1" data-ref="DK2-C-1" aria-label="Source C-1, retirée">C-1</a>'
        ' <span class="citation-note">retirée</span></p>\n'
    )


def test_what_fills_a_citation_is_escaped() -> None:
    nasty = Citation('"><script>', '"><script>', "<script>", '"><script>', "withdrawn", "<script>")
    assert "<script" not in html("[C-1]", lambda _: nasty)


def test_a_citation_in_code_is_code_and_no_link_holds_another() -> None:
    assert render("`[C-1]`") == "<p><code>[C-1]</code></p>\n"
    assert html("[voir [C-1]](/x)", chip).count("<a ") == 1


def test_a_figure_alone_in_its_paragraph_is_drawn() -> None:
    def draw(ref: str, words: str) -> str:
        return f"<figure>{ref}: {words}</figure>"

    body = "![Résultat « été » & <fin>](figure:V-2)\n\nMot ![V-3](figure:V-3) mot."
    assert html(body, figure=draw) == "<figure>V-2: Résultat « été » & <fin></figure>\n<p>Mot V-3 mot.</p>\n"
    assert html(body) == "<p>Résultat « été » &amp; &lt;fin&gt;</p>\n<p>Mot V-3 mot.</p>\n"


def test_a_picture_is_never_fetched() -> None:
    assert html("![plan](https://a.example/plan.png) ![x](data:image/png;base64,AA) ![y](/y.png)") == (
        '<p><a href="https://a.example/plan.png">plan</a> ![x](data:image/png;base64,AA) y</p>\n'
    )


def test_a_block_knows_whether_it_is_as_it_was_written() -> None:
    body = f"{written('V-2', 'Quarante.')}\n\n{written('a3', 'Un.').replace('Un', 'Deux')}"
    heads: list[tuple[str, bool]] = []
    drawn = filled(
        render(body), head=lambda source, intact: heads.append((source, intact)) or Markup("<p>tête</p>")
    )
    assert heads == [("V-2", True), ("a3", False)]
    assert drawn.startswith('<div class="block is-intact" data-source="V-2"><p>tête</p>\n<p>Quarante.</p>')


@given(
    st.lists(
        st.sampled_from(
            ["```", "- un", "> deux", "", "    x", ":::", "::: auto a3 00000000", "| a |", "[C-1]"]
        ),
        max_size=9,
    )
)
def test_blocks_are_drawn_where_they_are_read(lines: list[str]) -> None:
    body = "\n".join([*lines, written("V-2", "Quarante."), *lines])
    drawn = re.findall(r'<div class="block is-(\w+)" data-source="([^"]+)">', render(body))
    assert drawn == [("intact" if block.intact else "theirs", block.source) for block in blocks_of(body)]


def test_notes_have_their_own_places_on_a_page_of_several_texts() -> None:
    words = Words(notes="Notes", back="Retour au texte")
    assert render("Un[^a].\n\n[^a]: Note.", "s1", 0, words) == (
        '<p>Un<sup class="note-ref"><a href="#note-s1-1" id="ref-s1-1">1</a></sup>.</p>\n'
        '<section class="notes" aria-label="Notes">\n<ol>\n<li id="note-s1-1"><p>Note. '
        '<a href="#ref-s1-1" class="note-back" aria-label="Retour au texte">\u21a9</a></p>\n</li>\n</ol>\n</section>\n'
    )


def test_headings_take_their_place_under_those_of_the_page() -> None:
    levels = re.findall(r"<h(\d)>", render("# a\n\n### b\n\n## c\n\n# d\n\n###### e", "", 4))
    assert levels == ["4", "5", "5", "4", "5"]
    assert re.findall(r"<h(\d)>", render("# a\n\n### b")) == ["1", "3"]


def test_tables_lists_and_tasks_are_drawn() -> None:
    assert render("| a | b |\n|:-:|--:|\n| 1 | 2 |", "", 0, Words(table="Tableau")) == (
        '<div class="data-scroll" tabindex="0" role="group" aria-label="Tableau"><table>\n<thead>\n<tr>\n'
        '<th class="is-center" scope="col">a</th>\n<th class="is-right" scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="is-center">1</td>\n<td class="is-right">2</td>\n</tr>\n</tbody>\n</table></div>\n'
    )
    assert re.findall(r"<(input [^>]*)>([^<]*)", render("- [ ] un\n- [x] deux")) == [
        ('input class="task-list-item-checkbox" disabled="disabled" type="checkbox"', " un"),
        (
            'input class="task-list-item-checkbox" checked="checked" disabled="disabled" type="checkbox"',
            " deux",
        ),
    ]
    assert render("Terme\n: Définition") == "<dl>\n<dt>Terme</dt>\n<dd>Définition</dd>\n</dl>\n"
    assert render("~~barré~~") == "<p><s>barré</s></p>\n"


def test_only_addresses_of_the_web_and_of_mail_are_links() -> None:
    body = "http://a.example moi@b.fr ftp://c.example //d.example e.example [f](ftp://f.example) [g](//g.example) [h](/h)"
    found: list[Any] = [
        attributes.get("href") for _, attributes in Elements(render(body)).found if attributes.get("href")
    ]
    assert found == ["http://a.example", "mailto:moi@b.fr", "/h"]


@given(
    st.lists(st.sampled_from(["mot ", "a", "*", "http", "https", "<", "é", "+", "."]), max_size=60).map(
        "".join
    )
)
def test_a_bare_address_is_a_link_however_much_stands_before(before: str) -> None:
    near, far = (html(f"x {words} https://atelier.example") for words in (before, f"{'mot ' * 40}{before}"))
    assert near.count('<a href="https://atelier.example">https://atelier.example</a>') == 1
    assert far == near.replace("x ", f"x {'mot ' * 40}", 1)


def test_addresses_one_against_the_other_take_no_longer_than_words() -> None:
    assert "<a" not in html("<http://" * 20_000)
