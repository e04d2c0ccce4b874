"""The projector's scenes that are no question: welcome, wall, groups, cards, pause, code in large, end. Nothing for axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from atelier.live.messages import Command
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.annulment import AnnulVote
from atelier.live.rules.attendance import SetWithoutPhone
from atelier.live.rules.cards_display import SetLiveDisplay
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.floor import AddSpeaker, GiveTurn
from atelier.live.rules.moderation import ProjectContribution
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.scene import BlankScreen, HideCounts, ProjectScene, ShowJoinScreen, TurnPage
from atelier.live.rules.timing import StartTimer
from tests.browser.hall import Hall
from tests.browser.looking import Looks
from tests.server import running_server
from tests.unit.projected import CARDS, TITLES, evening_snapshot

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
VOTE = {"ballots": 12, "options": {f"o{n}": {"dots": 6 - n, "people": 6 - n} for n in range(1, 5)}}


class Screen:
    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.page: Page = looks.hall.screen()

    def at(self, name: str, mark: str, *commands: Command) -> None:
        self.looks.do(*commands)
        self.looks.at(self.page, name, mark)

    def welcome(self) -> None:
        self.at("lobby", "[data-region=lobby]")
        self.looks.hall.phone("Samira")
        self.at("lobby, somebody is there", "[data-region=lobby-count]:has-text('1')")
        self.at("timed step", ".scene-head:has-text('Ouverture')", GoTo("s1"))
        self.at("reading, second page", ".scene-head :text('2')", GoTo("s2", "a1"), TurnPage(1))

    def cards(self) -> None:
        self.looks.do(GoTo("s3", "a3"), OpenActivity("a3"))
        for place, text in enumerate(CARDS):
            column = "plus" if place < 6 else "minus"
            self.looks.do(
                EnterContribution("a3", text=text, column=column, table=1 + place % 3, sheet=str(place))
            )
        self.at("tables at work", "[data-region=plan]:has-text('12')")
        self.at("numbers hidden", "[data-region=plan]:not(:has-text('12'))", HideCounts())
        self.at(
            "empty wall",
            "[data-region=wall-empty], .screen-wall, .scene-foot",
            HideCounts(False),
            ProjectScene("wall", "a3"),
        )
        live = (
            SetLiveDisplay("a3", True),
            ProjectScene("activity", "a3"),
            EnterContribution("a3", text="En direct.", column="plus"),
        )
        self.at("cards shown as they come", "[data-region=card-13]", *live)
        self.at(
            "cards chosen",
            "[data-region=card-3]",
            SetLiveDisplay("a3", False),
            *map(ProjectContribution, (2, 3)),
            ProjectScene("cards", "a3"),
        )
        for place, title in enumerate(TITLES):
            self.looks.do(
                CreateCluster("a3", title, "plus" if place < 3 else "minus", (2 * place + 1, 2 * place + 2))
            )
        self.at("wall", "[data-region=cluster-K6]", CloseActivity("a3"), ProjectScene("wall", "a3"))
        self.at("one group", ".screen-scene [data-region=card-1]", ProjectScene("cluster", "K1"))

    def votes(self) -> None:
        self.looks.do(SetWithoutPhone(12), GoTo("s4", "a4"), OpenActivity("a4"))
        self.at("time running", ".timer, time-left", StartTimer(300))
        self.looks.do(
            EnterPaper("a4", VOTE),
            CloseActivity("a4"),
            RevealResult("a4"),
            GoTo("s5", "a6"),
            OpenActivity("a6"),
        )
        self.at("earlier result", "[data-region^=result-a4]", ProjectScene("result", "a4"))
        self.at(
            "annulled",
            "[data-region=annulled]",
            GoTo("s5", "a6"),
            AnnulVote("a6", "Deux options disaient la même chose."),
        )

    def around(self) -> None:
        self.looks.do(GoTo("s6", "a12"), OpenActivity("a12"), AddSpeaker("a12", "Madame Dupont", "E"))
        self.at("somebody speaks", "[data-region=floor]", GiveTurn("a12"))
        self.at("what came before", "[data-region=recap]", ProjectScene("recap"))
        self.at("code in large", "[data-region=lobby]", ShowJoinScreen())
        self.at("pause", "[data-region=pause]", ShowJoinScreen(False), FreezePhones())
        self.at("neutral", "[data-region=blank]", FreezePhones(False), BlankScreen())
        self.at("end", "[data-region=end]", BlankScreen(False), CloseSession())


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the test below."""
    with running_server(
        tmp_path_factory.mktemp("screen"), snapshot=evening_snapshot(rehearsal=True)
    ) as server:
        hall = Hall(chromium, server)
        screen = Screen(Looks(hall))
        screen.welcome()
        screen.cards()
        screen.votes()
        screen.around()
        yield screen.looks
        hall.close()
        assert hall.faults == []
        assert server.errors() == []


def test_no_scene_of_the_projector_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}
    assert len(looks.seen) == 20
