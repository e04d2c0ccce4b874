"""A text written elsewhere becomes a document, and says the same: real comptes rendus against a plain parse of them."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from atelier.dialect import cleaned
from atelier.markdown import render
from atelier.minutes.blocks import written
from atelier.minutes.content import Content, Section
from atelier.minutes.importing import FRONT_MATTER, content_from_markdown
from tests.conftest import DATA

FOLDER = DATA / "comptes-rendus" / "developpeurs"
FILES = sorted(FOLDER.glob("*.md"))
COUNTED = ("ul", "ol", "li", "table", "tr", "td", "pre", "blockquote", "sup")


class Read(HTMLParser):
    """The headings of a page in order, and how many there are of each thing that counts."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.counts: Counter[str] = Counter()
        self.headings: list[str] = []
        self._inside = False
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in COUNTED:
            self.counts[tag] += 1
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and not tag.startswith("h")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.headings[-1] += data


def reference(text: str) -> Read:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table"]).use(footnote_plugin, inline=False)
    parser.add_render_rule("image", lambda _self, tokens, index, *_: tokens[index].content)
    return Read(parser.render(FRONT_MATTER.sub("", cleaned(text))))


def drawn(content: Content) -> tuple[list[str], Counter[str]]:
    headings, counts = [], Counter[str]()
    for section in content.sections:
        body = Read(render(section.body))
        headings += [section.heading, *body.headings]
        counts += body.counts
    return [words for words in headings if words], counts


def test_the_real_comptes_rendus_stand_beside_the_project() -> None:
    if not FILES:
        pytest.skip("the real comptes rendus stand beside the project")
    assert len(FILES) == 24


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:40])
def test_an_imported_compte_rendu_says_the_same(path: object) -> None:
    text = (FOLDER / str(path)).read_text(encoding="utf-8")
    content, expected = content_from_markdown(text), reference(text)
    headings, counts = drawn(content)
    matter = FRONT_MATTER.match(cleaned(text))
    assert content.title or not matter
    taken = [] if matter or not content.title else [content.title]
    assert [*taken, *headings] == [words.strip() for words in expected.headings if words]
    assert counts == expected.counts


def test_headings_become_parts_and_sections_and_the_lower_ones_stay_in_the_text() -> None:
    text = "# Titre\n\nChapeau.\n\n## Un\n\na\n\n### Deux\n\nb\n\n#### Trois\n\nc\n\nQuatre\n------\n\nd"
    assert content_from_markdown(text) == Content(
        "Titre",
        (
            Section("s0", 2, "", "Chapeau."),
            Section("s1", 1, "Un", "a"),
            Section("s2", 2, "Deux", "b\n\n#### Trois\n\nc"),
            Section("s3", 1, "Quatre", "d"),
        ),
    )


def test_front_matter_gives_the_title_and_is_not_text() -> None:
    text = "---\ntitle: 'L''assemblée'\nauthor: moi\n---\nBonjour.\r\n"
    assert content_from_markdown(text) == Content("L'assemblée", (Section("s0", 2, "", "Bonjour."),))


def test_notes_and_addresses_follow_the_sections_that_use_them() -> None:
    text = "## Un\n\nMot[^1] et [lien].\n\n## Deux\n\nFin.\n\n[^1]: La note.\n\n[lien]: http://a.example"
    one, two = content_from_markdown(text).sections
    assert one.body == "Mot[^1] et [lien].\n\n[^1]: La note.\n\n[lien]: http://a.example"
    assert "La note." in render(one.body)
    assert "La note." not in render(two.body)


def test_a_heading_that_holds_a_link_stays_in_the_text_with_it() -> None:
    content = content_from_markdown("## [Un](http://a.example)\n\na")
    assert content == Content("", (Section("s0", 2, "", "## [Un](http://a.example)\n\na"),))


def test_hashes_in_code_and_lists_cut_nothing() -> None:
    text = "```\n# code\n```\n\n- # liste\n\n> # citation"
    assert content_from_markdown(text).sections == (Section("s0", 2, "", text),)


def test_blocks_of_another_document_become_peoples_text() -> None:
    assert content_from_markdown(written("V-2", "Quarante.")).sections == (Section("s0", 2, "", "Quarante."),)


def test_nothing_makes_an_empty_document() -> None:
    assert content_from_markdown("") == Content("", ())
