"""Opening, closing and reopening a séance (R-077, R-202)."""

from __future__ import annotations

import json

import pytest

from atelier.errors import Refusal
from atelier.live.engine import fold
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo, NextStep
from atelier.live.rules.agenda_key import AgendaTaken
from atelier.live.rules.closing import CloseSession, ReopenSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.importing import ClusterImported
from atelier.live.rules.opening import OpenSession, SessionOpened
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.people import Join
from atelier.live.rules.withdrawal import ContributionWithdrawn
from atelier.live.state import Actor, LiveState, Scene
from tests.factories import (
    EVENING,
    NADIA,
    Play,
    make_activity,
    make_play,
    make_sequence,
    make_snapshot,
    through_journal,
)


def continued_snapshot() -> dict[str, object]:
    board = make_activity(
        "a1", "board", "Ce qui manque", settings={"columns": [{"key": "x", "label": "Manques"}]}
    )
    snapshot = make_snapshot([make_sequence("s1", "On continue", 20, board)])
    snapshot["imports"] = [
        {
            "activity": "a1",
            "cards": [
                {
                    "origin": "DK1-C-12",
                    "text": "Un bus le soir",
                    "column": "x",
                    "college": "A",
                    "channel": "paper",
                },
                {"origin": "DK1-C-3", "text": "Une garde d'enfants", "column": "x"},
            ],
            "clusters": [
                {"title": "Venir le soir", "column": "x", "cards": ["DK1-C-3", "DK1-C-12"], "copied_from": []}
            ],
        }
    ]
    return snapshot


def test_open_session_gives_the_whole_agenda_and_its_key() -> None:
    play = make_play(opened=False)
    events = play.act(OpenSession(make_snapshot()))
    assert [type(event) for event in events] == [SessionOpened, AgendaTaken]
    assert play.state.phase == "lobby"
    assert play.state.opened_at == EVENING
    assert play.state.order == ("s1", "s2", "s3", "s4", "s5", "s6", "s7")
    assert list(play.state.activities) == [f"a{n}" for n in range(1, 9)]
    assert play.state.meeting.tables == 7
    assert [college.key for college in play.state.meeting.colleges] == ["E", "A", "U", "X"]
    assert [option.text for option in play.activity("a4").options][:2] == [
        "Le bailleur ne vient pas",
        "Les mêmes parlent",
    ]
    assert (play.state.agenda_holder, play.state.agenda_label) == ("u1", "Nadia")
    assert play.state.scene == Scene("lobby")
    play.assert_refolds()


def test_open_session_keeps_words_of_options_erasable_under_their_owner() -> None:
    play = make_play(opened=False)
    opened = play.act(OpenSession(make_snapshot()))[0]
    assert "Le bailleur ne vient pas" in json.dumps(list(opened.options), ensure_ascii=False)
    assert "Le bailleur ne vient pas" not in json.dumps(opened.snapshot, ensure_ascii=False)
    assert [option["key"] for option in opened.options][:2] == ["a4:o1", "a4:o2"]


def test_open_session_twice_is_refused() -> None:
    assert make_play().refused(OpenSession(make_snapshot())) == Refusal("already_open")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda snapshot: snapshot.pop("meeting"),
        lambda snapshot: snapshot["sequences"][1]["activities"][0].update(kind="karaoke"),
        lambda snapshot: snapshot["sequences"][1]["activities"][0].update(anonymity="secret"),
        lambda snapshot: snapshot["sequences"][1].update(key="s1"),
        lambda snapshot: snapshot["sequences"][1].update(key="sequence"),
        lambda snapshot: snapshot["sequences"][1].update(starts_at="19 heures"),
        lambda snapshot: snapshot.update(imports=[{"activity": "a99"}]),
        lambda snapshot: snapshot.update(sequences=None),
    ],
)
def test_open_session_refuses_a_snapshot_of_another_shape(spoil: object) -> None:
    snapshot = make_snapshot()
    spoil(snapshot)  # type: ignore[operator]
    assert make_play(opened=False).refused(OpenSession(snapshot)).code == "snapshot_invalid"


def test_open_session_brings_the_cards_and_clusters_of_the_séance_it_continues() -> None:
    play = make_play(snapshot=continued_snapshot())
    assert [(card.ref, card.text, card.origin, card.status) for card in play.state.cards_of("a1")] == [
        ("C-1", "Un bus le soir", "DK1-C-12", "kept"),
        ("C-2", "Une garde d'enfants", "DK1-C-3", "kept"),
    ]
    assert {card.author for card in play.state.contributions.values()} == {None}
    assert [(card.college, card.table, card.channel) for card in play.state.cards_of("a1")] == [
        ("A", None, "paper"),
        ("", None, "phone"),
    ]
    (cluster,) = play.state.clusters_of("a1")
    assert (cluster.key, cluster.title, cluster.cards) == ("K1", "Venir le soir", (2, 1))
    assert {card.cluster for card in play.state.cards_of("a1")} == {"K1"}
    play.assert_refolds()


