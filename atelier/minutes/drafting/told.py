"""What is not cards: the porteur's text, questions and answers, commitments, what divides, the séance before and the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atelier.dialect import escaped, escaped_line
from atelier.live.methods.agreement import DIVIDED
from atelier.live.result_sentences import agreement_of, middle
from atelier.minutes.drafting.boards import columns_of
from atelier.minutes.drafting.cards import NBSP, card_lines, citation, from_whom, name_of, quoted
from atelier.minutes.drafting.material import AFTER, GROUPED, INTRODUCED, LOOSE, Data, Material, Piece
from atelier.minutes.drafting.results import Given, Results, given, hypothesis_of, revealed_rounds
from atelier.speech import counted

DIVERGING = frozenset(
    {"points de vue divergents", "point de vue divergent", "désaccords"}
)  # titles of columns

# ---------------------------------------------------------------- the case, in the words of who presents it


def presented_pieces(material: Material) -> Iterator[Piece]:
    """The texts of a presentation, marked as such: one after the other in the sections made for them."""
    for key in material.settled:
        activity = material.activity(key)
        if activity.kind != "presentation" or activity.to_minutes == "none":
            continue
        homes = material.template.places.told
        texts: dict[str, list[str]] = {}
        for number, text in enumerate(activity.settings.get("texts") or ()):
            home = homes[min(number, len(homes) - 1)]
            if str(text.get("text") or "").strip():
                texts.setdefault(home, []).append(_presented(material, text))
        for home, said in texts.items():
            yield Piece(home, (material.place[key], INTRODUCED, 0), key, "\n\n".join(said))


def _presented(material: Material, text: Data) -> str:
    _, heading = material.speech.gettext, escaped_line(str(text.get("heading") or ""))
    whose = _("Texte du porteur") if material.template.places.holder else _("Texte présenté")
    lead = f"{whose}, «{NBSP}{heading}{NBSP}»{NBSP}:" if heading else f"{whose}{NBSP}:"
    paragraphs = [line for line in str(text["text"]).splitlines() if line.strip()]
    return "\n".join([lead, "", "\n>\n".join(f"> {escaped(line)}" for line in paragraphs)])


# ---------------------------------------------------------------- questions


def question_pieces(material: Material) -> Iterator[Piece]:
    """Questions that were answered, then those that were not."""
    _, places = material.speech.gettext, material.template.places
    for key in material.settled:
        if material.activities[key]["kind"] != "questions":
            continue
        refs = sorted(material.tops.get(key, ()), key=lambda ref: -material.cards[ref]["support"])
        answered = [ref for ref in refs if material.cards[ref]["answered"]]
        waiting = [ref for ref in refs if not material.cards[ref]["answered"]]
        place = material.place[key]
        if answered:
            head = _("Questions qui ont reçu une réponse pendant la séance :")
            yield Piece(places.answered, (place, INTRODUCED, 0), f"{key}-question", head)
        for rank, ref in enumerate(
            answered
        ):  # a block each, so that the answer is written under its question
            text = "\n".join(card_lines(material, [ref]))
            yield Piece(places.answered, (place, GROUPED, rank), f"{key}-{ref}", text)
        if waiting:
            text = _listed(material, _("Questions restées sans réponse pendant la séance :"), waiting)
            yield Piece(places.unanswered, (place, LOOSE, 0), f"{key}-open", text)


def _listed(material: Material, head: str, refs: Sequence[str]) -> str:
    return "\n".join([head, "", *card_lines(material, refs)])


# ---------------------------------------------------------------- commitments


def commitment_pieces(material: Material) -> Iterator[Piece]:
    """Who does what, and when: a name only where its owner lets it go (R-253)."""
    for key in material.settled:
        refs = material.tops.get(key, ()) if material.activities[key]["kind"] == "commitments" else ()
        if refs:
            text = "\n".join(line for ref in refs for line in _commitment(material, ref))
            yield Piece(material.template.places.commitments, (material.place[key], GROUPED, 0), key, text)


def _commitment(material: Material, ref: str) -> Iterator[str]:
    _, card = material.speech.gettext, material.cards[ref]
    words = card["text"] or card["raw"]
    said = quoted(words, "  ") if words else _("(mots gardés dans la salle)")
    parts = [f"{said} {citation(ref, card)}{from_whom(material, ref)}"]
    if card["fields"].get("when"):
        parts.append(f"{_('quand')}{NBSP}: {quoted(card['fields']['when'], '  ')}")
    who = who_does(material, ref)
    if who and who != name_of(material, ref):
        parts.append(f"{_('qui')}{NBSP}: {escaped(who)}")
    yield f"- {', '.join(parts)}"
    if card["raw"] and card["text"]:
        yield f"  - {_('Mots de départ')}{NBSP}: {quoted(card['raw'], '    ')}"
    yield from card_lines(material, material.under.get(ref, ()), "  ", _("Réunie avec"))


def who_does(material: Material, ref: str) -> str:
    """Return the name written in a commitment, with its owner's consent and outside confidential séances."""
    card = material.state.contributions[material.cards[ref]["number"]]
    return card.fields.get("who", "") if material.named and card.name_consent else ""


