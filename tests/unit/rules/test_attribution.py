from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from atelier.errors import Refusal
from atelier.live.rules.attribution import DESK, PUBLIC, ROOM, attribution
from atelier.live.rules.cards_display import ShowCards
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, KeepContribution, ProjectContribution
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.visibility import on_projector, receipt, visible_to_others
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.factories import HELPER, Play, make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.cards import card, send

AUDIENCES = (ROOM, DESK, PUBLIC)


def make_talk(anonymity: str = "college", together: int = 3, **more: Any) -> Play:
    """Return an evening with one open question; `together` people of college A sit at table 4, Samira among them."""
    question = make_activity("a1", "contributions", "Ce qui pèse", anonymity=anonymity, **more)
    play = make_play(0, make_snapshot([make_sequence("s1", "Parole", 10, question)]))
    play.open("a1")
    for name in ("Samira", "Odile", "Marcel")[:together]:
        play.join(name, "A", 4)
    return play


def known(play: Play, number: int) -> list[dict[str, Any]]:
    return [attribution(play.state, card(play, number), audience) for audience in AUDIENCES]


def write(play: Play, name: str = "Samira", **more: Any) -> int:
    return send(play, name, "Je me tais en réunion", "", "a1", **more)


def test_attribution_in_named_mode_publishes_a_name_only_with_consent() -> None:
    play = make_talk("named")
    without, with_consent = write(play), write(play, name_consent=True)
    room = {"name": "Samira", "college": "A", "table": 4}
    assert known(play, without) == [room, room, {"college": "A"}]
    assert known(play, with_consent) == [room, room, {"name": "Samira", "college": "A"}]


def test_attribution_in_named_mode_without_a_name_gives_the_college() -> None:
    play = make_talk("named", together=2)
    events = play.join("", "A", 4)
    assert events
    number = write(play, "")
    assert known(play, number) == [
        {"college": "A", "table": 4},
        {"college": "A", "table": 4},
        {"college": "A"},
    ]


def test_attribution_in_pseudonym_mode_gives_others_the_pseudonym_and_nothing_else() -> None:
    play = make_talk("pseudonym")
    pseudonym = play.person("Samira").pseudonym
    assert pseudonym
    number = write(play, name_consent=True)
    desk = {"pseudonym": pseudonym, "college": "A", "table": 4}
    assert known(play, number) == [{"pseudonym": pseudonym}, desk, {"pseudonym": pseudonym}]


def test_attribution_in_college_mode_gives_others_neither_name_nor_table() -> None:
    play = make_talk("college")
    assert known(play, write(play)) == [{"college": "A"}, {"college": "A", "table": 4}, {"college": "A"}]


def test_attribution_where_anonymous_gives_nothing_to_anybody() -> None:
    play = make_talk("anonymous")
    number = play.act(SubmitContribution("a1", "Je me tais"), play.masked("Samira", "a1"))[0].number
    assert known(play, number) == [{}, {}, {}]


@pytest.mark.parametrize(("together", "table"), [(2, {}), (3, {"table": 4})])
def test_attribution_shows_a_table_beside_a_college_from_three_people(together: int, table: Any) -> None:
    play = make_talk("named", together)
    play.join("Firmin", "E", 4)
    play.join("Rosa", "A", 5)
    assert known(play, write(play))[0] == {"name": "Samira", "college": "A", **table}


def test_attribution_hides_the_table_again_when_the_third_person_leaves() -> None:
    play = make_talk("college")
    number = write(play)
    assert known(play, number)[1] == {"college": "A", "table": 4}
    play.act(MarkLeft(play.keys["Odile"]))
    assert known(play, number)[1] == {"college": "A"}


def test_attribution_of_a_table_phone_is_its_table_and_never_a_college() -> None:
    play = make_talk("college", together=0)
    play.join("Table 4", "A", 4, shared=True, people=7)
    assert known(play, write(play, "Table 4")) == [{"table": 4}, {"table": 4}, {}]


