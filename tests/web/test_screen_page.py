"""The projector as a browser gets it: page and patches of a whole evening, with nobody's name, contact or token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from atelier.live.broadcast import Connection
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.floor import GiveTurn
from atelier.live.rules.moderation import ProjectContribution
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.scene import BlankScreen, ProjectScene, ShowJoinScreen
from tests.factories import NADIA, make_activity
from tests.web.exported import ACTIVITIES, desk_of
from tests.web.live_ground import CODE, Evening

NAME = "Wilhelmine Zykowska"
CONTACT = "wilhelmine@exemple.fr"


class Projector:
    """A socket on the projector, whose frames are kept."""

    def __init__(self, evening: Evening) -> None:
        self.live = evening.house.parts["live"]
        self.link = Connection("sid", 1, "screen", "fr", NADIA, str)
        self.frames = [self.live.broadcaster.join(self.link).html]

    def beat(self) -> list[Any]:
        sent: list[Any] = []
        self.live.broadcaster.tick(1, lambda event, data, to: sent.append(data), lambda sid, old, new: None)
        self.frames.append(json.dumps(sent, ensure_ascii=False))
        return sent


def test_no_page_and_no_frame_of_the_projector_says_who_is_there(tmp_path: Path) -> None:
    speaking = make_activity("a7", "speaking", "Réactions", settings={"policy": "fifo", "seconds": 60})
    evening = Evening(tmp_path, [*ACTIVITIES, speaking], {"tables": 3, "moderation": "shown"})
    phone = evening.phone(name=NAME, college="A", table="1")
    assert (
        phone.post(
            "/coordonnees/1", {"channel": "email", "email": CONTACT, "minutes_consent": "y"}
        ).status_code
        == 303
    )
    (token,) = (cookie.value for cookie in phone.client._cookies.values() if "atelier_s" in cookie.key)  # type: ignore[attr-defined]
    desk = desk_of(evening)
    assert NAME in desk.get(f"/pupitre/{CODE}").text  # who runs the evening knows
    projector = Projector(evening)

    def look() -> None:
        projector.beat()
        projector.frames.append(desk.get(f"/ecran/{CODE}").text)

    look()
    evening.open("a1")
    phone.done("submit_contribution", activity="a1", text="Une parole", column="plus")
    look()
    for act in (ProjectContribution(1), CreateCluster("a1", "Un groupe", "plus", (1,)), ProjectScene("wall", "a1"),
                ProjectScene("cluster", "K1"), ProjectScene("cards", "a1"), CloseActivity("a1")):  # fmt: skip
        evening.act(act)
        look()
    evening.open("a2")
    phone.done("cast_ballot", activity="a2", **{"ballot[dots][o1]": "2"})
    look()
    for act in (CloseActivity("a2"), RevealResult("a2"), ProjectScene("result", "a2")):
        evening.act(act)
        look()
    evening.open("a7")
    phone.done("request_turn", activity="a7")
    evening.act(GiveTurn("a7"))
    look()
    for act in (ShowJoinScreen(), ShowJoinScreen(False), FreezePhones(), FreezePhones(False), BlankScreen(), BlankScreen(False),
                CloseSession()):  # fmt: skip
        evening.act(act)
        look()
    shown = "\n".join(projector.frames)
    assert "Une parole" in shown
    assert "Au micro" in shown
    for secret in (NAME, "Wilhelmine", CONTACT, token):
        assert secret not in shown, secret


def test_the_projector_is_a_page_without_control_whose_title_is_one(tmp_path: Path) -> None:
    evening = Evening(tmp_path, ACTIVITIES)
    desk = desk_of(evening)
    for act in (None, ProjectScene("activity", "a1"), BlankScreen()):
        if act is not None:
            evening.act(act)
        page = desk.get(f"/ecran/{CODE}").text
        assert page.count("<h1") == 1
        assert not any(control in page for control in ("<button", "<form", "<input", "<a "))
        assert 'data-surface="screen"' in page


def test_the_projector_is_closed_to_phones_and_strangers(tmp_path: Path) -> None:
    evening = Evening(tmp_path, ACTIVITIES)
    phone = evening.phone(name="Samira", college="A")
    assert phone.get(f"/ecran/{CODE}").status_code == 302
    assert evening.app.test_client().get(f"/ecran/{CODE}").status_code == 302
