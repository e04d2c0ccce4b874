"""What stands around a séance: joining, coming back, leaving one's coordinates, signing in, the pages of law, the refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Route

from atelier.clock import utc_now
from atelier.db import Database
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.pausing import FreezePhones
from atelier.people.operations import create_login_link
from atelier.workshops.models import WorkshopSession
from tests.browser.hall import PHONE, Hall, card_form
from tests.browser.looking import Looks
from tests.seed import EMAIL, NAME, Seeded
from tests.server import running_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
EARLY = "111222"
LAW = ("mentions-legales", "donnees-personnelles", "accessibilite", "aide")


class Doors:
    def __init__(self, looks: Looks) -> None:
        self.looks, self.hall, self.url = looks, looks.hall, looks.hall.server.url
        assert looks.hall.server.seeded is not None
        self.seeded: Seeded = looks.hall.server.seeded

    def stranger(self) -> Page:
        return self.hall.page(self.hall.context(PHONE, has_touch=True))

    def at(self, page: Page, name: str, path: str = "", mark: str = "main") -> None:
        if path:
            page.goto(self.url + path)
        self.looks.at(page, name, mark, hand=True)

    def joining(self) -> Page:
        page, code = self.stranger(), self.hall.code
        self.at(page, "code", "/j/", "#code")
        self.at(page, "code too short", "/j/?code=12", "#code-error")
        self.at(page, "code of nothing", "/j/999999", "#code-error")
        self.at(page, "code in English", "/j/?lang=en", "html[lang=en] #code")
        self.at(page, "identity in English", f"/j/{code}", "html[lang=en] #name")
        self.at(page, "too early", f"/j/{EARLY}?lang=fr", "html[lang=fr] [data-early]")
        self.at(page, "identity", f"/j/{code}", ".privacy-notice")
        page.get_by_text("Ce téléphone sert à toute la table").click()
        self.at(page, "identity of a table", "", "details[open] .check")
        page.locator("form").evaluate("(form) => (form.noValidate = true)")
        page.get_by_label("Votre table").fill("99")
        page.get_by_role("button", name="Entrer").click()
        self.at(page, "identity refused", "", "#join-error")
        return page

    def coming_back(self) -> None:
        old, new = self.hall.phone("Samira"), self.stranger()
        place = f"/retrouver/{self.seeded.session_id}"
        self.at(new, "place to find again", f"{place}?vers=/s/{self.hall.code}")
        new.get_by_label("Code").fill("ABCDEFGH")
        new.get_by_role("button", name="Retrouver").click()
        self.at(new, "place not found", "", ".error:visible")
        given = self.hall.facilitator().request.post(
            f"{self.url}/pupitre/{self.hall.code}/retrouver",
            form={"person": "p1"},
            headers={"Origin": self.url},
        )
        found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", given.text())
        assert found, given.text()
        new.get_by_label("Code").fill(found[0])
        new.get_by_role("button", name="Retrouver").click()
        new.wait_for_url(f"**/s/{self.hall.code}")
        old.get_by_role("button", name="J’ai besoin de temps").click()
        self.at(old, "seat given to another phone", "", "status-line:not([data-empty]), .error:visible")

    def without_scripts(self) -> None:
        context = self.hall.context(PHONE, has_touch=True)
        context.route("**/*", drawn_without_scripts)
        page = self.hall.page(context)
        page.goto(f"{self.url}/j/{self.hall.code}")
        page.get_by_text("Universitaires", exact=True).click()
        page.get_by_role("button", name="Entrer").click()
        self.at(page, "no script: lobby", "", "[data-region=waiting]")
        self.looks.do(GoTo("s3", "a3"), OpenActivity("a3"))
        self.again(page, "no script: board", "#write-a3")
        form = card_form(page)
        form.get_by_role("textbox").fill("On parle avant les élus.")
        form.get_by_role("button").click()
        self.at(page, "no script: received", "", ".notice.is-good[role=status]")
        form.get_by_role("textbox").fill("On parle avant les élus. " * 10)
        form.get_by_role("button").click()
        self.at(page, "no script: too long", "", ".notice.is-error")
        self.looks.do(FreezePhones())
        self.again(page, "no script: frozen", "[data-frozen] .notice")
        self.looks.do(FreezePhones(False), GoTo("s5", "a4"), OpenActivity("a4"))
        self.again(page, "no script: vote", "#ballot-a4-1 input[type=number]")
        page.get_by_role("button", name="Déposer").click()
        self.at(page, "no script: empty ballot", "", ".notice.is-error")

    def again(self, page: Page, name: str, mark: str) -> None:
        page.wait_for_timeout(
            500
        )  # a page is drawn as phones were last told: they are told ten times a second
        self.at(page, name, f"/s/{self.hall.code}", mark)

    def after_the_close(self) -> None:
        phone, code = self.hall.phone("Odile"), self.hall.code
        self.looks.do(GoTo("s3", "a3"))
        form = card_form(phone)
        form.get_by_role("textbox").first.fill("La règle protège.")
        form.get_by_role("button").last.click()
        phone.get_by_text("Reçue à").first.wait_for()
        keep = str(phone.locator(".keep-link a").get_attribute("href"))
        self.looks.do(CloseSession())
        self.at(phone, "the séance is closed", "", "[data-region=end]")
        self.at(self.stranger(), "door of a closed séance", f"/j/{code}", "a[href='/m/']")
        self.at(
            phone, "coordinates", f"/coordonnees/{self.seeded.session_id}?vers=/s/{code}", ".privacy-notice"
        )
        phone.get_by_label("Par courriel").click()
        phone.get_by_label("Votre adresse électronique").fill("personne")
        phone.get_by_role("button", name="Enregistrer mes choix").click()
        self.at(phone, "coordinates refused", "", ".error:visible")
        phone.get_by_label("Votre adresse électronique").fill("odile@exemple.fr")
        phone.locator("input[type=checkbox]").first.check()
        phone.get_by_role("button", name="Enregistrer mes choix").click()
        self.at(phone, "coordinates kept", "", ".notice.is-info")
        phone.get_by_role("button", name="Retirer mes coordonnées").click()
        self.at(phone, "coordinates taken back", "", "h1:has-text('Rien')")
        self.my_cards(keep)

    def my_cards(self, keep: str) -> None:
        page = self.stranger()
        self.at(page, "two codes", "/m/", "#seance")
        self.at(page, "two codes refused", "/m/?seance=12&code=ab", "#code-error")
        self.at(page, "my cards", keep, ".slip")
        page.locator("summary").first.click()
        self.at(page, "my cards, about to withdraw", "", ".is-danger")
        page.get_by_role("button", name="Oui, retirer").click()
        self.at(page, "my cards, one withdrawn", "", ".notice[role=status]")

    def signing_in(self) -> None:
        page = self.stranger()
        database = Database(self.seeded.settings.database_url)
        path = create_login_link(database, "", EMAIL, NAME, utc_now())
        database.dispose()
        self.at(page, "sign in", "/connexion")
        page.locator("form").last.evaluate("(form) => (form.noValidate = true)")
        page.locator("main input:visible").fill("personne")
        page.locator("main button").click()
        self.at(page, "sign in refused", "", ".error:visible")
        page.locator("main input:visible").fill("personne@exemple.fr")
        page.locator("main button").click()
        self.at(page, "link sent", "", "h1")
        self.at(page, "link to use", path, "main form button")
        page.locator("main form button").click()
        page.wait_for_url("**/seances")
        self.at(page, "link already used", path, "a[href='/connexion'].button")
        self.at(page, "link of nothing", "/connexion/rien")
        self.at(page, "installation", "/installation")
        self.at(page, "sign out", "/deconnexion")

    def read(self) -> None:
        page = self.stranger()
        for path in LAW:
            self.at(page, path, f"/{path}")
        self.at(page, "not found", "/rien", "main .button")
        self.at(page, "link taken back", "/l/1.rien", "main .button")


def drawn_without_scripts(route: Route) -> None:
    """Give the page as a browser without scripts draws it: none is served, and what stands in `noscript` is seen."""
    request = route.request
    if request.resource_type == "script":
        return route.abort()
    if request.resource_type != "document":
        return route.continue_()
    answer = route.fetch(max_redirects=0)
    if answer.status >= 300 and answer.status < 400:
        return route.fulfill(response=answer)
    body = re.sub(r"<noscript><meta[^>]*></noscript>|</?noscript>", "", answer.text())
    return route.fulfill(response=answer, body=body)


def not_yet_open(seeded: Seeded) -> None:
    """Put a séance that begins in an hour beside the one that runs."""
    database = Database(seeded.settings.database_url)
    with database.writing() as db:
        soon = utc_now() + timedelta(hours=1)
        session = WorkshopSession(owner_id=seeded.owner, reference="CHA2", code=EARLY, title="La suite")
        session.starts_at, session.created_at, session.place = soon, utc_now(), "Salle des fêtes"
        db.add(session)
    database.dispose()


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the tests below."""
    with running_server(tmp_path_factory.mktemp("doors")) as server:
        hall = Hall(chromium, server)
        doors = Doors(Looks(hall))
        not_yet_open(doors.seeded)
        doors.joining()
        doors.coming_back()
        doors.without_scripts()
        doors.after_the_close()
        doors.signing_in()
        doors.read()
        yield doors.looks
        hall.close()
        assert hall.faults == []
        assert server.errors() == []


def test_no_page_around_a_seance_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}


def test_no_page_around_a_seance_is_wider_than_a_hand_or_has_a_small_target(looks: Looks) -> None:
    assert looks.layout == {}