@pytest.mark.parametrize(
    ("anonymity", "seen"),
    [
        ("college", [{"college": "U"}, {"college": "U"}, {"college": "U"}]),
        (
            "named",
            [{"name": "Table 4", "college": "U"}, {"name": "Table 4", "college": "U"}, {"college": "U"}],
        ),
    ],
)
def test_attribution_of_an_idea_that_a_table_says_is_a_colleges_is_that_college(
    anonymity: str, seen: Any
) -> None:
    play = make_talk(anonymity, together=0)
    play.join("Table 4", "A", 4, shared=True, people=7)
    assert known(play, write(play, "Table 4", carried="U")) == seen
    for name in ("Inès", "Yann", "Léa"):
        play.join(name, "U", 4)
    assert known(play, write(play, "Table 4", carried="U"))[1]["table"] == 4


def test_people_around_a_table_phone_are_of_no_known_college() -> None:
    play = make_talk("college", together=2)
    play.join("Table 4", "A", 4, shared=True, people=7)
    assert known(play, write(play))[1] == {"college": "A"}


def test_what_a_table_says_of_a_college_is_not_kept_where_nothing_is() -> None:
    play = make_talk("anonymous", together=0)
    play.join("Table 4", "A", 4, shared=True, people=7)
    number = play.act(SubmitContribution("a1", "Je me tais", carried="U"), play.masked("Table 4", "a1"))[
        0
    ].number
    assert card(play, number).carried == ""
    assert known(play, number) == [{}, {}, {}]


def test_only_a_table_phone_says_which_college_holds_an_idea() -> None:
    play = make_talk("college")
    play.join("Table 4", "A", 4, shared=True, people=7)
    said = SubmitContribution("a1", "Je me tais", carried="U")
    assert play.refused(said, "Samira") == Refusal("not_a_table_phone")
    assert play.refused(replace(said, carried="Q"), "Table 4") == Refusal("unknown_college")


def test_attribution_of_a_paper_card_follows_the_same_rule() -> None:
    play = make_talk("college", together=2)
    number = play.act(EnterContribution("a1", "Sur papier", college="A", table=4), HELPER)[0].number
    assert known(play, number) == [{"college": "A"}] * 3


def test_attribution_of_a_withdrawn_card_is_nothing() -> None:
    play = make_talk("named")
    number = write(play)
    assert known(play, number)[0] != {}
    play.act(WithdrawContribution(number), "Samira")
    assert known(play, number) == [{}, {}, {}]


def shown(play: Play, number: int) -> bool:
    return visible_to_others(play.state, play.state.activities["a1"], card(play, number))


def test_visible_to_others_waits_for_the_end_of_the_silence() -> None:
    play = make_talk(silent=True)
    number = write(play)
    assert not shown(play, number)
    play.act(ShowCards("a1"))
    assert shown(play, number)
    play.act(ShowCards("a1", False))
    assert not shown(play, number)


def test_visible_to_others_leaves_out_held_hidden_merged_and_withdrawn_cards() -> None:
    play = make_talk(moderation="held")
    held, hidden, merged, target, gone = (write(play) for _ in range(5))
    for number in (hidden, target, gone):
        play.act(KeepContribution(number))
    assert [shown(play, n) for n in (held, hidden, target, gone)] == [False, True, True, True]
    play.act(HideContribution(hidden, "hate"))
    play.act(MergeContributions(target, (merged,)))
    play.act(WithdrawContribution(gone), "Samira")
    assert [shown(play, n) for n in (held, hidden, merged, target, gone)] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_visible_to_others_asks_about_the_cards_own_activity() -> None:
    play = make_talk()
    number = write(play)
    assert shown(play, number)
    other = replace(play.state.activities["a1"], key="a2")
    assert not visible_to_others(play.state, other, card(play, number))


def test_receipt_tells_the_author_what_became_of_the_card() -> None:
    play = make_talk(moderation="held")
    number = write(play)
    states = [receipt(play.state, card(play, number)).state]
    play.act(ProjectContribution(number))
    assert on_projector(play.state, card(play, number))
    states.append(receipt(play.state, card(play, number)).state)
    play.act(HideContribution(number, "attack", "vise une personne"))
    told = receipt(play.state, card(play, number))
    play.act(WithdrawContribution(number), "Samira")
    states += [told.state, receipt(play.state, card(play, number)).state]
    assert states == ["received", "on_screen", "hidden", "withdrawn"]
    assert (told.motive, told.note) == ("attack", "vise une personne")
    assert receipt(play.state, card(play, number)).note == ""
