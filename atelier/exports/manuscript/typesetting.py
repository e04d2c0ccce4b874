"""The Typst text of a document: its page, and the strings that are ours in it. The body comes from pandoc's writer."""

from __future__ import annotations

from collections.abc import Iterable

from atelier.exports.manuscript.fonts import FONTS
from atelier.exports.manuscript.manuscript import Cited, Manuscript

LAST_OF_LATIN = 0x17F
LONG = 6  # pages: a longer document begins with its contents
PAGE = """\
#set document(title: {title}, author: ({authors}), keywords: ("compte rendu",))
#set text(font: ({fonts}), size: 10pt, lang: "fr", region: "FR", hyphenate: true,
  costs: (hyphenation: 250%, runt: 200%, widow: 300%, orphan: 300%))
#let faint = rgb("#d6d0c7")
#let violet = rgb("#4f2683")
#set page(paper: "a4", margin: (x: 2.2cm, top: 2.3cm, bottom: 2.1cm),
  header: context if here().page() > 1 [
    #set text(size: 8pt, hyphenate: false)
    #grid(columns: (1fr, auto), column-gutter: 2em, {title}, strong({state}))
    #v(-0.7em) #line(length: 100%, stroke: 0.5pt + faint)
  ],
  footer: context [
    #set text(size: 8pt, hyphenate: false)
    #grid(columns: (1fr, auto), column-gutter: 2em, {address}, counter(page).display("1 / 1", both: true))
  ])
#set par(leading: 0.6em, spacing: 0.85em, linebreaks: "optimized")
#set list(indent: 0.4em, spacing: 0.6em)
#set enum(indent: 0.4em, spacing: 0.6em)
#set quote(block: true)
#show quote: set pad(left: 1em, right: 0em)
#show quote: set block(above: 0.6em, below: 0.6em)
#set table(stroke: (x, y) => (bottom: 0.5pt + if y == 0 {{ rgb("#777184") }} else {{ faint }}), inset: (x: 4pt, y: 3pt))
#show table.cell.where(y: 0): set text(weight: "bold", hyphenate: false)
#show table: set text(size: 8.5pt)
#show table: set par(leading: 0.5em)
#show table.cell: set par(spacing: 0.6em)
#show figure: set block(breakable: true, above: 0.9em, below: 1em)
#show figure.where(kind: table): set figure(numbering: none)
#show figure.where(kind: table): set align(start)
#show figure.caption: it => text(size: 8.5pt, it.body)
#show figure.where(kind: table): set figure.caption(position: top)
#set footnote.entry(gap: 0.35em)
#show footnote.entry: set text(size: 8pt)
#show raw: set text(size: 9pt)
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): set block(above: 1.7em, below: 0.8em)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.7em)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set block(above: 1.1em, below: 0.6em)
#show heading.where(level: 3): set text(size: 10.5pt)
#show link: it => if type(it.dest) == str {{ underline(it) }} else {{ it }}
#let horizontalrule = line(length: 100%, stroke: 0.5pt)
#let told(body, whole: false) = block(width: 100%, inset: (left: 9pt, y: 1.5pt), above: 0.85em, below: 0.85em,
  stroke: (left: 1.5pt + faint), breakable: not whole, body)
#let annexed(body) = {{
  set text(size: 9pt)
  show table: set text(size: 8pt)
  show heading.where(level: 1): set text(size: 12.5pt)
  show heading.where(level: 1): set block(above: 1.4em, below: 0.7em)
  show heading.where(level: 2): set text(size: 10.5pt)
  body
}}
#let lead(body) = block(sticky: true, body)
#let listed = state("listed", false)
#let source(key, name) = context {{
  let shown = box(text(fill: violet, weight: "bold", size: 0.88em, name))
  if listed.get() {{ shown }} else {{ link(label(key), shown) }}
}}
#show title: set text(size: 21pt, hyphenate: false)
#show title: set block(above: 0.6em, below: 0.7em)
#text(size: 9pt, weight: "bold", fill: violet, {kind})

#title()

#block(width: 100%, inset: (y: 7pt), stroke: (y: 0.5pt + faint), below: 1.4em)[
#set text(size: 9pt)
{lines}
]
#context if counter(page).final().first() > {long} {{
  listed.update(true)
  {{
    show outline.entry.where(level: 1): set text(weight: "bold")
    show outline.entry.where(level: 1): set block(above: 0.9em)
    set outline.entry(fill: repeat(gap: 0.3em, text(fill: faint, ".")))
    outline(title: {contents}, depth: 2, indent: 1em)
  }}
  listed.update(false)
  pagebreak()
}}
"""
SOURCES = """
= {heading}
#block(breakable: true)[
#set text(size: 7.5pt)
#set par(leading: 0.45em, spacing: 0.5em, hanging-indent: 1em)
#{where}
#columns(2, gutter: 1.6em)[
{entries}
]]
"""


def string(text: str) -> str:
    """Return `text` as a Typst string: in it only the backslash and the quote mean something."""
    plain = "".join(character if character >= " " else " " for character in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_page(manuscript: Manuscript, body: str) -> str:
    """Return the whole text: `body` is what pandoc wrote, the rest is plain words."""
    words = manuscript.headings
    lines = [*manuscript.lines, *([words["told"]] if "#told(" in body and words else [])]
    start = PAGE.format(
        title=string(manuscript.title),
        authors="".join(f"{string(author)}, " for author in manuscript.authors),
        fonts=", ".join(string(font) for font in FONTS),
        kind=string(" · ".join(filter(None, [manuscript.kind, manuscript.foot.partition(" · ")[0]]))),
        state=string(manuscript.state),
        address=string(manuscript.address or manuscript.foot),
        lines="\n\n".join(f"#{string(line)}" for line in lines),
        contents=string(words.get("contents", "")),
        long=LONG,
    )
    return start + body + (_sources(manuscript) if manuscript.sources else "")


def source_call(ref: str, label: str) -> str:
    """Return the call that writes a citation and leads to its source."""
    return f"#source({string(_key(ref))}, {string(label)})"


def _sources(manuscript: Manuscript) -> str:
    found = sorted(manuscript.sources.values(), key=lambda source: _order(source.full))
    first = next((source for source in found if source.address), None)
    where = manuscript.headings["sources_at"].format(address=first.address, ref=first.label) if first else ""
    return SOURCES.format(
        heading=f"#{string(manuscript.headings['sources'])}",
        where=string(where),
        entries="\n\n".join(_entry(source) for source in found),
    )


def _entry(source: Cited) -> str:
    name = f"strong({string(source.label)})"
    linked = f"link({string(source.address)}, {name})" if source.address else name
    return f"#block(below: 0.5em, breakable: false, par[#{linked} #{string(source.said)}]) #label({string(_key(source.full))})"


def _key(ref: str) -> str:
    return f"source-{ref}"


def _order(full: str) -> tuple[str, str, int]:
    reference, kind, number = ["", "", *full.split("-")][-3:]
    return reference, kind, int(number) if number.isdecimal() else 0


def image(name: str, said: str) -> str:
    """Return the drawing `name` as large as its letters ask for, with its alternative: PDF/UA refuses one without."""
    return f"#image({string(name)}, width: 37.5em, alt: {string(said)})"


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
