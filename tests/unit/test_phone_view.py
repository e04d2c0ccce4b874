"""What phones are told: what runs, in order, and nothing of what others keep to themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from atelier.live.regions import Around, Audience, Region
from atelier.live.rules.activities import CloseActivity, OpenActivity, OpenToEveryone
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.cards_display import ShowCards
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import HideContribution, KeepContribution
from atelier.live.rules.pausing import FreezePhones, HidePhones
from atelier.live.rules.personal_time import AskTime
from atelier.live.rules.voting import CastBallot
from atelier.live.views_of_state.phone import phone_view
from tests.factories import Play, make_activity, make_play, make_sequence

AUDIENCE = Audience("phone")


def regions(play: Play, audience: Audience = AUDIENCE) -> dict[str, Region]:
    around = Around(play.now, 1, "482137", "https://ateliers.exemple.fr")
    return {region.key: region for region in phone_view(play.state, audience, around)}


def everything(play: Play, audience: Audience = AUDIENCE) -> str:
    """All that this audience's page is made of, as text."""
    return repr([dict(region.data) for region in regions(play, audience).values()])


def evening(*activities: dict[str, Any], **meeting: Any) -> Play:
    sequences = [make_sequence(f"s{n}", f"Moment {n}", 10, a) for n, a in enumerate(activities, 1)]
    play = make_play(sequences=sequences, **meeting)
    play.join("Samira", "A", 3)
    play.join("Jean-Luc", "E", 3)
    return play


def reach(play: Play, key: str) -> None:
    play.act(GoTo(play.state.activities[key].sequence, key))


def test_phone_before_anything_is_open_shows_the_waiting_page_alone() -> None:
    play = evening(make_activity("a1", "contributions", "Une question préparée"))
    found = regions(play)
    assert [key for key, region in found.items() if region.slot == "main"] == ["waiting"]
    assert "Une question préparée" not in everything(play)


def test_phone_shows_the_current_activity_first_then_the_others_still_open() -> None:
    play = evening(make_activity("a1", "questions", "Q1"), make_activity("a2", "contributions", "Q2"))
    for key in ("a1", "a2"):
        reach(play, key)
        play.act(OpenActivity(key))
    heads = [key for key in regions(play) if key.startswith("head-")]
    assert heads == ["head-a2", "head-a1"]
    assert [regions(play)[key].data["first"] for key in heads] == [True, False]


def test_composer_data_stays_the_same_while_cards_ballots_and_time_go_by() -> None:
    play = evening(make_activity("a1", "contributions", "Q1", minutes=5))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    before = regions(play)["write-a1"]
    play.act(SubmitContribution("a1", "Une idée"), by="Samira")
    play.wait(90)
    play.act(FreezePhones(True))
    assert regions(play)["write-a1"] == before


def test_ballot_data_stays_the_same_until_the_close() -> None:
    play = evening(make_activity("a1", "dot_vote", "Q1", options=["un", "deux"], minutes=5))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    before = regions(play)["form-a1"]
    play.act(CastBallot("a1", 1, {"dots": {"o1": 2}}), by="Samira")
    play.wait(30)
    assert regions(play)["form-a1"] == before
    play.act(CloseActivity("a1"))
    assert "form-a1" not in regions(play)


def test_others_cards_that_are_held_hidden_or_silent_never_reach_phones() -> None:
    play = evening(make_activity("a1", "contributions", "Q1", silent=True, moderation="held"))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    for text in ("tenue", "montrée", "masquée"):
        play.act(SubmitContribution("a1", text), by="Jean-Luc")
    play.act(KeepContribution(2))
    play.act(KeepContribution(3))
    play.act(HideContribution(3, "attack"))
    assert not any(word in everything(play) for word in ("tenue", "montrée", "masquée"))
    play.act(ShowCards("a1"))
    assert "montrée" in everything(play)
    assert "tenue" not in everything(play)
    assert "masquée" not in everything(play)


