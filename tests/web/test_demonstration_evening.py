"""The closed evening of the demonstration: every kind of result, every fate of a card, all invented (D-26)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from atelier import tables
from atelier.app import create_app
from atelier.demonstration import people, radio
from atelier.demonstration.loading import load
from atelier.demonstration.prepared import SESSIONS
from atelier.house import House
from atelier.live.desk import Desk
from atelier.live.models import SealedBallot, Words
from atelier.live.state import LiveState, Wording
from atelier.minutes.citations import where_cited
from atelier.minutes.content import empty_parts
from atelier.minutes.models import Document, Publication
from atelier.minutes.sources import from_json
from atelier.people.queries import installation
from atelier.settings import from_environment
from atelier.workshops.models import WorkshopSession
from tests.conftest import FakeClock

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One demonstration for all the tests of this file, which only read it."""
    var = tmp_path_factory.mktemp("demonstration")
    settings = replace(from_environment({"ATELIER_VAR": str(var)}), testing=True)
    clock = FakeClock(datetime(2015, 10, 13, 17, 0, tzinfo=UTC))
    house: House = create_app(settings, clock=clock, background=False).extensions["atelier"]
    tables.metadata.create_all(house.database.writer)
    load(house)
    yield house
    house.database.dispose()


@pytest.fixture(scope="module")
def state(loaded: House) -> LiveState:
    """The closed evening, folded from its journal."""
    with loaded.database.reading() as db:
        session_id = db.scalars(select(WorkshopSession.id).where(WorkshopSession.reference == "QV1")).one()
    return Desk(loaded.database, loaded.settings.seal_secret, loaded.clock).state(session_id)


def texts_of(house: House) -> list[str]:
    """Everything that somebody may read: titles, déroulés, words."""
    with house.database.reading() as db:
        found = list(db.scalars(select(Words.body)))
        for session in db.scalars(select(WorkshopSession)):
            found += [session.title, session.question, session.place]
            for row in session.sequences:
                found += [row.title, row.instructions, row.notes]
                found += [activity.question for activity in row.activities]
        row = installation(db)
        assert row is not None
        return [*found, row.controller, row.purpose, row.recourse, row.publisher, row.host]


def test_every_kind_of_result_is_there(state: LiveState) -> None:
    results = [(state.activities[key], state.activities[key].result) for key in state.votes]
    kinds = Counter(activity.kind for activity, _ in results)
    assert set(kinds) == {
        "dot_vote", "choice", "scale", "gradients", "majority_judgment", "consent", "check_in", "roti",
    }  # fmt: skip
    assert all(activity.phase == "revealed" and result for activity, result in results)
    assert {
        bool(activity.settings.get("multiple")) for activity, _ in results if activity.kind == "choice"
    } == {
        True,
        False,
    }
    shown: list[Any] = [result for _, result in results]
    assert any("tied_first" in result["flags"] for result in shown)
    assert any(result["counts"]["paper"] for result in shown)
    assert any(result["counts"]["void"] for result in shown)
    assert any(result["counts"]["abstain"] for result in shown)
    assert any(result["shared"] for result in shown)
    assert any(result["by_college"] for result in shown)
    assert any(result["quorum"] for result in shown)
    assert any("split" in result["flags"] for result in shown)


def test_one_vote_was_annulled_with_a_motive_and_one_close_undone(state: LiveState) -> None:
    annulled = [kept for key in state.votes for kept in state.activities[key].rounds if kept["annulled"]]
    assert len(annulled) == 1
    assert "à l'envers" in annulled[0]["motive"]
    assert annulled[0]["result"]
    assert [key for key in state.votes if state.activities[key].reopened]


def test_consent_took_two_rounds(state: LiveState) -> None:
    consent = next(state.activities[key] for key in state.votes if state.activities[key].kind == "consent")
    assert consent.round == 2
    assert consent.result is not None
    assert consent.result["adopted"]
    first = consent.rounds[0]["result"]
    assert first["answers"]["objection"] == 2
    assert {card.kind for card in state.cards_of(consent.key)} >= {"objection", "reservation"}