# ---------------------------------------------------------------- what divides


def debate_pieces(material: Material, results: Results) -> Iterator[Piece]:
    """Results that show opposite views, each with its vote: nothing is concluded from them.

    A hypothesis that divides is told beside the others, with the reserves it received: where there are none, somebody has to
    write the other side.
    """
    places = material.template.places
    lines: dict[str, list[str]] = {places.debate: [], places.divergent: []}
    for found in given(material):
        said = _two_sides(material, found.vote, found.entry)
        if said:
            hypothesis = hypothesis_of(material, found.option)
            reserves = results.reserves.get(hypothesis, ()) if places.divergent else ()
            line = f"- {_what(material, found, hypothesis)}{NBSP}: {said} [{found.vote['number']}]."
            lines[places.divergent if reserves else places.debate].append(
                line + _reserves(material, reserves)
            )
    lines[places.debate] += [*_objections(material), *_divergent(material)]
    for source, section in (("debate", places.debate), ("divergent", places.divergent)):
        if section and lines[section]:
            yield Piece(section, (AFTER, INTRODUCED, 0), source, "\n".join(lines[section]))


def _reserves(material: Material, refs: Sequence[str]) -> str:
    if not refs:
        return ""
    cited = " ".join(citation(ref, material.cards[ref]) for ref in refs)
    return " " + material.speech.gettext("Réserves : %(refs)s.") % {"refs": cited}


def _objections(material: Material) -> list[str]:
    found = []
    for key in material.settled:
        rounds = revealed_rounds(material.votes[key]) if key in material.votes else []
        if (
            rounds
            and rounds[-1]["tally"]["method"] == "consent"
            and rounds[-1]["tally"]["answers"]["objection"]
        ):
            objections = rounds[-1]["tally"]["answers"]["objection"]
            count = counted(material.speech, "%(num)s objection", "%(num)s objections", objections)
            question = escaped_line(material.votes[key]["question"])
            found.append(f"- «{NBSP}{question}{NBSP}»{NBSP}: {count} [{material.votes[key]['number']}].")
    return found


def _divergent(material: Material) -> Iterator[str]:
    """Yield where cards stand that were written as a divergent view: they are quoted with what they answer."""
    for key in material.settled:
        columns = columns_of(material.activities[key])
        named = {one for one in columns if columns[one]["label"].strip().casefold() in DIVERGING}
        refs = [ref for ref in material.tops.get(key, ()) if material.cards[ref]["column"] in named]
        if refs:
            cited = " ".join(citation(ref, material.cards[ref]) for ref in refs)
            question = escaped_line(material.activities[key]["question"])
            yield f"- «{NBSP}{question}{NBSP}», " + material.speech.gettext(
                "points de vue divergents : %(refs)s."
            ) % {"refs": cited}


def _two_sides(material: Material, vote: Data, entry: Data) -> str:
    if vote["kind"] == "gradients" and (entry["label"] == DIVIDED or entry["minority_block"]):
        return agreement_of(entry, material.speech)
    if vote["kind"] != "scale" or not entry["split"]:
        return ""
    _, speech = material.speech.gettext, material.speech
    low = counted(
        speech,
        "%(num)s réponse en bas de l'échelle",
        "%(num)s réponses en bas de l'échelle",
        entry["low_count"],
    )
    high = counted(speech, "%(num)s en haut", "%(num)s en haut", entry["high_count"])
    return _("avis clivés, %(parts)s") % {"parts": f"{low}, {high}, {middle(entry, speech)}"}


def _what(material: Material, found: Given, hypothesis: str) -> str:
    _ = material.speech.gettext
    if hypothesis:
        return _("Hypothèse %(citation)s") % {"citation": citation(hypothesis, material.cards[hypothesis])}
    words = next(one["text"] for one in found.vote["options"] if one["key"] == found.option.key)
    return quoted(words, "  ") if words else _("Une proposition gardée dans la salle")


# ---------------------------------------------------------------- by correspondence, before and after


def online_pieces(material: Material) -> Iterator[Piece]:
    """What came in online: where it stands in the text, card by card, for it is quoted with the rest."""
    section = material.template.places.online
    refs = [
        citation(ref, material.cards[ref])
        for key in material.settled
        for ref in material.tops.get(key, ())
        if material.cards[ref]["channel"] == "online"
    ]
    if section and material.ended and not refs:
        none = material.speech.gettext("Aucune contribution n'est arrivée en ligne.")
        yield Piece(section, (AFTER, INTRODUCED, 0), "online", none)
    if section and refs:
        head = counted(
            material.speech,
            "%(num)s contribution reçue en ligne, citée avec les autres :",
            "%(num)s contributions reçues en ligne, citées avec les autres :",
            len(refs),
        )
        yield Piece(section, (AFTER, INTRODUCED, 0), "online", f"{head} {' '.join(refs)}.")
