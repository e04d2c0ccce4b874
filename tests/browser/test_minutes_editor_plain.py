"""The plain view does all that the other does, with half of the scripts; and forms that stay open while others write."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.writing import Writing, says, text_of, write

pytestmark = pytest.mark.browser

TABLE = "| Qui | Quoi |\n| --- | --- |\n| La mairie | répond |"
PRESSED = {  # tool -> what « une attente », wholly selected, becomes
    "Titre": "### une attente",
    "Gras": "**une attente**",
    "Italique": "*une attente*",
    "Liste à puces": "- une attente",
    "Liste numérotée": "1. une attente",
    "Case à cocher": "- [ ] une attente",
}


def plain(writing: Writing, name: str = "Karim") -> Page:
    """Open the editor of somebody who chose the plain view on that device."""
    context = writing.context(name)
    context.add_init_script("localStorage.setItem('atelier.editor.view', 'plain')")
    page = writing.page(context)
    expect(page.locator("textarea.plain-text").first).to_be_visible()
    return page


def tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def stored(writing: Writing, page: Page, key: str) -> str:
    says(page, "saved")
    return writing.stored()[key]


def test_plain_view_fetches_no_script_of_the_other(writing: Writing) -> None:
    page = plain(writing)
    says(page, "saved")
    heavy = page.evaluate(
        """async () => {
            const names = performance.getEntriesByType('resource').map(({name}) => name).filter((name) => name.endsWith('.js'));
            const texts = await Promise.all(names.map((name) => fetch(name).then((answer) => answer.text())));
            return [names.length, names.filter((_, n) => texts[n].includes('cm-content'))];
        }"""
    )
    assert heavy[0] > 1
    assert heavy[1] == []


def test_every_tool_works_in_the_plain_view_and_is_undone_without_touching_the_others_words(
    writing: Writing,
) -> None:
    page, other = plain(writing), writing.desk("Élise")
    field = page.locator("#partie-debate textarea")
    field.fill("une attente")
    says(page, "saved")
    write(other, "context", " Élise.")
    for name, made in PRESSED.items():
        field.focus()
        page.keyboard.press("Control+a")
        tool(page, name)
        expect(field).to_have_value(made)
        tool(page, "Annuler")
        expect(field).to_have_value("une attente")
        tool(page, "Rétablir")
        expect(field).to_have_value(made)
        page.keyboard.press("Control+z")
        expect(field).to_have_value("une attente")
    page.keyboard.press("Control+a")
    tool(page, "Lien")
    page.get_by_label("Adresse").fill("https://exemple.fr")
    page.keyboard.press("Enter")
    expect(field).to_have_value("[une attente](https://exemple.fr)")
    tool(page, "Annuler")
    expect(field).to_have_value("une attente")
    assert writing.stored()["context"] == "Un café-couture. Élise."


def test_table_is_put_in_and_changed_by_the_same_form_in_the_plain_view(writing: Writing) -> None:
    page = plain(writing)
    field = page.locator("#partie-debate textarea")
    field.click()
    tool(page, "Tableau")
    page.get_by_label("Titre de la colonne 1").fill("Qui")
    page.get_by_label("Titre de la colonne 2").fill("Quoi")
    page.get_by_label("Ligne 1, colonne 1").fill("La mairie")
    page.get_by_label("Ligne 1, colonne 2").fill("répond")
    page.get_by_role("button", name="Retirer la ligne 2").click()
    page.get_by_role("button", name="Garder ce tableau").click()
    assert stored(writing, page, "debate").strip() == TABLE
    change = page.get_by_role("button", name="Modifier le tableau")
    expect(change).to_be_visible()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("Avant\n\n")
    page.keyboard.press("Control+Home")
    expect(change).to_be_hidden()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    change.click()
    page.get_by_label("Ligne 1, colonne 2").fill("se tait")
    page.get_by_role("button", name="Garder ce tableau").click()
    assert stored(writing, page, "debate").strip() == f"Avant\n\n{TABLE.replace('répond', 'se tait')}"


@pytest.mark.parametrize("view", ["plain", "rich"])
def test_form_left_open_while_another_writes_changes_only_its_table(writing: Writing, view: str) -> None:
    other = writing.desk("Élise")
    write(other, "debate", f"Avant\n\n{TABLE}\n\nAprès")
    says(other, "saved")
    page = plain(writing) if view == "plain" else writing.desk("Karim")
    if view == "plain":
        page.locator("#partie-debate textarea").click()
        page.locator("#partie-debate textarea").evaluate("field => field.setSelectionRange(12, 12)")
    page.get_by_role("button", name="Modifier le tableau").click()
    page.get_by_label("Ligne 1, colonne 2").fill("se tait")
    text_of(other, "debate").click()
    other.keyboard.press("Control+Home")
    other.keyboard.insert_text("Hier. ")
    other.get_by_role("button", name="Modifier le tableau").click()
    other.get_by_label("Ligne 1, colonne 1").fill("Le bailleur")
    other.get_by_role("button", name="Garder ce tableau").click()
    says(other, "saved")
    page.get_by_role("button", name="Garder ce tableau").click()
    made = TABLE.replace("La mairie", "Le bailleur").replace("répond", "se tait")
    assert stored(writing, page, "debate") == f"Hier. Avant\n\n{made}\n\nAprès"


def test_list_goes_on_and_ends_in_the_plain_view_as_in_the_other(writing: Writing) -> None:
    page, other = plain(writing), writing.desk("Élise")
    for writer, key in ((page, "debate"), (other, "context")):
        text_of(writer, key).click()
        writer.keyboard.press("Control+a")
        writer.keyboard.type("1. un")
        writer.keyboard.press("Enter")
        writer.keyboard.type("deux")
        writer.keyboard.press("Enter")
        writer.keyboard.press("Enter")
        writer.keyboard.type("Fin")
        says(writer, "saved")
    assert writing.stored()["debate"] == writing.stored()["context"] == "1. un\n2. deux\nFin"


def test_text_is_read_before_the_scripts_and_stands_once_when_they_are_there(writing: Writing) -> None:
    context = writing.context("Karim")
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(writing.address)
    expect(page.locator("[data-first]")).to_contain_text("Un café-couture.")
    expect(page.locator("[data-save-line]")).to_contain_text("Ouverture du texte…")
    context.unroute("**/*.js")
    page.reload()
    says(page, "saved")
    expect(page.locator("[data-first]")).to_have_count(0)
    expect(page.get_by_text("Un café-couture.")).to_have_count(1)


def test_person_who_speaks_english_reads_english_around_a_french_text(writing: Writing) -> None:
    page = writing.page(writing.context("Karim", locale="en-GB"))
    write(page, "context", " Fin.")
    expect(page.locator("[data-save-line]")).to_contain_text("Saved at")
    tool(page, "Table")
    expect(page.get_by_label("Heading of column 1")).to_be_visible()
    page.get_by_role("button", name="Close without changing").click()
    expect(text_of(page, "context")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("complementary")).to_contain_text(
        "The cards and votes of the session will appear here."
    )
    assert "Enregistré" not in page.locator("body").inner_text()
