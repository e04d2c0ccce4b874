"""What a phone may live besides a question: waiting, pause, the room's cards, the fate of one's own, no network, a table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from atelier.live.rules.activities import AnnounceClose, CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import CloseEntry
from atelier.live.rules.card_marks import ReportMisplaced
from atelier.live.rules.cards_display import ShowCards
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, ProjectContribution
from atelier.live.rules.pausing import FreezePhones, HidePhones
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.personal_time import AskTime, GiveTime
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.tables import AskHelp
from atelier.live.rules.voting import CastBallot
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.browser.hall import PHONE, Hall
from tests.browser.looking import Looks
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.server import running_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TWO = ["La langue", "L'heure"]


def evening() -> dict[str, object]:
    named = {"anonymity": "named", "to_minutes": "validated", "silent": True}
    columns = [
        {"key": "plus", "label": "Forces", "sign": "plus"},
        {"key": "minus", "label": "Faiblesses", "sign": "minus"},
    ]
    by_table = {"per": "table", "columns": columns}
    activities = (
        make_activity("a1", "contributions", "Qu'avez-vous vu ?", settings={"max_chars": 140}, **named),
        make_activity("a2", "questions", "Vos questions", settings={"upvotes": True}),
        make_activity("a3", "contributions", "Aux élus d'abord", first_colleges=["E"]),
        make_activity("a4", "dot_vote", "Que comprendre ?", options=TWO, settings={"dots": 3}),
        make_activity("a5", "board", "À chaque table", settings=by_table),
    )
    sequences = [make_sequence("s1", "Ouverture", 10, instructions="Accueil.\nRègles du jeu.")]
    sequences += [make_sequence(f"s{n}", f"Moment {n}", 10, one) for n, one in enumerate(activities, 2)]
    return make_snapshot(sequences, tables=3, rehearsal=True)


class Phones:
    """Samira's phone, looked at; Odile's, which makes the room."""

    def __init__(self, looks: Looks) -> None:
        self.looks, self.hall = looks, looks.hall
        self.samira = self.hall.phone("Samira")
        self.odile = self.hall.phone("Odile", "Élus et agents")

    def at(self, name: str, mark: str, page: Page | None = None, opened: bool = False) -> None:
        page = page or self.samira
        if opened:
            page.locator(mark).first.wait_for(state="attached")
            page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
        self.looks.at(page, name, mark, hand=True)

    def acts(self, page: Page, *commands: object) -> int:
        """Perform a phone's acts; return the number of the last card, if any."""
        return int(self.looks.do_as(page.context, "s", *commands).get("number", 0))

    def waiting(self) -> None:
        self.at("lobby", "[data-region=waiting]")
        self.at("lobby, everything unfolded", ".keep-qr", opened=True)
        self.looks.do(GoTo("s1"))
        self.at("waiting for the next step", "[data-region=waiting] h1:has-text('Ouverture')")
        self.acts(self.samira, AskTime(), AskHelp())
        self.at("needs said", ".needs [data-if='wants_time']:not([hidden])")

    def among_others(self) -> None:
        self.looks.do(GoTo("s2", "a1"), OpenActivity("a1"))
        theirs = self.acts(
            self.odile, SubmitContribution("a1", "Les mêmes parlent toujours.", validated=True)
        )
        self.at("silence", "#write-a1")
        self.looks.do(ShowCards("a1"))
        self.at("others' cards shown", f"[data-region=card-{theirs}]")
        self.looks.do(GoTo("s3", "a2"), OpenActivity("a2"))
        self.acts(self.odile, SubmitContribution("a2", "Qui décide ?"))
        self.at("two questions open, one to support", "button:has-text('Moi aussi')")
        self.looks.do(GoTo("s4", "a3"), OpenActivity("a3"))
        self.at("other colleges speak first", "[data-region=listening]")

    def fates_of_cards(self) -> None:
        cards = [self.acts(self.samira, SubmitContribution("a1", f"Mon idée {n}.")) for n in range(1, 8)]
        kept, shown, hidden, merged, reworded, filed, gone = cards
        self.looks.do(
            ProjectContribution(shown), HideContribution(hidden, "other", "hors du sujet de ce soir")
        )
        self.looks.do(
            MergeContributions(kept, (merged,), "Les deux idées."),
            RewordContribution(reworded, "Dit autrement."),
        )
        self.looks.do(CreateCluster("a1", "Aller chercher les gens", cards=(filed,)))
        self.acts(self.samira, WithdrawContribution(gone))
        self.at("every fate of a card", "[data-region=mine] [data-state=merged]")
        self.acts(self.samira, ReportMisplaced(filed))
        self.at("every fate of a card, unfolded", "[data-if=misplaced]:not([hidden])", opened=True)

    def pauses(self) -> None:
        self.looks.do(FreezePhones())
        self.at("frozen", "status-line[data-state=paused]")
        self.looks.do(FreezePhones(False), HidePhones())
        self.at("hidden", "[data-region=waiting]")
        self.looks.do(HidePhones(False), AnnounceClose("a1", 300), GoTo("s2", "a1"))
        self.at("close announced", "#head-a1 time-left")
        self.looks.do(CloseActivity("a1"), GiveTime("p1", "a1", 600))
        self.at("time of one's own", ".notice hour-text")

    def offline(self) -> None:
        self.looks.do(GoTo("s3", "a2"))
        self.samira.context.set_offline(True)
        form = self.samira.locator("#write-a2 form")
        form.get_by_role("textbox").first.fill("Et la salle d'à côté ?")
        form.locator("button").last.click()
        self.at("offline, a card kept", "status-line[data-state=offline]")
        self.looks.do(CloseActivity("a2"))
        self.samira.context.set_offline(False)
        self.at("back, the card refused", "outbox-list .is-refused")

    def vote(self) -> None:
        self.looks.do(CloseEntry())
        late = self.hall.phone("Karim")
        self.at("vote, entry closed", "[data-if*='entry_closed']:not([hidden])", late)
        self.at("vote, marked as gone", "[data-if*='refused=left']:not([hidden])", self.odile)
        more = self.samira.get_by_role("button", name="Poser une gommette")
        for button in (more.first, more.first, more.last):
            button.click()
        self.at("dots all placed", ".dot-row.is-chosen")


