"""An evening walked with its three surfaces open: each activity goes through its whole life and is looked at on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from atelier.clock import utc_now
from atelier.live.messages import Command
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import SetWithoutPhone
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.floor import AddSpeaker, GiveTurn
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.speaking import RequestTurn
from atelier.live.rules.voting import CastBallot
from tests.browser.every_kind import Moment, evening_of
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import Looks
from tests.server import running_server

OPEN, CLOSED = ".scene-state .is-open", ".scene-state .is-wait"


class Evening:
    """A desk, a projector and a phone, kept open from the first moment to the last."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.desk, self.screen = looks.hall.desk(), looks.hall.screen()
        self.phone = looks.hall.phone("Samira")

    def at(
        self, name: str, phone: str = "", screen: str = "", desk: str = "", axe_in_hand: bool = False
    ) -> None:
        """Look at the surfaces whose mark is given; the desk at its table, then held in the hand."""
        if phone:
            self.looks.at(self.phone, f"phone: {name}", phone, hand=True)
        if screen:
            self.looks.at(self.screen, f"screen: {name}", screen)
        if desk:
            self.looks.at(self.desk, f"desk: {name}", desk)
            self.desk.set_viewport_size(PHONE)
            self.looks.at(self.desk, f"hand: {name}", ".pane-scene", hand=True, axe=axe_in_hand)
            self.desk.set_viewport_size(DESK)

    def go(self, moment: Moment) -> str:
        """Go to an activity; return how its question is found on a surface, whatever was done to its apostrophes."""
        longest = max(re.findall(r"\w+", moment.activity["question"]), key=len)
        asked = f":has-text('{longest}')"
        self.looks.do(GoTo("s1", moment.key))
        first = not any(
            name.startswith("desk: ") for name in self.looks.seen
        )  # the others' desks differ by a word
        self.at(f"{moment.kind} planned", "", f".scene-head{asked}", f".scene-title{asked}" if first else "")
        return asked

    def read(self, moment: Moment) -> None:
        self.go(moment)
        self.at(f"{moment.kind} read", f"[data-region=content-{moment.key}]")

    def written(self, moment: Moment) -> None:
        key, asked = moment.key, self.go(moment)
        self.looks.do(OpenActivity(key))
        self.at(f"{moment.kind} open", f"#write-{key}")
        self.by_phone(SubmitContribution(key, **moment.card))
        mine = f"[data-region=mine] [data-state=received]:has-text('{words_of(moment)}')"
        self.at(f"{moment.kind} with a card", mine, f".scene-head{asked}", OPEN, axe_in_hand=True)
        self.looks.do(CloseActivity(key))
        self.at(f"{moment.kind} closed", f"#head-{key} ~ .notice", "", CLOSED)

    def voted(self, moment: Moment) -> None:
        key, asked = moment.key, self.go(moment)
        self.looks.do(OpenActivity(key))
        self.at(f"{moment.kind} open", f"#ballot-{key}-1", "[data-region=box]")
        self.by_phone(CastBallot(key, 1, moment.ballot, moment.words))
        self.looks.do(EnterPaper(key, moment.paper))
        received = ".vote-count:has-text('13 bulletins')"
        self.at(
            f"{moment.kind} with ballots", "[data-region^=form] .is-good", f".scene-head{asked}", received
        )
        self.looks.do(CloseActivity(key))
        self.at(f"{moment.kind} closed", f"#head-{key} ~ .notice", "[data-region=box] .scene-foot", CLOSED)
        self.looks.do(RevealResult(key))
        self.desk.locator(f"#result-{key}").evaluate("(details) => (details.open = true)")
        shown = (f"[data-region=result-{key}]", f"[data-region^=result-{key}]", f"#result-{key} figure")
        self.at(f"{moment.kind} revealed", *shown, axe_in_hand=True)

    def spoken(self, moment: Moment) -> None:
        key, asked = moment.key, self.go(moment)
        self.looks.do(OpenActivity(key))
        self.at(f"{moment.kind} open", f"[data-region=form-{key}]", f".scene-head{asked}")
        self.by_phone(RequestTurn(key))
        self.looks.do(AddSpeaker(key, "Madame du fond", "E"), AddSpeaker(key, "Le monsieur au chapeau"))
        self.at(f"{moment.kind} waiting", "[data-region^=form] .is-info", "", ".speaking-list li >> nth=2")
        self.looks.do(GiveTurn(key))
        speaking = ("[data-region^=form] .is-good", "[data-region=floor]", ".speaking-now")
        self.at(f"{moment.kind} speaking", *speaking, axe_in_hand=True)
        self.looks.do(CloseActivity(key))
        self.at(f"{moment.kind} closed", f"#head-{key} ~ .notice", "", CLOSED)

    def by_phone(self, command: Command) -> None:
        self.looks.do_as(self.phone.context, "s", command)


Step = Callable[[Evening, Moment], None]


@contextmanager
def walked(chromium: Browser, var: Path, steps: Sequence[tuple[Moment, Step]]) -> Iterator[Looks]:
    """Serve an evening made of these moments, walk it, and give what was seen."""
    snapshot = evening_of((moment for moment, _ in steps), starts_at=utc_now().isoformat())
    with running_server(var, snapshot=snapshot) as server:
        hall = Hall(chromium, server)
        evening = Evening(Looks(hall))
        evening.looks.do(SetWithoutPhone(12))
        for moment, step in steps:
            step(evening, moment)
        yield evening.looks
        hall.close()
        assert hall.faults == []
        assert server.errors() == []


def words_of(moment: Moment) -> str:
    fields = moment.card.get("fields", {})
    return str(moment.card.get("text") or fields.get("statement") or fields["what"])
