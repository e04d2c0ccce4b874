"""From a document's content to its manuscript: the words, what each citation rests on, the figures. Pure.

Files show what the public may know, whoever takes them away: a file goes further than the person who asked for it (D-15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from atelier.exports.manuscript.figure import Figure, figure_of
from atelier.exports.manuscript.manuscript import Manuscript
from atelier.exports.manuscript.plain import markdown_of
from atelier.markdown import Citation, filled, render
from atelier.minutes.content import Content, Section, numbered
from atelier.minutes.reading import Draw, figure_source
from atelier.minutes.sources import Source, Sources
from atelier.speech import Speech

TOP = 2  # the title of the document is the page's own


class Writer:
    """Writes one document: `draw` draws the figure of a vote as the page does, `site` is the address that files lead back to."""

    def __init__(
        self, sources: Sources, draw: Draw, palette: Mapping[str, str], site: str, speech: Speech
    ) -> None:
        self._sources, self._draw, self._palette = sources, draw, palette
        self._site, self._speech = site.rstrip("/"), speech
        self._cited: dict[str, str] = {}
        self._figures: dict[str, Figure] = {}

    def manuscript(
        self,
        content: Content,
        stem: str,
        lines: Sequence[str] = (),
        authors: Sequence[str] = (),
        foot: str = "",
    ) -> Manuscript:
        """Return the manuscript of a content; sections without a word are left out, as on the page."""
        written = [
            self._section(number, section)
            for number, section in numbered(content.sections)
            if keeps(section, content)
        ]
        return Manuscript(
            title=content.title,
            stem=stem,
            html="".join(written),
            markdown=markdown_of(content, lines, self._source),
            lines=tuple(lines),
            authors=tuple(authors),
            foot=foot,
            sources=dict(self._cited),
            figures=dict(self._figures),
        )

    def _section(self, number: str, section: Section) -> str:
        heading = f"{number}\u00a0{section.heading}" if number else section.heading
        level = TOP + section.level - 1
        body = filled(render(section.body, section.key, level + 1), self._cite, self._figure)
        return f"<h{level}>{escape(heading)}</h{level}>{body}"

    def _cite(self, ref: str) -> Citation | None:
        source = self._sources.get(ref)
        if source is None:
            return None
        self._cited[source.full] = self.sentence(source)
        return Citation(source.full, f"{self._site}{source.address}", self._label(source))

    def _label(self, source: Source) -> str:
        return source.ref if self._sources.reference else source.full

    def _source(self, ref: str) -> tuple[str, str, str] | None:
        """Return the label, the address and the sentence of a citation, for the Markdown file."""
        source = self._sources.get(ref)
        if source is None:
            return None
        return self._label(source), f"{self._site}{source.address}", self.sentence(source)

    def sentence(self, source: Source) -> str:
        """Say what a citation rests on: exact words, who said them as far as may be known, how, and its permanent address."""
        _ = self._speech.gettext
        address = f"{self._site}{source.address}"
        if source.status in {"withdrawn", "hidden"}:
            gone = _("source retirée") if source.status == "withdrawn" else _("source non publiée")
            return f"{source.full}, {gone}."
        said = [source.college, source.cluster and f"« {source.cluster} »", self._channel(source)]
        known = ", ".join(filter(None, said))
        words = f"«\u00a0{' '.join(source.words.split())}\u00a0»" if source.words else ""
        return ". ".join(filter(None, [f"{source.full}\u00a0: {words}", known, address]))

    def _channel(self, source: Source) -> str:
        _ = self._speech.gettext
        return {"paper": _("sur papier"), "oral": _("à l'oral")}.get(source.channel, "")

    def _figure(self, ref: str, words: str) -> str:
        """Draw the vote of a figure once, and write its table under it; a vote that may not be shown leaves the words."""
        source = figure_source(self._sources, ref)
        if source is None:
            return ""
        drawn = figure_of(self._draw(source, ""), self._palette)
        address = f"figure:{ref}"
        self._figures[address] = drawn
        above = f"<p>{escape(words)}</p>" if words else ""
        picture = f'<p><img src="{address}" alt="{escape(drawn.said or words)}"></p>'
        return f"{above}{picture}{''.join(drawn.tables)}"


def keeps(section: Section, content: Content) -> bool:
    """Tell whether a section stands in files: it has words, or is a part in which some section has."""
    if section.body.strip():
        return True
    if section.level != 1:
        return False
    at = content.sections.index(section)
    for later in content.sections[at + 1 :]:
        if later.level == 1:
            return False
        if later.body.strip():
            return True
    return False