def test_agreements_go_from_consensus_to_a_divided_room(state: LiveState) -> None:
    gradients = next(
        state.activities[key] for key in state.votes if state.activities[key].kind == "gradients"
    )
    assert gradients.result is not None
    assert {"consensus", "broad_agreement", "divided"} <= {
        option["label"] for option in gradients.result["options"]
    }
    assert [option.copied_from for option in gradients.options if option.copied_from]


def test_words_came_by_every_way_and_met_every_fate(state: LiveState) -> None:
    cards = list(state.contributions.values())
    assert 55 <= len(cards) <= 80
    assert {card.channel for card in cards} == {"phone", "shared", "paper", "oral"}
    assert {card.college for card in cards} >= {"E", "A", "U", ""}
    assert {card.status for card in cards} == {"kept", "hidden", "withdrawn"}
    assert {card.motive for card in cards if card.status == "hidden"} == {"third_party_data", "other"}
    assert [card for card in cards if card.edits and card.status == "kept"]
    assert [card for card in cards if card.reworded is not None]
    assert [card for card in cards if card.merged_into]
    assert [card for card in cards if isinstance(card.merged, Wording)]
    assert [card for card in cards if card.kind == "question" and card.upvotes]
    assert [card for card in cards if card.answered]
    assert {card.kind for card in cards} >= {
        "strength",
        "weakness",
        "hypothesis",
        "word",
        "comment",
        "commitment",
    }


def test_hypotheses_have_their_four_lines_and_promises_a_name_only_with_consent(state: LiveState) -> None:
    hypotheses = [card for card in state.contributions.values() if card.kind == "hypothesis"]
    promises = [card for card in state.contributions.values() if card.kind == "commitment"]
    assert len(hypotheses) >= 6
    assert all(all(card.fields.values()) and len(card.fields) == 4 for card in hypotheses)
    assert {bool(card.fields["who"]) == card.name_consent for card in promises} == {True}
    assert {card.name_consent for card in promises} == {True, False}


def test_groups_hold_the_cards_of_both_sides(state: LiveState) -> None:
    clusters = [state.clusters[key] for key in state.cluster_order]
    assert Counter(cluster.column for cluster in clusters) == {"plus": 5, "minus": 5}
    assert all(cluster.title and cluster.cards and cluster.validated for cluster in clusters)
    voted = [state.activities[key] for key in state.votes if state.activities[key].from_clusters]
    assert [len(vote.options) for vote in voted] == [5, 5]


def test_hours_are_those_of_a_real_evening(state: LiveState) -> None:
    assert state.opened_at is not None
    assert state.closed_at is not None
    opened, closed = (moment.astimezone(PARIS) for moment in (state.opened_at, state.closed_at))
    assert opened.date() == closed.date() == datetime(2015, 10, 4).date()
    assert (opened.strftime("%H:%M"), closed.strftime("%H:%M")) == ("18:30", "21:33")
    starts = [state.sequences[key].started_at for key in state.order]
    assert None not in starts
    assert starts == sorted(starts, key=str)
    late = [
        (row.started_at - row.starts_at)
        for row in state.sequences.values()
        if row.started_at is not None and row.starts_at is not None
    ]
    assert max(late) < timedelta(minutes=8)


def test_nobody_who_gave_no_name_has_one(loaded: House) -> None:
    with loaded.database.reading() as db:
        names = set(db.scalars(select(Words.body).where(Words.owner.like("P:%"))))
    given = {name for name, _, _ in people.PHONES} - people.NAMELESS
    assert given <= names
    assert names.isdisjoint(people.NAMELESS)


def test_no_ballot_outlives_its_reveal(loaded: House) -> None:
    with loaded.database.reading() as db:
        assert db.scalars(select(SealedBallot)).all() == []


# ---------------------------------------------------------------- invented, and well written


