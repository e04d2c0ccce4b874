"""The bare address of the installation, as it is printed and dictated."""

from __future__ import annotations

from pathlib import Path

from atelier.people.operations import create_login_link
from tests.web.live_ground import PUBLIC_URL, Evening, Phone


def test_front_door_leads_a_phone_to_the_six_figures(tmp_path: Path) -> None:
    assert Phone(Evening(tmp_path, [])).get("/").headers["Location"] == "/j/"


def test_front_door_leads_a_facilitator_to_their_sessions(tmp_path: Path) -> None:
    evening = Evening(tmp_path, [])
    browser = Phone(evening)
    link = create_login_link(evening.house.database, PUBLIC_URL, "nadia@exemple.fr", "Nadia", evening.now)
    browser.post(link.removeprefix(PUBLIC_URL), {})
    assert browser.get("/").headers["Location"] == "/seances"
