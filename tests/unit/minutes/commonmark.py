"""The examples of CommonMark that documents draw otherwise, each with its reasons. Writes the table that is committed:

python -m tests.unit.minutes.commonmark
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from atelier.markdown import render
from tests.conftest import DATA

EXAMPLES = DATA / "markdown-securite" / "commonmark" / "spec.json"
TABLE = Path(__file__).with_name("commonmark_differences.json")
EMPTY = {"br", "hr", "img", "input"}


class Shape(HTMLParser):
    """What a browser would build: tags with their attributes in order of name, text with its spaces as one."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Any] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, *sorted(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.parts.append(["text", data])


def shape(markup: str) -> list[Any]:
    """Return two equal lists for two pages that show the same."""
    joined: list[Any] = []
    for part in Shape(markup).parts:
        if isinstance(part, list) and joined and isinstance(joined[-1], list):
            joined[-1] = ["text", joined[-1][1] + part[1]]
        else:
            joined.append(part)
    texts = [["text", re.sub(r"\s+", " ", p[1]).strip()] if isinstance(p, list) else p for p in joined]
    return [part for part in texts if part != ["text", ""]]


# ---------------------------------------------------------------- one switch for each reason


def raw_html(parser: MarkdownIt) -> None:
    """Raw HTML is shown as text."""
    parser.options["html"] = False


def bare_link(parser: MarkdownIt) -> None:
    """A bare address is a link."""
    parser.options["linkify"] = True
    parser.enable("linkify")
    assert parser.linkify
    parser.linkify.set({"fuzzy_link": False})


def other_scheme(parser: MarkdownIt) -> None:
    """A link leads to http, https, mailto or this site, and nowhere else."""
    site = re.compile(r"(?:https?|mailto):|[^:]*(?:[/?#]|$)", re.IGNORECASE)
    parser.validateLink = lambda url: bool(site.match(url))  # type: ignore[method-assign]


def picture(parser: MarkdownIt) -> None:
    """A picture is not fetched: its words are shown, and lead to it when it stands at a whole address."""

    def words(token: Any) -> str:
        return "".join(words(c) if c.type == "image" else c.content for c in token.children or [])

    parser.add_render_rule("image", lambda _self, tokens, index, *_: words(tokens[index]))


def code_language(parser: MarkdownIt) -> None:
    """The language of a code is not kept."""
    parser.add_render_rule(
        "fence", lambda _self, tokens, index, *_: f"<pre><code>{_text(tokens[index].content)}</code></pre>"
    )


REASONS: Mapping[str, Callable[[MarkdownIt], None]] = {
    rule.__name__: rule for rule in (raw_html, bare_link, other_scheme, picture, code_language)
}


def _text(content: str) -> str:
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def reference(markdown: str, reasons: tuple[str, ...]) -> str:
    """Return what plain CommonMark draws once these reasons are granted."""
    parser = MarkdownIt("commonmark")
    for reason in reasons:
        REASONS[reason](parser)
    return str(parser.render(markdown))


def reasons_of(markdown: str) -> list[str]:
    """Return the fewest reasons that explain what we draw; `unexplained` when none do."""
    ours = shape(render(markdown))
    for count in range(len(REASONS) + 1):
        for reasons in combinations(REASONS, count):
            if shape(reference(markdown, reasons)) == ours:
                return list(reasons)
    return ["unexplained"]


def differences() -> dict[str, list[str]]:
    """Return the number of each example that we draw otherwise, with its reasons."""
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return {
        str(example["example"]): reasons_of(example["markdown"])
        for example in examples
        if shape(render(example["markdown"])) != shape(example["html"])
    }


if __name__ == "__main__":
    TABLE.write_text(
        "{\n" + ",\n".join(f'"{n}": {json.dumps(reasons)}' for n, reasons in differences().items()) + "\n}\n",
        encoding="utf-8",
    )
