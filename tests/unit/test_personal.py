"""The server's reading of the personal vocabulary does what lib/me.js does, and puts refused words back in their form."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.live.markup import read, written
from atelier.live.personal import fill, holds
from atelier.live.typed_again import typed_again

PAGE = """<template id="tpl"><article class="slip"><p data-field="text"></p>
<p data-if="state!=hidden" data-field="label"></p><p data-if="motive" hidden>Non affichée : <span data-field="motive"></span></p>
<time data-attr="datetime:at"></time><details data-if="can_edit" hidden><summary>Modifier</summary>
<input type="hidden" name="number" data-attr="value:id">
<textarea name="text" data-field="text"></textarea></details></article></template>
<h2>Mes cartes <span data-count="cards" data-where="activity=a1"></span></h2>
<p id="empty" data-if="!cards">Rien</p><div id="list" data-me-list="cards" data-template="tpl" data-where="activity=a1"></div>
<button data-if="!upvotes~12">Soutenir</button><button data-if="upvotes~12" hidden>Retirer</button>
<time-left ends-at="2011" data-attr="ends-at?:time_extra.a1"></time-left><hour-text data-attr="datetime:at"></hour-text>"""


def card(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "activity": "a1",
        "text": f"Carte {number}",
        "state": "received",
        "label": "Reçue",
        **more,
    }


def filled(me: dict[str, Any], page: str = PAGE) -> str:
    return fill({"page": page}, {"cards": [], "upvotes": [], **me}, lambda moment: f"{moment} h")["page"]


def shown(html: str) -> str:
    """The list alone, after the template."""
    return html.partition("</template>")[2]


def test_fill_cards_draws_one_copy_of_the_template_each_in_order() -> None:
    html = shown(filled({"cards": [card(1, can_edit=True), card(2), card(3, activity="a2")]}))
    assert [html.index(f"Carte {n}") for n in (1, 2)] == sorted(html.index(f"Carte {n}") for n in (1, 2))
    assert "Carte 3" not in html
    assert 'data-me-item="1"' in html
    assert 'data-attr="value:id" value="1"' in html
    assert '<span data-count="cards" data-where="activity=a1">2</span>' in html
    assert '<p id="empty" data-if="!cards" hidden>' in html
    assert html.count('<details data-if="can_edit" hidden>') == 1


def test_fill_nothing_says_so_and_leaves_what_has_a_default() -> None:
    html = shown(filled({}))
    assert '<p id="empty" data-if="!cards">' in html
    assert 'ends-at="2011"' in html
    assert "Carte" not in html


def test_fill_words_that_look_like_html_shows_them_as_words() -> None:
    html = shown(filled({"cards": [card(1, text='<img src=x onerror="alert(1)">', motive="</p><script>")]}))
    assert "<img" not in html
    assert "<script>" not in html
    assert "&lt;img src=x onerror=" in html


def test_fill_attributes_cannot_leave_their_quotes() -> None:
    html = filled({"at": '"><script>'}, '<hour-text data-attr="datetime:at"></hour-text>')
    assert "<script>" not in html


def test_fill_shows_one_of_two_buttons_and_the_hour_in_words() -> None:
    html = shown(filled({"upvotes": [12], "at": "20"}))
    assert '<button data-if="!upvotes~12" hidden>' in html
    assert '<button data-if="upvotes~12">' in html
    assert ">20 h</hour-text>" in html


def test_fill_leaves_what_is_nobodys_as_it_was() -> None:
    page = '<p class="a">Un &amp; deux<br><input name="x" required></p><svg viewbox="0 0 1 1"><path d="M1"/></svg>'
    assert filled({}, page) == page
    assert written(read(page)) == page


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ("a", True), ("!a", False), ("zero", False), ("list", False), ("a b.c=1", True), ("b.c!=1", False),
        ("b.none=", True), ("many~2", True), ("!many~2", False), ("many~3", False), ("yes=true", True),
    ],
)  # fmt: skip
def test_conditions_hold_as_in_the_scripts(conditions: str, expected: bool) -> None:
    scope = {"a": "x", "zero": 0, "list": [], "b": {"c": 1}, "many": [1, 2], "yes": True}
    assert holds(scope, conditions) is expected


FORM = (
    '<form><input type="hidden" name="act" value="{act}"><input type="hidden" name="activity" value="{activity}">'
    '<input type="radio" name="column" value="plus" checked><input type="radio" name="column" value="minus">'
    '<input type="checkbox" name="ballot[options][]" value="o2"><input type="number" name="ballot[dots][o1]" value="0">'
    '<textarea name="text"></textarea><p class="error" data-error hidden></p></form>'
)
TYPED = {
    "activity": "a1",
    "column": "minus",
    "text": "Un <texte>",
    "ballot": {"dots": {"o1": 3}, "options": ["o2"]},
}


def test_refused_form_holds_again_what_was_typed_and_says_why() -> None:
    html = typed_again(FORM.format(act="submit", activity="a1"), "submit", TYPED, "Trop long.")
    assert '<textarea name="text">Un &lt;texte&gt;</textarea>' in html
    assert 'value="minus" checked' in html
    assert 'value="plus" checked' not in html
    assert 'value="o2" checked' in html
    assert '<input type="number" name="ballot[dots][o1]" value="3">' in html
    assert '<p class="error" data-error>Trop long.</p>' in html


def test_forms_of_other_acts_and_other_activities_stay_as_they_were() -> None:
    for act, activity in (("other", "a1"), ("submit", "a2")):
        form = FORM.format(act=act, activity=activity)
        assert typed_again(form, "submit", TYPED, "Trop long.") == form
