"""The draft follows the journal: made at the first close, filled as activities close, never over anybody's words."""

from __future__ import annotations

import pytest

from atelier import realtime
from atelier.db import Database
from atelier.errors import StorageUnavailable
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.card_marks import AllowName
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.store import read_tail
from atelier.minutes import queries, store
from atelier.minutes.content import Content
from atelier.minutes.models import DocumentRemark
from atelier.minutes.operations.versions import keep_version
from atelier.minutes.room import Refusal as RoomRefusal
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.settings import Settings
from atelier.workshops.models import WorkshopSession
from tests.conftest import FakeClock
from tests.factories import EVENING, NADIA
from tests.sockets.drafted_evening import Drafted
from tests.sockets.ground import SESSION

OWNER = "u1"


@pytest.fixture
def evening(database: Database, settings: Settings, clock: FakeClock) -> Drafted:
    return Drafted(database, settings, clock)


def test_a_document_is_made_when_the_first_activity_closes(evening: Drafted) -> None:
    evening.open("a3")
    evening.act(SubmitContribution("a3", "La parole circule", column="plus"), "Samira")
    evening.followers.drain()
    assert evening.row() is None
    evening.act(CloseActivity("a3"))
    evening.followers.drain()
    document = evening.document()
    assert (document.kind, document.template, document.reference, document.phase) == (
        "minutes",
        "t2",
        "CHA1",
        "draft",
    )
    assert document.human_at is None
    assert "« La parole circule » [C-1]" in evening.body("strengths").replace("\u00a0", " ")
    assert evening.body("hypotheses") == ""


def test_a_rehearsal_has_no_document(database: Database, settings: Settings, clock: FakeClock) -> None:
    evening = Drafted(database, settings, clock, rehearsal=True)
    evening.write_cards()
    evening.act(CloseSession())
    evening.followers.drain()
    assert evening.row() is None


def test_it_is_filled_as_activities_close_and_whole_at_the_end(evening: Drafted) -> None:
    evening.write_cards()
    evening.open("a4")
    fields = {"statement": "Une règle suffit", "evidence": "", "useful_to": "", "elsewhere": ""}
    evening.act(SubmitContribution("a4", fields=fields), "Samira")
    evening.followers.drain()
    assert evening.body("hypotheses") == ""
    evening.act(CloseActivity("a4"))
    evening.followers.drain()
    assert "Une règle suffit" in evening.body("hypotheses")
    assert evening.body("annex_session") == ""
    evening.act(CloseSession())
    evening.followers.drain()
    assert "4 cartes reçues, 4 citées ici." in evening.body("annex_session")
    assert evening.document().drafted_seq == evening.state.seq


def test_what_people_wrote_stays_and_what_closes_later_is_added(evening: Drafted) -> None:
    evening.write_cards()
    evening.write("hypotheses", "Une phrase à nous.")
    evening.write("weaknesses", "", lambda body: body.replace("Les mêmes parlent", "Toujours les mêmes"))
    assert evening.document().human_at is not None
    evening.open("a4")
    fields = {"statement": "Une règle suffit", "evidence": "", "useful_to": "", "elsewhere": ""}
    evening.act(SubmitContribution("a4", fields=fields), "Samira")
    evening.act(CloseSession())
    evening.followers.drain()
    assert evening.body("hypotheses").startswith("\n\nUne phrase à nous.")
    assert "Une règle suffit" in evening.body("hypotheses")
    assert "Toujours les mêmes" in evening.body("weaknesses")


def test_the_first_word_of_somebody_during_a_draft_is_not_overwritten(evening: Drafted) -> None:
    """They write between the moment when the draft reads the text and the moment when it writes."""
    evening.write_cards()
    room = evening.room
    read = room.content

    def read_then_somebody_writes() -> Content:
        room.content = read  # type: ignore[method-assign]
        seen = read()
        evening.write("context", "Une phrase à nous.")
        return seen

    room.content = read_then_somebody_writes  # type: ignore[method-assign]
    evening.open("a4")
    fields = {"statement": "Une règle suffit", "evidence": "", "useful_to": "", "elsewhere": ""}
    evening.act(SubmitContribution("a4", fields=fields), "Samira")
    evening.act(CloseActivity("a4"))
    evening.followers.drain()
    assert "Une phrase à nous." in evening.body("context")
    assert "Une règle suffit" in evening.body("hypotheses")


def keep_version_and_remark(evening: Drafted) -> None:
    with evening.database.writing() as db:
        document = queries.document_of_session(db, SESSION)
        assert document is not None
        keep_version(db, document, evening.content(), "named", EVENING, "Avant")
        db.add(
            DocumentRemark(
                document_id=document.id, id="remark-1", section="weaknesses", quote="Les mêmes parlent",
                words="Qui le dit ?", person="u1", at=EVENING,
            )
        )  # fmt: skip


def closed_with_a_sentence(evening: Drafted) -> None:
    evening.write_cards()
    evening.act(CloseSession())
    evening.followers.drain()
    evening.write("weaknesses", "Une phrase à nous.")
    keep_version_and_remark(evening)
    assert evening.kept().count("Les mêmes parlent") >= 3


def test_words_that_are_withdrawn_are_nowhere_any_more(evening: Drafted) -> None:
    closed_with_a_sentence(evening)
    evening.act(WithdrawContribution(2), "Jean-Luc")
    evening.followers.drain()
    assert evening.forgotten == [evening.document().id]
    assert "Les mêmes parlent" not in evening.kept()
    assert "(mots retirés)Qui le dit ?" in evening.kept()
    assert "On ne sait pas qui décide" in evening.body("weaknesses")
    assert "Une phrase à nous." in evening.body("weaknesses")
    assert "On ne sait pas qui décide" in evening.kept()


