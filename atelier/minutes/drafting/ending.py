"""What is only known at the end: how long each part took, what was not treated, which cards are not quoted and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from atelier.dialect import escaped_line
from atelier.live.result_words import MOTIVES
from atelier.live.state import LiveState
from atelier.minutes.drafting.cards import top_of
from atelier.minutes.drafting.material import Data, Material
from atelier.speech import counted

LEADING = frozenset({"recap", "check_in", "step", "speaking"})  # what leads a séance and gathers nothing


def first_close(state: LiveState) -> datetime | None:
    """Return the hour when people left: a séance that was opened again later is not longer for it."""
    for entry in state.log:
        if entry.act == "reopen_session":
            left: datetime | None = entry.params["closed_at"]
            return left
    return state.closed_at


def agenda(material: Material) -> str:
    """Give the déroulé with minutes planned and real, and say whether the séance was opened again."""
    _ = material.speech.gettext
    if not material.ended or not material.sequences:
        return ""
    lines = [
        f"| {_('Séquence')} | {_('Minutes prévues')} | {_('Minutes réelles')} |",
        "|---|---:|---:|",
    ]
    for key, row in material.sequences.items():
        planned, minutes = row["planned_minutes"] + row["added_minutes"], _minutes(material, key, row)
        real = _("passée") if row["skipped"] else "–" if minutes is None else minutes
        lines.append(f"| {escaped_line(row['title'])} | {planned} | {real} |")
    return "\n\n".join(["\n".join(lines), *_reopened(material)])


def _reopened(material: Material) -> Iterator[str]:
    """Yield on which days the séance was opened again, and why."""
    speech = material.speech
    for entry in material.state.log:
        if entry.act == "reopen_session":
            facts = {
                "hour": speech.hour(entry.at),
                "day": speech.date(entry.at),
                "motive": escaped_line(entry.params["motive"]),
            }
            yield speech.gettext("Séance rouverte le %(day)s à %(hour)s. Motif : « %(motive)s ».") % facts


def _minutes(material: Material, key: str, row: Data) -> int | None:
    """Return how long a sequence lasted; the one that a later reopening resumed, until people first left."""
    sequence, left = material.state.sequences[key], first_close(material.state)
    if sequence.started_at is None or sequence.ended_at is None or left is None:
        return row["real_minutes"]  # type: ignore[no-any-return]
    if sequence.started_at < left < sequence.ended_at:
        return round((left - sequence.started_at).total_seconds() / 60)
    return row["real_minutes"]  # type: ignore[no-any-return]


def untreated(material: Material) -> str:
    """Say what the séance did not treat (domain §5, rule 9): sequences passed or never reached, activities never opened,
    votes never counted.
    """
    if not material.ended:
        return ""
    _ = material.speech.gettext
    found = [
        _("Séquence passée : « %(title)s »") % {"title": escaped_line(row["title"])}
        for row in material.sequences.values()
        if row["skipped"]
    ]
    unreached = [row for row in material.sequences.values() if _is_unreached(material, row)]
    found += [
        _("Séquence jamais ouverte : « %(title)s »") % {"title": escaped_line(row["title"])}
        for row in unreached
    ]
    away = {key for row in unreached for key in row["activities"]}
    for key, activity in material.activities.items():
        if key in material.settled or key in away or not activity["question"] or activity["kind"] in LEADING:
            continue
        found.append(_("Jamais ouvert : « %(question)s »") % {"question": escaped_line(activity["question"])})
    for key, vote in material.votes.items():
        if key in material.settled and vote["out"] and all(kept["tally"] is None for kept in vote["rounds"]):
            found.append(_("Jamais dépouillé : %(vote)s") % {"vote": f"[{vote['number']}]"})
    waiting = [
        f"[{ref}]"
        for key in material.settled
        if material.activities[key]["kind"] == "questions"
        for ref in material.tops.get(key, ())
        if not material.cards[ref]["answered"]
    ]
    if waiting:
        found.append(_("Questions sans réponse : %(refs)s") % {"refs": " ".join(waiting)})
    lines = [f"- {line}." for line in found]
    return "\n".join([_("Ce qui n'a pas été traité :"), "", *lines]) if lines else ""


def _is_unreached(material: Material, row: Data) -> bool:
    """Tell whether nobody ever came to a sequence that had something to do in it."""
    return (
        bool(row["activities"])
        and not row["skipped"]
        and row["real_minutes"] is None
        and not any(material.activity(key).opened_at for key in row["activities"])
    )


def not_quoted(material: Material) -> str:
    """Count every card that is not quoted, with why: nothing is dropped in silence."""
    if not material.ended:
        return ""
    counts = Counter[str]()
    motives = Counter[str]()
    for key in material.settled:
        cards = material.activities[key]["cards"]
        counts.update({name: cards[name] for name in ("received", "unread", "withdrawn")})
        motives.update(cards["hidden"])
    if not counts["received"]:
        return ""
    speech = material.speech
    quoted = [ref for ref in material.cards if material.is_told(ref)]
    merged = sum(1 for ref in quoted if top_of(material, ref) != ref)
    counts["kept_back"] = (
        counts["received"] - len(quoted) - counts["unread"] - counts["withdrawn"] - motives.total()
    )
    told = [
        counted(speech, "%(num)s carte reçue", "%(num)s cartes reçues", counts["received"]),
        counted(speech, "%(num)s citée ici", "%(num)s citées ici", len(quoted)),
    ]
    if merged:
        told.append(
            counted(speech, "dont %(num)s réunie à une autre", "dont %(num)s réunies à une autre", merged)
        )
    return f"{', '.join(told)}.{_left_behind(material, counts, motives)}"


def _left_behind(material: Material, counts: Counter[str], motives: Counter[str]) -> str:
    _, speech = material.speech.gettext, material.speech
    parts = []
    if counts["kept_back"]:
        parts.append(
            counted(
                speech, "%(num)s reste dans la salle", "%(num)s restent dans la salle", counts["kept_back"]
            )
        )
    if counts["unread"]:
        parts.append(
            counted(speech, "%(num)s n'a pas été relue", "%(num)s n'ont pas été relues", counts["unread"])
        )
    for motive, count in sorted(motives.items()):
        words = speech.ngettext(
            "%(num)s n'est pas affichée (%(motive)s)", "%(num)s ne sont pas affichées (%(motive)s)", count
        )
        parts.append(words % {"num": count, "motive": _(MOTIVES[motive])})
    if counts["withdrawn"]:
        parts.append(
            counted(
                speech,
                "%(num)s a été retirée par la personne qui l'a écrite",
                "%(num)s ont été retirées par les personnes qui les ont écrites",
                counts["withdrawn"],
            )
        )
    return " " + _("Cartes non citées : %(parts)s.") % {"parts": ", ".join(parts)} if parts else ""
