"""Tables: seats, help, finished, people behind a table phone (D-3, D-19, R-240)."""

from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.tables import (
    AnswerHelp,
    AskHelp,
    FinishTable,
    HelpAnswered,
    MovePerson,
    PeopleSet,
    SetPeople,
)
from atelier.live.rules.voting import CastBallot
from atelier.live.state import present_people
from tests.factories import Play, make_play

DOTS = {"dots": {"o1": 1}}


def with_table_phone(people: int = 6) -> Play:
    play = make_play()
    play.join("Table 4", "A", 4, shared=True, people=people)
    return play


def test_move_person_seats_them_elsewhere() -> None:
    play = make_play()
    odile = play.join("Odile", "A", 2)
    play.act(MovePerson(odile, 5))
    assert play.person("Odile").table == 5
    assert play.act(MovePerson(odile, 5)) == ()
    play.act(MovePerson(odile))
    assert play.person("Odile").table is None
    assert play.refused(MovePerson(odile, 8)) == Refusal("unknown_table", {"tables": 7})
    assert play.refused(MovePerson("p99", 1)) == Refusal("unknown_person")
    play.assert_refolds()


def test_set_people_by_the_table_phone_itself() -> None:
    play = with_table_phone()
    assert play.act(SetPeople(7), by="Table 4") == (PeopleSet("p1", 7),)
    assert present_people(play.state) == 7
    assert play.act(SetPeople(7), by="Table 4") == ()
    for people in (0, 21):
        assert play.refused(SetPeople(people), by="Table 4") == Refusal("bad_people_count", {"limit": 20})


def test_set_people_never_touches_the_phone_of_somebody_else() -> None:
    play = with_table_phone()
    play.join("Table 5", "A", 5, shared=True, people=4)
    play.act(SetPeople(9, person=play.keys["Table 4"]), by="Table 5")
    assert (play.person("Table 4").people, play.person("Table 5").people) == (6, 9)


def test_set_people_of_a_phone_that_is_one_person_s_is_refused() -> None:
    play = make_play(people=1)
    assert play.refused(SetPeople(4, person=play.keys["Samira"])) == Refusal("not_a_table_phone")
    assert play.refused(SetPeople(4, person="p99")) == Refusal("unknown_person")


def test_set_people_during_a_vote_is_the_desk_s_and_the_electorate_follows() -> None:
    play = with_table_phone(6)
    play.open("a4")
    assert play.refused(SetPeople(7), by="Table 4") == Refusal("vote_open")
    play.act(SetPeople(7, person="p1"))
    assert play.activity("a4").electorate == 7
    for slot in (1, 2, 3):
        play.act(CastBallot("a4", slot=slot, ballot=DOTS), by="Table 4")
    assert play.refused(SetPeople(2, person="p1")) == Refusal("ballots_already_cast", {"count": 3})
    play.act(SetPeople(3, person="p1"))
    assert play.activity("a4").electorate == 3
    play.close("a4")
    play.act(SetPeople(8), by="Table 4")
    assert play.activity("a4").electorate == 3
    play.assert_refolds()


def test_ask_help_is_answered_for_the_whole_table() -> None:
    play = make_play()
    play.join("Odile", "A", 3)
    play.join("Karim", "A", 3)
    play.join("Abel", "A", 5)
    for name in ("Odile", "Karim", "Abel"):
        play.act(AskHelp(), by=name)
    assert play.act(AskHelp(), by="Odile") == ()
    assert play.act(AnswerHelp(play.keys["Odile"])) == (HelpAnswered(("p1", "p2")),)
    assert [person.wants_help for person in play.state.people.values()] == [False, False, True]
    assert play.act(AnswerHelp(play.keys["Odile"])) == ()
    assert play.refused(AnswerHelp("p99")) == Refusal("unknown_person")
    play.assert_refolds()


def test_ask_help_without_table_is_answered_for_that_person_alone() -> None:
    play = make_play()
    play.join("Odile")
    play.join("Karim")
    play.act(AskHelp(), by="Odile")
    play.act(AskHelp(), by="Karim")
    play.act(AnswerHelp(play.keys["Odile"]))
    assert [person.wants_help for person in play.state.people.values()] == [False, True]


def test_finish_table_holds_until_the_next_activity_opens() -> None:
    play = with_table_phone()
    play.open("a3")
    play.act(FinishTable(), by="Table 4")
    assert play.person("Table 4").finished
    assert play.act(FinishTable(), by="Table 4") == ()
    play.act(FinishTable(on=False), by="Table 4")
    play.act(FinishTable(), by="Table 4")
    play.open("a4")
    assert not play.person("Table 4").finished
    play.assert_refolds()


def test_after_the_close_no_table_asks_for_anything() -> None:
    play = with_table_phone()
    play.act(CloseSession())
    for command in (AskHelp(), FinishTable(), SetPeople(3)):
        assert play.refused(command, by="Table 4").code == "session_closed"
