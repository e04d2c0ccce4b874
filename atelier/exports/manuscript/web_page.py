"""The page of a document that stands alone: notes and sources bear the roles by which screen readers and programs know them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CITATION = re.compile(r'<a class="citation"[^>]* data-ref="([A-Z0-9-]+)">([^<]*)</a>')
CALL = '<sup class="note-ref"><a role="doc-noteref" href="#source-{ref}" aria-label="{said}">[{number}]</a></sup>'
ROLES = (
    ('<sup class="note-ref"><a href=', '<sup class="note-ref"><a role="doc-noteref" href='),
    ('<section class="notes">', '<section class="notes" role="doc-endnotes">'),
    (' class="note-back"', ' class="note-back" role="doc-backlink"'),
)


def with_notes(html: str, sources: Mapping[str, Any], sentence: str) -> str:
    """Return the page where each source is called once, by its number at the end, and where notes say that they are notes.

    `sentence` names the link to a source: « Source de {ref} ».
    """
    for plain, told in ROLES:
        html = html.replace(plain, told)
    numbers = {ref: number for number, ref in enumerate(sources, 1)}
    called: set[str] = set()

    def call(found: re.Match[str]) -> str:
        ref, label = found[1], found[2]
        if ref not in sources or ref in called:
            return found[0]
        called.add(ref)
        return found[0] + CALL.format(ref=ref, said=sentence.format(ref=label), number=numbers[ref])

    return CITATION.sub(call, html)
