"""Preparing, then reading and printing what happened: every page of the demonstration, and every way it can be refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from atelier import schema
from atelier.app import create_app
from atelier.clock import utc_now
from atelier.db import Database
from atelier.demonstration.facilitator import FIRST_ACCOUNT, FIRST_NAME
from atelier.demonstration.loading import load
from atelier.house import House
from atelier.people.operations import create_login_link
from atelier.settings import from_environment
from atelier.workshops.kinds import KINDS
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import add_activity
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import Looks
from tests.seed import Seeded, state_on_disk
from tests.server import running_server, server_environment

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
READY, CLOSED = "QV2", "QV1"


class Visitor:
    """Somebody who prepares, at a table and in the hand."""

    def __init__(self, looks: Looks, ids: dict[str, int]) -> None:
        self.looks, self.hall, self.ids = looks, looks.hall, ids
        self.page: Page = self.hall.page(self.hall.facilitator())

    def at(self, name: str, path: str = "", mark: str = "main", paper: bool = False) -> None:
        """Look at a page on a table, then in the hand; sheets of paper only on the table."""
        if path:
            self.page.goto(self.hall.server.url + path)
        self.looks.at(self.page, name, mark)
        if not paper:
            self.page.set_viewport_size(PHONE)
            self.looks.at(self.page, f"hand: {name}", mark, hand=True, axe=False)
            self.page.set_viewport_size(DESK)

    def preparing(self) -> None:
        here = f"/seances/{self.ids[READY]}"
        self.at("list", "/seances", ".session-row")
        self.at("new", "/seances/nouvelle")
        self.at("déroulé", here, ".agenda-line")
        self.page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
        self.at("déroulé unfolded", "", ".menu-list")
        self.page.locator("[name=minutes]").first.fill("900")
        self.page.locator("[name=title]").first.fill("Une soirée")
        self.at("déroulé refused at a field", "", ".error:visible")
        self.at("settings", f"{here}/reglages")
        self.at("links", f"{here}/liens")
        self.page.get_by_role("button", name="Créer le lien").click()
        self.at("link given", "", ".link-given")
        self.at("about to open", f"{here}/ouvrir")
        self.at("about to delete", f"{here}/supprimer")

    def activities(self) -> None:
        here = f"/seances/{self.ids[READY]}"
        with_each_kind = kept_keys(self.looks.hall.server.seeded, self.ids[READY])
        for kind, key in with_each_kind.items():
            self.at(f"activity: {kind}", f"{here}/activites/{key}", "#part-rules")
        first = with_each_kind["board"]
        self.at("preview", f"{here}/apercu/{first}", ".preview-large")
        self.at("preview of the projector", f"{here}/apercu/{first}/screen", "body", paper=True)
        self.page.set_viewport_size(PHONE)
        self.page.goto(f"{self.hall.server.url}{here}/apercu/{first}/phone")
        self.looks.at(self.page, "preview of a phone", "main", hand=True)
        self.page.set_viewport_size(DESK)

    def opened(self) -> None:
        here = f"/seances/{self.ids[READY]}"
        self.page.goto(f"{self.hall.server.url}{here}/ouvrir")
        self.page.get_by_role("button", name="Ouvrir la séance").click()
        self.page.wait_for_url("**/pupitre/**")
        self.at("déroulé of an opened séance", here)
        self.at("activity of an opened séance", f"{here}/activites/a1")
        self.at("settings of an opened séance", f"{here}/reglages")
        self.at("about to put in the bin", f"{here}/supprimer", "[name=motive]")
        self.page.get_by_role("button", name="Supprimer la séance").click()
        self.at("bin without a motive", "", ".error:visible")
        self.page.locator("[name=motive]").fill("Essai terminé")
        self.page.get_by_role("button", name="Supprimer la séance").click()
        self.at("list with its bin", "", ".is-deleted")

    def after(self) -> None:
        seeded = self.hall.server.seeded
        assert seeded is not None
        state, here = state_on_disk(seeded), f"/seances/{seeded.code}"
        self.at("what happened", f"{here}/recit")
        self.at("printing", f"{here}/imprimer")
        self.at("poster", f"{here}/imprimer/affiche", paper=True)
        self.at("results on paper", f"{here}/imprimer/resultats", paper=True)
        self.at(
            "everything left, on paper", f"/seances/{self.hall.code}/imprimer/tout?n=1", "body", paper=True
        )
        kinds = {activity.kind: key for key, activity in state.activities.items()}
        for kind, key in kinds.items():
            if self.page.goto(f"{self.hall.server.url}{here}/imprimer/fiches/{key}?n=1").status == 200:  # type: ignore[union-attr]
                self.at(f"sheet: {kind}", "", "body", paper=True)
        for vote in state.votes:
            name = f"counting: {state.activities[vote].kind}"
            if name not in self.looks.seen:
                self.at(name, f"{here}/depouillement/{vote}", "body", paper=True)
        wall = next(activity.key for activity in state.activities.values() if state.clusters_of(activity.key))
        self.at("wall on paper", f"{here}/imprimer/mur/{wall}", paper=True)


def kept_keys(seeded: Seeded | None, session_id: int) -> dict[str, str]:
    """Add to the déroulé the kinds that it does not have; return one activity of each kind."""
    assert seeded is not None
    database = Database(seeded.settings.database_url)
    with database.writing() as db:
        session = db.get(WorkshopSession, session_id)
        assert session is not None
        for kind in KINDS:
            add_activity(db, session, seeded.owner, session.sequences[0].key, kind, utc_now())
    with database.reading() as db:
        session = db.get(WorkshopSession, session_id)
        assert session is not None
        found = {one.kind: one.key for sequence in session.sequences for one in sequence.activities}
    database.dispose()
    return found


def demonstration(var: Path) -> tuple[Seeded, dict[str, int]]:
    """Load the demonstration in a folder; return its closed séance, and each séance's number by its reference."""
    settings = from_environment(server_environment(var))
    database = Database(settings.database_url)
    schema.upgrade(database)
    house: House = create_app(settings, background=False).extensions["atelier"]
    load(house)
    house.database.dispose()
    path = create_login_link(database, "", FIRST_ACCOUNT, FIRST_NAME, utc_now())
    with database.reading() as db:
        sessions = {one.reference: one for one in db.scalars(select(WorkshopSession))}
        closed, ids = sessions[CLOSED], {reference: one.id for reference, one in sessions.items()}
        seeded = Seeded(settings, closed.id, closed.code, closed.owner_id, path)
    database.dispose()
    return seeded, ids


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the tests below."""
    var = tmp_path_factory.mktemp("preparation")
    seeded, ids = demonstration(var)
    with running_server(var, seeded=seeded) as server:
        hall = Hall(chromium, server)
        visitor = Visitor(Looks(hall), ids)
        visitor.preparing()
        visitor.activities()
        visitor.opened()
        visitor.after()
        yield visitor.looks
        hall.close()
        assert hall.faults == []
        assert server.errors() == []


def test_no_page_of_preparation_or_of_paper_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}


def test_no_page_of_preparation_is_wider_than_a_hand_or_has_a_small_target(looks: Looks) -> None:
    assert looks.layout == {}


def test_the_settings_of_every_kind_were_seen(looks: Looks) -> None:
    assert {f"activity: {kind}" for kind in KINDS} - set(looks.seen) == set()
