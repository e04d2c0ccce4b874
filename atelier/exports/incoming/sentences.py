"""What is said when a text from outside cannot be read: what it is, and what to do. French is the message itself."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.exports.incoming.kinds import DOCX, HTML, MARKDOWN, ODT, TEXT
from atelier.later import N_

SENTENCES: Mapping[str, str] = {
    "nothing_given": N_("Choisissez un fichier, ou collez un texte."),
    "two_given": N_("Choisissez un fichier ou collez un texte, pas les deux à la fois."),
    "empty_file": N_("Ce fichier est vide."),
    "no_words": N_("Il n’y a aucun mot dans ce texte."),
    "only_pictures": N_(
        "Ce fichier ne contient que des images, sans texte\u00a0: c’est sans doute un document numérisé. Recopiez-en les mots, ou"
        " passez-le d’abord par une reconnaissance de texte."
    ),
    "too_heavy": N_(
        "Ce fichier est trop lourd\u00a0: %(megabytes)s Mo au plus. Retirez-en les images, ou copiez son texte et collez-le ici."
    ),
    "too_many_words": N_(
        "Ce texte est trop long\u00a0: %(most)s signes au plus. Importez-le en plusieurs fois."
    ),
    "too_long_to_read": N_(
        "Ce fichier demande trop de temps ou de mémoire pour être lu. Copiez son texte et collez-le ici."
    ),
    "locked": N_(
        "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis choisissez cette copie."
    ),
    "old_office": N_(
        "C’est un ancien fichier de bureautique (.doc). Ouvrez-le, enregistrez-le en .docx ou en .odt, puis choisissez ce"
        " nouveau fichier."
    ),
    "other_office": N_(
        "C’est un tableur, un diaporama ou un dessin, pas un texte. Copiez ce qu’il vous faut et collez-le ici."
    ),
    "pdf": N_(
        "Un PDF ne garde pas la structure d’un texte. Choisissez le fichier d’origine (.docx ou .odt), ou copiez le texte et"
        " collez-le ici."
    ),
    "rtf": N_("C’est un fichier RTF. Ouvrez-le, enregistrez-le en .docx ou en .odt, puis choisissez-le."),
    "picture": N_("C’est une image, pas un texte. Recopiez-en les mots."),
    "misnamed": N_(
        "Ce fichier s’appelle « .%(ending)s » mais n’en est pas un. Ouvrez-le dans le logiciel qui l’a fait et enregistrez-le"
        " à nouveau."
    ),
    "spoiled": N_(
        "Ce fichier « .%(ending)s » est abîmé\u00a0: il n’a pas pu être lu. Ouvrez-le et enregistrez-le à nouveau, ou copiez son"
        " texte et collez-le ici."
    ),
    "not_text": N_("Ce fichier n’est pas un texte. Choisissez un fichier .docx, .odt, .html, .md ou .txt."),
    "nothing_chosen": N_("Aucune partie n’est choisie\u00a0: dites où va au moins l’une d’elles."),
    "busy": N_("D’autres personnes écrivent en ce moment. Rien n’a été importé\u00a0: appuyez à nouveau."),
}

READ_AS: Mapping[str, str] = {
    DOCX: N_("un document Word"),
    ODT: N_("un document LibreOffice"),
    HTML: N_("une page web"),
    MARKDOWN: N_("un texte Markdown"),
    TEXT: N_("un texte simple"),
}
