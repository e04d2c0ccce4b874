"""Markdown -> safe HTML, for everything a group writes. The only file that knows markdown-it and nh3.

CommonMark with tables, strikethrough, notes, task lists, definition lists and bare links, and what `dialect.py` adds. Raw HTML
is shown as text. No picture is ever fetched: a figure is drawn by us, any other picture becomes a link. nh3 comes last, always.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, linkify
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from atelier.dialect import CITATION, FIGURE, cleaned, mark_of, pieces
from atelier.markdown_writing import RENDERERS

LONGEST_SCHEME = 64
LINK = re.compile(r"https?://|mailto:|figure:", re.IGNORECASE)
KEPT_RENDERINGS = 512  # sections: some ten documents at once
DEEPEST_HEADING = 6

TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input",
    "label", "li", "ol", "p", "pre", "s", "section", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "id", "data-ref", "aria-label"},
    "div": {"tabindex", "aria-label", "data-source", "data-figure"},
    "input": {"checked", "disabled"},
    "li": {"id"},
    "ol": {"start"},
    "section": {"aria-label"},
    "th": {"scope"},
}
FIXED = {"input": {"type": {"checkbox"}}, "div": {"role": {"group"}}}
CLASSES = {
    "a": {"citation", "note-back"},
    "div": {"block", "is-intact", "is-theirs", "figure-place", "data-scroll"},
    "input": {"task-list-item-checkbox"},
    "li": {"task-list-item"},
    "ol": {"contains-task-list"},
    "section": {"notes"},
    "sup": {"note-ref"},
    "td": {"is-center", "is-right"},
    "th": {"is-center", "is-right"},
    "ul": {"contains-task-list"},
}
SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Words:
    """What a screen reader says of what Markdown has no words for; given in the reader's language."""

    notes: str = ""
    back: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """How one citation is drawn: where it leads, what it shows, `state` for its class (`withdrawn`), `note` written after."""

    ref: str
    href: str
    label: str
    name: str = ""
    state: str = ""
    note: str = ""


Cite = Callable[[str], Citation | None]
Draw = Callable[[str, str], str]  # reference or source, words -> HTML of ours
Head = Callable[[str, bool], str]  # source of a block, whether it is as the app wrote it -> HTML of ours


@lru_cache(maxsize=KEPT_RENDERINGS)
def render(text: str, prefix: str = "", heading: int = 0, words: Words = Words()) -> str:
    """Return safe HTML of a text of the dialect. Its citations, figures and blocks are places that `filled` fills.

    `prefix` sets the ids of notes apart on a page of several texts. `heading` is the level of its highest heading, those
    below follow without a gap; 0 leaves them as they are.
    """
    env: dict[str, Any] = {"docId": prefix, "heading": heading, "words": words}
    return nh3.clean(
        _parser().render(cleaned(text), env),
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=FIXED,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


CITED = re.compile(r'<a class="citation" data-ref="([A-Z0-9-]+)">[^<]*</a>')
FIGURE_PLACE = re.compile(r'<div class="figure-place" data-figure="([A-Z0-9-]+)">(.*?)</div>', re.DOTALL)


BLOCK_START = re.compile(r'<div class="block is-(intact|theirs)" data-source="([A-Za-z0-9-]+)">')


def filled(
    html: str, cite: Cite | None = None, figure: Draw | None = None, head: Head | None = None
) -> Markup:
    """Return what `render` gave with its places filled. Without `cite`, or where it knows nothing, `[C-12]` stays text.

    `figure` gets a reference and the words of the figure, `head` the source of a block: both return HTML of ours. Where
    there is no figure its words stand for it.
    """

    def chip(found: re.Match[str]) -> str:
        known = cite(found[1]) if cite else None
        return citation_link(known) if known else f"[{found[1]}]"

    def place(found: re.Match[str]) -> str:
        drawn = figure(found[1], unescape(found[2])) if figure else ""
        return drawn or (f"<p>{found[2]}</p>" if found[2] else "")

    def start(found: re.Match[str]) -> str:
        return found[0] + str(head(found[2], found[1] == "intact") if head else "")

    # Figures last: what we draw is not looked at again.
    return Markup(FIGURE_PLACE.sub(place, BLOCK_START.sub(start, CITED.sub(chip, html))))  # noqa: S704 - nh3's, then ours


def citation_link(known: Citation) -> Markup:
    """Return the chip of a citation."""
    state = f" is-{known.state}" if known.state else ""
    name = Markup(' aria-label="{}"').format(known.name) if known.name else ""
    note = Markup(' <span class="citation-note">{}</span>').format(known.note) if known.note else ""
    return Markup('<a class="citation{}" href="{}" data-ref="{}"{}>{}</a>{}').format(
        state, known.href, known.ref, name, known.label, note
    )


def html(text: str, cite: Cite | None = None, figure: Draw | None = None) -> Markup:
    """Return the safe HTML of a text by itself, its places filled."""
    return filled(render(text), cite, figure)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text, from line `start` to line `end`; `words` is empty when it holds more than words (a link, a note)."""

    level: int
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a text may be cut: its headings outside lists and quotes, and the lines that define notes and links, by label."""

    headings: tuple[Heading, ...]
    notes: Mapping[str, tuple[int, int]]
    links: Mapping[str, tuple[int, int]]


def outline(text: str) -> Outline:
    """Return the outline of a text that holds no block of the app."""
    parser, env, tokens = _parser(), dict[str, Any](), list[Token]()
    parser.block.parse(text, parser, env, tokens)
    headings = tuple(
        Heading(int(token.tag[1]), _plain_words(tokens[index + 1].content), token.map[0], token.map[1])
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    )
    notes = {
        token.meta["label"]: (token.map[0], token.map[1])
        for token in tokens
        if token.type == "footnote_reference_open" and token.level == 0 and token.map
    }
    links = {label: tuple(found["map"]) for label, found in env.get("references", {}).items()}
    return Outline(headings, notes, links)


def _plain_words(content: str) -> str:
    """Return the words of a heading; nothing when it holds a link, a note, a citation."""
    parser, children = _parser(), list[Token]()
    parser.inline.parse(content, parser, {}, children)
    plain = {"text", "text_special", "code_inline", "strong_open", "strong_close", "em_open", "em_close"}
    return "".join(child.content for child in children).strip() if {c.type for c in children} <= plain else ""


# ---------------------------------------------------------------- the parser


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "typographer": False})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasklists_plugin, label=True)
    parser.validateLink = _is_allowed  # type: ignore[method-assign]
    if parser.linkify is not None:
        parser.linkify.add("ftp:", None).add("//", None).set({"fuzzy_link": False})
    parser.core.ruler.at("block", _parse_pieces)
    parser.core.ruler.push("figures", _set_figures)
    parser.core.ruler.push("headings", _set_headings)
    parser.block.ruler.at("reference", _reference, {"alt": []})
    parser.inline.ruler.before("link", "citation", _citation)
    parser.inline.ruler.at("linkify", _bare_link)
    for name, rule in RENDERERS.items():
        parser.add_render_rule(name, rule)
    parser.render("a\n\nb")  # its rules are compiled at their first use: before several threads share it
    return parser


