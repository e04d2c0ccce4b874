"""One card as a line of the text: its exact words in « », its citation, who it is from as far as was promised (D-12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from atelier.dialect import escaped, escaped_line
from atelier.live.result_words import CHANNELS
from atelier.live.rules.attribution import PUBLIC, attribution
from atelier.minutes.drafting.material import Data, Material
from atelier.speech import counted

NBSP = "\u00a0"
HYPOTHESIS = "hypothesis"


def quoted(text: str, indent: str = "") -> str:
    """Return people's words between « », exactly; their line ends stay inside an item indented by `indent`."""
    lines = escaped(text).replace("\n", f"\n{indent}")
    return f"«{NBSP}{lines}{NBSP}»"


def card_lines(material: Material, refs: Sequence[str], indent: str = "", lead: str = "") -> Iterator[str]:
    """Yield an item for each card, with, under it, the author's first words and the cards it stands for."""
    for ref in refs:
        yield from _card(material, ref, indent, lead)


def _card(material: Material, ref: str, indent: str, lead: str) -> Iterator[str]:
    _ = material.speech.gettext
    card, inside = material.cards[ref], f"{indent}  "
    words = card["text"] or card["raw"]
    said = quoted(words, inside) if words else _("(mots gardés dans la salle)")
    start = f"{lead}{NBSP}: " if lead else ""
    yield f"{indent}- {start}{said} {citation(ref, card)}{from_whom(material, ref)}"
    if card["raw"] and card["text"]:
        yield f"{inside}- {_('Mots de départ')}{NBSP}: {quoted(card['raw'], f'{inside}  ')}"
    yield from card_lines(material, material.under.get(ref, ()), inside, _("Réunie avec"))


def words_together(material: Material, refs: Sequence[str]) -> str:
    """Return short words in one paragraph, the most said first: « « Temps » [C-1] [C-3], « Peur » [C-2]. »"""
    said: dict[str, list[str]] = {}
    for ref in refs:
        said.setdefault(" ".join(material.cards[ref]["text"].casefold().split()), []).append(ref)
    groups = sorted(said.values(), key=lambda group: -len(group))
    parts = [
        f"{quoted(material.cards[group[0]]['text'])} "
        + " ".join(f"{citation(ref, material.cards[ref])}{from_whom(material, ref)}" for ref in group)
        for group in groups
    ]
    return f"{', '.join(parts)}."


def citation(ref: str, card: Data) -> str:
    """Return the citation of a card: `[H-12]` when it is a hypothesis."""
    return f"[{ref.replace('C-', 'H-') if card['kind'] == HYPOTHESIS else ref}]"


def top_of(material: Material, ref: str) -> str:
    """Return the card that stands in the text for a card: itself, or the one that it is told with; "" when none does."""
    if ref not in material.cards:
        return ""
    while material.cards[ref]["merged_into"] in material.cards:
        ref = material.cards[ref]["merged_into"]
    return ref


def from_whom(material: Material, ref: str) -> str:
    """Return « (associatifs et citoyens, papier, 7 soutiens) », or nothing when nothing may be said."""
    _, card = material.speech.gettext, material.cards[ref]
    parts = [name_of(material, ref), college_of(material, card["college"]), card["pseudonym"]]
    if card["channel"] in CHANNELS:
        parts.append(_(CHANNELS[card["channel"]]))
    if card["support"]:
        parts.append(counted(material.speech, "%(num)s soutien", "%(num)s soutiens", card["support"]))
    if card["origin"]:
        parts.append(_("repris de %(origin)s") % {"origin": card["origin"]})
    said = [escaped(part) for part in parts if part]
    return f" ({', '.join(said)})" if said else ""


def name_of(material: Material, ref: str) -> str:
    """Return the name that its author lets go with this card, where names may stand."""
    if not material.named:
        return ""
    card = material.state.contributions[material.cards[ref]["number"]]
    return str(attribution(material.state, card, PUBLIC).get("name", ""))


def college_of(material: Material, key: str) -> str:
    """Return the label of a college inside a sentence: « associatifs et citoyens »."""
    for college in material.state.meeting.colleges:
        if college.key == key:
            if not college.letter:
                return material.speech.gettext("collège non précisé")
            return college.label[:1].lower() + college.label[1:]
    return ""


def colleges_of(material: Material, refs: Sequence[str]) -> str:
    """Return « associatifs et citoyens (3), universitaires (1) » for cards and those they stand for; "" when none is known."""
    counts = Counter[str]()
    waiting = list(refs)
    while waiting:
        ref = waiting.pop()
        waiting += material.under.get(ref, ())
        counts[material.cards[ref]["college"]] += 1
    return colleges_counted(material, counts)


def colleges_counted(material: Material, counts: Mapping[str, int]) -> str:
    """Return « élus (1), habitants (4) »: labels are the démarche's own, which nothing here may put in the singular."""
    return ", ".join(
        f"{escaped_line(college_of(material, college.key))} ({counts[college.key]})"
        for college in material.state.meeting.colleges
        if counts.get(college.key)
    )
