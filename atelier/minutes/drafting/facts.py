"""What the séance was, in facts: where and when, how many people, how long, what was not treated, what is not quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from atelier.dialect import escaped_line
from atelier.later import N_
from atelier.live.result_words import MOTIVES
from atelier.minutes.document_templates import KINDS
from atelier.minutes.drafting.cards import NBSP, college_of, top_of
from atelier.minutes.drafting.material import AFTER, BEFORE, INTRODUCED, Material, Piece
from atelier.speech import counted

LEADING = frozenset({"recap", "check_in", "step", "speaking"})  # what leads a séance and gathers nothing


def fact_pieces(material: Material) -> Iterator[Piece]:
    places = material.template.places
    told = (
        (places.header, BEFORE, "header", header(material)),
        (places.header, BEFORE, "attendance", attendance(material)),
        (places.previous, BEFORE, "previous", previous(material)),
        (places.following, AFTER, "following", following(material)),
        (places.annex, AFTER, "agenda", agenda(material)),
        (places.annex, AFTER, "untreated", untreated(material)),
        (places.annex, AFTER, "hidden", not_quoted(material)),
    )
    for rank, (section, place, source, text) in enumerate(told):
        if text:
            yield Piece(section, (place, INTRODUCED, rank), source, text)


def header(material: Material) -> str:
    """Say what kind of séance, when, where, on what question; and that nobody speaks for a structure (D-31)."""
    _, speech, session = material.speech.gettext, material.speech, material.session
    facts = [_(KINDS.get(session["kind"], N_("Séance")))]
    if session["date"]:
        facts.append(speech.day(session["date"]))
    if session["place"]:
        facts.append(escaped_line(session["place"]))
    lines = [f"{', '.join(facts)}."]
    if session["question"]:
        lines.append(_("Question : « %(question)s »") % {"question": escaped_line(session["question"])})
    if session["fictional"]:
        lines.append(_("Exemple fictif."))
    lines.append(_("Les propos engagent leurs auteurs, pas leur structure."))
    return "\n\n".join(lines)


def attendance(material: Material) -> str:
    """Say from when to when, how many people were there, by college those who came with a phone: numbers, never names."""
    state = material.state
    if not material.ended:
        return ""
    _, speech, found = material.speech.gettext, material.speech, material.attendance
    present = counted(speech, "%(num)s personne présente", "%(num)s personnes présentes", found["present"])
    if found["corrected"]:
        present = _("%(present)s (compte corrigé par l'animation)") % {"present": present}
    if state.started_at and state.closed_at:
        hours = {
            "start": speech.hour(state.started_at),
            "end": speech.hour(state.closed_at),
            "present": present,
        }
        present = _("De %(start)s à %(end)s, %(present)s") % hours
    told = [f"{present}."]
    people = Counter[str]()
    for person in state.people.values():
        people[person.college] += person.people if person.shared else 1
    said = [
        f"{people[college.key]} {escaped_line(college_of(material, college.key))}"
        for college in state.meeting.colleges
        if people[college.key]
    ]
    if said:
        told.append(_("Sur les téléphones : %(colleges)s.") % {"colleges": ", ".join(said)})
    if found["without_phone"]:
        told.append(
            counted(
                speech,
                "%(num)s personne sans téléphone.",
                "%(num)s personnes sans téléphone.",
                found["without_phone"],
            )
        )
    return " ".join(told)


def previous(material: Material) -> str:
    """Name the séance that this one continues (R-077). Its cards stay in its own compte rendu."""
    _, before = material.speech.gettext, material.state.meeting.previous
    if not before.get("title"):
        return ""
    told = _("Cette séance continue « %(title)s »") % {"title": escaped_line(before["title"])}
    facts = [str(before.get("reference") or "")]
    if before.get("date"):
        facts.append(material.speech.day(before["date"]))
    said = ", ".join(fact for fact in facts if fact)
    told = f"{told} ({said})." if said else f"{told}."
    if before.get("cards"):
        told += " " + counted(
            material.speech, "%(num)s carte en venait.", "%(num)s cartes en venaient.", before["cards"]
        )
    return told


def following(material: Material) -> str:
    if material.following is None:
        return ""
    _, after = material.speech.gettext, material.following
    facts = [material.speech.day(after.date)] if after.date else []
    facts += [escaped_line(after.place)] if after.place else []
    facts.append(f"«{NBSP}{escaped_line(after.title)}{NBSP}»")
    return f"{_('Prochaine rencontre')}{NBSP}: {', '.join(facts)}."


def agenda(material: Material) -> str:
    """Give the déroulé with minutes planned and real."""
    _ = material.speech.gettext
    if not material.ended or not material.sequences:
        return ""
    lines = [
        f"| {_('Séquence')} | {_('Minutes prévues')} | {_('Minutes réelles')} |",
        "|---|---:|---:|",
    ]
    for row in material.sequences.values():
        planned = row["planned_minutes"] + row["added_minutes"]
        real = _("passée") if row["skipped"] else "–" if row["real_minutes"] is None else row["real_minutes"]
        lines.append(f"| {escaped_line(row['title'])} | {planned} | {real} |")
    return "\n".join(lines)


def untreated(material: Material) -> str:
    """Say what the séance did not treat (domain §5, rule 9): sequences passed, activities never opened, votes never counted."""
    if not material.ended:
        return ""
    _ = material.speech.gettext
    found = [
        _("Séquence passée : « %(title)s »") % {"title": escaped_line(row["title"])}
        for row in material.sequences.values()
        if row["skipped"]
    ]
    for key, activity in material.activities.items():
        if key in material.settled or not activity["question"] or activity["kind"] in LEADING:
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