def test_words_hidden_for_now_leave_the_blocks_and_their_history_and_wait_in_the_versions(
    evening: Drafted,
) -> None:
    closed_with_a_sentence(evening)
    evening.act(HideContribution(2, "attack"), NADIA)
    evening.followers.drain()
    assert evening.forgotten == [evening.document().id]
    assert "Les mêmes parlent" not in evening.body("weaknesses")
    with evening.database.reading() as db:
        logs = [
            bytes(kept.body).decode("utf-8", "replace")
            for kept in store.read_log(db, evening.document().id).tail
        ]
        assert "Les mêmes parlent" not in "".join(logs)
        assert "Les mêmes parlent" in str(queries.versions(db, evening.document().id)[0].content)
    assert "Une phrase à nous." in evening.body("weaknesses")


def test_moderating_what_was_never_drafted_costs_no_history(evening: Drafted) -> None:
    evening.write_cards()
    evening.open("a2")
    number = int(evening.act(SubmitContribution("a2", "Une question de trop"), "Samira")["number"])
    evening.act(HideContribution(number, "off_topic"))
    evening.followers.drain()
    assert evening.forgotten == []


def test_a_name_that_is_no_longer_lent_leaves_at_once(evening: Drafted) -> None:
    evening.open("a6")
    fields = {"who": "Samira Z.", "what": "Écrire au bailleur", "when": ""}
    evening.act(SubmitContribution("a6", fields=fields, validated=True, name_consent=True), "Samira")
    evening.act(CloseSession())
    evening.followers.drain()
    evening.write("reaction", "Une phrase à nous.")
    assert "Samira" in evening.body("promises")
    evening.act(AllowName(1, False), "Samira")
    evening.followers.drain()
    assert "Samira" not in evening.body("promises")
    assert "Écrire au bailleur" in evening.body("promises")


def test_a_draft_that_could_not_be_written_is_written_later(
    evening: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.write_cards()
    evening.open("a4")
    fields = {"statement": "Une règle suffit", "evidence": "", "useful_to": "", "elsewhere": ""}
    evening.act(SubmitContribution("a4", fields=fields), "Samira")
    evening.act(CloseActivity("a4"))
    with monkeypatch.context() as full:
        full.setattr(Room, "write", lambda *_, **_more: RoomRefusal("storage"))
        with pytest.raises(StorageUnavailable):
            evening.followers.drain()
    assert evening.body("hypotheses") == ""
    evening.followers.catch_up(SESSION)
    assert "Une règle suffit" in evening.body("hypotheses")


def test_whoever_writes_first_while_the_draft_is_being_made_keeps_their_words(
    evening: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.write_cards()
    elsewhere = Rooms(evening.database, evening.clock, evening.desk.state).open(evening.document().id)
    typed: list[str] = []

    def type_once(_seconds: float) -> None:
        """Two people write while the app drafts, who had seen that nobody had: one in this process, one in another."""
        if not typed:
            typed.append("La parole vient tôt.")
            elsewhere.write(OWNER, lambda text: text.splice("context", 0, 0, typed[0]))
            evening.write("case", "De trop.")

    evening.act(CloseSession())
    with monkeypatch.context() as busy:
        busy.setattr(realtime, "pause", type_once)
        evening.followers.drain()
    assert typed
    assert evening.body("context").startswith("La parole vient tôt.")
    assert "De trop." in evening.body("case")
    assert "3 cartes reçues, 3 citées ici." in evening.body("annex_session")


def test_a_text_that_was_published_while_the_draft_was_being_made_stays_as_it_is(
    evening: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.write_cards()
    evening.write("context", "Une phrase à nous.")
    before = evening.content()
    evening.act(CloseSession())
    with monkeypatch.context() as busy:
        busy.setattr(realtime, "pause", lambda _seconds: evening.change_row(phase="published"))
        evening.followers.drain()
    assert evening.content() == before


def test_two_processes_make_one_document_and_write_the_same(evening: Drafted) -> None:
    evening.write_cards()
    first = evening.document().id
    other = evening.drafter_of(Rooms(evening.database, evening.clock, evening.desk.state))
    with evening.database.reading() as db:
        events = read_tail(db, SESSION, 0)
    other.handle(SESSION, evening.state, events)
    evening.drafter.handle(SESSION, evening.state, events)
    assert evening.document().id == first
    with evening.database.reading() as db:
        assert store.log_size(db, first)[0] == 1


def test_the_next_séance_is_named_once_it_is_prepared(evening: Drafted) -> None:
    evening.write_cards()
    evening.act(CloseSession())
    evening.followers.drain()
    assert "Prochaine rencontre" not in evening.body("promises")
    with evening.database.writing() as db:
        db.add(
            WorkshopSession(
                id=2, owner_id=1, reference="CHA2", code="482138", title="Deuxième soirée", continues=SESSION,
                starts_at=EVENING.replace(month=11), place="Salle des fêtes", created_at=EVENING,
            )
        )  # fmt: skip
    evening.drafter.redraft(SESSION)
    told = "Prochaine rencontre : vendredi 13 novembre 2015, Salle des fêtes, « Deuxième soirée »."
    assert told in evening.body("promises").replace("\u00a0", " ")
