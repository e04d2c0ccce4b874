"""Each vote as a block: question, method, counts, outcome, figure, annulled rounds with their motive, what was said with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from atelier.dialect import escaped_line
from atelier.later import N_
from atelier.live.result_sentences import counts_of, notes_of, outcome_of
from atelier.live.result_words import METHODS
from atelier.minutes.drafting.boards import BOARDS, cluster_section, section_of
from atelier.minutes.drafting.cards import NBSP, card_lines, citation, quoted
from atelier.minutes.drafting.material import COUNTED, INTRODUCED, VOTED, Data, Material, Piece
from atelier.minutes.drafting.results import Results, hypothesis_of, revealed_rounds
from atelier.speech import counted

BY_OPTION = frozenset({"scale", "gradients"})  # one sentence for each option
WRITTEN = BOARDS | {"questions", "hypothesis"}
STATEMENTS: Mapping[str, str] = {
    "reservation": N_("Réserves"),
    "objection": N_("Objections"),
    "withdrawal": N_("Mots des personnes qui se sont retirées"),
    "comment": N_("Mots laissés"),
}


def vote_pieces(material: Material, results: Results) -> Iterator[Piece]:
    for key in material.settled:
        if key in material.votes and material.votes[key]["number"]:
            section, order = home_of(material, key)
            yield Piece(section, order, material.votes[key]["number"], _vote(material, results, key))


def home_of(material: Material, key: str) -> tuple[str, tuple[int, int, int]]:
    """Return where a vote is told: beside what was voted on when all of it stands in one part, else with the votes."""
    places, activity = material.template.places, material.activity(key)
    rank = material.place[key]
    clusters = [option.cluster or "" for option in activity.options]
    on_clusters = clusters and all(cluster in material.clusters for cluster in clusters)
    if on_clusters and not places.apart:
        homes = {cluster_section(material, cluster) for cluster in clusters}
        if len(homes) == 1:
            source = material.clusters[clusters[0]]["activity"]
            return homes.pop(), (material.place[source], VOTED, rank)
    if any(hypothesis_of(material, option) for option in activity.options):
        return places.hypotheses, (rank, COUNTED, 0)
    home = {"consent": places.consent, "roti": places.feedback}.get(activity.kind, places.votes)
    if activity.kind == "choice" and places.polls and not _anything_before(material, key):
        return places.polls, (rank, VOTED, 0)
    if home == places.votes and places.beside and not any(option.copied_from for option in activity.options):
        beside = _board_beside(material, key)
        if beside:
            before = rank < material.place[beside]
            turn = (INTRODUCED, -1) if before else (COUNTED, rank)
            return section_of(material, beside, ""), (material.place[beside], *turn)
    return home, (rank, VOTED, 0)


def _anything_before(material: Material, key: str) -> bool:
    """Tell whether people had written anything when they were asked: else it is about who is here."""
    return any(
        material.activities[other]["kind"] in WRITTEN
        for other in material.place
        if material.place[other] < material.place[key]
    )


def _board_beside(material: Material, key: str) -> str:
    """Return the first activity of the same part of the déroulé where what was weighed is also put in words."""
    here = material.activity(key).sequence
    return next(
        (
            other
            for other in material.settled
            if material.activity(other).sequence == here
            and material.activities[other]["kind"] in BOARDS
            and material.tops.get(other)
        ),
        "",
    )


def _vote(material: Material, results: Results, key: str) -> str:
    vote = material.votes[key]
    paragraphs = [f"### {escaped_line(vote['question'] or _title(material, vote))}", _method(material, vote)]
    if not vote["out"]:
        paragraphs += [_kept_in_room(material, kept) for kept in vote["rounds"] if kept["ballots"]]
        return "\n\n".join(paragraphs)
    for kept in vote["rounds"]:
        paragraphs += _round(material, vote, kept)
    if revealed_rounds(vote):
        words = material.speech.gettext("Résultat du vote %(number)s") % vote
        paragraphs.append(f"![{words}](figure:{vote['number']})")
    return "\n\n".join([*paragraphs, *_beside(material, results, key, vote)])


def _title(material: Material, vote: Data) -> str:
    return material.speech.gettext(METHODS[vote["kind"]])


def _method(material: Material, vote: Data) -> str:
    """« Vote aux gommettes, 3 par personne, 2 au plus sur une même proposition [V-2]. »"""
    _, params = material.speech.gettext, vote["rule"]["params"]
    parts = [_title(material, vote)]
    if vote["kind"] == "dot_vote":
        parts.append(
            _("%(dots)s par personne, %(per_option)s au plus sur une même proposition")
            % {"dots": params["dots"], "per_option": params["per_option"]}
        )
    if vote["kind"] == "scale":
        parts.append(_("de %(low)s à %(high)s") % params)
    if vote["kind"] == "gradients":
        parts.append(_("en %(steps)s degrés") % params)
    if vote["kind"] == "majority_judgment":
        parts.append(_("en %(count)s mentions") % {"count": len(params["grades"])})
    return f"{', '.join(parts)} [{vote['number']}]."


def _round(material: Material, vote: Data, kept: Data) -> Iterator[str]:
    speech = material.speech
    opening = _opening(material, vote, kept)
    if kept["tally"] is None:
        opening += _uncounted(material, kept)
    if opening:
        yield " ".join(opening)
    if kept["tally"] is None:
        return
    yield counts_of(kept, speech)
    if not all_hypotheses(material, vote):
        said = outcome_of(kept, speech, lambda option: named(material, vote, option))
        listed = kept["tally"]["method"] in BY_OPTION and len(said) > 1
        yield "\n".join(f"- {one}" for one in said) if listed else " ".join(said)
    elif not kept["annulled"]:
        yield speech.gettext("Le degré d'accord est dit avec chaque hypothèse.")
    notes = notes_of(kept, speech)
    if notes:
        yield " ".join(notes)
    yield from _statements(material, kept["texts"])


def _opening(material: Material, vote: Data, kept: Data) -> list[str]:
    _ = material.speech.gettext
    told = []
    if len(vote["rounds"]) > 1 or kept["annulled"]:
        told.append(_("Tour %(number)s.") % {"number": kept["round"]})
    if kept["annulled"]:
        told.append(_("Vote annulé. Motif : %(motive)s") % {"motive": escaped_line(kept["motive"])})
    if kept["proposal"]:
        told.append(_("Proposition : %(words)s") % {"words": quoted(kept["proposal"])})
    return told


def _uncounted(material: Material, kept: Data) -> list[str]:
    speech = material.speech
    if kept["ballots"]:
        one, many = "%(num)s bulletin, jamais dépouillé.", "%(num)s bulletins, jamais dépouillés."
        return [speech.ngettext(one, many, kept["ballots"]) % {"num": kept["ballots"]}]
    return [] if kept["annulled"] else [speech.gettext("Ce vote n'a reçu aucun bulletin.")]


def all_hypotheses(material: Material, vote: Data) -> bool:
    """Tell whether every option is a hypothesis that stands in the text: its result is said there."""
    options = material.activity(vote["activity"]).options
    return vote["kind"] == "gradients" and bool(options) and all(hypothesis_of(material, o) for o in options)


def named(material: Material, vote: Data, option: Mapping[str, Any]) -> str:
    """Return an option as a sentence says it: a hypothesis by its citation, anything else by its words."""
    held = {one.key: one for one in material.activity(vote["activity"]).options}
    ref = hypothesis_of(material, held[option["key"]]) if option["key"] in held else ""
    if ref:
        return material.speech.gettext("l'hypothèse %(citation)s") % {
            "citation": citation(ref, material.cards[ref])
        }
    texts = {one["key"]: one["text"] for one in vote["options"]}
    words = texts.get(option["key"], "")
    return quoted(words) if words else material.speech.gettext("une proposition gardée dans la salle")


def _kept_in_room(material: Material, kept: Data) -> str:
    return counted(
        material.speech,
        "%(num)s réponse, gardée dans la salle.",
        "%(num)s réponses, gardées dans la salle.",
        kept["ballots"],
    )


# ---------------------------------------------------------------- what was said with the vote


def _statements(material: Material, texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the statements of one round of a consent, by kind."""
    for kind, refs in texts.items():
        kept = [ref for ref in refs if ref in material.cards]
        if kept:
            yield _listed(material, kind, kept)


def _beside(material: Material, results: Results, key: str, vote: Data) -> Iterator[str]:
    """Yield what was written beside the ballots and is told nowhere else."""
    told = {ref for kept in vote["rounds"] for refs in kept["texts"].values() for ref in refs}
    told |= results.told_reserves
    by_kind: dict[tuple[str, str], list[str]] = {}
    for ref in material.tops.get(key, ()):
        if ref not in told:
            card = material.cards[ref]
            by_kind.setdefault((card["kind"], card["option"]), []).append(ref)
    for (kind, option), refs in by_kind.items():
        about = named(material, vote, {"key": option}) if option else ""
        yield _listed(material, kind, refs, about)


def _listed(material: Material, kind: str, refs: Sequence[str], about: str = "") -> str:
    _ = material.speech.gettext
    title = _(STATEMENTS.get(kind, N_("Paroles")))
    head = _("%(title)s sur %(option)s :") % {"title": title, "option": about} if about else f"{title}{NBSP}:"
    return "\n".join([head, "", *card_lines(material, refs)])
