"""What the desk is told, role by role: everything it may do, and nothing that it may not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from atelier.drawing import Drawing
from atelier.live.regions import Around, Audience, Drawn, Region, difference
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.agenda import NextStep
from atelier.live.rules.attendance import CloseEntry
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.envelope import enclosed
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.people import Join
from atelier.live.rules.personal_time import AskTime
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from atelier.live.state import Actor
from atelier.live.views_of_state.desk import desk_view
from atelier.live.views_of_state.desk_cards import SHOWN
from atelier.people.policy import COMMAND_ACTS, allows
from tests.factories import Play, make_activity, make_play, make_sequence, make_snapshot

DRAWING = Drawing("Europe/Paris", "https://ateliers.exemple.fr")
ROLES = ("facilitator", "cofacilitator", "helper", "observer")
ROOT = Path(__file__).parents[2]
ACT = re.compile(r'name="act" value="(\w+)"')


def around(play: Play, **more: Any) -> Around:
    return Around(now=play.now, session_id=1, code="482137", public_url="https://ateliers.exemple.fr", **more)


def seen(play: Play, role: str = "facilitator", **more: Any) -> tuple[Region, ...]:
    return desk_view(play.state, Audience("desk", "fr", role=role), around(play, **more))


def data_of(play: Play, key: str, role: str = "facilitator", **more: Any) -> Mapping[str, Any]:
    return next(region.data for region in seen(play, role, **more) if region.key == key)


def keys_in(play: Play, slot: str, role: str = "facilitator") -> list[str]:
    return [region.key for region in seen(play, role) if region.slot == slot]


def html_of(play: Play, role: str) -> str:
    return "".join(DRAWING.draw(region.template, **region.data) for region in seen(play, role))


def busy_evening() -> Play:
    """Cards kept and hidden, a cluster, then a vote that is open with four ballots in the box."""
    play = make_play()
    names = play.fill(12)
    play.open("a3")
    for number, name in enumerate(names[:6]):
        play.act(SubmitContribution("a3", text=f"Idée {number}", column="plus"), name)
    play.act(HideContribution(2, "other", "cite un agent"))
    play.act(CreateCluster("a3", title="À table", cards=(3, 4)))
    play.open("a4")
    for name in names[:4]:
        play.act(CastBallot("a4", ballot={"dots": {"o1": 1}}), name)
    return play


@pytest.mark.parametrize("role", ROLES)
def test_every_act_offered_to_a_role_is_one_it_may_do(role: str) -> None:
    offered = set(ACT.findall(html_of(busy_evening(), role)))
    assert {act for act in offered if not allows(role, act)} == set()
    assert bool(offered) is (role != "observer")


def test_a_helper_sorts_and_enters_but_does_not_drive_project_or_see_who_is_there() -> None:
    play = busy_evening()
    offered = set(ACT.findall(html_of(play, "helper")))
    assert {"unhide_contribution", "undo_grouping", "enter_paper", "validate_cluster"} <= offered
    assert not offered & {"next_step", "project_contribution", "reveal_result", "blank_screen"}
    assert keys_in(play, "people", "helper") == []
    assert keys_in(play, "links", "helper") == []


def test_every_act_of_the_facilitation_has_a_hand_on_the_desk() -> None:
    text = "".join(path.read_text() for path in (ROOT / "templates/live/desk").rglob("*.html"))
    text += "".join(path.read_text() for path in (ROOT / "static/js/elements").glob("*.js"))
    text += (ROOT / "atelier/live/views/desk_page.py").read_text()
    acts = {act for act, roles in COMMAND_ACTS.items() if "facilitator" in roles}
    assert {act for act in acts if f'"{act}"' not in text} == {"open_session"}  # opened from its preparation


@pytest.mark.parametrize("role", ROLES)
def test_ballots_that_differ_make_the_same_desk_until_the_reveal(role: str) -> None:
    ballots = ({"dots": {"o1": 2, "o3": 1}}, {"dots": {"o5": 1}}, {"blank": True})
    desks = []
    for ballot in ballots:
        play = make_play()
        play.fill(5)
        play.open("a4")
        play.act(CastBallot("a4", ballot=ballot), "Samira")
        opened = seen(play, role)
        play.close("a4")
        desks.append((opened, seen(play, role)))
    assert desks[0] == desks[1] == desks[2]
    assert desks[0][0] != desks[0][1]


def test_a_partial_result_is_shown_only_where_it_was_announced_and_to_who_drives() -> None:
    partial = {"a1": {"method": "choice"}}
    for announced in (False, True):
        vote = make_activity(
            "a1", "choice", "Oui ?", settings={"partial_to_desk": announced}, options=["oui", "non"]
        )
        play = make_play(snapshot=make_snapshot([make_sequence("s1", "Vote", 5, vote)]))
        play.join("Samira")
        play.open("a1")
        assert data_of(play, "vote-a1", partial=partial)["partial"] == (partial["a1"] if announced else None)
        assert data_of(play, "vote-a1", "helper", partial=partial)["partial"] is None
        play.close("a1")
        assert data_of(play, "vote-a1", partial=partial)["undoable"] is not announced


def test_nothing_of_the_author_of_an_anonymous_card_reaches_the_desk() -> None:
    write = make_activity("a1", "contributions", "Une idée ?", anonymity="anonymous")
    play = make_play(snapshot=make_snapshot([make_sequence("s1", "Écrire", 10, write)]))
    play.join("Samira", "E", 3)
    play.open("a1")
    play.act(SubmitContribution("a1", text="Un mot"), play.masked("Samira", "a1"))
    number = next(iter(play.state.contributions))
    for region in seen(play):
        if region.key in {f"card-{number}", "first-card", f"loose-{number}"}:
            card = region.data.get("card", region.data)
            assert (card["college"], card["table"], card.get("name", ""), card.get("at")) == (
                None,
                None,
                "",
                None,
            )
    assert not re.search(r"anon:", html_of(play, "facilitator"))


def test_a_table_stands_beside_a_college_only_when_three_of_that_college_sit_there() -> None:
    play = make_play()
    for name in ("Samira", "Odile"):
        play.join(name, "E", 4)
    play.open("a3")
    play.act(SubmitContribution("a3", text="Un mot", column="plus"), "Samira")
    assert data_of(play, "card-1")["table"] is None
    play.join("Yann", "E", 4)
    assert data_of(play, "card-1")["table"] == 4


def test_lateness_is_said_from_what_is_left_and_the_hours_that_were_announced() -> None:
    play = make_play()
    play.open("a3")
    assert data_of(play, "lateness")["late"] < 0  # two sequences were passed over
    late = make_play(snapshot=make_snapshot([make_sequence("s1", "Un", 10), make_sequence("s2", "Deux", 20)]))
    late.act(NextStep())
    late.wait(16 * 60)
    assert data_of(late, "lateness")["late"] == 6
    assert data_of(late, "seq-s1")["real"] == 16
    assert [data_of(late, f"seq-{key}")["status"] for key in ("s1", "s2")] == ["current", "planned"]


def test_thousands_of_cards_make_a_desk_of_a_few_hundred_regions() -> None:
    play = make_play(moderation="held")
    play.join("Samira")
    play.open("a3")
    for number in range(300):
        play.act(SubmitContribution("a3", text=f"Idée {number}", column="plus"), "Samira")
    assert len(keys_in(play, "held")) == SHOWN + 1
    assert data_of(play, "counts")["held"] == 300
    assert data_of(play, "held-foot")["count"] - data_of(play, "held-foot")["shown"] == 300 - SHOWN
    assert len(seen(play)) < 250


def test_one_more_card_redraws_no_other_card_no_form_and_no_key() -> None:
    play = busy_evening()
    before = seen(play)
    play.act(SubmitContribution("a3", text="Une de plus", column="plus"), "Samira")
    after = {region.key: region for region in seen(play)}
    changed = {region.key for region in before if after.get(region.key) != region}
    assert not {key for key in changed if key.startswith(("card-", "cluster-", "seq-s1", "entry-", "paper-"))}


def test_paper_and_entry_forms_do_not_change_while_people_write_and_vote() -> None:
    play = make_play()
    names = play.fill(8)
    play.open("a3")
    play.open("a4")
    forms = [region for region in seen(play) if region.slot in {"entry", "paper"}]
    assert {region.key for region in forms} == {"entry-a3", "paper-a4"}
    for name in names[:5]:
        play.act(CastBallot("a4", ballot={"dots": {"o1": 1}}), name)
        play.act(SubmitContribution("a3", text="Un mot", column="plus"), name)
    assert [region for region in seen(play) if region.slot in {"entry", "paper"}] == forms


def test_a_person_who_asks_for_time_is_named_and_who_has_voted_is_not() -> None:
    play = busy_evening()
    before = [region for region in seen(play) if region.slot == "people"]
    play.act(CastBallot("a4", ballot={"dots": {"o2": 1}}), "Yann")
    assert [region for region in seen(play) if region.slot == "people"] == before
    play.act(AskTime(), "Yann")
    assert [one["name"] for one in data_of(play, "requests")["time"]] == ["Yann"]


def test_entry_closed_makes_late_arrivals_wait_in_the_open() -> None:
    play = busy_evening()
    play.act(CloseEntry())
    play.act(Join(name="Tardive", college="A"), Actor("phone", "visitor"))
    assert [one["name"] for one in data_of(play, "requests")["door"]] == ["Tardive"]
    assert data_of(play, "vote-a4")["entry"] == {"closed": True, "waiting": 1}


def test_what_was_hidden_is_listed_with_its_motive_and_who_hid_it() -> None:
    play = busy_evening()
    card = data_of(play, "card-2")
    assert (card["status"], card["motive"], card["note"], card["hidden_by"]) == (
        "hidden",
        "other",
        "cite un agent",
        "Nadia",
    )
    lines = [region.data for region in seen(play) if region.slot == "log"]
    assert ("hide_contribution", "C-2", "other") in [
        (line["act"], line["ref"], line["motive"]) for line in lines
    ]


def test_a_revealed_tie_is_offered_to_the_lots_and_the_result_is_everybodys() -> None:
    play = busy_evening()
    play.act(CloseActivity("a4"))
    assert data_of(play, "vote-a4")["result"] is None
    ballots = tuple(
        (name, 1, enclosed_ballot(option))
        for name, option in (("p1", "o1"), ("p2", "o1"), ("p3", "o2"), ("p4", "o2"))
    )
    play.act(RevealResult("a4", ballots=ballots))
    panel = data_of(play, "vote-a4", "observer")
    assert panel["result"]["counts"]["voters"] == 4
    assert ["o1", "o2"] in panel["ties"]


def enclosed_ballot(option: str) -> Mapping[str, Any]:
    return enclosed({"dots": {option: 1}}, "", False, False)


def test_a_loopback_address_and_the_holder_of_the_agenda_are_told() -> None:
    play = busy_evening()
    told = data_of(play, "notices", reachable=False)
    assert (told["reachable"], told["holder"], told["holder_name"]) == (False, "u1", "Nadia")


def test_no_region_fails_to_draw_at_any_moment_of_the_evening() -> None:
    for role in ROLES:
        assert html_of(Play(), role)
        play = make_play()
        assert html_of(play, role)
        play.fill(9)
        for key in ("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"):
            play.open(key)
            assert "482137" in html_of(play, role)
            play.close(key)
            assert html_of(play, role)


def test_an_idle_minute_changes_hours_only() -> None:
    play = busy_evening()
    before = tuple(Drawn(region, DRAWING.draw(region.template, **region.data)) for region in seen(play))
    play.wait(60)
    after = tuple(Drawn(region, DRAWING.draw(region.template, **region.data)) for region in seen(play))
    changed = {op[1] for op in difference(before, after)}
    assert all(key.startswith(("seq-", "lateness", "next")) for key in changed), changed
