"""French as it is printed: apostrophes, fixed spaces, and zero in the singular."""

from __future__ import annotations

import pytest

from atelier.drawing import Drawing
from atelier.i18n import translations, typeset

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L'heure d'aujourd'hui", "L’heure d’aujourd’hui"),
        ("Sur l'%(screen)s", "Sur l’%(screen)s"),
        ("Qui : la salle ; quand ?", f"Qui{NBSP}: la salle{NBSP}; quand{NBSP}?"),
        ("« Oui »", f"«{NBSP}Oui{NBSP}»"),
        (f"Déjà fait{NBSP}: «{NBSP}Oui{NBSP}»", f"Déjà fait{NBSP}: «{NBSP}Oui{NBSP}»"),
        ("<a href='/aide'>18:30</a>", "<a href='/aide'>18:30</a>"),
    ],
)
def test_typeset_sentence_has_the_signs_of_print_and_nothing_else_changes(typed: str, printed: str) -> None:
    assert typeset(typed) == printed


def test_every_way_to_a_french_sentence_typesets_it() -> None:
    french = translations("fr")
    assert french.gettext("L'heure") == "L’heure"
    assert french.pgettext("menu", "L'heure") == "L’heure"
    assert [french.ngettext("%(num)s n'est", "%(num)s n'ont", n) for n in (0, 1, 2)] == [
        "%(num)s n’est", "%(num)s n’est", "%(num)s n’ont",
    ]  # fmt: skip
    assert french.npgettext("menu", "l'un", "l'autre", 2) == "l’autre"


def test_words_that_people_wrote_keep_their_signs() -> None:
    environment = Drawing("Europe/Paris", "https://atelier.example")._environments["fr"]
    page = environment.from_string('{{ _("L\'avis : %(words)s", words=words) }}')
    assert page.render(words='c\'est : "oui"') == f"L’avis{NBSP}: c&#39;est : &#34;oui&#34;"
