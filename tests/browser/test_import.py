"""« Importer un texte » in real Chromium: by keyboard alone, in a hand, and live in the editor that somebody else has open."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypandoc
import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall import DESK, PHONE
from tests.browser.looking import LAYOUT, violations
from tests.browser.writing import Writing, shown, text_of

pytestmark = pytest.mark.browser

SOURCE = """# 2. Contexte

Venu d’un **fichier**, avec une note[^1].

| Qui | Quoi |
|-----|------|
| Odile | note |

# Ce que nous avons appris ensemble pendant toute cette année de réunions publiques

- un
- deux

[^1]: La note.
"""
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Réunion de mars.docx"
    command = [pypandoc.get_pandoc_path(), "--from", "markdown", "--to", "docx"]
    path.write_bytes(subprocess.run(command, input=SOURCE.encode(), capture_output=True, check=True).stdout)
    return path


def door(writing: Writing) -> str:
    return writing.address.replace("/ecrire", "/importer")


FOCUSED = """() => {
  const at = document.activeElement;
  return at === document.body ? "" : (at.labels?.[0] ?? at).innerText;
}"""


def reach(page: Page, name: str) -> None:
    """Come to a control by the Tab key alone."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if " ".join(page.evaluate(FOCUSED).split()).startswith(name):
            return
    raise AssertionError(f"Tab never comes to « {name} »")


def test_a_file_is_imported_from_a_hand_and_arrives_live_in_the_page_of_another(
    writing: Writing, file: Path
) -> None:
    other = writing.desk("Élise")
    page = writing.phone("Karim")
    page.get_by_label("Autres actions").click()
    page.get_by_role("link", name="Importer un texte").click()
    page.get_by_label("Un fichier").set_input_files(file)
    page.get_by_role("button", name="Voir avant d’importer").click()
    expect(page.get_by_text("« Réunion de mars.docx », lu comme un document Word.")).to_be_visible()
    place = page.get_by_label("Où va cette partie ? Contexte")
    expect(place).to_have_value("context")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Le texte est importé")).to_be_visible()
    expect(text_of(other, "context")).to_contain_text("Venu d’un")
    assert shown(other, "context").startswith("Un café-couture.")
    expect(other.get_by_role("heading", name="Ce que nous avons appris")).to_be_visible()
    assert writing.stored()["context"].startswith(
        "Un café-couture.\n\nVenu d’un **fichier**, avec une note[^1]."
    )
    page.get_by_role("link", name="Revenir en arrière").click()
    page.get_by_role("button", name="Restaurer").first.click()
    expect(page.get_by_text("La version est restaurée.")).to_be_visible()
    expect(text_of(other, "context")).to_have_text("Un café-couture.")
    assert writing.faults == []


def test_a_text_is_pasted_and_imported_by_keyboard_alone(writing: Writing) -> None:
    page = writing.page(writing.context("Karim"))
    page.goto(door(writing))
    reach(page, "Ou un texte collé")
    page.evaluate(PASTE, "<h1>Ce qui fait débat</h1><p>Les <b>délais</b>.</p><ul><li>six mois</li></ul>")
    expect(page.get_by_label("Ou un texte collé")).to_have_value(
        "### Ce qui fait débat\n\nLes **délais**.\n\n- six mois"
    )
    reach(page, "Voir avant d’importer")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Où va cette partie ?")).to_have_value("debate")
    reach(page, "Où va cette partie ?")
    page.keyboard.press("End")  # « Ne pas prendre »
    reach(page, "Importer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Aucune partie n’est choisie")).to_be_visible()
    page.get_by_label("Où va cette partie ?").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Où va cette partie ?")).to_have_value("case")
    reach(page, "Importer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Le texte est importé")).to_be_visible()
    assert writing.stored()["case"] == "Né en 2009.\n\n## Ce qui fait débat\n\nLes **délais**.\n\n- six mois"


def test_the_longest_text_that_is_taken_arrives_whole_in_an_open_page(writing: Writing) -> None:
    other = writing.desk("Élise")
    page = writing.page(writing.context("Karim"))
    page.goto(door(writing))
    words = "Une phrase dite ce soir-là, notée par quelqu’un. " * 47
    parts = [f"## Partie {n}\n\n{words}" for n in range(124)] + ["## Partie 124\n\nFin."]
    text = "\n\n".join(parts)
    assert 285_000 < len(text) <= 300_000
    page.get_by_label("Ou un texte collé").fill(text)
    page.get_by_role("button", name="Voir avant d’importer").click()
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Le texte est importé")).to_be_visible()
    expect(other.get_by_role("heading", name="Partie 124")).to_be_attached()
    other.get_by_role("heading", name="Partie 124").scroll_into_view_if_needed()
    expect(other.locator(".sheet-part").last).to_contain_text("Fin.")
    expect(other.locator("[data-save-line]")).to_have_attribute("data-state", "saved")
    assert writing.faults == []


def test_what_was_pasted_survives_a_page_that_is_left(writing: Writing) -> None:
    page = writing.page(writing.context("Karim"))
    page.goto(door(writing))
    page.get_by_label("Ou un texte collé").fill("Des notes longues.")
    page.wait_for_timeout(500)
    page.goto(writing.address)
    page.goto(door(writing))
    expect(page.get_by_label("Ou un texte collé")).to_have_value("Des notes longues.")


def test_a_file_that_is_too_heavy_is_said_so_before_it_travels(writing: Writing, tmp_path: Path) -> None:
    heavy = tmp_path / "lourd.docx"
    heavy.write_bytes(bytes(10_000_001))
    page = writing.page(writing.context("Karim"))
    page.goto(door(writing))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("Un fichier").set_input_files(heavy)
    page.get_by_role("button", name="Voir avant d’importer").click()
    expect(page.get_by_role("alert").filter(has_text="Ce fichier est trop lourd")).to_be_visible()
    assert "POST" not in sent


def test_a_document_that_is_renamed_is_renamed_in_every_page(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.phone("Élise")
    page.get_by_label("Autres actions").click()
    page.get_by_role("button", name="Changer le titre").click()
    page.get_by_label("Titre", exact=True).fill("Parler sans micro")
    page.keyboard.press("Enter")
    expect(other).to_have_title("Parler sans micro · Atelier")
    expect(other.locator(".editor-choice-title")).to_have_text("Parler sans micro")
    expect(page.locator("[data-save-line]")).to_have_attribute("data-state", "saved")
    other.goto(door(writing))
    expect(other).to_have_title("Importer un texte · Parler sans micro · Atelier")


def test_axe_finds_nothing_and_all_of_it_fits_a_hand(writing: Writing, file: Path) -> None:
    page = writing.page(writing.context("Karim"))
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found = [*violations(page), *(page.evaluate(LAYOUT) if size is PHONE else ())]
            if found:
                faults[f"{name}, {size['width']} px"] = found

    page.goto(door(writing))
    look("form")
    page.get_by_role("button", name="Voir avant d’importer").click()
    expect(page.get_by_role("alert").filter(has_text="Choisissez un fichier")).to_be_visible()
    look("nothing given")
    page.get_by_label("Un fichier").set_input_files(file)
    page.get_by_role("button", name="Voir avant d’importer").click()
    for part in page.locator("summary").all():
        part.click()
    look("preview")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Le texte est importé")).to_be_visible()
    look("done")
    writing.set_row(phase="approved")
    page.goto(door(writing))
    expect(page.get_by_text("Ce document est approuvé")).to_be_visible()
    look("approved")
    assert faults == {}
