"""Writing with one's hands: marks, tables, blocks of the app, sources, sections, the plain field; by keyboard and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier.minutes.blocks import written
from atelier.minutes.content import Content, Section
from tests.browser.hall import axe_violations, eventually
from tests.browser.writing import TEXT, Writing, new_writing, says, shown, text_of, write
from tests.server import RunningServer

pytestmark = pytest.mark.browser
VOTE = written(
    "V-2", "40 suffrages exprimés, 118 gommettes [C-12].\n\n- des demandes (31)\n- des jeunes (24)"
)

TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |"


def tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def stored(writing: Writing, page: Page, key: str = "context") -> str:
    says(page, "saved")
    return writing.stored()[key]


def test_toolbar_marks_what_is_selected_and_the_marks_hide_away_from_the_caret(writing: Writing) -> None:
    page = writing.desk("Karim")
    write(page, "context", "\n\nLes demandes\nune attente")
    tool(page, "Gras")
    assert stored(writing, page) == "Un café-couture.\n\nLes demandes\nune attente****"
    page.keyboard.press("Control+z")
    page.keyboard.press("Shift+Home")
    tool(page, "Gras")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Alt+Digit3")
    assert stored(writing, page) == "Un café-couture.\n\n### Les demandes\n**une attente**"
    text_of(page, "case").click()
    expect(page.locator("#partie-context .md-heading")).to_have_text("Les demandes")
    expect(page.locator("#partie-context .md-bold")).to_have_text("une attente")


def test_lists_boxes_and_links_are_made_without_knowing_their_signs(writing: Writing) -> None:
    page = writing.desk("Karim")
    write(page, "debate", "appeler la mairie")
    tool(page, "Case à cocher")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("écrire")
    text_of(page, "case").click()
    boxes = page.locator("#partie-debate input[type=checkbox]")
    boxes.nth(1).check()
    assert stored(writing, page, "debate") == "- [ ] appeler la mairie\n- [x] écrire"
    write(page, "context", " Voir ")
    page.keyboard.press("Control+k")
    page.get_by_label("Adresse").fill("exemple")
    page.get_by_role("button", name="Mettre le lien").click()
    expect(page.locator("#link-error")).to_have_text("Une adresse commence par https:// (ou par mailto:).")
    page.get_by_label("Adresse").fill("https://exemple.fr")
    page.get_by_label("Mots du lien").fill("le site")
    page.keyboard.press("Enter")
    expect(page.locator("#partie-context .md-link")).to_be_visible()
    assert stored(writing, page) == "Un café-couture. Voir [le site](https://exemple.fr)"


def test_table_is_shown_as_a_table_and_edited_in_a_form(writing: Writing) -> None:
    page = writing.desk("Karim")
    text_of(page, "debate").click()
    tool(page, "Tableau")
    page.get_by_label("Titre de la colonne 1").fill("Qui")
    page.get_by_label("Titre de la colonne 2").fill("Quoi")
    page.get_by_label("Ligne 1, colonne 1").fill("La mairie | le bailleur")
    page.get_by_role("button", name="Retirer la ligne 2").click()
    page.get_by_role("button", name="Ajouter une colonne").click()
    page.get_by_label("Titre de la colonne 3").fill("Quand")
    page.get_by_role("button", name="Garder ce tableau").click()
    table = "| Qui | Quoi | Quand |\n| --- | --- | --- |\n| La mairie \\| le bailleur |  |  |"
    assert stored(writing, page, "debate").strip() == table
    expect(page.locator("#partie-debate table th").first).to_have_text("Qui")
    page.get_by_role("button", name="Modifier le tableau").click()
    page.get_by_label("Ligne 1, colonne 2").fill("répond")
    page.get_by_role("button", name="Garder ce tableau").click()
    assert "| La mairie \\| le bailleur | répond |  |" in stored(writing, page, "debate")


def test_block_of_the_app_is_locked_until_somebody_frees_it_and_keeps_its_citations(
    chromium: Browser, served: RunningServer
) -> None:
    section = Section("weak", 1, "Faiblesses", VOTE, required=True)
    writing = new_writing(chromium, served, Content("Soirée", (section,)))
    page = writing.desk("Karim")
    block = page.locator(".machine-block")
    expect(block).to_contain_text("Repris du vote, non modifiable")
    expect(block.get_by_role("listitem").first).to_have_text("des demandes (31)")
    text_of(page, "weak").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-notice=block]")).to_be_visible()
    page.keyboard.insert_text("Notre avis.")
    assert stored(writing, page, "weak") == f"{VOTE}\n\nNotre avis."
    page.get_by_role("button", name="Modifier ce texte").click()
    expect(block).to_have_count(0)
    assert stored(writing, page, "weak").startswith("40 suffrages exprimés, 118 gommettes [C-12].")
    write(page, "weak", " Fin.")
    assert stored(writing, page, "weak").endswith("Notre avis. Fin.")
    writing.close()
    assert writing.faults == []


def test_undo_takes_back_only_what_one_did_oneself_in_both_views(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    write(page, "context", " De Karim.")
    expect(text_of(other, "context")).to_contain_text("De Karim.")
    write(other, "context", " D’Élise.")
    expect(text_of(page, "context")).to_contain_text("D’Élise.")
    text_of(page, "context").click()
    page.keyboard.press("Control+z")
    eventually(lambda: shown(page, "context") == "Un café-couture. D’Élise.", page)
    plain(other)
    field = other.locator("#partie-context textarea")
    expect(field).to_have_value("Un café-couture. D’Élise.")
    field.click()
    other.keyboard.press("Control+z")
    expect(field).to_have_value("Un café-couture.")
    page.keyboard.press("Control+y")
    expect(field).to_have_value("Un café-couture. De Karim.")


def plain(page: Page) -> None:
    page.get_by_label("Autres actions").click()
    page.get_by_role("button", name="Écrire en texte simple").click()
    expect(page.locator("textarea.plain-text").first).to_be_visible()


def test_plain_field_is_the_same_text_keeps_the_caret_and_is_remembered(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    plain(page)
    field = page.locator("#partie-context textarea")
    field.click()
    field.evaluate("field => field.setSelectionRange(3, 3)")
    write(other, "context", " Fin.")
    text_of(other, "context").click()
    other.keyboard.press("Control+Home")
    other.keyboard.insert_text("Hier. ")
    expect(field).to_have_value("Hier. Un café-couture. Fin.")
    page.keyboard.insert_text("grand ")
    expect(text_of(other, "context")).to_have_text("Hier. Un grand café-couture. Fin.")
    field.fill("Hier. Un très grand café-couture. Fin.")  # as dictation does: the field is written whole
    assert stored(writing, page) == "Hier. Un très grand café-couture. Fin."
    page.reload()
    expect(page.locator("#partie-context textarea")).to_have_value("Hier. Un très grand café-couture. Fin.")


def test_word_page_that_is_pasted_keeps_its_titles_lists_and_tables(writing: Writing) -> None:
    page = writing.desk("Karim")
    text_of(page, "debate").click()
    html = (
        "<h1>Points de vue</h1><p class=MsoNormal><b>Pour</b> des <i>élus</i></p><ul><li>un</li><li>deux</li></ul>"
        "<table><tr><td>Qui</td><td>Quoi</td></tr><tr><td>a</td><td>b</td></tr></table><script>alert(1)</script>"
    )
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', 'Points de vue');
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )
    assert stored(writing, page, "debate") == (
        "### Points de vue\n\n**Pour** des *élus*\n\n- un\n- deux\n\n| Qui | Quoi |\n| --- | --- |\n| a | b |"
    )


def test_whole_page_is_used_by_keyboard_alone(writing: Writing) -> None:
    page = writing.desk("Karim")
    text_of(page, "context").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Un mot")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("toolbar").get_by_role("button", name="Gras")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text_of(page, "context")).to_be_focused()
    assert stored(writing, page) == "Un café-couture. Un mot****"
    page.keyboard.press("Control+z")
    page.keyboard.press("Tab")
    expect(text_of(page, "context")).not_to_be_focused()
    page.locator("#partie-debate").get_by_label("Actions sur cette partie").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert list((stored(writing, page), writing.stored())[1]) == ["case", "debate", "context"]


def test_editor_has_no_accessibility_fault_on_a_desk_and_on_a_phone(
    chromium: Browser, served: RunningServer
) -> None:
    body = f"{VOTE}\n\n### Un titre\n\n**Gras**, [lien](https://exemple.fr) [C-12].\n\n- [ ] case\n\n{TABLE}"
    content = Content("Soirée", (*TEXT.sections, Section("weak", 1, "Faiblesses", body, required=True)))
    writing = new_writing(chromium, served, content)
    desk, phone = writing.desk("Karim"), writing.phone("Élise")
    says(desk, "saved")
    assert axe_violations(desk) == []
    plain(desk)
    assert axe_violations(desk) == []
    says(phone, "saved")
    assert axe_violations(phone) == []
    assert phone.evaluate("() => document.documentElement.scrollWidth") == 390
    small = phone.evaluate(
        """() => [...document.querySelectorAll('[role=toolbar] button, [data-plan-select]')]
            .filter(one => one.getBoundingClientRect().height < 44).length"""
    )
    assert small == 0
    writing.close()
    assert writing.faults == []


def test_keyboard_of_a_phone_covers_neither_the_tools_nor_the_line_one_writes(writing: Writing) -> None:
    context = writing.context("Karim", {"width": 390, "height": 844}, has_touch=True)
    context.add_init_script(
        """window.seen = Object.assign(new EventTarget(), {height: innerHeight, width: innerWidth, offsetTop: 0, scale: 1});
        Object.defineProperty(window, 'visualViewport', {value: window.seen});"""
    )
    page = writing.page(context)
    write(page, "debate", "Une ligne.\n" * 30)
    page.evaluate("() => { seen.height = 500; seen.dispatchEvent(new Event('resize')); }")
    tools = page.get_by_role("toolbar")
    expect(tools).to_be_in_viewport()
    assert tools.evaluate("one => Math.round(one.getBoundingClientRect().bottom)") == 500
    page.keyboard.insert_text("La fin")
    line = page.locator("#partie-debate .cm-line", has_text="La fin")
    bottom, top = "one => one.getBoundingClientRect().bottom", "one => one.getBoundingClientRect().top"
    eventually(lambda: line.evaluate(bottom) <= tools.evaluate(top), page)
    page.evaluate("() => { seen.height = 844; seen.dispatchEvent(new Event('resize')); }")
    assert tools.evaluate("one => Math.round(one.getBoundingClientRect().bottom)") == 844
