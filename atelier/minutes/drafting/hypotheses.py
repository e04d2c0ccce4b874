"""Hypotheses with their four fields (R-148), how far the room agrees, and the reserves of whoever has some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from atelier.dialect import escaped_line
from atelier.later import N_
from atelier.minutes.drafting.boards import introduction
from atelier.minutes.drafting.cards import HYPOTHESIS, NBSP, card_lines, citation, from_whom, quoted
from atelier.minutes.drafting.material import GROUPED, INTRODUCED, Material, Piece
from atelier.minutes.drafting.results import Results, agreements

FIELDS: Mapping[str, str] = {
    "evidence": N_("Ce que l'expérience révèle"),
    "useful_to": N_("Utile à"),
    "elsewhere": N_("Dans quels autres contextes"),
}


def hypothesis_pieces(material: Material, results: Results) -> Iterator[Piece]:
    section = material.template.places.hypotheses
    number = 0
    for key in material.settled:
        refs = material.tops.get(key, ()) if material.activities[key]["kind"] == HYPOTHESIS else ()
        if not refs:
            continue
        place, bare = material.place[key], section in material.template.bare
        asked = introduction(material, key, len(refs), 0, bare)
        yield Piece(section, (place, INTRODUCED, 0), f"{key}-question", asked)
        for ref in sorted(refs, key=lambda ref: int(material.cards[ref]["number"])):
            number += 1
            yield Piece(
                section,
                (place, GROUPED, number),
                ref.replace("C-", "H-"),
                _hypothesis(material, results, ref),
            )


def _hypothesis(material: Material, results: Results, ref: str) -> str:
    _, card = material.speech.gettext, material.cards[ref]
    words = card["text"] or card["raw"]
    said = f"«{NBSP}{escaped_line(words)}{NBSP}»" if words else _("(mots gardés dans la salle)")
    lines = [f"### {said} {citation(ref, card)}", ""]
    whom = from_whom(material, ref)
    if whom:
        lines.append(f"- {_('Portée par')}{NBSP}: {whom[2:-1]}")
    if card["raw"] and card["text"]:
        lines.append(f"- {_('Mots de départ')}{NBSP}: {quoted(card['raw'], '  ')}")
    for name, label in FIELDS.items():
        if card["fields"].get(name):
            lines.append(f"- {_(label)}{NBSP}: {quoted(card['fields'][name], '  ')}")
    for vote, said in agreements(material, results, ref):
        label = _("Degré d'accord :")
        lines.append(f"- {label} {said} [{vote['number']}].")
    lines += card_lines(material, results.reserves.get(ref, ()), lead=_("Réserve"))
    lines += card_lines(material, material.under.get(ref, ()), lead=_("Réunie avec"))
    return "\n".join(lines).rstrip()
