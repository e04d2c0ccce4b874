"""From a document's content to its manuscript: the words, what each citation rests on, the figures. Pure.

Files show what the public may know, whoever takes them away: a file goes further than the person who asked for it (D-15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from atelier.exports.manuscript.figure import Figure, figure_of
from atelier.exports.manuscript.manuscript import ANNEX, Cited, Manuscript
from atelier.exports.manuscript.plain import markdown_of
from atelier.markdown import Citation, filled, render
from atelier.minutes.content import Content, Section, numbered
from atelier.minutes.reading import Draw, figure_source
from atelier.minutes.sources import GONE_FROM_SIGHT, Source, Sources
from atelier.speech import Speech

TOP = 2  # the title of the document is the page's own


class Writer:
    """Writes one document: `draw` draws the figure of a vote as the page does, `site` is the address that files lead back to."""

    def __init__(
        self, sources: Sources, draw: Draw, palette: Mapping[str, str], site: str, speech: Speech
    ) -> None:
        self._sources, self._draw, self._palette = sources, draw, palette
        self._site, self._speech = site.rstrip("/"), speech
        self._cited: dict[str, Cited] = {}
        self._figures: dict[str, Figure] = {}

    def manuscript(
        self,
        content: Content,
        stem: str,
        lines: Sequence[str] = (),
        authors: Sequence[str] = (),
        foot: str = "",
        kind: str = "",
        state: str = "",
        address: str = "",
    ) -> Manuscript:
        """Return the manuscript of a content; sections without a word are left out, as on the page."""
        kept = [pair for pair in numbered(content.sections) if keeps(pair[1], content)]
        last = max((place for place, (number, _) in enumerate(kept) if number), default=len(kept))
        written = [
            self._section(number, section, annex=place == last + 1)
            for place, (number, section) in enumerate(kept)
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
            kind=kind,
            state=state,
            address=address,
            headings=self._headings(),
        )

    def _headings(self) -> dict[str, str]:
        _ = self._speech.gettext
        return {
            "contents": _("Sommaire"),
            "sources": _("Sources"),
            "source_of": _("Source de {ref}"),
            "sources_at": _(
                "Adresse permanente de chaque source : {address} pour {ref}, de même pour les autres."
            ),
            "told": _("Un filet à gauche marque ce qui est repris de la séance."),
        }

    def _section(self, number: str, section: Section, annex: bool) -> str:
        heading = f"{number}\u00a0{section.heading}" if number else section.heading
        level = TOP + section.level - 1
        body = filled(render(section.body, section.key, level + 1), self._cite, self._figure)
        start = f'<h{level} class="{ANNEX}">' if annex else f"<h{level}>"
        return f"{start}{escape(heading)}</h{level}>{body}"

    def _cite(self, ref: str) -> Citation | None:
        source = self._sources.get(ref)
        if source is None:
            return None
        cited = self._cited[source.full] = self.cited(source)
        return Citation(cited.full, f"{self._site}{source.address}", cited.label)

    def _source(self, ref: str) -> tuple[str, str, str] | None:
        """Return the label, the address and the sentence of a citation, for the Markdown file."""
        source = self._sources.get(ref)
        if source is None:
            return None
        cited = self.cited(source)
        return cited.label, f"{self._site}{source.address}", cited.sentence

    def cited(self, source: Source) -> Cited:
        """Say what a citation rests on: exact words, who said them as far as may be known, how, and its permanent address."""
        _ = self._speech.gettext
        label = source.ref if self._sources.reference else source.full
        if source.status in GONE_FROM_SIGHT:
            gone = _("source retirée") if source.status == "withdrawn" else _("source non publiée")
            return Cited(source.full, label, f"{gone}.", "")
        known = ", ".join(
            filter(None, [source.college, source.cluster and f"« {source.cluster} »", self._channel(source)])
        )
        said = " ".join(filter(None, [_quoted(source.words), known and f"{known[0].upper()}{known[1:]}."]))
        return Cited(source.full, label, said, f"{self._site}{source.address}")

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


def _quoted(words: str) -> str:
    """Put exact words between quotation marks; those that end by themselves take no other point."""
    said = " ".join(words.split())
    if not said:
        return ""
    return f"«\u00a0{said}\u00a0»" if said[-1] in ".!?…" else f"«\u00a0{said}\u00a0»."


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
