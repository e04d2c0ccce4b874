"""How `markdown.py` writes each thing as HTML: what nh3 then lets through, and the places that are filled afterwards.

Functions of markdown-it's renderer: (writer, tokens, index, options, env) -> HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import escape

from atelier.dialect import FIGURE

Tokens = Sequence[Any]
Environment = Mapping[str, Any]  # docId: the prefix of ids; words: what a screen reader says


def _write_citation(_: Any, tokens: Tokens, index: int, *_rest: Any) -> str:
    return f'<a class="citation" data-ref="{tokens[index].content}">{tokens[index].content}</a>'


def _write_figure(_: Any, tokens: Tokens, index: int, *_rest: Any) -> str:
    token = tokens[index]
    return f'<div class="figure-place" data-figure="{token.info}">{escape(_words_of(token))}</div>'


def _write_image(_: Any, tokens: Tokens, index: int, *_rest: Any) -> str:
    """A picture that is not ours is not fetched: its words lead to it."""
    token = tokens[index]
    source, words = str(token.attrs.get("src", "")), escape(_words_of(token))
    if FIGURE.fullmatch(source) or not source.lower().startswith(("http://", "https://")):
        return words
    return f'<a href="{escape(source)}">{words or escape(source)}</a>'


def _words_of(token: Any) -> str:
    """Return the words of a picture, as plain text."""
    return "".join(
        child.content if child.type != "image" else _words_of(child)
        for child in token.children or []
        if child.type not in {"softbreak", "hardbreak"}
    )


def _write_cell(writer: Any, tokens: Tokens, index: int, options: Any, _env: Environment) -> str:
    token = tokens[index]
    style = str(token.attrs.pop("style", ""))
    align = style.rpartition(":")[2]
    if align in {"center", "right"}:
        token.attrSet("class", f"is-{align}")
    if token.tag == "th":
        token.attrSet("scope", "col")
    return str(writer.renderToken(tokens, index, options, _env))


def _write_table(_: Any, _tokens: Tokens, _index: int, _options: Any, env: Environment) -> str:
    return f'<div class="data-scroll" tabindex="0" role="group"{_label(env["words"].table)}><table>\n'


def _write_notes(_: Any, _tokens: Tokens, _index: int, _options: Any, env: Environment) -> str:
    return f'<section class="notes"{_label(env["words"].notes)}>\n<ol>\n'


def _write_note_back(_: Any, tokens: Tokens, index: int, _options: Any, env: Environment) -> str:
    meta = tokens[index].meta
    place = _note_place(env, meta["id"], meta.get("subId", 0))
    return f' <a href="#ref-{place}" class="note-back"{_label(env["words"].back)}>\u21a9</a>'


def _write_note_ref(_: Any, tokens: Tokens, index: int, _options: Any, env: Environment) -> str:
    meta = tokens[index].meta
    place = _note_place(env, meta["id"], meta.get("subId", 0))
    number = meta["id"] + 1
    return f'<sup class="note-ref"><a href="#note-{_note_place(env, meta["id"], 0)}" id="ref-{place}">{number}</a></sup>'


def _write_note(_: Any, tokens: Tokens, index: int, _options: Any, env: Environment) -> str:
    return f'<li id="note-{_note_place(env, tokens[index].meta["id"], 0)}">'


def _note_place(env: Environment, number: int, again: int) -> str:
    return f"{env['docId']}-{number + 1}" + (f"-{again + 1}" if again else "")


def _label(words: str) -> str:
    return f' aria-label="{escape(words)}"' if words else ""


def _fixed(text: str) -> Callable[..., str]:
    return lambda *_: text


RENDERERS: dict[str, Callable[..., str]] = {
    "citation": _write_citation,
    "figure": _write_figure,
    "image": _write_image,
    "th_open": _write_cell,
    "td_open": _write_cell,
    "table_open": _write_table,
    "table_close": _fixed("</table></div>\n"),
    "s_open": _fixed("<s>"),
    "footnote_block_open": _write_notes,
    "footnote_block_close": _fixed("</ol>\n</section>\n"),
    "footnote_ref": _write_note_ref,
    "footnote_open": _write_note,
    "footnote_close": _fixed("</li>\n"),
    "footnote_anchor": _write_note_back,
}
