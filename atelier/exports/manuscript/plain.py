"""The document as one Markdown file: the same text, without the marks of the app; each citation with its note."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from atelier.dialect import FIGURE, escaped_line, pieces
from atelier.minutes.citations import citations_of, replace_citations
from atelier.minutes.content import Content, numbered

Known = Callable[
    [str], tuple[str, str, str] | None
]  # reference -> its label, its address, the sentence of its note
FIGURE_FILE = "{name}.svg"
TAG = re.compile(r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z/!?])(?!https?://|mailto:)")


def markdown_of(content: Content, lines: Sequence[str], known: Known) -> str:
    """Return the file. Notes of citations come last; those that people wrote stay where they wrote them."""
    parts = [f"# {escaped_line(content.title)}", *(escaped_line(line) for line in lines)]
    notes: dict[str, str] = {}
    for number, section in numbered(content.sections):
        body = "\n\n".join(
            filter(
                None, (_plain(piece.inside if piece.source else piece.text) for piece in pieces(section.body))
            )
        )
        if not body and section.level != 1:
            continue
        heading = escaped_line(f"{number} {section.heading}".strip())
        parts += ["#" * (section.level + 1) + " " + heading, _cited(body, known, notes)]
    parts += [f"[^{label}]: {escaped_line(sentence)}" for label, sentence in notes.items()]
    return "\n\n".join(filter(None, parts)) + "\n"


def _plain(text: str) -> str:
    """Return a text whose figures are files beside the document, and whose HTML stays text for every other reader too."""
    return FIGURE.sub(lambda found: FIGURE_FILE.format(name=found[1]), without_html(text)).strip("\n")


def without_html(text: str) -> str:
    """Return Markdown in which nothing is HTML: it is text on our pages, and must not live elsewhere.

    A reference and no backslash: readers that make links of bare addresses take the backslash into the address. Code is not
    told apart, for two readers may not agree on where it ends.
    """
    return TAG.sub(r"\1&lt;", text)


def _cited(body: str, known: Known, notes: dict[str, str]) -> str:
    texts: dict[str, str] = {}
    for cited in citations_of(body):
        found = known(cited.ref)
        if found is not None:
            label, address, sentence = found
            notes[label] = sentence
            texts[cited.ref] = f"[{label}]({address})[^{label}]"
    return replace_citations(body, texts)
