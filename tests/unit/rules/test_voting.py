from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.codec import encode
from atelier.live.rules.attendance import AdmitPerson, CloseEntry
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.people import MarkLeft
from atelier.live.rules.personal_time import GiveTime
from atelier.live.rules.tables import SetPeople
from atelier.live.rules.voting import MAX_TEXT, BallotReceived, CastBallot
from atelier.live.seals import seal
from tests.factories import BRUNO, HELPER, NADIA
from tests.unit.rules.polling import ABSTAIN, BLANK, Station, dots, make_station

CONSENT = {"answer": "consent"}
OBJECTION = {"answer": "objection"}


def cast(ballot: object, **more: object) -> CastBallot:
    return CastBallot("a1", ballot=ballot, **more)  # type: ignore[arg-type]


def box_of(station: Station) -> dict[tuple[str, int], object]:
    return {(voter, slot): sealed for (_, voter, slot), sealed in station.box.items()}


def test_cast_ballot_seals_the_choice_and_counts_the_voter() -> None:
    station = make_station(3)
    event = station.vote("Samira", dots(o3=1, o1=2))
    samira = station.play.keys["Samira"]
    assert event == BallotReceived("a1", samira, 1, 1, {"dots": {"o1": 2, "o3": 1}})
    assert station.play.activity("a1").turnout == {samira: 1}
    station.play.assert_refolds()


def test_cast_ballot_again_replaces_the_ballot_until_the_close() -> None:
    station = make_station(3)
    station.vote("Samira", dots(o1=2))
    station.vote("Samira", dots(o2=1))
    assert station.play.activity("a1").turnout == {station.play.keys["Samira"]: 1}
    result = station.close_and_reveal()
    assert {entry["key"]: entry["dots"] for entry in result["options"]} == {"o1": 0, "o2": 1, "o3": 0}
    station.play.assert_refolds()


def test_cast_ballot_after_the_close_is_refused_with_the_hour() -> None:
    station = make_station(3)
    station.play.wait(60).close("a1")
    closed_at = station.play.now
    station.play.wait(5)
    assert station.refused(cast(dots(o1=1)), "Samira") == Refusal("activity_closed", {"at": closed_at})


def test_cast_ballot_after_the_reveal_is_refused_with_the_hour_of_the_close() -> None:
    station = make_station(3)
    station.play.wait(60).close("a1")
    closed_at = station.play.now
    station.play.wait(60)
    station.reveal()
    assert station.refused(cast(dots(o1=1)), "Samira") == Refusal("activity_closed", {"at": closed_at})


@pytest.mark.parametrize(
    ("ballot", "refusal"),
    [
        ({}, Refusal("empty_ballot")),
        (dots(), Refusal("empty_ballot")),
        (dots(o1=0), Refusal("empty_ballot")),
        (dots(o9=1), Refusal("unknown_option")),
        (dots(o1=3), Refusal("too_many_on_option", {"option": "o1", "placed": 3, "per_option": 2})),
        (dots(o1=2, o2=2), Refusal("too_many_dots", {"placed": 4, "dots": 3})),
        ({"blank": True, "dots": {"o1": 1}}, Refusal("ambiguous_ballot")),
        (["o1"], Refusal("not_a_ballot")),
    ],
)
def test_cast_ballot_that_the_method_cannot_count_is_refused(ballot: object, refusal: Refusal) -> None:
    assert make_station(1).refused(cast(ballot), "Samira") == refusal


def test_cast_ballot_half_graded_is_received() -> None:
    station = make_station(1, "majority_judgment", settings={"grades": 5})
    assert station.vote("Samira", {"grades": {"o2": 4}}).ballot == {"grades": {"o2": 4}}


def test_cast_ballot_in_an_activity_that_is_no_vote_or_not_open_is_refused() -> None:
    station = make_station(1, opened=False)
    assert station.refused(cast(BLANK), "Samira") == Refusal("activity_not_open")
    assert station.refused(CastBallot("a2", ballot=BLANK), "Samira") == Refusal("not_a_vote")
    assert station.refused(CastBallot("a9", ballot=BLANK), "Samira") == Refusal("unknown_activity")


def test_cast_ballot_by_the_desk_is_refused() -> None:
    station = make_station(1)
    for staff in (NADIA, BRUNO, HELPER):
        assert station.refused(cast(BLANK), staff) == Refusal("not_elector", {"reason": "unknown"})


