"""What the séance was, in facts: where and when, how many people, what it continues, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from atelier.dialect import escaped_line
from atelier.later import N_
from atelier.minutes.document_templates import KINDS
from atelier.minutes.drafting.cards import NBSP, colleges_counted, quoted
from atelier.minutes.drafting.ending import agenda, first_close, not_quoted, untreated
from atelier.minutes.drafting.material import AFTER, BEFORE, INTRODUCED, Material, Piece
from atelier.speech import counted


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
    ended_at = first_close(state)
    if state.started_at and ended_at:
        hours = {
            "start": speech.hour(state.started_at),
            "end": speech.hour(ended_at),
            "present": present,
        }
        present = _("De %(start)s à %(end)s, %(present)s") % hours
    told = [f"{present}."]
    people = Counter[str]()
    for person in state.people.values():
        people[person.college] += person.people if person.shared else 1
    said = colleges_counted(material, people)
    if said:
        told.append(_("Sur les téléphones : %(colleges)s.") % {"colleges": said})
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
    """Name the séance that this one continues, and its themes (R-077). Its cards stay in its own compte rendu, and so does a
    title that is the words of one: they would not leave this text with it.
    """
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
            material.speech, "Elle a laissé %(num)s carte.", "Elle a laissé %(num)s cartes.", before["cards"]
        )
    themes = [
        f"{quoted(cluster['title'])} ({counted(material.speech, '%(num)s carte', '%(num)s cartes', cluster['count'])})"
        for cluster in before.get("clusters", ())
        if cluster.get("out") and cluster["title"] and not cluster["copied_from"]
    ]
    return f"{told}\n\n{_('Ses regroupements')}{NBSP}: {', '.join(themes)}." if themes else told


def following(material: Material) -> str:
    if material.following is None:
        return ""
    _, after = material.speech.gettext, material.following
    facts = [material.speech.day(after.date)] if after.date else []
    facts += [escaped_line(after.place)] if after.place else []
    facts.append(f"«{NBSP}{escaped_line(after.title)}{NBSP}»")
    return f"{_('Prochaine rencontre')}{NBSP}: {', '.join(facts)}."