def table_phone(phones: Phones) -> Page:
    """A phone for a whole table, which votes in turn."""
    phones.looks.do(MarkLeft("p2"), GoTo("s5", "a4"), OpenActivity("a4"))
    page = phones.hall.page(phones.hall.context(PHONE, has_touch=True))
    page.goto(f"{phones.hall.server.url}/j/{phones.hall.code}")
    page.get_by_label("Votre table").fill("2")
    page.get_by_text("Ce téléphone sert à toute la table").click()
    page.get_by_label("Oui, nous le partageons").check()
    page.get_by_label("Personnes autour de la table").fill("2")
    phones.at("table phone: identity", "details[open] .check", page)
    page.get_by_role("button", name="Entrer dans la séance").click()
    phones.at("table phone: vote", "[data-ballot]", page)
    page.get_by_role("button", name="Poser une gommette").first.click()
    page.get_by_role("button", name="Déposer mon bulletin").click()
    phones.at("table phone: passed on", "[data-mine]:not([hidden])", page)
    phones.acts(page, CastBallot("a4", 2, {"dots": {"o2": 2}}))
    phones.at("table phone: all received", "[data-if='box.a4.full']:not([hidden])", page)
    return page


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the tests below."""
    with running_server(tmp_path_factory.mktemp("phones"), snapshot=evening()) as server:
        hall = Hall(chromium, server)
        phones = Phones(Looks(hall))
        phones.waiting()
        phones.among_others()
        phones.fates_of_cards()
        phones.pauses()
        phones.offline()
        table = table_phone(phones)
        phones.vote()
        phones.looks.do(CloseActivity("a4"), GoTo("s6", "a5"), OpenActivity("a5"))
        phones.at("table phone: board", "button:has-text('Envoyer au nom de la table')", table)
        yield phones.looks
        hall.close()
        assert hall.faults == []
        assert server.errors() == []


def test_no_state_of_a_phone_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}


def test_no_state_of_a_phone_is_wider_than_a_hand_or_has_a_small_target(looks: Looks) -> None:
    assert looks.layout == {}
