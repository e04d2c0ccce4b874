"""What the projector shows, scene by scene, and what it never shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from atelier.drawing import Drawing
from atelier.live.regions import Around, Audience, Region
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import HideContribution, KeepContribution, ProjectContribution
from atelier.live.rules.scene import HideCounts, ProjectScene, TurnPage
from atelier.live.state import LiveState
from atelier.live.views_of_state import regions_of
from atelier.live.views_of_state.screen import page_count
from atelier.live.views_of_state.screen_pages import lines, page_bounds, text_pages
from tests.factories import make_play
from tests.unit.projected import SECRET_NAME, evening_snapshot, moments
from tests.unit.rules.polling import make_station

NOW = datetime(2015, 10, 13, 18, 0, tzinfo=UTC)
AROUND = Around(NOW, 1, "482137", "https://atelier.example")
DRAWING = Drawing("Europe/Paris", "https://atelier.example")


def regions(state: LiveState, surface: str = "screen", role: str = "") -> tuple[Region, ...]:
    return regions_of(state, Audience(surface, role=role), AROUND)


def html(state: LiveState, surface: str = "screen", role: str = "") -> str:
    found = regions(state, surface, role)
    return "".join(DRAWING.draw(region.template, "fr", **region.data) for region in found)


def region(state: LiveState, key: str) -> Mapping[str, Any]:
    return next(found.data for found in regions(state) if found.key == key)


def keys(state: LiveState) -> list[str]:
    return [found.key for found in regions(state)]


@pytest.fixture(scope="module")
def evening() -> dict[str, LiveState]:
    return dict(moments())


def test_every_scene_draws_in_each_language(evening: dict[str, LiveState]) -> None:
    assert len(evening) > 45
    for name, state in evening.items():
        for locale in DRAWING._environments:
            for found in regions(state):
                assert DRAWING.draw(found.template, locale, **found.data) is not None, name


def test_no_scene_names_anybody_who_did_not_choose_it(evening: dict[str, LiveState]) -> None:
    known = {person.name for state in evening.values() for person in state.people.values()}
    assert SECRET_NAME in known
    board = evening["board_open"]
    assert SECRET_NAME in repr(
        [found.data for found in regions(board, "desk", "facilitator")]
    )  # it could be shown
    for name, state in evening.items():
        drawn = html(state)
        shown = {person for person in known if person in drawn}
        assert shown == ({"Jean-Luc"} if name == "speaking_named" else set()), name
        assert "Dupont-Verdier" not in drawn, name


def test_a_name_stands_on_the_projector_in_a_named_activity_only(evening: dict[str, LiveState]) -> None:
    assert region(evening["speaking"], "floor")["speaker"]["name"] == ""
    assert region(evening["speaking"], "floor")["speaker"]["college"]["key"] == "A"
    assert region(evening["speaking_named"], "floor")["speaker"]["name"] == "Jean-Luc"


def test_the_join_strip_stands_on_every_scene_that_has_no_large_code(evening: dict[str, LiveState]) -> None:
    for name, state in evening.items():
        large = name in {"lobby", "join_large"}
        assert ("strip" in keys(state)) is not large, name
        assert "482\u00a0137" in html(state), name
        assert 'class="qr"' in html(state), name


def test_hidden_counts_leave_the_strip_and_no_figure(evening: dict[str, LiveState]) -> None:
    state = evening["board_counts_hidden"]
    assert region(state, "strip")["present"] is None
    assert region(state, "plan")["count"] is None
    assert region(state, "plan")["tables"] == []
    assert region(evening["board_open"], "plan")["count"] == 36


def test_hidden_counts_keep_the_number_of_ballots_from_the_room() -> None:
    station = make_station(3)
    station.vote("Samira", {"dots": {"o1": 1}})
    assert region(station.play.state, "box")["received"] == 1
    station.act(HideCounts())
    assert region(station.play.state, "box")["received"] is None


def test_an_open_or_closed_vote_says_how_many_ballots_and_nothing_of_them() -> None:
    station = make_station(4)
    before = [found for found in regions(station.play.state) if found.key != "box"]
    for name in ("Samira", "Jean-Luc", "Odile"):
        station.vote(name, {"dots": {"o1": 2}})
    assert [found for found in regions(station.play.state) if found.key != "box"] == before
    assert region(station.play.state, "box") == {"open": True, "received": 3, "present": 4, "closed_at": None}
    station.play.close("a1")
    assert not any(key.startswith("result") for key in keys(station.play.state))
    assert "3 bulletins dans l’urne" in html(station.play.state)
    station.reveal()
    assert "result-a1-1" in keys(station.play.state)
    assert "box" not in keys(station.play.state)


def test_a_revealed_vote_is_sorted_with_ties_and_counts_at_its_foot() -> None:
    station = make_station(5)
    station.vote("Samira", {"dots": {"o2": 2}})
    station.vote("Jean-Luc", {"dots": {"o3": 2}})
    station.vote("Odile", {"dots": {"o1": 1}})
    station.vote("Thierry", {"blank": True})
    station.close_and_reveal()
    drawn = html(station.play.state)
    assert drawn.count("ex æquo") == 4  # two rows, and the table behind
    assert drawn.index("Les mêmes parlent") < drawn.index("Le bailleur ne vient pas")
    assert "4 bulletins" in drawn
    assert "1 blanc" in drawn
    assert "5 personnes présentes" in drawn


def test_a_revealed_vote_is_read_from_its_first_page() -> None:
    station = make_station(3, options=tuple(f"Proposition {n}" for n in range(1, 12)))
    station.act(TurnPage(2))
    station.vote("Samira", {"dots": {"o1": 1}})
    station.close_and_reveal()
    assert region(station.play.state, "head")["page"]["number"] == 1


def test_an_annulled_vote_says_why(evening: dict[str, LiveState]) -> None:
    assert "Deux options disaient la même chose." in html(evening["annulled"])
    assert not any(key.startswith("result") for key in keys(evening["annulled"]))


def test_a_card_reaches_the_projector_only_when_the_desk_projects_it() -> None:
    play = make_play(3, moderation="held")
    play.open("a3")
    play.act(SubmitContribution("a3", "Parole retenue", column="minus"), "Samira")
    play.act(ProjectScene("cards", "a3"))
    assert "Parole retenue" not in html(play.state)
    play.act(KeepContribution(1))
    assert "Parole retenue" not in html(play.state)
    play.act(ProjectContribution(1))
    assert "Parole retenue" in html(play.state)
    play.act(HideContribution(1, "attack"))
    assert "Parole retenue" not in html(play.state)


def test_the_wall_shows_what_the_desk_kept_and_grouped_two_slips_a_cluster() -> None:
    play = make_play(4, moderation="held")
    play.open("a3")
    for number in range(1, 5):
        play.act(SubmitContribution("a3", f"Carte {number} mise au mur", column="plus"), "Samira")
    play.act(CreateCluster("a3", "Une parole qui compte", "plus", (1, 2, 3)))
    play.act(ProjectScene("wall", "a3"))
    wall = region(play.state, "cluster-K1")
    assert [slip["number"] for slip in wall["slips"]] == [1, 2]
    assert (wall["count"], wall["more"]) == (3, 1)
    assert "Carte 4" not in html(play.state)
    play.act(HideContribution(1, "attack"))
    assert "Carte 1" not in html(play.state)


def test_the_wall_pages_after_six_clusters() -> None:
    play = make_play(2)
    play.open("a3")
    for number in range(1, 9):
        play.act(SubmitContribution("a3", f"Carte {number}", column="plus"), "Samira")
        play.act(CreateCluster("a3", f"Groupe {number}", "plus", (number,)))
    play.act(ProjectScene("wall", "a3"))
    assert page_count(play.state) == 2
    assert [key for key in keys(play.state) if key.startswith("cluster")] == [
        f"cluster-K{n}" for n in range(1, 5)
    ]
    play.act(TurnPage(1))
    assert "cluster-K8" in keys(play.state)
    play.act(TurnPage(40))
    assert "cluster-K8" in keys(play.state)


def test_a_change_in_one_cluster_redraws_one_cluster() -> None:
    play = make_play(2)
    play.open("a3")
    for number in range(1, 4):
        play.act(SubmitContribution("a3", f"Carte {number}", column="plus"), "Samira")
    play.act(CreateCluster("a3", "Premier", "plus", (1,)))
    play.act(CreateCluster("a3", "Second", "plus", (2,)))
    play.act(ProjectScene("wall", "a3"))
    before = {found.key: found for found in regions(play.state)}
    play.act(HideContribution(1, "attack"))
    changed = [found.key for found in regions(play.state) if before.get(found.key) != found]
    assert changed == ["cluster-K1"]


def test_an_anonymous_card_and_a_pseudonym_say_no_college() -> None:
    play = make_play(3, snapshot=evening_snapshot())
    play.open("a17")
    play.act(SubmitContribution("a17", "Sans personne"), play.masked("Samira", "a17"))
    number = next(iter(play.state.contributions))
    play.act(ProjectContribution(number))
    play.act(ProjectScene("cards", "a17"))
    card = region(play.state, f"card-{number}")
    assert (card["colleges"], card["who"], card["table"]) == ([], "", 0)
    play.open("a2")
    play.act(SubmitContribution("a2", "Qui décide ?"), "Samira")
    play.act(ProjectContribution(next(n for n, c in play.state.contributions.items() if c.activity == "a2")))
    card = next(found.data for found in regions(play.state) if found.key.startswith("card-"))
    assert card["who"] == play.person("Samira").pseudonym
    assert card["colleges"] == []


def test_a_recap_shows_what_the_séance_before_left(evening: dict[str, LiveState]) -> None:
    drawn = html(evening["recap_end"])
    assert "Une parole qui compte" in drawn
    assert "Qui décide après" in drawn


def test_rehearsal_and_fiction_are_marked_on_every_scene() -> None:
    for name, state in moments(4, rehearsal=True, fictional=True):
        drawn = html(state)
        assert "RÉPÉTITION" in drawn, name
        assert "exemple fictif" in drawn, name


def test_a_neutral_screen_says_nothing_of_the_séance(evening: dict[str, LiveState]) -> None:
    state = evening["blanked"]
    assert keys(state) == ["band", "blank", "strip"]
    assert state.meeting.title not in html(state)


def test_nothing_on_the_projector_changes_with_the_hour(evening: dict[str, LiveState]) -> None:
    later = Around(datetime(2015, 10, 13, 20, 0, tzinfo=UTC), 1, "482137", "https://atelier.example")
    for name, state in evening.items():
        assert regions_of(state, Audience("screen"), later) == regions(state), name


def test_the_countdown_of_the_step_is_given_by_its_end(evening: dict[str, LiveState]) -> None:
    timer = region(evening["board_open"], "head")["timer"]
    assert timer["duration"] == 1800
    assert timer["paused_left"] is None
    assert timer["ends_at"] == evening["board_open"].timer.ends_at  # type: ignore[union-attr]


def test_lists_of_more_than_five_are_paged_evenly() -> None:
    assert page_bounds([1] * 5, 5) == [(0, 5)]
    assert page_bounds([1] * 6, 5) == [(0, 3), (3, 6)]
    assert page_bounds([1] * 12, 5) == [(0, 4), (4, 8), (8, 12)]
    assert page_bounds([3, 3, 3], 7) == [(0, 2), (2, 3)]
    assert page_bounds([9], 7) == [(0, 1)]
    assert page_bounds([], 7) == [(0, 0)]


def test_a_long_text_is_cut_in_pages_that_lose_no_word() -> None:
    text = "Une phrase assez longue pour tenir sur plusieurs lignes de la salle.\n" * 9
    pages = text_pages("Titre", text)
    assert len(pages) > 1
    assert " ".join(page["text"] for page in pages).split() == text.split()
    assert all(sum(lines(part, 58) for part in page["text"].splitlines()) <= 6 for page in pages)


def test_opening_an_activity_goes_on_showing_the_same_options() -> None:
    play = make_play(2, snapshot=evening_snapshot())
    play.act(GoTo("s4", "a4"))
    planned = region(play.state, "options")
    play.act(OpenActivity("a4"))
    assert region(play.state, "options") == planned