def test_others_cards_say_no_more_than_the_sentence_promised() -> None:
    for mode, expected in (("college", {"college"}), ("anonymous", set()), ("pseudonym", {"pseudonym"})):
        play = evening(make_activity("a1", "contributions", "Q1", anonymity=mode))
        reach(play, "a1")
        play.act(OpenActivity("a1"))
        by = play.masked("Jean-Luc", "a1") if mode == "anonymous" else "Jean-Luc"
        play.act(SubmitContribution("a1", "Une idée"), by=by)
        assert set(regions(play)["card-1"].data["who"]) == expected, mode
        assert "Jean-Luc" not in everything(play), mode


def test_ballots_and_turnout_of_people_never_reach_phones_before_the_reveal() -> None:
    play = evening(make_activity("a1", "dot_vote", "Q1", options=["un", "deux"]))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    before = everything(play)
    play.act(CastBallot("a1", 1, {"dots": {"o1": 2}}), by="Samira")
    assert everything(play) == before


def test_activity_opened_to_other_colleges_first_is_not_there_for_the_others() -> None:
    play = evening(make_activity("a1", "contributions", "Réservée d'abord", first_colleges=["A"]))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    others = replace(AUDIENCE, hidden=("a1",))
    assert "Réservée d'abord" not in everything(play, others)
    assert regions(play, others)["listening"].data["colleges"] == ["Associatifs et citoyens"]
    assert "write-a1" in regions(play)
    play.act(OpenToEveryone("a1"))
    assert "write-a1" in regions(play)


def test_phone_busy_with_an_open_question_is_told_too_that_others_speak_first() -> None:
    play = evening(
        make_activity("a1", "questions", "Q1"),
        make_activity("a2", "contributions", "Q2", first_colleges=["A"]),
    )
    for key in ("a1", "a2"):
        reach(play, key)
        play.act(OpenActivity(key))
    others = replace(AUDIENCE, hidden=("a2",))
    main = [key for key, region in regions(play, others).items() if region.slot == "main"]
    assert main == ["listening", "head-a1", "write-a1"]
    reach(play, "a1")
    assert "listening" not in regions(play, others)


def test_hidden_phones_show_the_waiting_page_alone() -> None:
    play = evening(make_activity("a1", "contributions", "Q1"))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    play.act(HidePhones(True))
    found = regions(play)
    assert [key for key, region in found.items() if region.slot == "main"] == ["waiting"]
    assert found["waiting"].data["phase"] == "hidden"


def test_frozen_phones_say_so_and_keep_their_composer() -> None:
    play = evening(make_activity("a1", "contributions", "Q1"))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    play.act(FreezePhones(True))
    assert regions(play)["band"].data["frozen"] is True
    assert "write-a1" in regions(play)


def test_closed_activity_keeps_its_form_only_while_somebody_has_time_of_their_own() -> None:
    play = evening(make_activity("a1", "contributions", "Q1"), make_activity("a2", "contributions", "Q2"))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    play.act(AskTime(), by="Samira")
    play.act(CloseActivity("a1"))
    assert regions(play)["write-a1"].data["usable"] == "some"
    reach(play, "a2")
    assert "write-a1" in regions(play)
    play.wait(600)
    assert "write-a1" not in regions(play)


def test_closed_session_shows_the_end_and_what_to_do_next() -> None:
    play = evening(make_activity("a1", "contributions", "Q1"))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    play.act(CloseSession())
    found = regions(play)
    assert [key for key, region in found.items() if region.slot == "main"] == ["end"]
    assert found["end"].data["contacts_url"] == "/coordonnees/1?vers=/s/482137"
    assert found["end"].data["story_url"] == "/seances/482137/recit"


def test_time_is_told_as_hours_never_as_something_that_ticks() -> None:
    play = evening(make_activity("a1", "contributions", "Q1", minutes=5))
    reach(play, "a1")
    play.act(OpenActivity("a1"))
    before = regions(play)
    assert before["head-a1"].data["timer"]["duration"] == 300
    play.wait(60)
    assert regions(play) == before
