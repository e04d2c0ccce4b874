"""The contribution au forum as a document (domain §5, T5): its sections, and what the app writes in them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.dialect import escaped_line
from atelier.forum.agreement import Agreement
from atelier.forum.choices import Choices
from atelier.forum.coverage import FATES, LEFT, MERGED, SET_ASIDE, TAKEN, Coverage
from atelier.forum.propositions import blank
from atelier.forum.words import CHANNELS, LABELS, MOTIVES
from atelier.later import N_
from atelier.minutes import blocks
from atelier.minutes.citations import citations_of
from atelier.minutes.content import Content, Section
from atelier.minutes.sources import Sources
from atelier.speech import Speech, counted

GROUP, COVERAGE, AGREEMENT = "groupe", "couverture", "accord"  # sources of the blocks that the app writes
HEADER, ANNEX = "header", "annex_coverage"
SEMICOLON = "\u00a0; "

SECTIONS = (
    Section(HEADER, 2, N_("Le groupe")),
    Section(
        "finding", 1, N_("Constat partagé"), required=True,
        hint=N_("Dix lignes au plus : ce que le groupe a vu et qui tient."),
    ),
    Section(
        "lessons", 1, N_("Enseignements"), required=True,
        hint=N_("Trois à cinq enseignements, chacun avec l'exemple d'une expérience."),
    ),
    Section("propositions", 1, N_("Propositions"), required=True, hint=N_("Sept propositions au plus.")),
    Section(
        "divergent", 1, N_("Points de vue divergents ou minoritaires"), required=True,
        hint=N_("Chaque désaccord avec ses deux arguments. Écrivez « Aucun n'a été exprimé. » si c'est le cas."),
    ),
    Section(
        "debate", 1, N_("Ce que nous demandons au forum de débattre"), required=True,
        hint=N_("Une ou deux questions."),
    ),
    Section(ANNEX, 1, N_("Ce que sont devenues les contributions"), annex=True),
)  # fmt: skip


def new_content(title: str, group: str) -> Content:
    """Return the text that a group starts from: `group` is what the app knows of it (Markdown), propositions are one, blank."""
    sections: list[Section] = []
    for section in SECTIONS:
        body = blocks.written(GROUP, group) if section.key == HEADER else ""
        sections.append(
            Section(
                section.key,
                section.level,
                section.heading,
                body,
                section.required,
                section.hint,
                section.annex,
            )
        )
        if section.key == "propositions":
            sections.append(blank("proposition-1"))
    return Content(title, tuple(sections))


def with_source(body: str, ref: str) -> str:
    """Return a proposition's body that cites `ref` too, on its last line of sources; unchanged when it already does."""
    if ref in {cited.ref for cited in citations_of(body)}:
        return body
    kept, block = _split(body)
    lines = kept.rstrip("\n").split("\n")
    if lines[-1].startswith("Sources\u00a0:"):
        lines[-1] = f"{lines[-1].rstrip()} [{ref}]"
    else:
        lines += ["", f"Sources\u00a0: [{ref}]"]
    return f"{chr(10).join(lines).lstrip(chr(10))}\n{block}"


def _split(body: str) -> tuple[str, str]:
    """Return what people wrote, and the block of the app that ends the body, if one does."""
    found = blocks.blocks_of(body)
    if not found or body[found[-1].end :].strip():
        return body, ""
    return body[: found[-1].start], "\n" + body[found[-1].start :]


def with_block(body: str, source: str, text: str) -> str:
    """Return the body whose block of a source says `text`; added at the end when there is none, removed when empty.

    What somebody wrote inside stays, as words of theirs: the vote and the count are said by the app, whatever they say (D-10).
    """
    if any(block.source == source and not block.intact for block in blocks.blocks_of(body)):
        body = blocks.detach(blocks.remove_block(body, source), source)
    if not text:
        return blocks.remove_block(body, source)
    if any(block.source == source for block in blocks.blocks_of(body)):
        return blocks.replace_block(body, source, text)
    return f"{body.rstrip()}\n\n{blocks.written(source, text)}\n".lstrip("\n")


def agreement_text(found: Agreement, vote: str, speech: Speech) -> str:
    """Say the support of a proposition: its label, its numbers, its vote; when it was lowered, both labels and the motive."""
    _ = speech.gettext
    numbers = SEMICOLON.join(
        [
            counted(speech, "%(num)s favorable", "%(num)s favorables", found.favourable),
            counted(speech, "%(num)s opposé", "%(num)s opposés", found.unfavourable),
            counted(speech, "%(num)s exprimé", "%(num)s exprimés", found.expressed),
        ]
    )
    if found.label is None:
        return (
            _("Vote cité : [%(vote)s].") % {"vote": vote} if not found.expressed else f"{numbers} [{vote}]."
        )
    said = f"**{_(LABELS[found.label]).capitalize()}**\u00a0: {numbers} [{vote}]."
    if found.lowered and found.computed:
        said += " " + _("Degré calculé : « %(label)s », abaissé par le groupe : %(motive)s") % {
            "label": _(LABELS[found.computed]),
            "motive": escaped_line(found.motive),
        }
    return said


def coverage_text(covered: Coverage, choices: Choices, sources: Sources, speech: Speech) -> str:
    """Say what became of all contributions, by channel too, and list those set aside with their motives (domain §5)."""
    _ = speech.gettext
    lines = [_coverage_line(covered.total, {fate: covered.count(fate) for fate in FATES}, speech)]
    for channel, counts in sorted(covered.by_channel.items()):
        name = _(CHANNELS.get(channel, channel))
        lines.append(f"- {name.capitalize()}\u00a0: {_coverage_line(sum(counts.values()), counts, speech)}")
    aside = [ref for ref in covered.refs(SET_ASIDE) if ref in choices.set_aside]
    if aside:
        lines += ["", _("Contributions écartées, avec leur motif :"), ""]
        lines += [_aside_line(ref, choices, sources, speech) for ref in aside]
    return "\n".join([lines[0], "", *lines[1:]]).strip()


def _coverage_line(total: int, counts: Mapping[str, int], speech: Speech) -> str:
    parts = [
        counted(speech, "%(num)s reprise", "%(num)s reprises", counts[TAKEN]),
        counted(speech, "%(num)s fusionnée", "%(num)s fusionnées", counts[MERGED]),
        counted(speech, "%(num)s écartée avec motif", "%(num)s écartées avec motif", counts[SET_ASIDE]),
    ]
    if counts[LEFT]:
        parts.append(speech.gettext("%(num)s à traiter") % {"num": counts[LEFT]})
    whole = counted(speech, "%(num)s contribution", "%(num)s contributions", total)
    return f"{whole}\u00a0: {', '.join(parts)}."


def _aside_line(ref: str, choices: Choices, sources: Sources, speech: Speech) -> str:
    kept = choices.set_aside[ref]
    source = sources.get(ref)
    words = f"«\u00a0{escaped_line(source.words)}\u00a0» " if source and source.words else ""
    motive, note = speech.gettext(MOTIVES[kept.motive]), escaped_line(kept.note).rstrip(" .")
    said = note if kept.motive == "other" else ", ".join(filter(None, (motive, note)))
    return f"- {words}[{ref}]\u00a0: {said}."