def test_every_session_says_that_it_is_an_example(loaded: House, state: LiveState) -> None:
    with loaded.database.reading() as db:
        sessions = db.scalars(select(WorkshopSession)).all()
        assert len(sessions) == len(SESSIONS) + 2
        assert all(session.fictional for session in sessions)
    assert state.meeting.fictional
    assert "exemple fictif" in state.meeting.title
    assert "Quatre-Vents (exemple fictif)" in state.meeting.place


def test_no_text_holds_an_address_or_a_number_of_anybody(loaded: House) -> None:
    private = re.compile(r"\b0\d(?:[ .]?\d\d){4}\b|[\w.]+@(?!atelier\.example)[\w.]+|\b\d{5} [A-Z]|\brue\b")
    assert private.search("12 rue Haute, 59000 Lille, 03 20 00 00 00")
    assert [text for text in texts_of(loaded) if private.search(text)] == []


def test_every_text_keeps_the_voice_and_the_typography(loaded: House) -> None:
    faults = re.compile(rf"!|\u202f|[^\W\d]·[^\W\d]|(?<![{NBSP}\d:;?])[;?:](?=\s|$)|«(?!{NBSP})|(?<!{NBSP})»")
    assert faults.search("Combien ?")
    assert faults.search("« oui »")
    assert [text for text in texts_of(loaded) if faults.search(text)] == []


# ---------------------------------------------------------------- the two comptes rendus


def test_the_closed_evening_has_its_draft_and_nobody_has_written_in_it(loaded: House) -> None:
    with loaded.database.reading() as db:
        document = db.scalars(select(Document).where(Document.reference == "QV1")).one()
    assert (document.phase, document.human_at) == ("draft", None)
    content = loaded.parts["minutes"].rooms.open(document.id).content()
    assert empty_parts(content) == ()
    assert len(where_cited(content)) > 70
    assert [section.key for section in content.sections if not section.body and not section.annex] == [
        "case", "means", "review", "themes", "next", "reaction", "writers",
    ]  # fmt: skip


def test_an_earlier_evening_is_published_with_its_citations(loaded: House) -> None:
    with loaded.database.reading() as db:
        document = db.scalars(select(Document).where(Document.reference == "QV0")).one()
        (published,) = db.scalars(select(Publication).where(Publication.document_id == document.id))
    assert (document.phase, document.approval) == ("published", "tacit")
    assert document.sent_at is not None
    assert document.sent_at < document.approved_at < published.published_at < loaded.clock()  # type: ignore[operator]
    assert len(re.findall(r'class="citation', published.html)) > 20
    assert "citation-note" not in published.html  # nothing withdrawn
    assert "{" not in published.markdown
    sources = from_json(published.sources)
    assert {source.kind for source in sources} == {"card", "hypothesis", "vote"}
    assert not any(source.name or source.table for source in sources)
    assert published.facts["faithful"] == 4
    assert len(published.facts["reserves"]) == 1


def test_what_is_quoted_is_what_was_said(loaded: House) -> None:
    with loaded.database.reading() as db:
        published = db.scalars(select(Publication)).one()
    said = {
        source.ref: " ".join([source.words, *source.fields.values()])
        for source in from_json(published.sources)
    }
    quoted = re.findall(r"«[\s\u00a0]*([^«»]+?)[\s\u00a0]*» \[([CH]-\d+)\]", published.markdown)
    assert len(quoted) > 10
    flat = str.maketrans({"’": "'", NBSP: " ", "\\": ""})
    assert [one for one in quoted if one[0].translate(flat) not in said[one[1]].translate(flat)] == []


def test_no_name_of_the_evening_is_published(loaded: House) -> None:
    with loaded.database.reading() as db:
        texts = [*db.scalars(select(Publication.html)), *db.scalars(select(Publication.markdown))]
    assert texts
    names = {name for name, _, _ in radio.PEOPLE}
    assert [name for name in names for text in texts if re.search(rf"\b{name}\b", text)] == []
