"""« Ce qui s'est passé » as Markdown: the same story as the page, in text. People's words are escaped, never interpreted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from atelier.dialect import escaped_line as escaped
from atelier.live.references import shuffled, whole
from atelier.live.result_sentences import counts_of, notes_of
from atelier.live.result_words import AGREEMENT, GRADES, MEASURES
from atelier.speech import Speech

WORDS = {**AGREEMENT, **GRADES}


def markdown(told: Mapping[str, Any], speech: Speech, mark: str = "") -> str:
    """Return the whole document. `mark`: a line that a confidential export bears at both ends."""
    lines = [f"> **{mark}**", ""] if mark else []
    lines += list(_heading(told, speech))
    for sequence in told["sequences"]:
        lines += list(_sequence(sequence, told, speech))
    if mark:
        lines += [f"> **{mark}**", ""]
    return "\n".join(lines)


def _heading(told: Mapping[str, Any], speech: Speech) -> Iterator[str]:
    _ = speech.gettext
    session = told["session"]
    yield f"# {escaped(session['title'])}"
    yield ""
    if session["fictional"]:
        yield f"*{_('Exemple fictif.')}*"
        yield ""
    if session["question"]:
        yield escaped(session["question"])
        yield ""
    facts = [session["reference"], session["date"], session["place"]]
    yield f"- {' · '.join(escaped(fact) for fact in facts if fact)}"
    yield f"- {_('Personnes présentes')}\u00a0: {told['attendance']['present']}"
    yield ""


def _sequence(sequence: Mapping[str, Any], told: Mapping[str, Any], speech: Speech) -> Iterator[str]:
    _ = speech.gettext
    yield f"## {sequence['position']}. {escaped(sequence['title'])}"
    yield ""
    planned = sequence["planned_minutes"] + sequence["added_minutes"]
    real = "" if sequence["real_minutes"] is None else f", {sequence['real_minutes']} min {_('en réalité')}"
    yield (_("Passée.") if sequence["skipped"] else f"{planned} min {_('prévues')}{real}.")
    yield ""
    for activity in sequence["activities"]:
        yield from _activity(activity, told, speech)


def _activity(activity: Mapping[str, Any], told: Mapping[str, Any], speech: Speech) -> Iterator[str]:
    _ = speech.gettext
    if activity["question"]:
        yield f"### {escaped(activity['question'])}"
        yield ""
    reference = str(told["session"]["reference"])
    for cluster in activity["clusters"]:
        column = activity["columns"].get(cluster["column"], {}).get("label", "")
        yield f"#### {escaped(cluster['title'] or _('Regroupement sans titre'))}{f' ({escaped(column)})' if column else ''}"
        yield ""
        yield from _cards(cluster["cards"], reference, told, speech)
    if activity["loose"]:
        if activity["clusters"]:
            yield f"#### {_('Hors regroupement')}"
            yield ""
        yield from _cards(activity["loose"], reference, told, speech)
    yield from _left_behind(activity["cards"], speech)
    if activity["vote"]:
        yield from _vote(activity["vote"], reference, speech)


def _cards(
    cards: Sequence[Mapping[str, Any]], reference: str, told: Mapping[str, Any], speech: Speech
) -> Iterator[str]:
    _ = speech.gettext
    by_ref = {card["ref"]: card for card in cards}
    for ref in shuffled(reference, by_ref):
        card = by_ref[ref]
        who = told["colleges"].get(card["college"], {}).get("label", "") or card["pseudonym"]
        known = (whole(reference, card.get("ref_h") or ref), escaped(who))
        yield f"- {escaped(card['text'])} ({', '.join(part for part in known if part)})"
        if card["raw"]:
            yield f"  - {_('Mots de départ')}\u00a0: {escaped(card['raw'])}"
        for source in card["sources"]:
            yield f"  - {escaped(source['text'])} ({whole(reference, source['ref'])})"
    yield ""


def _left_behind(counts: Mapping[str, Any], speech: Speech) -> Iterator[str]:
    """Say how many cards are not quoted, and why: nothing is dropped in silence."""
    _ = speech.gettext
    hidden = sum(counts["hidden"].values())
    said = [
        (_("gardées dans la salle"), counts["kept_back"]),
        (_("non relues"), counts["unread"]),
        (_("non affichées"), hidden),
        (_("retirées"), counts["withdrawn"]),
    ]
    parts = [f"{words}\u00a0: {count}" for words, count in said if count]
    if parts:
        yield f"{_('Cartes non citées')}, {', '.join(parts)}."
        yield ""


def _vote(vote: Mapping[str, Any], reference: str, speech: Speech) -> Iterator[str]:
    _ = speech.gettext
    texts = {option["key"]: option["text"] for option in vote["options"]}
    for kept in vote["rounds"]:
        title = f"{whole(reference, vote['number'])}, {_('tour')} {kept['round']}"
        yield f"**{title}**"
        yield ""
        if kept["annulled"]:
            yield f"{_('Vote annulé. Motif')}\u00a0: {escaped(kept['motive'])}"
            yield ""
        if not vote["out"]:
            yield f"{_('Réponses gardées dans la salle')}\u00a0: {kept['ballots']}."
            yield ""
        elif kept["tally"] is None:
            yield f"{_('Jamais dépouillé')}\u00a0: {kept['ballots']} {_('bulletins')}."
            yield ""
        else:
            yield from _tally(kept, texts, speech)


def _tally(kept: Mapping[str, Any], texts: Mapping[str, str], speech: Speech) -> Iterator[str]:
    _ = speech.gettext
    options = kept["tally"]["options"]
    names = [name for name in MEASURES if any(option.get(name) is not None for option in options)]
    yield f"| {_('Rang')} | {_('Proposition')} | {' | '.join(_(MEASURES[name]) for name in names)} |"
    yield f"|{'---|' * (len(names) + 2)}"
    for option in options:
        rank = str(option["rank"] or "")
        if option["tied"]:
            rank += f" {_('ex æquo')}"
        cells = [_cell(option.get(name), speech) for name in names]
        yield f"| {rank} | {escaped(texts.get(option['key'], option['key']))} | {' | '.join(cells)} |"
    yield ""
    yield counts_of(kept, speech)
    yield ""
    notes = notes_of(kept, speech)
    if notes:
        yield " ".join(notes)
        yield ""


def _cell(value: Any, speech: Speech) -> str:
    _ = speech.gettext
    if isinstance(value, list | tuple):
        return " / ".join(str(item) for item in value)
    if value in WORDS:
        return escaped(_(WORDS[value]))
    return "" if value is None else escaped(str(value))