def _bare_link(state: StateInline, silent: bool) -> bool:
    """The library's rule, which looks for a scheme in all that stands before each « :// »: it is given the end of it."""
    if not state.src.startswith("://", state.pos):
        return False
    if len(state.pending) > LONGEST_SCHEME and not silent:
        end = state.pending[-LONGEST_SCHEME:]
        state.pending = state.pending[:-LONGEST_SCHEME]
        state.pushPending()  # both halves are joined again at the end of the line
        state.pending = end
    return linkify(state, silent)


def _is_allowed(url: str) -> bool:
    """Tell whether an address may be a link: http, https, mailto, or a place of this site."""
    return bool(LINK.match(url)) or (not url.startswith("//") and ":" not in re.split("[/?#]", url)[0])


def _parse_pieces(state: StateCore) -> None:
    """Parse each block of the app, and what stands between blocks, by itself: no fence left open swallows a block."""
    for piece in pieces(state.src):
        if piece.source:
            opening = Token("block_open", "div", 1, block=True)
            state_of = "is-intact" if piece.mark == mark_of(piece.inside) else "is-theirs"
            opening.attrs = {"class": f"block {state_of}", "data-source": piece.source}
            state.tokens.append(opening)
            state.md.block.parse(piece.inside, state.md, state.env, state.tokens)
            state.tokens.append(Token("block_close", "div", -1, block=True))
        else:
            state.md.block.parse(piece.text, state.md, state.env, state.tokens)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that begins with a citation never defines a link: `[C-12]: oui` would vanish."""
    if CITATION.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    return reference(state, start, end, silent)


def _citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("citation", "a", 0).content = found[1]
    state.pos = found.end()
    return True


def _set_figures(state: StateCore) -> None:
    """A figure alone in its paragraph gets a place of its own."""
    for index, token in enumerate(state.tokens):
        children = token.children or []
        if token.type != "inline" or len(children) != 1 or children[0].type != "image":
            continue
        found = FIGURE.fullmatch(str(children[0].attrs.get("src", "")))
        before, after = state.tokens[index - 1], state.tokens[index + 1]
        if found and before.type == "paragraph_open":
            children[0].type, children[0].info = "figure", found[1]
            before.hidden = after.hidden = True


def _set_headings(state: StateCore) -> None:
    """Give headings their place under the page's own, without a gap."""
    top, above = int(state.env.get("heading") or 0), list[int]()
    for token in state.tokens if top else ():
        if token.type not in {"heading_open", "heading_close"}:
            continue
        level = int(token.tag[1])
        if token.nesting > 0:
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        token.tag = f"h{min(DEEPEST_HEADING, top + len(above) - 1)}"
