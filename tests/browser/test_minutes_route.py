"""The whole route from draft to published, once by the keyboard alone, once on a phone held in the hand."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pytest
from playwright.sync_api import Locator, Page, expect

from atelier.live.rules.closing import CloseSession
from tests.browser.documents import Shelf
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import LAYOUT
from tests.browser.test_minutes_pages import TEXT, day_is_over
from tests.documents.ground import content_on_disk

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const here = document.activeElement;
  const said = here.getAttribute("aria-label") || here.labels?.[0]?.innerText || here.innerText || "";
  return said.replace(/\\s+/g, " ").trim();
}"""
MOST_TABS = 250


class Hands(ABC):
    """Somebody on a page: presses what bears a name, chooses, writes."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, name: str) -> None: ...

    @abstractmethod
    def choose(self, label: str) -> None: ...

    @abstractmethod
    def fill(self, label: str, words: str) -> None: ...

    @abstractmethod
    def write_in(self, section: str, words: str) -> None: ...

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()


class Keyboard(Hands):
    """The keyboard alone: no pointer is ever moved."""

    def press(self, name: str) -> None:
        self._reach(name)
        self.page.keyboard.press("Enter")

    def choose(self, label: str) -> None:
        """Reach a group of radios, then go through it with the arrows."""
        group = self.page.get_by_label(label).first
        name = group.get_attribute("name")
        self._until(lambda: self.page.evaluate("() => document.activeElement.name ?? ''") == name, name or "")
        for _ in range(20):
            if self.page.evaluate(FOCUSED).startswith(label):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice « {label} »")

    def fill(self, label: str, words: str) -> None:
        self._reach(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def write_in(self, section: str, words: str) -> None:
        inside = f"() => Boolean(document.activeElement.closest('#partie-{section} [contenteditable=true]'))"
        self._until(lambda: self.page.evaluate(inside), section)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(words)

    def _reach(self, name: str) -> None:
        self._until(lambda: self.page.evaluate(FOCUSED).startswith(name), name)

    def _until(self, there: object, name: str) -> None:
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if there():  # type: ignore[operator]
                return
        raise AssertionError(f"the keyboard does not reach « {name} »")


class Touch(Hands):
    """A phone at 390 px: everything is tapped, and every page that is seen fits the hand."""

    def press(self, name: str) -> None:
        self._fits()
        self._named(name).first.tap()

    def choose(self, label: str) -> None:
        self.page.locator("label.choice", has_text=label).first.tap()

    def fill(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label).first
        field.tap()
        field.fill(words)

    def write_in(self, section: str, words: str) -> None:
        place = self.page.locator(f"#partie-{section} [contenteditable=true]").first
        place.tap()
        self.page.keyboard.type(words)

    def _named(self, name: str) -> Locator:
        page = self.page
        found = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
        return found.or_(page.locator("summary", has_text=name))

    def _fits(self) -> None:
        if "/ecrire" not in self.page.url:  # the editor has its own proof
            faults = self.page.evaluate(LAYOUT)
            assert faults == [], (self.page.url, faults)


@pytest.fixture
def shelf(hall: Hall) -> Shelf:
    made = Shelf(hall)
    made.say()
    hall.act(CloseSession())
    made.put(TEXT)
    return made


def bodies(shelf: Shelf) -> dict[str, str]:
    seeded = shelf.hall.server.seeded
    assert seeded is not None
    content = content_on_disk(seeded.settings.database_url, shelf.made["CHA1"].id)
    return {section.key: section.body for section in content.sections}


def saved(page: Page) -> None:
    expect(page.locator("[data-save-line]")).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize(("kind", "viewport"), [(Keyboard, DESK), (Touch, PHONE)], ids=["keyboard", "phone"])
def test_the_whole_route_is_walked(shelf: Shelf, kind: type[Hands], viewport: dict[str, int]) -> None:
    hall, address = shelf.hall, f"{shelf.hall.server.url}/comptes-rendus/CHA1"
    more = {"has_touch": True} if kind is Touch else {}
    page = hall.page(signed_in(shelf, viewport, more))
    writer = kind(page)

    page.goto(address)
    writer.press("Écrire")
    saved(page)
    writer.write_in("hypotheses", "Un délai annoncé fait revenir les gens.")
    expect(page.locator("#partie-hypotheses")).to_contain_text("fait revenir les gens.")
    saved(page)
    assert bodies(shelf)["hypotheses"] == "Un délai annoncé fait revenir les gens."

    page.goto(f"{address}/suivi")
    writer.press("Envoyer en relecture")
    writer.sees("Le texte est envoyé en relecture")
    writer.press("Donner un lien de lecture à quelqu’un")
    writer.fill("Pour qui, tel que vous le reconnaîtrez", "Élu de permanence")
    writer.press("Créer le lien")
    letter = page.get_by_label("Message pour Élu de permanence").input_value()
    link = next(line for line in letter.splitlines() if "/relire/" in line)

    reader = kind(hall.page(hall.context(viewport, **more)))  # type: ignore[arg-type]
    reader.page.goto(link)
    reader.press("Demander une modification : Faiblesses")
    expect(reader.page.get_by_role("heading", name="Demander une modification")).to_be_visible()
    reader.choose("Puis C-2.")
    reader.fill("Texte que vous proposez", "Puis une autre carte [C-2].")
    reader.fill("Pourquoi ?", "Il faut dire ce que c'est.")
    reader.press("Envoyer ma demande")
    reader.sees("Votre demande est reçue.")
    reader.press("Fidèle à la séance")
    reader.sees("Vous trouvez ce texte fidèle à la séance.")

    page.goto(f"{address}/suivi")
    writer.sees("Une demande de modification attend une réponse.")
    writer.choose("Acceptée")
    writer.press("Répondre à la demande n° 1")
    writer.sees("La réponse est enregistrée.")
    assert bodies(shelf)["minus"].endswith("Puis une autre carte [C-2].")

    day_is_over(shelf)
    page.goto(f"{address}/suivi")
    writer.sees("Prochaine étape : la publication")
    writer.press("Voir les noms")
    expect(page.get_by_role("heading", name="Recherche de noms")).to_be_visible()
    writer.press("Accord donné")
    writer.sees("Aucun nom n’empêche la publication.")
    writer.press("Suivi")
    expect(page.get_by_role("heading", name="Prochaine étape : la publication")).to_be_visible()
    writer.press("Publier le texte")
    writer.sees("Son adresse ne changera plus.")
    public = hall.page(hall.context(viewport))
    public.goto(f"{address}/v1")
    expect(public.locator("#texte")).to_contain_text("Puis une autre carte")
    assert shelf.traffic == []


def signed_in(shelf: Shelf, viewport: dict[str, int], more: dict[str, bool]) -> object:
    """The facilitator's browser, at the size of the device."""
    if not more:
        return shelf.hall.facilitator()
    context = shelf.hall.context(viewport, **more)  # type: ignore[arg-type]
    context.add_cookies(shelf.hall.facilitator().cookies())  # type: ignore[arg-type]
    return context
