"""What a séance leaves to the next one: what is kept and grouped, never who wrote it (R-077)."""

from __future__ import annotations

from atelier.live.recap import imports_of, recap
from atelier.live.rules.card_marks import SupportContribution
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import HideContribution, MarkAnswered
from atelier.live.rules.opening import OpenSession
from atelier.live.state import LiveState
from tests.factories import Play, make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.polling import Station

NEW_BOARD = {
    "key": "a1",
    "settings": {
        "continues": "a3",
        "columns": [{"key": "c1", "label": "faiblesses"}, {"key": "c2", "label": "Autre"}],
    },
}


def first_evening() -> Play:
    """Four cards on the board (one hidden), one cluster of two, three questions of which one answered, a vote."""
    play = make_play()
    for name in ("Samira", "Odile", "Yann"):
        play.join(name, "A", 2)
    play.open("a2")
    for name, text in (("Samira", "Qui décide ?"), ("Odile", "Depuis quand ?"), ("Yann", "Combien ?")):
        play.act(SubmitContribution("a2", text), name)
    play.act(SupportContribution(3), "Samira")
    play.act(MarkAnswered(2), "desk")
    play.open("a3")
    for name, text, column in (
        ("Samira", "On s'écoute", "plus"),
        ("Odile", "Les mêmes parlent", "minus"),
        ("Yann", "Toujours les mêmes voix", "minus"),
        ("Yann", "Untel est nul", "minus"),
    ):
        play.act(SubmitContribution("a3", text, column=column), name)
    play.act(HideContribution(7, "attack"), "desk")
    play.act(CreateCluster("a3", "Qui parle", "minus", (5, 6)), "desk")
    return play


def test_a_draft_leaves_nothing() -> None:
    assert recap(LiveState()) == {}
    assert imports_of(LiveState(), [NEW_BOARD]) == []


def test_the_recap_tells_clusters_and_the_questions_that_nobody_answered() -> None:
    found = recap(first_evening().state)
    assert (found["reference"], found["date"], found["cards"]) == ("CHA1", "2015-10-13", 6)
    assert found["clusters"] == [
        {
            "key": "K1",
            "activity": "a3",
            "title": "Qui parle",
            "count": 2,
            "column": "minus",
            "out": True,
            "copied_from": [],
        }
    ]
    assert found["questions"] == [
        {"ref": "CHA1-C-3", "text": "Combien ?", "copied_from": ["CHA1-C-3"]},
        {"ref": "CHA1-C-1", "text": "Qui décide ?", "copied_from": ["CHA1-C-1"]},
    ]
    assert found["ranking"] == []


def test_cards_and_clusters_of_a_board_that_goes_on_travel_without_author_or_table() -> None:
    [part] = imports_of(first_evening().state, [NEW_BOARD])
    assert part["activity"] == "a1"
    assert [(card["origin"], card["text"], card["column"]) for card in part["cards"]] == [
        ("CHA1-C-5", "Les mêmes parlent", "c1"),
        ("CHA1-C-6", "Toujours les mêmes voix", "c1"),
    ]
    assert part["clusters"] == [
        {
            "title": "Qui parle",
            "column": "c1",
            "cards": ["CHA1-C-5", "CHA1-C-6"],
            "copied_from": part["clusters"][0]["copied_from"],
        }
    ]
    assert not {"author", "table", "name", "at"} & set(part["cards"][0])


def test_a_hidden_card_never_travels() -> None:
    state = first_evening().state
    assert any(card.raw == "Untel est nul" for card in state.contributions.values())
    everywhere = repr((recap(state), imports_of(state, [NEW_BOARD])))
    assert "Untel" not in everywhere


def test_the_next_seance_opens_on_them() -> None:
    before = first_evening().state
    board = make_activity("a1", "board", "On continue", settings=NEW_BOARD["settings"])
    snapshot = make_snapshot(
        [make_sequence("s1", "Suite", 20, board)], reference="CHA2", previous=recap(before)
    )
    after = make_play(opened=False)
    after.act(OpenSession({**snapshot, "imports": imports_of(before, [NEW_BOARD])}))
    assert [card.words for card in after.state.cards_of("a1")] == [
        "Les mêmes parlent",
        "Toujours les mêmes voix",
    ]
    assert [cluster.title for cluster in after.state.clusters_of("a1")] == ["Qui parle"]
    assert after.state.meeting.previous["title"] == "L'expression en assemblée populaire"
    assert {card.author for card in after.state.contributions.values()} == {None}


def test_the_ranking_is_that_of_the_last_vote_revealed() -> None:
    station = Station(first_evening())
    station.play.open("a4")
    station.vote("Samira", {"dots": {"o3": 2, "o1": 1}}, "a4")
    station.vote("Odile", {"dots": {"o3": 1}}, "a4")
    station.play.close("a4")
    assert recap(station.play.state)["ranking"] == []
    station.reveal("a4")
    found = recap(station.play.state)["ranking"]
    assert [(item["text"], item["rank"], item["tied"]) for item in found[:2]] == [
        ("Qui décide après ?", 1, False),
        ("Le bailleur ne vient pas", 2, False),
    ]
    assert {item["question"] for item in found} == {"Quelles faiblesses faut-il comprendre d'abord ?"}
