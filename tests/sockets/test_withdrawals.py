"""What left the séance leaves what people wrote: at once, while somebody types there, and again each time that it comes back."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.db import Database
from atelier.live import store as live_store
from atelier.live.models import Words
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.card_marks import AllowName
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import HideContribution, UnhideContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.minutes import queries
from atelier.minutes.models import Amendment, Document, DocumentRemark, Reading
from atelier.minutes.operations.veil import Veil
from atelier.minutes.operations.versions import content_at, keep_version
from atelier.minutes.operations.withdrawals import FOLLOWER, Withdrawals
from atelier.settings import Settings
from tests.conftest import FakeClock
from tests.documents.hands import OWNER_GUEST, Hand
from tests.factories import EVENING
from tests.sockets.drafted_evening import Drafted
from tests.sockets.ground import SESSION

SAID = "Les mêmes parlent toujours avant nous"
WRITTEN = f"Une personne l'a dit : « {SAID} » [C-2]. Le débat reste ouvert."


class Leaving(Drafted):
    """A closed evening whose second card is quoted by a sentence of ours, and what takes it out."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.veil = Veil(self.database, self.desk.state, self.secret, str)
        self.withdrawals = Withdrawals(
            self.database, self.rooms, self.veil, self.drafter.redraft, self._forget, lambda _id: None
        )
        self.followers.follow(FOLLOWER, self.withdrawals.handle)
        self.open("a3")
        for text, name in (("La parole circule", "Samira"), (SAID, "Jean-Luc")):
            self.act(SubmitContribution("a3", text, column="minus"), name)
        self.act(CloseActivity("a3"))
        self.act(CloseSession())
        self.followers.drain()
        self.write("context", WRITTEN)

    def _forget(self, document_id: int) -> None:
        self.forgotten.append(document_id)
        self.rooms.open(document_id).forget_history()

    def withdraw(self) -> None:
        self.act(WithdrawContribution(2), "Jean-Luc")
        self.followers.drain()

    def shown(self) -> str:
        content = self.veil.content(self.document(), self.content())
        return "\n".join(section.body for section in content.sections)


@pytest.fixture
def evening(database: Database, settings: Settings, clock: FakeClock) -> Leaving:
    return Leaving(database, settings, clock)


def keep_everything(evening: Leaving) -> None:
    """Keep a version, a request and a reserve that quote the card."""
    with evening.database.writing() as db:
        document = queries.document_of_session(db, SESSION)
        assert document is not None
        keep_version(db, document, evening.content(), "named", EVENING, "Avant")
        db.add(
            Amendment(
                document_id=document.id, number=1, kind="amendment", version=1, section="context", before=WRITTEN,
                after=f"Rien de « {SAID} »", motive=f"{SAID}, et c'est tout.", reader="r1", channel="link", created_at=EVENING,
            )
        )  # fmt: skip
        db.add(
            Reading(
                document_id=document.id, reader="r1", version=1, present=True, verdict="reserve", reserve=SAID, at=EVENING
            )
        )  # fmt: skip


def test_a_sentence_of_people_loses_the_quotation_and_keeps_the_rest(evening: Leaving) -> None:
    keep_everything(evening)
    evening.withdraw()
    assert "Une personne l'a dit : (mots retirés) [C-2]. Le débat reste ouvert." in evening.body("context")
    assert SAID not in evening.kept()
    with evening.database.reading() as db:
        request, reading = db.get(Amendment, (1, 1)), db.get(Reading, (1, "r1", 1))
        assert request is not None
        assert reading is not None
        assert request.before == "Une personne l'a dit : (mots retirés) [C-2]. Le débat reste ouvert."
        assert (request.after, request.motive) == ("Rien de (mots retirés)", "(mots retirés), et c'est tout.")
        assert reading.reserve == "(mots retirés)"
    assert evening.document().human_at is not None