def test_cast_ballot_while_phones_are_frozen_is_to_be_sent_again() -> None:
    station = make_station(1)
    station.act(FreezePhones(True))
    assert station.refused(cast(BLANK), "Samira") == Refusal("frozen")
    station.act(FreezePhones(False))
    station.vote("Samira", BLANK)


def test_cast_ballot_before_ones_college_is_let_in_is_refused() -> None:
    station = make_station(4, first_colleges=["U"])
    assert station.refused(cast(BLANK), "Samira") == Refusal("not_yet")
    station.vote("Odile", BLANK)


# ------------------------------------------------------------ who may vote (D-2)


def test_cast_ballot_by_a_later_arrival_adds_one_person_to_the_electorate() -> None:
    station = make_station(3)
    station.play.join("Ahmed")
    station.vote("Ahmed", BLANK)
    for name in ("Samira", "Jean-Luc", "Odile"):
        station.vote(name, dots(o1=1))
    result = station.close_and_reveal()
    assert (result["present"], result["electorate"], result["counts"]["voters"]) == (4, 4, 4)
    assert "indicative" not in result["flags"]


def test_cast_ballot_by_a_later_arrival_waits_until_they_are_let_in() -> None:
    station = make_station(3)
    station.act(CloseEntry(True))
    ahmed = station.play.join("Ahmed")
    assert station.refused(cast(BLANK), "Ahmed") == Refusal("not_elector", {"reason": "entry_closed"})
    station.act(AdmitPerson(ahmed))
    station.vote("Ahmed", BLANK)
    assert station.close_and_reveal()["electorate"] == 4


def test_close_entry_keeps_nobody_who_was_there_from_voting() -> None:
    station = make_station(3)
    station.act(CloseEntry(True))
    station.vote("Samira", BLANK)


def test_cast_ballot_by_who_had_left_before_the_opening_is_refused() -> None:
    station = make_station(3, opened=False)
    station.act(MarkLeft(station.play.keys["Odile"], True))
    station.play.open("a1")
    assert station.play.activity("a1").electorate == 2
    assert station.refused(cast(BLANK), "Odile") == Refusal("not_elector", {"reason": "left"})


def test_cast_ballot_then_leave_still_counts_as_present() -> None:
    station = make_station(3)
    for name in ("Samira", "Jean-Luc", "Odile"):
        station.vote(name, dots(o1=1))
    station.act(MarkLeft(station.play.keys["Odile"], True))
    result = station.close_and_reveal()
    assert (result["present"], result["not_voting"], result["counts"]["voters"]) == (3, 0, 3)
    assert "indicative" not in result["flags"]


# ------------------------------------------------------------ table phones (D-3)


def table_station() -> Station:
    station = make_station(2, opened=False)
    station.play.join("Table 4", table=4, shared=True, people=3)
    station.play.open("a1")
    return station


def test_cast_ballot_on_a_table_phone_is_final_for_its_slot() -> None:
    station = table_station()
    station.vote("Table 4", dots(o1=1), slot=1)
    assert station.refused(cast(dots(o2=1), slot=1), "Table 4") == Refusal("slot_final", {"slot": 1})
    station.vote("Table 4", dots(o2=1), slot=2)
    assert station.play.activity("a1").turnout == {station.play.keys["Table 4"]: 2}
    station.play.assert_refolds()


def test_cast_ballots_of_a_table_phone_in_any_order_are_all_counted() -> None:
    station = table_station()
    for slot in (3, 1, 2):
        station.vote("Table 4", dots(o1=1), slot=slot)
    result = station.close_and_reveal()
    assert (result["counts"]["voters"], result["shared"], result["not_voting"]) == (3, 3, 2)


@pytest.mark.parametrize("slot", [0, 4, -1])
def test_cast_ballot_on_a_slot_that_the_table_has_not_is_refused(slot: int) -> None:
    assert table_station().refused(cast(BLANK, slot=slot), "Table 4") == Refusal("unknown_slot", {"slots": 3})


def test_cast_ballot_on_the_slot_of_a_person_who_came_to_the_table_is_received() -> None:
    station = table_station()
    station.act(SetPeople(4, person=station.play.keys["Table 4"]))
    station.vote("Table 4", BLANK, slot=4)


def test_cast_ballot_from_ones_own_phone_has_one_slot() -> None:
    station = make_station(1)
    assert station.refused(cast(BLANK, slot=2), "Samira") == Refusal("unknown_slot", {"slots": 1})


# ------------------------------------------------------------ time of one's own, rounds, texts


