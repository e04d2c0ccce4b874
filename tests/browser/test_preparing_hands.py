"""The déroulé rearranged by hand while it is prepared: dragged by its grip, pushed by its buttons, sent by its menu, undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from atelier.clock import utc_now
from atelier.db import Database
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import create_from_template
from tests.browser.hall import Hall, eventually

pytestmark = pytest.mark.browser
FIRST, SECOND, THIRD = "Ouverture, règles du jeu", "Présentation du cas", "Questions de compréhension"


class Agenda:
    """A chantier evening being prepared."""

    def __init__(self, hall: Hall) -> None:
        assert hall.server.seeded is not None
        self.database = Database(hall.server.seeded.settings.database_url)
        with self.database.writing() as db:
            owner = hall.server.seeded.owner
            self.id = create_from_template(db, owner, "chantier", utc_now()).id
        self.page: Page = hall.page(hall.facilitator())
        self.page.goto(f"{hall.server.url}/seances/{self.id}")

    def kept(self) -> list[tuple[str, list[str]]]:
        """Return the déroulé as it is in the database: titles, and the kinds of their activities."""
        with self.database.reading() as db:
            session = db.get(WorkshopSession, self.id)
            assert session is not None
            return [(row.title, [activity.kind for activity in row.activities]) for row in session.sequences]

    def titles(self) -> list[str]:
        return [title for title, _ in self.kept()]

    def line(self, title: str) -> Locator:
        return self.page.locator(
            ".agenda-line", has=self.page.get_by_role("button", name=f"Monter : {title}")
        )

    def drag(self, grip: Locator, target: Locator, below: float) -> None:
        """Take something by its grip and leave it on a target, `below` its top edge."""
        grip.scroll_into_view_if_needed()
        start, end = grip.bounding_box(), target.bounding_box()
        assert start
        assert end
        self.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + 30, end["y"] + below, steps=12)
        self.page.wait_for_timeout(300)  # as a hand does: while lines glide aside, moves are not heard
        self.page.mouse.move(end["x"] + 32, end["y"] + below + 2, steps=4)
        self.page.mouse.up()


@pytest.fixture
def agenda(hall: Hall) -> Agenda:
    return Agenda(hall)


def test_a_sequence_dragged_by_its_grip_takes_its_new_place_and_its_new_hour(agenda: Agenda) -> None:
    before = agenda.titles()
    assert before[:3] == [FIRST, SECOND, THIRD]
    second = agenda.line(SECOND)
    agenda.drag(
        agenda.line(FIRST).locator("[data-grip]").first,
        second,
        below=(second.bounding_box() or {})["height"] - 8,
    )
    eventually(lambda: agenda.titles() == [SECOND, FIRST, *before[2:]], agenda.page)
    expect(agenda.page.locator(".agenda-line").first.get_by_label("Titre")).to_have_value(SECOND)
    agenda.page.locator("[data-focus=undo]").first.click()
    eventually(lambda: agenda.titles() == before, agenda.page)
    expect(agenda.page.locator(".agenda-line").first.get_by_label("Titre")).to_have_value(FIRST)


def test_an_activity_dragged_onto_another_sequence_goes_there(agenda: Agenda) -> None:
    before = dict(agenda.kept())
    assert (before[FIRST], before[SECOND]) == (["choice"], ["presentation", "questions"])
    there = agenda.line(FIRST).locator("[data-activities]")
    agenda.drag(agenda.line(SECOND).locator(".activity-line [data-grip]").first, there, below=4)
    eventually(lambda: dict(agenda.kept())[FIRST] == ["presentation", "choice"], agenda.page)
    assert dict(agenda.kept())[SECOND] == ["questions"]


def test_the_keyboard_alone_pushes_a_sequence_down_and_keeps_the_focus(agenda: Agenda) -> None:
    before = agenda.titles()
    down = agenda.page.get_by_role("button", name=f"Descendre : {FIRST}")
    down.focus()
    agenda.page.keyboard.press("Enter")
    eventually(lambda: agenda.titles() == [SECOND, FIRST, *before[2:]], agenda.page)
    expect(agenda.page.get_by_role("button", name=f"Descendre : {FIRST}")).to_be_focused()
    agenda.page.keyboard.press("Enter")
    eventually(lambda: agenda.titles() == [SECOND, THIRD, FIRST, *before[3:]], agenda.page)


def test_the_menu_sends_a_sequence_to_any_place(agenda: Agenda) -> None:
    before = agenda.titles()
    line = agenda.line(FIRST)
    line.get_by_label(f"Déplacer ou supprimer : {FIRST}").click()
    line.locator(".agenda-order").get_by_label("Déplacer vers…").select_option(index=len(before) - 1)
    line.locator(".agenda-order").get_by_role("button", name="Déplacer", exact=True).click()
    eventually(lambda: agenda.titles() == [*before[1:], FIRST], agenda.page)


def test_what_is_typed_is_saved_before_the_row_moves(agenda: Agenda) -> None:
    title = agenda.line(FIRST).get_by_label("Titre")
    title.fill("Accueil à la porte")
    agenda.page.get_by_role("button", name=f"Descendre : {FIRST}").click()
    eventually(lambda: agenda.titles()[:2] == [SECOND, "Accueil à la porte"], agenda.page)
