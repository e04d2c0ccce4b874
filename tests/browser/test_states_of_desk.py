"""The desk besides its questions: every dialog, every list, the four panes of the hand, every role. Nothing for axe to find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from atelier.live.rules.activities import AnnounceClose, CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import CloseEntry, SetWithoutPhone
from atelier.live.rules.cards_display import SetLiveDisplay
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster, ValidateCluster
from atelier.live.rules.consent_rounds import NextRound
from atelier.live.rules.floor import AddSpeaker
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, KeepContribution, ProjectContribution
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.pausing import FreezePhones, HidePhones
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.personal_time import AskTime
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.tables import AskHelp
from tests.browser.every_kind import SPOKEN, VOTED, WRITTEN, evening_of
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import Looks
from tests.server import running_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TIED = {"ballots": 12, "options": {f"o{n}": {"dots": 6, "people": 6} for n in (1, 2)}}
OF_CARDS = (
    "entry",
    "hide",
    "file",
    "reword",
    "merge",
    "new-cluster",
    "rename-cluster",
    "split-cluster",
    "cluster-vote",
)
OF_VOTES = ("paper", "annul", "lots", "next-round", "speaker")
OF_ALL = (
    "insert",
    "edit",
    "catch-up",
    "close-session",
    "attendance",
    "people",
    "person",
    "links",
    "log",
    "shortcuts",
)
ROLES = ("cofacilitator", "helper", "observer")


class AtDesk:
    def __init__(self, looks: Looks) -> None:
        self.looks, self.hall = looks, looks.hall
        self.desk = looks.hall.desk()

    def at(self, name: str, mark: str, hand_mark: str = "", pane: str = "live") -> None:
        """Look at the desk on its table, then in the hand with one of its four panes."""
        self.looks.at(self.desk, name, mark)
        self.desk.set_viewport_size(PHONE)
        if not self.desk.locator("dialog[open]").count():
            self.desk.locator(f"[data-pane={pane}]").click()
        self.looks.at(self.desk, f"hand: {name}", hand_mark or mark, hand=True, axe=pane != "live")
        self.desk.set_viewport_size(DESK)

    def dialogs(self, *names: str) -> None:
        """Open each dialog with the last of the buttons that lead to it, as its button would."""
        for name in names:
            opening = "(name) => [...document.querySelectorAll(`[data-open='${name}']`)].at(-1).click()"
            self.desk.evaluate(opening, name)
            self.at(f"dialog {name}", f"#dialog-{name}[open]")
            self.desk.keyboard.press("Escape")

    def room(self) -> None:
        """People, each with something to say to the desk."""
        self.at("lobby", "[data-region=scene-title]")
        samira, odile = self.hall.phone("Samira"), self.hall.phone("Odile", "Élus et agents")
        self.looks.do(GoTo("s4", "a4"), CloseEntry())
        self.hall.phone("Karim")
        self.looks.do_as(samira.context, "s", AskHelp())
        self.looks.do_as(odile.context, "s", AskTime())
        self.looks.do(OpenActivity("a4"), MarkLeft("p2"), SetWithoutPhone(12))
        self.at("requests", ".requests li >> nth=1", ".requests li >> nth=1", "people")

    def cards(self) -> None:
        for n in range(1, 10):
            self.looks.do(
                EnterContribution("a4", text=f"Une idée, la {n}e.", column="plus", table=1, sheet=str(n))
            )
        self.at("cards to sort", "#list-held [data-card='1']", "#list-held [data-card='1']", "cards")
        self.looks.do(*map(KeepContribution, range(1, 8)), HideContribution(8, "other", "un nom"))
        self.looks.do(
            MergeContributions(1, (2,)), RewordContribution(3, "Dit autrement."), ProjectContribution(4)
        )
        self.looks.do(
            CreateCluster("a4", "À table", cards=(1, 3, 4)),
            CreateCluster("a4", "", "minus"),
            ValidateCluster("K1"),
        )
        for name, card in (("kept", 7), ("hidden", 8)):
            self.desk.locator(f"#tab-{name}").evaluate("(tab) => tab.click()")
            mark = f"#list-{name} [data-card='{card}']"
            self.at(f"cards {name}", mark, mark, "cards")
        self.menus()
        self.dialogs(*OF_CARDS)
        self.desk.locator("#tab-board").click()
        self.at("board", "[data-cluster=K1] [data-card]")
        self.desk.locator("#tab-scene").click()

    def menus(self) -> None:
        """Every menu open at once: no hand does it, all their words are read."""
        self.desk.evaluate(
            "() => document.querySelectorAll('details.menu').forEach((menu) => (menu.open = true))"
        )
        self.looks.at(self.desk, "menus", ".agenda-row .menu-list")
        self.desk.set_viewport_size(PHONE)
        for pane in ("live", "agenda"):
            self.desk.locator(f"[data-pane={pane}]").evaluate("(button) => button.click()")
            self.desk.evaluate(
                "() => document.querySelectorAll('details.menu').forEach((menu) => (menu.open = true))"
            )
            self.looks.at(
                self.desk,
                f"hand: menus of {pane}",
                f".pane-{'scene' if pane == 'live' else 'agenda'}",
                hand=True,
            )
        self.desk.set_viewport_size(DESK)
        self.desk.reload()
        self.hall.joined(self.desk)

    def notices(self) -> None:
        self.looks.do(SetLiveDisplay("a4"), FreezePhones(), HidePhones())
        self.at("every notice", ".desk-notices .notice >> nth=2")
        self.looks.do(FreezePhones(False), HidePhones(False), AnnounceClose("a4", 300))
        self.at("close announced", ".scene-state .timer")
        self.looks.do(CloseActivity("a4"))

    def votes(self) -> None:
        self.looks.do(GoTo("s10", "a10"), OpenActivity("a10"), EnterPaper("a10", TIED))
        self.desk.locator("[data-open=paper]").first.wait_for()
        self.dialogs("paper")
        self.looks.do(CloseActivity("a10"), RevealResult("a10"))
        self.at("tie", "[data-open=lots]")
        consent = next(one for one in VOTED if one.kind == "consent")
        self.looks.do(
            GoTo("s15", "a15"),
            OpenActivity("a15"),
            EnterPaper("a15", consent.paper),
            CloseActivity("a15"),
            RevealResult("a15"),
        )
        self.looks.do(
            GoTo("s9", "a9"), OpenActivity("a9"), AddSpeaker("a9", "Madame du fond"), GoTo("s10", "a10")
        )
        self.desk.locator("[data-open=lots]").first.wait_for()
        self.dialogs("annul", "lots")
        self.looks.do(GoTo("s15", "a15"))
        self.desk.locator("[data-open=next-round]").first.wait_for()
        self.dialogs("next-round")
        self.looks.do(NextRound("a15", "Dix minutes."), GoTo("s9", "a9"))
        self.desk.locator("[data-open=speaker]").first.wait_for()
        self.dialogs("speaker")

    def leaves(self) -> None:
        """The small pages that the desk shows in frames: a link just made, a code for a lost phone."""
        self.desk.evaluate("() => document.querySelector('[data-open=links]').click()")
        self.desk.get_by_role("button", name="Créer le lien").click()
        frame = self.desk.frame_locator("iframe[name=link-frame]")
        frame.locator("svg, img").first.wait_for()
        leaf = next(one for one in self.desk.frames if one.name == "link-frame")
        self.looks.framed(leaf, "link just made")
        self.desk.keyboard.press("Escape")

    def faults(self) -> None:
        self.desk.context.set_offline(True)
        self.desk.get_by_role("button", name="Figer tout").click()
        self.at("nothing left", ".keys .error:visible")
        self.at("no server", "status-line[data-state=offline]")
        self.desk.context.set_offline(False)
        self.hall.joined(self.desk)

    def roles(self) -> None:
        assert self.hall.server.seeded is not None
        for role in ROLES:
            page: Page = self.hall.page(self.hall.context(DESK))
            page.goto(f"{self.hall.server.url}/l/{self.hall.server.seeded.tokens[role]}")
            self.looks.at(page, role, ".role-tag")
            page.set_viewport_size(PHONE)
            self.looks.at(page, f"hand: {role}", ".pane-scene", hand=True)

    def end(self) -> None:
        page = self.hall.page(self.hall.facilitator())
        page.goto(f"{self.hall.server.url}/pupitre/{self.hall.code}/repetition")
        self.looks.at(page, "rehearsal")
        self.looks.do(CloseSession())
        self.at("closed", ".desk-notices .is-good")
        self.dialogs("reopen-session")


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the tests below."""
    consent = next(one for one in VOTED if one.kind == "consent")
    moments = (
        *WRITTEN[1:2],
        *SPOKEN,
        *VOTED[:2],
        consent,
    )  # nobody opens the second vote: it can still be changed
    with running_server(
        tmp_path_factory.mktemp("desk"), snapshot=evening_of(moments, apart=True, moderation="held", tables=3)
    ) as server:
        hall = Hall(chromium, server)
        desk = AtDesk(Looks(hall))
        desk.room()
        desk.cards()
        desk.notices()
        desk.votes()
        desk.dialogs(*OF_ALL)
        desk.leaves()
        desk.roles()
        desk.faults()
        desk.end()
        yield desk.looks
        hall.close()
        assert hall.faults == []
        assert server.errors() == []


def test_no_state_of_the_desk_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}


def test_no_state_of_the_desk_in_the_hand_overflows_or_has_a_small_target(looks: Looks) -> None:
    assert looks.layout == {}


def test_every_dialog_of_the_desk_was_opened(looks: Looks) -> None:
    opened = {name.removeprefix("dialog ") for name in looks.seen if name.startswith("dialog ")}
    assert opened == {*OF_CARDS, *OF_VOTES, *OF_ALL, "reopen-session"}