def test_cast_ballot_in_time_of_ones_own_is_received_after_the_close() -> None:
    station = make_station(3)
    station.act(GiveTime(station.play.keys["Odile"], "a1", 120))
    station.play.close("a1")
    station.play.wait(60)
    assert station.refused(cast(BLANK), "Samira").code == "activity_closed"
    assert station.refused(station.reveal_command()).code == "people_finishing"
    station.vote("Odile", dots(o1=1))
    assert station.reveal()["counts"]["voters"] == 1


def test_cast_ballot_with_words_where_no_words_are_kept_is_refused() -> None:
    assert make_station(1).refused(cast(BLANK, text="Bravo"), "Samira") == Refusal("no_text_here")


def test_cast_objection_without_words_is_refused() -> None:
    station = make_station(1, "consent", options=())
    assert station.refused(cast(OBJECTION, text="  "), "Samira") == Refusal("objection_needs_text")
    station.vote("Samira", {"answer": "reservation"})


def test_cast_consent_keeps_no_words() -> None:
    station = make_station(1, "consent", options=())
    assert station.vote("Samira", CONSENT, text="resté du brouillon").ballot == CONSENT


def test_cast_objection_of_any_script_fits_in_the_seal() -> None:
    station = make_station(0, "consent", options=())
    station.play.join("Table 4", shared=True, people=2)
    for text in ("\x01" * MAX_TEXT, "🗳" * MAX_TEXT):
        sealed = station.vote("Table 4", OBJECTION, text=f"x{text[:-1]}", slot=1 + len(station.box)).ballot
        assert len(sealed["text"]) == MAX_TEXT
        assert {"late", "shared"} <= set(sealed)
        seal(b"secret" * 6, b"salt" * 8, sealed, "1/a1/p1/1")
    refusal = station.refused(cast(OBJECTION, text="x" * (MAX_TEXT + 1), slot=2), "Table 4")
    assert refusal == Refusal("slot_final", {"slot": 2})


def test_cast_objection_too_long_is_refused() -> None:
    station = make_station(1, "consent", options=())
    refusal = station.refused(cast(OBJECTION, text="x" * (MAX_TEXT + 1)), "Samira")
    assert refusal == Refusal("too_long", {"limit": MAX_TEXT})


# ------------------------------------------------------------ what the journal and state may hold


def test_cast_ballot_in_an_anonymous_vote_names_nobody() -> None:
    station = make_station(3, "check_in", options=(), anonymity="anonymous")
    station.play.join("Table 4", college="U", table=4, shared=True, people=2)
    masks = [(name, station.play.masked(name, "a1")) for name in ("Samira", "Table 4")]
    for name, mask in masks:
        event = station.vote(mask, {"weather": 4})
        assert event.voter == mask.id
        journal, words = encode(event, 1)
        assert journal == {"activity": "a1", "voter": mask.id, "slot": 1, "round": 1}
        assert words == []
        assert station.play.history[-1][1] is None
        assert station.play.keys[name] not in station.play.activity("a1").turnout
    result = station.close_and_reveal()
    assert (result["counts"]["voters"], result["shared"], result["electorate"]) == (2, 1, 4)
    station.play.assert_refolds()


def test_cast_ballot_in_an_anonymous_vote_still_asks_who_may_vote() -> None:
    station = make_station(3, "check_in", options=(), anonymity="anonymous")
    station.act(CloseEntry(True))
    station.play.join("Ahmed")
    mask = station.play.masked("Ahmed", "a1")
    assert station.refused(cast({"weather": 4}), mask) == Refusal("not_elector", {"reason": "entry_closed"})


def test_cast_ballots_that_differ_leave_the_same_journal_and_the_same_state() -> None:
    first, second = make_station(4), make_station(4)
    for station, ballots in (
        (first, [dots(o1=2), BLANK, ABSTAIN, dots(o1=1, o2=1, o3=1)]),
        (second, [dots(o3=1), dots(o2=2), dots(o1=1), BLANK]),
    ):
        for name, ballot in zip(("Samira", "Jean-Luc", "Odile", "Thierry"), ballots, strict=True):
            station.vote(name, ballot)
        station.play.close("a1")
    assert box_of(first) != box_of(second)
    journals = [[encode(event, 1) for event, _ in station.play.history] for station in (first, second)]
    assert journals[0] == journals[1]
    assert repr(first.play.state) == repr(second.play.state)
    assert first.reveal()["options"] != second.reveal()["options"]
