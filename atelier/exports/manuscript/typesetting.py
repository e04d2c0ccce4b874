"""The Typst text of a document: its page, and the strings that are ours in it. The body comes from pandoc's writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LAST_OF_LATIN = 0x17F
PAGE = """\
#set document(title: {title}, author: ({authors}), keywords: ("compte rendu",))
#set text(font: ("Atkinson Hyperlegible Next", "Libertinus Serif", "Noto Emoji"), size: 10.5pt, lang: "fr", region: "FR")
#set page(paper: "a4", margin: (x: 2.3cm, top: 2.2cm, bottom: 2.4cm), footer: context [
  #set text(size: 9pt)
  #{foot} #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set par(leading: 0.68em, spacing: 1.05em)
#set table(stroke: 0.5pt + rgb("#777184"), inset: 5pt)
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure: set block(breakable: true)
#show heading.where(level: 1): set block(above: 1.8em, below: 0.9em)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set block(above: 1.5em, below: 0.8em)
#show heading.where(level: 2): set text(size: 13pt)
#show link: underline
#let horizontalrule = line(length: 100%, stroke: 0.5pt)
#show title: set text(size: 22pt)
#show title: set block(below: 0.8em)
#title()
"""


def string(text: str) -> str:
    """Return `text` as a Typst string: in it only the backslash and the quote mean something."""
    plain = "".join(character if character >= " " else " " for character in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_page(title: str, authors: Sequence[str], foot: str, body: str) -> str:
    """Return the whole text: `body` is what pandoc wrote, the rest is plain words."""
    named = "".join(f"{string(author)}, " for author in authors)
    return PAGE.format(title=string(title), authors=named, foot=string(foot)) + body


def image(name: str, said: str) -> str:
    """Return the drawing `name` over the width of the text, with its alternative: PDF/UA refuses one without."""
    return f"#image({string(name)}, width: 100%, alt: {string(said)})"


def picture_pages(names: Iterable[str]) -> str:
    """Return the text whose pages are drawings, each cut to its size."""
    pages = "\n#pagebreak()\n".join(f'#image({string(name)}, width: 100%, alt: "")' for name in names)
    return f"#set page(width: 17cm, height: auto, margin: 0pt)\n{pages}\n"


def by_number(text: str, characters: str, row_bits: int = 0) -> str:
    """Write `characters` by their Unicode numbers, with all of their rows of 2^row_bits; Latin letters are never touched."""
    rows = {ord(character) >> row_bits for character in characters if ord(character) > LAST_OF_LATIN}
    return "".join(
        f"(U+{ord(c):04X})" if ord(c) > LAST_OF_LATIN and ord(c) >> row_bits in rows else c for c in text
    )
