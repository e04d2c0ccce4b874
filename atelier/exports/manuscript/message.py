"""The message to those who asked for the compte rendu: sent, or copied by hand where no mail is set up. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from atelier.speech import Speech


@dataclass(frozen=True, slots=True)
class Told:
    """What the message says: `version` is the frozen one, addresses are whole, `next_*` of the séance that follows, if any."""

    title: str
    number: int
    address: str
    files: str
    held: str = ""  # day of the séance, `2015-10-13`
    corrected: str = ""  # the reason of a correction
    next_day: str = ""
    next_place: str = ""
    next_file: str = ""
    forum: bool = False


def subject(told: Told, speech: Speech) -> str:
    _ = speech.gettext
    kind = _("Contribution au forum : %(title)s") if told.forum else _("Compte rendu : %(title)s")
    return kind % {"title": told.title}


def body(told: Told, speech: Speech) -> str:
    """Return the text, a line for each address: people copy them."""
    _ = speech.gettext
    held = _(", séance du %(day)s") % {"day": speech.day(told.held)} if told.held else ""
    lines = [_("Bonjour,"), ""]
    if told.number > 1:
        lines.append(
            _("Une version corrigée de « %(title)s »%(held)s est publiée.")
            % {"title": told.title, "held": held}
        )
        lines.append(_("Raison de la correction : %(reason)s") % {"reason": told.corrected})
    else:
        lines.append(_("« %(title)s »%(held)s est publié.") % {"title": told.title, "held": held})
    lines += ["", _("Le lire, avec la source de chaque phrase :"), told.address]
    lines += ["", _("L'emporter (PDF, ODT, DOCX, page web, texte) :"), told.files]
    if told.next_day:
        place = f", {told.next_place}" if told.next_place else ""
        lines += [
            "",
            _("Prochaine séance : %(day)s%(place)s.") % {"day": speech.day(told.next_day), "place": place},
        ]
        lines += [_("L'ajouter à votre agenda :"), told.next_file]
    lines += [
        "",
        _(
            "Vous recevez ce message parce que vous l'avez demandé à la fin de la séance. Votre adresse sera effacée."
        ),
    ]
    return "\n".join(lines)
