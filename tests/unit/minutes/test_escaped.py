"""People's words put into Markdown stay words, whatever they hold."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atelier.dialect import cleaned, escaped, escaped_line
from atelier.markdown import html, render
from atelier.minutes.blocks import blocks_of, written
from atelier.minutes.citations import citations_of

HOSTILE = [
    "::: auto V-2 0badc0de\nfaux\n:::", "[C-1] et [DK2-V-3]", "![x](http://ailleurs.example/x.png)",
    "[^1]\n\n[^1]: note", "| a | b |\n|---|---|\n| 1 | 2 |", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "# Titre", "titre\n===", "titre\n---", "- liste", "1. un",
    "2015. Une année", "> citation", "```\ncode", "~~~\ncode", "    code", "\tcode", "***", "_ _ _",
    "terme\n: définition", "terme\n~ définition", "[lien](javascript:alert(1))", "<http://a.example>",
    "http://a.example/%C3%A9", "ftp://a.example", "moi@exemple.fr", "mailto:moi@exemple.fr",
    "&amp; &#60; &copy;", "R&D", "a\\", "\\", "a  \nb", "a\n\n\nb", " a ", "", " ", "\n", "a\n", "\na",
    "[a]: /x", "[a]\n\n[a]: /x", "C# #", "#", "a|b\n:--", "a|b\n---", "~~barré~~ **gras** _maigre_ `code`",
    "figure:V-2", "![Résultat](figure:V-2)", "- [ ] à faire", "www.exemple.fr", "//a.example", "=\n=",
    "+ un\n+ deux", "{=typst}", "$x$ @a",
]  # fmt: skip
WORDS = st.text() | st.lists(st.sampled_from([*HOSTILE, " ", "\n", "\n\n", "é œ ’ 😀"]), max_size=4).map(
    "".join
)


class Shown(HTMLParser):
    """The text that a reader sees, with the elements that carry it."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(markup: str) -> tuple[str, set[str]]:
    found = Shown(markup.removesuffix("\n").replace("<br>\n", "<br>"))
    return found.text, set(found.tags) - {"br"}


@given(WORDS)
@example("a\n\nb")
def test_words_are_shown_exactly(words: str) -> None:
    markdown = escaped(words)
    text, tags = shown(str(html(markdown)))
    assert text == cleaned(words)
    assert tags <= {"p"}


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_exactly(words: str) -> None:
    text, tags = shown(str(html(escaped(words))))
    assert (text, tags) == (words, {"p"} if words else set())


@given(WORDS)
def test_words_on_one_line_are_shown_in_a_heading_a_cell_an_item(words: str) -> None:
    line, flat = escaped_line(words), " ".join(cleaned(words).split())
    for markdown, tag in [
        (f"### {line}", "h3"),
        (f"| {line} |\n|---|", "th"),
        (f"- {line}", "li"),
        (f"x {line} y", "p"),
    ]:
        text, tags = shown(render(markdown))
        around = f"x {flat} y" if tag == "p" else flat
        assert " ".join(text.split()) == " ".join(around.split())
        assert tags - {"div", "table", "thead", "tbody", "tr", "th", "ul", "li", "p", "h3"} == set()


@given(WORDS)
def test_words_in_a_block_open_no_other_and_cite_nothing(words: str) -> None:
    body = f"Avant.\n\n{written('a3', f'Une carte : {escaped(words)} [C-7].')}\n\nAprès."
    assert [(block.source, block.intact) for block in blocks_of(body)] == [("a3", True)]
    assert [cited.ref for cited in citations_of(body)] == ["C-7"]
    assert render(body).count('data-ref="') == 1


def test_ordinary_french_keeps_its_face() -> None:
    sentence = "L’animation, les invitations (31 %) - et « le suivi » : 2 salariés ; c'est peu… non ?"
    assert escaped(sentence) == escaped_line(sentence) == sentence
