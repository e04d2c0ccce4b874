"""A séance that is opened again proposes what it changes; people accept, or keep their words."""

from __future__ import annotations

import pytest

from atelier.db import Database
from atelier.errors import Refusal
from atelier.live.rules.closing import CloseSession, ReopenSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.minutes import queries
from atelier.minutes.operations.versions import content_at, keep_version
from atelier.minutes.reconcile import Proposal
from atelier.settings import Settings
from tests.conftest import FakeClock
from tests.factories import EVENING
from tests.sockets.drafted_evening import Drafted
from tests.sockets.ground import SESSION

OWNER = "u1"


@pytest.fixture
def evening(database: Database, settings: Settings, clock: FakeClock) -> Drafted:
    return Drafted(database, settings, clock)


def reopened_with_another_card(evening: Drafted) -> None:
    evening.act(CloseSession())
    evening.followers.drain()
    evening.write("weaknesses", "Une phrase à nous.")
    evening.act(ReopenSession("Une carte oubliée"))
    evening.act(UndoClose("a3"))
    evening.act(SubmitContribution("a3", "Le bailleur ne vient pas", column="minus"), "Samira")
    evening.act(CloseSession())
    evening.followers.drain()


def test_reopening_proposes_and_one_accepts(evening: Drafted) -> None:
    evening.write_cards()
    reopened_with_another_card(evening)
    assert "bailleur" not in evening.body("weaknesses")
    proposals = evening.drafter.proposals(SESSION)
    board = next(one for one in proposals if (one.section, one.source) == ("weaknesses", "a3"))
    assert "Le bailleur ne vient pas" in board.after
    assert evening.drafter.accept(SESSION, [board.key]) is None
    assert "Le bailleur ne vient pas" in evening.body("weaknesses")
    assert evening.body("weaknesses").endswith("Une phrase à nous.")
    assert board.key not in {one.key for one in evening.drafter.proposals(SESSION)}
    assert evening.drafter.accept(SESSION, [board.key]) == Refusal("proposal_gone")


def test_words_typed_in_a_block_after_one_read_the_proposal_are_not_replaced_unseen(
    evening: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.write_cards()
    reopened_with_another_card(evening)
    board = next(one for one in evening.drafter.proposals(SESSION) if one.source == "a3" and one.before)
    assert board.section == "weaknesses"

    def type_there(word: str) -> None:
        evening.write(
            "weaknesses", "", lambda body: body.replace("Les mêmes parlent", f"Les mêmes parlent {word}")
        )

    proposals = evening.drafter.proposals

    def typed_meanwhile(session_id: int) -> tuple[Proposal, ...]:
        found = proposals(session_id)
        type_there("encore")
        return found

    with monkeypatch.context() as busy:
        busy.setattr(evening.drafter, "proposals", typed_meanwhile)
        assert evening.drafter.accept(SESSION, [board.key]) == Refusal("proposal_gone")
    assert evening.drafter.accept(SESSION, [board.key]) == Refusal("proposal_gone")
    assert "parlent encore" in evening.body("weaknesses")
    again = next(one for one in evening.drafter.proposals(SESSION) if one.source == "a3")
    assert "parlent encore" in again.before
    assert evening.drafter.accept(SESSION, [again.key]) is None
    assert "bailleur" in evening.body("weaknesses")


def test_one_keeps_one_s_text_and_is_not_asked_again(evening: Drafted) -> None:
    evening.write_cards()
    reopened_with_another_card(evening)
    keys = [one.key for one in evening.drafter.proposals(SESSION)]
    before = evening.content()
    assert evening.drafter.keep(SESSION, keys) is None
    assert evening.drafter.proposals(SESSION) == ()
    evening.drafter.redraft(SESSION)
    assert (evening.drafter.proposals(SESSION), evening.content()) == ((), before)


def test_a_block_that_an_old_version_brings_back_no_longer_tells_a_card_withdrawn_since(
    evening: Drafted,
) -> None:
    evening.write_cards()
    evening.act(CloseSession())
    evening.followers.drain()
    evening.write("weaknesses", "Une phrase à nous.")
    with evening.database.writing() as db:
        keep_version(db, evening.document(), evening.content(), "named", EVENING, "Premier jet")
    evening.act(WithdrawContribution(2), "Jean-Luc")
    evening.followers.drain()
    now = evening.body("weaknesses")
    assert "[C-2]" not in now
    with evening.database.reading() as db:
        old = content_at(queries.versions(db, evening.document().id)[0])
    evening.room.write(OWNER, lambda text: text.replace(old))
    assert "(mots retirés) [C-2]" in evening.body("weaknesses")
    evening.drafter.redraft(SESSION)
    assert evening.body("weaknesses") == now


def test_a_text_that_is_read_or_published_is_not_added_to(evening: Drafted) -> None:
    evening.write_cards()
    evening.write("context", "Une phrase à nous.")
    evening.change_row(phase="in_review")
    evening.open("a4")
    fields = {"statement": "Une règle suffit", "evidence": "", "useful_to": "", "elsewhere": ""}
    evening.act(SubmitContribution("a4", fields=fields), "Samira")
    evening.act(CloseSession())
    evening.followers.drain()
    assert evening.body("hypotheses") == ""
    assert "H-4" in {one.source for one in evening.drafter.proposals(SESSION)}
    evening.change_row(phase="published")
    before = evening.content()
    evening.act(WithdrawContribution(2), "Jean-Luc")
    evening.followers.drain()
    assert evening.content() == before
    assert evening.drafter.proposals(SESSION) == ()


def test_an_approved_text_still_loses_what_is_withdrawn_and_takes_no_proposal(evening: Drafted) -> None:
    evening.write_cards()
    reopened_with_another_card(evening)
    evening.change_row(phase="approved")
    evening.act(WithdrawContribution(2), "Jean-Luc")
    evening.followers.drain()
    assert "Les mêmes parlent" not in evening.kept()
    proposal = next(one for one in evening.drafter.proposals(SESSION) if one.after)
    assert evening.drafter.accept(SESSION, [proposal.key]) == Refusal("frozen", {"phase": "approved"})