def test_what_is_kept_of_a_card_is_no_word_of_it(evening: Leaving) -> None:
    evening.write("context", "", lambda _body: f"{WRITTEN} « La parole circule » [C-1].")
    evening.withdraw()
    evening.act(WithdrawContribution(1), "Samira")
    evening.followers.drain()
    with evening.database.reading() as db:
        (trace,) = live_store.traces(db, SESSION)
        kept = [(row.owner, row.body) for row in db.query(Words) if row.owner.startswith("T:")]
    assert trace.ref == "C-2"  # three words leave nothing: they are known by their citation
    assert [owner for owner, _ in kept] == ["T:C:2"]
    assert not any(word in kept[0][1] for word in ("parlent", "toujours", "avant", "nous"))
    assert evening.body("context").endswith("Le débat reste ouvert. (mots retirés) [C-1].")
    assert evening.reloaded() == evening.state


def test_somebody_types_in_the_sentence_while_the_card_is_withdrawn(evening: Leaving) -> None:
    hand = Hand(evening.room, OWNER_GUEST, 77)
    at = evening.body("context").index("toujours")
    typed = hand.text.editing(lambda text: text.splice("context", at, at, "presque "))
    evening.withdraw()
    assert not hasattr(hand.send(typed), "code")
    evening.withdrawals.sweep()
    assert "Une personne l'a dit : " in evening.body("context")
    assert "presque" in evening.body("context")
    assert "mêmes parlent" not in evening.body("context")
    assert "Le débat reste ouvert." in evening.body("context")


def test_what_a_page_that_was_away_brings_back_leaves_again(evening: Leaving) -> None:
    away = Hand(evening.room, OWNER_GUEST, 78)
    again = away.text.editing(lambda text: text.splice("context", 0, 0, f"Je redis : “{SAID}”. "))
    evening.withdraw()
    away.send(again)
    assert SAID in evening.body("context")
    assert SAID not in evening.shown()
    before = len(evening.forgotten)
    evening.withdrawals.sweep()
    assert evening.body("context").startswith("Je redis : (mots retirés). ")
    assert SAID not in evening.kept()
    assert len(evening.forgotten) == before + 1
    evening.withdrawals.sweep()
    assert len(evening.forgotten) == before + 1


def test_a_redo_that_brings_the_words_back_is_undone_at_the_next_look(evening: Leaving) -> None:
    hand = Hand(evening.room, OWNER_GUEST, 79)
    evening.withdraw()
    hand.text.trust(evening.room.lacking(hand.text.vector())[1])
    assert SAID not in hand.text.markdown("context")
    hand.send(hand.text.editing(lambda text: text.edit("context", WRITTEN)))
    evening.withdrawals.sweep()
    assert SAID not in evening.body("context")
    hand.text.trust(evening.room.lacking(hand.text.vector())[1])
    assert hand.text.content() == evening.content()


def test_a_block_of_ours_that_an_undo_brings_back_follows_the_seance_again(evening: Leaving) -> None:
    before = evening.body("weaknesses")
    assert SAID in before
    evening.withdraw()
    after = evening.body("weaknesses")
    hand = Hand(evening.room, OWNER_GUEST, 80)
    hand.send(hand.text.editing(lambda text: text.edit("weaknesses", before)))
    evening.withdrawals.sweep()
    assert evening.body("weaknesses") == after
    assert SAID not in evening.kept()


def test_a_text_of_another_process_is_looked_at_when_it_is_opened_here(evening: Leaving) -> None:
    evening.withdraw()
    evening.write("context", "", lambda _body: WRITTEN)
    evening.rooms.forget(evening.document().id)
    evening.room.catch_up()
    evening.room.content()
    evening.withdrawals.sweep()
    assert SAID not in evening.kept()