def test_open_session_goes_on_numbering_after_imported_cards() -> None:
    play = make_play(snapshot=continued_snapshot())
    play.join("Odile")
    play.open("a1")
    (event,) = play.act(SubmitContribution("a1", "Un lieu chauffé", column="x"), by="Odile")
    assert event.number == 3
    play.assert_refolds()


def test_imported_cards_of_an_anonymous_board_never_share_a_number() -> None:
    snapshot = make_snapshot(
        [make_sequence("s1", "Suite", 5, make_activity("a1", "contributions", "?", anonymity="anonymous"))]
    )
    cards = [{"origin": f"DK1-C-{n}", "text": f"Idée {n}"} for n in range(1, 31)]
    snapshot["imports"] = [{"activity": "a1", "cards": cards}]
    play = make_play(snapshot=snapshot)
    assert sorted(play.state.contributions) == list(range(1, 31))
    play.assert_refolds()


def test_words_of_an_imported_card_are_its_own_to_erase() -> None:
    play = make_play(snapshot=continued_snapshot())
    cluster = next(event for event, _ in play.history if isinstance(event, ClusterImported))
    assert through_journal(cluster) == cluster
    state = fold(play.state, [(ContributionWithdrawn(1, ("C:1",)), EVENING)])
    assert state.contributions[1].text == ""


def test_speaking_is_never_anonymous() -> None:
    play = make_play(
        snapshot=make_snapshot(
            [make_sequence("s1", "Débat", 5, make_activity("a1", "speaking", anonymity="anonymous"))]
        )
    )
    assert play.activity("a1").anonymity == "college"


def test_close_session_closes_what_is_open_and_lists_sealed_votes() -> None:
    play = make_play(people=4)
    play.open("a3")
    play.open("a4")
    play.wait(60)
    events = play.act(CloseSession())
    assert [type(event).__name__ for event in events] == ["ActivityClosed", "ActivityClosed", "SessionClosed"]
    assert events[-1].unrevealed == ("a4",)
    assert (play.activity("a3").phase, play.activity("a4").phase) == ("closed", "closed")
    assert (play.state.phase, play.state.closed_at, play.state.scene) == ("closed", play.now, Scene("end"))
    assert play.state.sequences["s5"].ended_at == play.now
    assert play.state.timer is None
    assert play.state.log[-1].params == {"unrevealed": ("a4",)}
    play.assert_refolds()


def test_close_session_while_frozen_stops_the_freeze() -> None:
    play = make_play()
    play.act(FreezePhones())
    play.act(CloseSession())
    assert play.state.frozen_at is None


def test_after_the_close_nothing_is_opened_joined_or_reached() -> None:
    play = make_play()
    play.act(CloseSession())
    too_late = Refusal("session_closed", {"at": play.state.closed_at})
    for command in (OpenActivity("a3"), GoTo("s1"), NextStep(), CloseSession()):
        assert play.refused(command) == too_late
    assert play.refused(Join(name="Claude"), Actor("phone", "visitor")) == too_late


def test_reopen_session_needs_a_motive_and_writes_both_hours() -> None:
    play = make_play()
    play.act(GoTo("s2", "a1"))
    play.act(CloseSession())
    closed_at = play.state.closed_at
    play.wait(120)
    assert play.refused(ReopenSession("  ")) == Refusal("motive_required")
    play.act(ReopenSession("Une table n'avait pas fini"))
    assert (play.state.phase, play.state.closed_at) == ("live", None)
    assert play.state.scene == Scene("activity", "a1")
    assert play.state.sequences["s2"].ended_at is None
    entry = play.state.log[-1]
    assert (entry.act, entry.at, entry.by) == ("reopen_session", play.now, "Nadia")
    assert entry.params == {"motive": "Une table n'avait pas fini", "closed_at": closed_at}
    play.assert_refolds()


def test_reopen_session_that_is_not_closed_is_refused() -> None:
    assert make_play().refused(ReopenSession("Pourquoi pas")) == Refusal("not_closed")


def test_an_activity_closed_with_the_séance_can_be_opened_again_after_its_return() -> None:
    play = make_play()
    play.open("a3")
    play.act(CloseSession())
    play.act(ReopenSession("Suite demain matin"))
    assert play.refused(CloseActivity("a3")) == Refusal("already_closed", {"at": EVENING})
    assert play.refused(OpenActivity("a3")) == Refusal("already_closed", {"at": EVENING})


def test_a_draft_lets_nobody_in_and_goes_nowhere() -> None:
    play = Play(LiveState())
    assert play.refused(NextStep(), NADIA) == Refusal("session_not_open")
    assert play.refused(Join(), Actor("phone", "visitor")) == Refusal("session_not_open")
    assert play.refused(CloseSession(), NADIA) == Refusal("session_not_open")
