"""Who is there: joining, coming back, profile, leaving, presence (R-151, R-200, D-2, D-12, D-13)."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from atelier.errors import Refusal
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.attendance import (
    AdmitPerson,
    CloseEntry,
    CorrectAttendance,
    SetCapacity,
    SetWithoutPhone,
)
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.people import Join, Leave, MarkLeft, ParticipantJoined, UpdateProfile
from atelier.live.rules.pseudonyms import PSEUDONYMS, draw_pseudonym
from atelier.live.rules.speaking import RequestTurn, waiting_order
from atelier.live.rules.voting import CastBallot
from atelier.live.state import Actor, present_people
from tests.factories import EVENING, make_play, through_journal

DOOR = Actor("phone", "visitor")
DOTS = {"dots": {"o1": 1}}


def test_join_gives_a_key_a_nickname_and_keeps_what_was_said() -> None:
    play = make_play()
    (joined,) = play.act(Join(name="  Samira  B. ", college="A", table=4), DOOR)
    assert joined == ParticipantJoined("p1", "Samira B.", joined.pseudonym, "A", 4)
    person = play.state.people["p1"]
    assert (person.name, person.college, person.table, person.joined_at) == ("Samira B.", "A", 4, EVENING)
    assert person.pseudonym in PSEUDONYMS
    play.assert_refolds()


def test_join_writes_the_name_under_its_owner_so_that_it_can_be_erased() -> None:
    play = make_play()
    (joined,) = play.act(Join(name="Samira", college="A"), DOOR)
    assert through_journal(joined) == joined
    assert ParticipantJoined.__dataclass_fields__["name"].metadata == {"words": "P:{key}"}


def test_join_without_name_college_or_table_is_welcome() -> None:
    play = make_play()
    play.act(Join(), DOOR)
    person = play.state.people["p1"]
    assert (person.name, person.college, person.table) == ("", "X", None)


def test_join_with_the_key_of_the_desk_takes_it() -> None:
    play = make_play()
    play.act(Join(key="p41"), DOOR)
    (joined,) = play.act(Join(), DOOR)
    assert joined.key == "p42"
    assert play.refused(Join(key="u1"), DOOR) == Refusal("bad_key")


def test_join_again_from_the_same_phone_is_the_same_person() -> None:
    play = make_play()
    play.act(Join(key="p1", name="Samira", college="A"), DOOR)
    assert play.act(Join(key="p1", name="Autre", college="E"), DOOR) == ()
    play.act(MarkLeft("p1"))
    play.act(Join(key="p1"), DOOR)
    assert (play.state.people["p1"].left, play.state.people["p1"].name) == (False, "Samira")
    play.assert_refolds()


def test_join_refuses_what_the_séance_does_not_have() -> None:
    play = make_play()
    assert play.refused(Join(college="Z"), DOOR) == Refusal("unknown_college")
    assert play.refused(Join(table=8), DOOR) == Refusal("unknown_table", {"tables": 7})
    assert play.refused(Join(table=-1), DOOR) == Refusal("unknown_table", {"tables": 7})
    assert play.refused(Join(name="x" * 41), DOOR) == Refusal("name_too_long", {"limit": 40})
    for people in (0, 21):
        assert play.refused(Join(shared=True, people=people), DOOR) == Refusal(
            "bad_people_count", {"limit": 20}
        )


def test_join_without_tables_ignores_the_number() -> None:
    play = make_play(tables=0)
    play.act(Join(table=3), DOOR)
    assert play.state.people["p1"].table is None


def test_join_alone_is_one_person_whatever_the_form_says() -> None:
    play = make_play()
    play.act(Join(people=12), DOOR)
    assert present_people(play.state) == 1


def test_capacity_counts_people_and_not_phones() -> None:
    play = make_play(capacity=10)
    play.join("Table 1", shared=True, people=7)
    play.act(SetWithoutPhone(2))
    play.join("Odile")
    assert play.refused(Join(), DOOR) == Refusal("session_full", {"capacity": 10})
    play.act(SetCapacity(11))
    play.join("Karim")
    assert play.state.log[-1].params == {"capacity": 11, "before": 10}
    play.act(MarkLeft(play.keys["Odile"]))
    play.join("Zohra")
    play.assert_refolds()


def test_nicknames_are_never_shared() -> None:
    play = make_play(people=60)
    nicknames = [person.pseudonym for person in play.state.people.values()]
    assert len(set(nicknames)) == 60
    assert [make_play(people=60).state.people[f"p{n}"].pseudonym for n in (1, 30, 60)] == [
        nicknames[0],
        nicknames[29],
        nicknames[59],
    ]


def test_nicknames_are_many_and_do_not_end() -> None:
    assert len(PSEUDONYMS) == len(set(PSEUDONYMS)) == 1_152
    extra = draw_pseudonym("CHA1:p1153", set(PSEUDONYMS))
    assert extra.removesuffix(" 2") in PSEUDONYMS
    assert extra.endswith(" 2")


@given(st.text(), st.sets(st.sampled_from(PSEUDONYMS), max_size=50))
def test_a_nickname_is_free_and_always_the_same(lot: str, taken: set[str]) -> None:
    drawn = draw_pseudonym(lot, taken)
    assert drawn not in taken
    assert drawn == draw_pseudonym(lot, taken)


def test_update_profile_changes_what_is_said_and_keeps_the_rest() -> None:
    play = make_play()
    play.join("Odile", "E", 2)
    play.act(UpdateProfile(name="Odile M."), by="Odile")
    play.act(UpdateProfile(table=5), by="Odile")
    person = play.person("Odile")
    assert (person.name, person.college, person.table) == ("Odile M.", "E", 5)
    play.act(UpdateProfile(name="", table=0), by="Odile")
    assert (play.person("Odile").name, play.person("Odile").table) == ("", None)
    assert play.act(UpdateProfile(college="E"), by="Odile") == ()
    assert play.refused(UpdateProfile(college="Z"), by="Odile") == Refusal("unknown_college")
    play.assert_refolds()


def test_update_profile_of_the_college_waits_for_the_end_of_a_vote() -> None:
    play = make_play()
    play.join("Odile", "E", 2)
    play.open("a4")
    assert play.refused(UpdateProfile(college="A"), by="Odile") == Refusal("college_frozen")
    play.act(UpdateProfile(name="Odile M.", college="E", table=3), by="Odile")
    play.act(CloseActivity("a4"))
    play.act(UpdateProfile(college="A"), by="Odile")
    assert play.person("Odile").college == "A"


def test_update_profile_of_nobody_or_after_the_close_is_refused() -> None:
    play = make_play(people=1)
    assert play.refused(UpdateProfile(name="?"), Actor("phone", "p99")) == Refusal("unknown_person")
    play.act(CloseSession())
    assert play.refused(UpdateProfile(name="?"), by="Samira").code == "session_closed"


def test_leaving_takes_back_what_was_asked_and_counts_no_more() -> None:
    play = make_play(people=3)
    play.open("a7")
    play.act(RequestTurn("a7"), by="Samira")
    play.act(Leave(), by="Samira")
    assert present_people(play.state) == 2
    assert waiting_order(play.state, "a7") == ()
    assert play.act(Leave(), by="Samira") == ()
    play.act(MarkLeft(play.keys["Samira"], on=False))
    assert present_people(play.state) == 3
    assert play.refused(MarkLeft("p99")) == Refusal("unknown_person")
    play.assert_refolds()


def test_present_people_are_phones_table_phones_and_people_without() -> None:
    play = make_play(people=4)
    play.join("Table 1", shared=True, people=6)
    play.act(SetWithoutPhone(3))
    play.act(MarkLeft(play.keys["Odile"]))
    assert present_people(play.state) == 3 + 6 + 3
    assert play.act(SetWithoutPhone(3)) == ()
    for count in (-1, 5_001):
        assert play.refused(SetWithoutPhone(count)) == Refusal("bad_count", {"limit": 5_000})


def test_a_corrected_attendance_stands_and_is_logged_with_its_hour() -> None:
    play = make_play(people=4)
    play.wait(600).act(CorrectAttendance(46))
    assert present_people(play.state) == 46
    entry = play.state.log[-1]
    assert (entry.at, entry.act, entry.by) == (EVENING + timedelta(minutes=10), "correct_attendance", "Nadia")
    assert entry.params == {"count": 46, "before": 4}
    play.join("Marcel", "A")
    assert present_people(play.state) == 46
    play.act(CorrectAttendance(None))
    assert present_people(play.state) == 5
    assert play.act(CorrectAttendance(None)) == ()
    play.assert_refolds()


def test_closed_entry_lets_later_arrivals_write_and_not_vote_until_let_in() -> None:
    play = make_play(people=2)
    play.act(CloseEntry())
    play.join("Marcel")
    play.open("a3")
    play.act(SubmitContribution("a3", "J'arrive", column="plus"), by="Marcel")
    play.open("a4")
    refusal = Refusal("not_elector", {"reason": "entry_closed"})
    assert play.refused(CastBallot("a4", ballot=DOTS), by="Marcel") == refusal
    play.act(AdmitPerson(play.keys["Marcel"]))
    play.act(CastBallot("a4", ballot=DOTS), by="Marcel")
    assert play.act(AdmitPerson(play.keys["Marcel"])) == ()
    assert play.refused(AdmitPerson("p99")) == Refusal("unknown_person")
    assert [entry.act for entry in play.state.log] == ["close_entry", "admit_person"]
    play.assert_refolds()


def test_opening_the_entry_again_lets_everybody_in() -> None:
    play = make_play()
    play.act(CloseEntry())
    assert play.act(CloseEntry()) == ()
    play.join("Marcel")
    assert not play.person("Marcel").admitted
    play.act(CloseEntry(on=False))
    assert play.person("Marcel").admitted


@given(
    st.text(max_size=60),
    st.sampled_from(["", "E", "A", "U", "X", "Z"]),
    st.integers(-2, 9),
    st.integers(-1, 30),
)
def test_join_is_accepted_or_refused_but_never_counts_nobody(
    name: str, college: str, table: int, people: int
) -> None:
    play = make_play()
    play.try_act(Join(name=name, college=college, table=table, shared=True, people=people), DOOR)
    assert all(1 <= person.people <= 20 for person in play.state.people.values())
    play.assert_refolds()