def test_words_hidden_for_now_stay_with_their_writers_and_are_shown_to_nobody(evening: Leaving) -> None:
    keep_everything(evening)
    text = evening.body("context")
    evening.act(HideContribution(2, "attack"))
    evening.followers.drain()
    evening.withdrawals.sweep()
    assert evening.body("context") == text
    assert "Une personne l'a dit : (mots retirés) [C-2]." in evening.shown()
    assert SAID not in evening.shown()
    with evening.database.reading() as db:
        version = queries.versions(db, 1)[0]
        assert SAID in str(version.content)
        assert SAID not in str(evening.veil.content(evening.document(), content_at(version)))
        request = evening.veil.row(evening.document(), queries.amendments(db, 1)[0])
        assert (request.number, request.after) == (1, "Rien de (mots retirés)")
    evening.act(UnhideContribution(2))
    evening.followers.drain()
    assert text in evening.shown()


def test_a_name_that_is_no_longer_lent_leaves_our_sentences_too(evening: Leaving) -> None:
    evening.act(AllowName(1, True), "Samira")
    evening.followers.drain()
    sentence = "Samira le dit [C-1]. Samira est venue. Odile aussi [C-2], avec Samira."
    evening.write("context", sentence, lambda _body: sentence)
    keep_everything(evening)
    evening.act(AllowName(1, False), "Samira")
    evening.followers.drain()
    assert (
        evening.body("context")
        == "(nom retiré) le dit [C-1]. (nom retiré) est venue. Odile aussi [C-2], avec Samira."
    )
    with evening.database.reading() as db:
        assert "Samira le dit" not in str(queries.versions(db, 1)[0].content)
    assert "Samira le dit" not in evening.kept()


def test_a_remark_that_says_the_words_again_loses_them(evening: Leaving) -> None:
    evening.withdraw()
    with evening.database.writing() as db:
        db.add(
            DocumentRemark(
                document_id=1, id="remark-2", section="context", quote=f"« {SAID} »", words=f"{SAID}, non ?",
                person="u1", at=EVENING,
            )
        )  # fmt: skip
    evening.withdrawals.look_beside(1)
    with evening.database.reading() as db:
        remark = db.get_one(DocumentRemark, (1, "remark-2"))
        assert (remark.quote, remark.words) == ("(mots retirés)", "(mots retirés), non ?")
    evening.withdrawals.look_beside(99)


def test_a_published_text_is_not_touched_and_the_work_of_a_correction_is(evening: Leaving) -> None:
    evening.change_row(phase="published")
    with evening.database.writing() as db:
        document = queries.document_of_session(db, SESSION)
        assert document is not None
        for kind in ("published", "auto"):
            keep_version(db, document, evening.content(), kind, EVENING)
    evening.withdraw()
    evening.withdrawals.sweep()
    assert SAID in evening.body("context")
    with evening.database.reading() as db:
        kept = {one.kind: str(one.content) for one in queries.versions(db, evening.document().id)}
    assert SAID in kept["published"]
    assert SAID not in kept["auto"]


def test_a_contribution_au_forum_loses_them_too(evening: Leaving) -> None:
    with evening.database.writing() as db:
        forum = Document(
            kind="forum", template="t5", reference="F1", owner_id=1, title="Au forum", created_at=EVENING,
            settings={"sessions": [SESSION], "forum": {"sessions": [SESSION], "messages": [f"« {SAID} »", "", ""]}},
        )  # fmt: skip
        db.add(forum)
        db.flush()
        forum_id = forum.id
    room = evening.rooms.open(forum_id)
    room.write("u1", lambda text: text.replace(evening.content()))
    room.write("u1", lambda text: text.edit("context", f"« {SAID} » [CHA1-C-2] et « autre » [C-2]."))
    evening.withdraw()
    found = room.content().section("context")
    assert found is not None
    assert found.body == "(mots retirés) [CHA1-C-2] et « autre » [C-2]."
    with evening.database.reading() as db:
        settings = db.get_one(Document, forum_id).settings
    assert settings["forum"]["messages"][0] == "(mots retirés)"
    assert settings["sessions"] == [SESSION]
