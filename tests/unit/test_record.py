"""The record: what leaves the séance, and nothing of whom it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from atelier.live.engine import fold
from atelier.live.record import record
from atelier.live.rules.card_marks import ValidateContribution
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, UnhideContribution
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import LiveState
from tests.factories import make_activity, make_play, make_sequence, make_snapshot, through_journal
from tests.unit.projected import SECRET_NAME, moments
from tests.unit.rules.polling import make_station


def rows(state: LiveState, kind: str) -> dict[str, Mapping[str, Any]]:
    return {row.ref: row.data for row in record(state) if row.kind == kind}


@pytest.fixture(scope="module")
def evening() -> LiveState:
    return dict(moments())["end"]


def test_a_record_is_plain_json_and_its_references_are_unique(evening: LiveState) -> None:
    found = record(evening)
    assert json.loads(json.dumps([row.data for row in found])) == [row.data for row in found]
    assert len({(row.kind, row.ref) for row in found}) == len(found)
    assert all(len(row.kind) <= 20 and len(row.ref) <= 20 for row in found)


def test_a_record_holds_no_name_no_participant_and_no_hour(evening: LiveState) -> None:
    text = json.dumps([row.data for row in record(evening)], ensure_ascii=False)
    assert len(text) > 5_000
    for person in evening.people.values():
        assert f'"{person.key}"' not in text
        assert person.name not in text
    assert SECRET_NAME not in text
    assert "Nadia" not in text
    assert not re.search(r"\d\d:\d\d|T\d\d", text.replace(evening.meeting.date, ""))


def test_a_record_made_from_the_journal_is_the_same() -> None:
    play = make_play(5)
    play.open("a3")
    for name in ("Samira", "Jean-Luc", "Odile"):
        play.act(SubmitContribution("a3", f"Carte de {name[:2]}", column="plus"), name)
    play.act(CreateCluster("a3", "Un groupe", "plus", (1, 2)))
    play.act(MergeContributions(1, (3,), "Réunies"))
    play.close("a3")
    again = fold(LiveState(), [(through_journal(event, n), at) for n, (event, at) in enumerate(play.history)])
    assert record(again) == record(play.state)


def test_a_hidden_a_withdrawn_and_an_unread_card_are_counted_and_not_quoted() -> None:
    play = make_play(4, moderation="held")
    play.open("a3")
    for word in ("cachée", "retirée", "non lue", "gardée"):
        play.act(SubmitContribution("a3", f"Parole {word}", column="minus"), "Samira")
    play.act(HideContribution(1, "attack"))
    play.act(WithdrawContribution(2), "Samira")
    play.act(CreateCluster("a3", "Groupe", "minus", (4,)))
    text = json.dumps([row.data for row in record(play.state)], ensure_ascii=False)
    assert "Parole gardée" in text
    assert not any(f"Parole {word}" in text for word in ("cachée", "retirée", "non lue"))
    assert rows(play.state, "activity")["a3"]["cards"] == {
        "received": 4, "out": 1, "kept_back": 0, "unread": 1, "hidden": {"attack": 1}, "merged": 0, "withdrawn": 1,
    }  # fmt: skip
    assert rows(play.state, "contribution")["C-1"]["motive"] == "attack"


def one_activity(**more: Any) -> Any:
    activity = make_activity("a1", "contributions", "Qu'avez-vous vu ?", **more)
    play = make_play(4, snapshot=make_snapshot([make_sequence("s1", "Idées", 20, activity)]))
    play.open("a1")
    return play


def test_what_the_person_did_not_validate_stays_in_the_room() -> None:
    play = one_activity(to_minutes="validated")
    play.act(SubmitContribution("a1", "Je garde ceci"), "Samira")
    play.act(SubmitContribution("a1", "Ceci peut sortir"), "Samira")
    play.act(ValidateContribution(2, True), "Samira")
    found = rows(play.state, "contribution")
    assert (found["C-1"]["out"], found["C-1"]["text"]) == (False, "")
    assert (found["C-2"]["out"], found["C-2"]["text"]) == (True, "Ceci peut sortir")
    assert rows(play.state, "activity")["a1"]["cards"]["kept_back"] == 1


def test_nothing_leaves_an_activity_that_says_nothing_does() -> None:
    play = one_activity(to_minutes="none")
    play.act(SubmitContribution("a1", "Entre nous"), "Samira")
    play.act(CreateCluster("a1", "Entre nous aussi", cards=(1,)))
    assert "Entre nous" not in json.dumps([row.data for row in record(play.state)], ensure_ascii=False)


def test_a_title_that_repeats_a_card_kept_back_stays_in_the_room_with_it() -> None:
    play = one_activity(to_minutes="validated")
    play.act(SubmitContribution("a1", "Les mêmes parlent"), "Samira")
    play.act(CreateCluster("a1", "Les mêmes parlent", cards=(1,)))
    assert rows(play.state, "cluster")["K1"]["title"] == ""
    play.act(ValidateContribution(1, True), "Samira")
    assert rows(play.state, "cluster")["K1"]["title"] == "Les mêmes parlent"


def test_a_reworded_card_keeps_what_its_author_wrote() -> None:
    play = one_activity()
    play.act(SubmitContribution("a1", "y a jamais de réponse"), "Samira")
    play.act(RewordContribution(1, "Il n'y a jamais de réponse."))
    found = rows(play.state, "contribution")["C-1"]
    assert (found["text"], found["raw"]) == ("Il n'y a jamais de réponse.", "y a jamais de réponse")


def test_hiding_a_merged_card_hides_the_cards_it_was_made_of() -> None:
    play = one_activity()
    for text in ("Un mot", "Le même mot"):
        play.act(SubmitContribution("a1", text), "Samira")
    play.act(MergeContributions(1, (2,)))
    found = rows(play.state, "contribution")
    assert [(card["out"], card["text"]) for card in found.values()] == [
        (True, "Un mot"),
        (True, "Le même mot"),
    ]
    play.act(HideContribution(1, "attack"))
    assert [card["text"] for card in rows(play.state, "contribution").values()] == ["", ""]


def test_a_card_that_stands_for_others_keeps_its_own_words_when_one_of_them_is_hidden() -> None:
    play = one_activity()
    for text in ("Un mot", "Le même mot"):
        play.act(SubmitContribution("a1", text), "Samira")
    play.act(MergeContributions(1, (2,)))
    play.act(HideContribution(2, "attack"))
    assert [card["text"] for card in rows(play.state, "contribution").values()] == ["Un mot", ""]


def test_a_wording_of_the_desk_that_repeats_a_hidden_card_stays_in_the_room() -> None:
    play = one_activity()
    for text in ("Un premier mot ici", "Un second mot ici"):
        play.act(SubmitContribution("a1", text), "Samira")
    play.act(RewordContribution(1, "Un second mot ici"))
    assert rows(play.state, "contribution")["C-1"]["text"] == "Un second mot ici"
    play.act(HideContribution(2, "attack"))
    found = rows(play.state, "contribution")["C-1"]
    assert (found["text"], found["raw"]) == ("", "Un premier mot ici")


def test_a_card_worded_otherwise_so_that_it_may_be_shown_does_not_say_what_it_was_hidden_for() -> None:
    play = one_activity()
    play.act(SubmitContribution("a1", "Untel ne fait rien"), "Samira")
    play.act(HideContribution(1, "attack"))
    play.act(RewordContribution(1, "Il manque un gardien"))
    play.act(UnhideContribution(1))
    found = rows(play.state, "contribution")["C-1"]
    assert (found["text"], found["raw"]) == ("Il manque un gardien", "")


def test_a_card_says_its_college_only_where_the_sentence_promised_it() -> None:
    for mode, expected in {"college": "E", "named": "E", "pseudonym": "", "anonymous": ""}.items():
        play = one_activity(anonymity=mode)
        play.act(
            SubmitContribution("a1", "Une idée"),
            play.masked("Samira", "a1") if mode == "anonymous" else "Samira",
        )
        (card,) = rows(play.state, "contribution").values()
        assert card["college"] == expected, mode


def test_weather_stays_in_the_room_and_a_vote_has_its_counts() -> None:
    station = make_station(3, kind="check_in", options=())
    station.vote("Samira", {"weather": 2})
    station.close_and_reveal()
    (kept,) = rows(station.play.state, "vote")["V-1"]["rounds"]
    assert (kept["tally"], kept["ballots"]) == (None, 1)
    station = make_station(3)
    station.vote("Samira", {"dots": {"o1": 2}})
    station.close_and_reveal()
    (kept,) = rows(station.play.state, "vote")["V-1"]["rounds"]
    assert kept["tally"]["options"][0] == {"key": "o1", "rank": 1, "tied": False, "dots": 2, "people": 1}
    assert kept["present"] == 3


def test_annulled_rounds_keep_their_motive(evening: LiveState) -> None:
    annulled = next(vote for vote in rows(evening, "vote").values() if vote["activity"] == "a9")
    assert [(kept["annulled"], kept["motive"]) for kept in annulled["rounds"]] == [
        (True, "Deux options disaient la même chose.")
    ]
    assert annulled["rounds"][0]["counts"]["voters"] == 21


def test_attendance_is_numbers_only(evening: LiveState) -> None:
    data = rows(evening, "attendance")[""]
    assert data["present"] == 24
    assert all(isinstance(value, int) for value in data.values())
