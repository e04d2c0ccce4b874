"""« Ce qui s'est passé » as Markdown: the same story as the page, in text. People's words are escaped, never interpreted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from atelier.exports.open_data import shuffled, whole
from atelier.later import N_

Say = Callable[[str], str]
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
LEADING = re.compile(r"^(\s*)([-+=]|\d+[.)])")
LEVELS = ("pour", "plutôt pour", "neutre", "plutôt contre", "contre")


MEASURES: Mapping[str, str] = {
    "dots": N_("gommettes"), "people": N_("personnes"), "percent": N_("% des exprimés"), "median": N_("médiane"),
    "favourable": N_("favorables"), "unfavourable": N_("opposés"), "neutral": N_("neutres"), "label": N_("accord"),
    "grade_code": N_("mention"), "expressed": N_("réponses"), "counts": N_("réponses, degré par degré"),
}  # fmt: skip
COUNTS: Mapping[str, str] = {
    "voters": N_("bulletins"), "valid": N_("exprimés"), "blank": N_("blancs"), "abstain": N_("ne se prononcent pas"),
    "void": N_("nuls"), "paper": N_("dont sur papier"),
}  # fmt: skip


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    line = SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
    return LEADING.sub(r"\1\\\2", line)


def markdown(told: Mapping[str, Any], say: Say, mark: str = "") -> str:
    """Return the whole document. `say` is gettext; `mark` a line that a confidential export bears at both ends."""
    lines = [f"> **{mark}**", ""] if mark else []
    lines += list(_heading(told, say))
    for sequence in told["sequences"]:
        lines += list(_sequence(sequence, told, say))
    if mark:
        lines += [f"> **{mark}**", ""]
    return "\n".join(lines)


def _heading(told: Mapping[str, Any], say: Say) -> Iterator[str]:
    session = told["session"]
    yield f"# {escaped(session['title'])}"
    yield ""
    if session["fictional"]:
        yield f"*{say('Exemple fictif.')}*"
        yield ""
    if session["question"]:
        yield escaped(session["question"])
        yield ""
    facts = [session["reference"], session["date"], session["place"]]
    yield f"- {' · '.join(escaped(fact) for fact in facts if fact)}"
    yield f"- {say('Personnes présentes')}\u00a0: {told['attendance']['present']}"
    yield ""


def _sequence(sequence: Mapping[str, Any], told: Mapping[str, Any], say: Say) -> Iterator[str]:
    yield f"## {sequence['position']}. {escaped(sequence['title'])}"
    yield ""
    planned = sequence["planned_minutes"] + sequence["added_minutes"]
    real = "" if sequence["real_minutes"] is None else f", {sequence['real_minutes']} min {say('en réalité')}"
    yield say("Passée.") if sequence["skipped"] else f"{planned} min {say('prévues')}{real}."
    yield ""
    for activity in sequence["activities"]:
        yield from _activity(activity, told, say)


def _activity(activity: Mapping[str, Any], told: Mapping[str, Any], say: Say) -> Iterator[str]:
    if activity["question"]:
        yield f"### {escaped(activity['question'])}"
        yield ""
    reference = str(told["session"]["reference"])
    for cluster in activity["clusters"]:
        column = activity["columns"].get(cluster["column"], {}).get("label", "")
        yield f"#### {escaped(cluster['title'] or say('Regroupement sans titre'))}{f' ({escaped(column)})' if column else ''}"
        yield ""
        yield from _cards(cluster["cards"], reference, told, say)
    if activity["loose"]:
        if activity["clusters"]:
            yield f"#### {say('Hors regroupement')}"
            yield ""
        yield from _cards(activity["loose"], reference, told, say)
    yield from _left_behind(activity["cards"], say)
    if activity["vote"]:
        yield from _vote(activity["vote"], reference, say)


def _cards(
    cards: Sequence[Mapping[str, Any]], reference: str, told: Mapping[str, Any], say: Say
) -> Iterator[str]:
    by_ref = {card["ref"]: card for card in cards}
    for ref in shuffled(reference, by_ref):
        card = by_ref[ref]
        who = told["colleges"].get(card["college"], {}).get("label", "") or card["pseudonym"]
        yield f"- {escaped(card['text'])} ({', '.join(part for part in (whole(reference, ref), escaped(who)) if part)})"
        if card["raw"]:
            yield f"  - {say('Mots de départ')}\u00a0: {escaped(card['raw'])}"
        for source in card["sources"]:
            yield f"  - {escaped(source['text'])} ({whole(reference, source['ref'])})"
    yield ""


def _left_behind(counts: Mapping[str, Any], say: Say) -> Iterator[str]:
    """Say how many cards are not quoted, and why: nothing is dropped in silence."""
    hidden = sum(counts["hidden"].values())
    said = [
        (say("gardées dans la salle"), counts["kept_back"]),
        (say("non relues"), counts["unread"]),
        (say("non affichées"), hidden),
        (say("retirées"), counts["withdrawn"]),
    ]
    parts = [f"{words}\u00a0: {count}" for words, count in said if count]
    if parts:
        yield f"{say('Cartes non citées')}, {', '.join(parts)}."
        yield ""


def _vote(vote: Mapping[str, Any], reference: str, say: Say) -> Iterator[str]:
    texts = {option["key"]: option["text"] for option in vote["options"]}
    for kept in vote["rounds"]:
        title = f"{whole(reference, vote['number'])}, {say('tour')} {kept['round']}"
        yield f"**{title}**"
        yield ""
        if kept["annulled"]:
            yield f"{say('Vote annulé. Motif')}\u00a0: {escaped(kept['motive'])}"
            yield ""
        if not vote["out"]:
            yield f"{say('Réponses gardées dans la salle')}\u00a0: {kept['ballots']}."
            yield ""
        elif kept["tally"] is None:
            yield f"{say('Jamais dépouillé')}\u00a0: {kept['ballots']} {say('bulletins')}."
            yield ""
        else:
            yield from _tally(kept, texts, say)


def _tally(kept: Mapping[str, Any], texts: Mapping[str, str], say: Say) -> Iterator[str]:
    options = kept["tally"]["options"]
    names = [name for name in MEASURES if any(option.get(name) is not None for option in options)]
    yield f"| {say('Rang')} | {say('Proposition')} | {' | '.join(say(MEASURES[name]) for name in names)} |"
    yield f"|{'---|' * (len(names) + 2)}"
    for option in options:
        rank = str(option["rank"] or "")
        if option["tied"]:
            rank += f" {say('ex æquo')}"
        cells = [_cell(option.get(name)) for name in names]
        yield f"| {rank} | {escaped(texts.get(option['key'], option['key']))} | {' | '.join(cells)} |"
    yield ""
    counts = [f"{kept['counts'][name]} {say(words)}" for name, words in COUNTS.items()]
    present = f"{kept['present']} {say('personnes présentes')}, " if kept["present"] is not None else ""
    yield f"{present}{', '.join(counts)}."
    yield ""


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " / ".join(str(item) for item in value)
    return "" if value is None else escaped(str(value))
