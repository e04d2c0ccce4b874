"""Words of the desk that repeat a hidden card are not shown to others: titles, options, recap, compte rendu."""

from __future__ import annotations

from atelier.drawing import Drawing
from atelier.errors import Refusal
from atelier.live.recap import recap
from atelier.live.record import record
from atelier.live.regions import Around, Audience
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.agenda_changes import EditActivity
from atelier.live.rules.clusters import RenameCluster
from atelier.live.rules.moderation import HideContribution, UnhideContribution
from atelier.live.rules.scene import ProjectScene
from atelier.live.rules.visibility import receipt, shown_title
from atelier.live.views_of_state import persons, regions_of
from tests.factories import Play
from tests.unit.rules.cards import BOARD, TEXTS, card, cluster, group, make_board, send
from tests.unit.rules.test_options_taken import VOTE, make_evening, texts

DRAWING = Drawing("Europe/Paris", "https://ateliers.exemple.fr")
AIMED = "Untel ne fait jamais rien"


def surface(play: Play, name: str) -> str:
    around = Around(now=play.now, session_id=1, code="482137", public_url="https://ateliers.exemple.fr")
    role = "facilitator" if name == "desk" else ""
    regions = regions_of(play.state, Audience(name, role=role), around)
    return "".join(DRAWING.draw(region.template, **region.data) for region in regions)


def titled_by_a_card() -> tuple[Play, str]:
    """A cluster of two cards whose title is the first card's own words; the wall is projected."""
    play = make_board(cards=1)
    number = send(play, "Odile", AIMED)
    key = group(play, AIMED, number, 1)
    play.act(ProjectScene("wall", BOARD))
    return play, key


def test_a_title_that_repeats_a_hidden_card_is_not_shown_until_it_is_back() -> None:
    play, key = titled_by_a_card()
    assert AIMED in surface(play, "screen")
    play.act(HideContribution(2, "attack"))
    assert AIMED not in surface(play, "screen")
    assert "Sans titre" in surface(play, "screen")
    assert (shown_title(play.state, cluster(play, key)), receipt(play.state, card(play, 1)).title) == ("", "")
    assert "titre non montré" in surface(play, "desk")
    play.act(UnhideContribution(2))
    assert AIMED in surface(play, "screen")
    assert receipt(play.state, card(play, 1)).title == AIMED


def test_the_author_of_another_card_there_is_told_of_the_change() -> None:
    play, _ = titled_by_a_card()
    samira = play.keys["Samira"]
    before = persons(play.state)
    play.act(HideContribution(2, "attack"))
    after = persons(play.state)
    assert before.view(samira, {})["cards"][0]["title"] == AIMED
    assert after.view(samira, {})["cards"][0]["title"] == ""
    assert before.signature(samira, {}) != after.signature(samira, {})


def test_a_card_hidden_as_a_duplicate_hides_no_title_that_the_other_still_says() -> None:
    play = make_board(cards=1)
    twin = send(play, "Odile", TEXTS[0])
    key = group(play, TEXTS[0], 1, twin)
    play.act(HideContribution(twin, "duplicate"))
    assert shown_title(play.state, cluster(play, key)) == TEXTS[0]
    rows = {(row.kind, row.ref): row.data for row in record(play.state)}
    assert rows["cluster", key]["title"] == TEXTS[0]
    play.act(HideContribution(1, "other", "à relire"))
    assert shown_title(play.state, cluster(play, key)) == ""


def test_a_title_of_other_words_is_shown_whatever_is_hidden() -> None:
    play = make_board(cards=2)
    key = group(play, "La parole", 1, 2)
    play.act(HideContribution(1, "attack"))
    assert shown_title(play.state, cluster(play, key)) == "La parole"


def test_a_vote_does_not_open_with_the_words_of_a_hidden_card() -> None:
    play = make_evening(cards=3)
    key = group(play, TEXTS[0], 1, 2)
    play.act(GoTo("s20"))
    assert TEXTS[0] in surface(play, "screen")
    play.act(HideContribution(1, "attack"))
    assert TEXTS[0] not in surface(play, "screen")
    assert play.refused(OpenActivity(VOTE)) == Refusal("title_hidden", {"cluster": key})
    vote = play.activity(VOTE)
    play.act(EditActivity(VOTE, vote.question, 5, vote.settings, [{"text": TEXTS[0]}, {"text": "Autre"}]))
    assert play.refused(OpenActivity(VOTE)) == Refusal("option_hidden", {"option": "o1"})
    play.act(EditActivity(VOTE, vote.question, 5, vote.settings, []))
    play.act(RenameCluster(key, "La parole"))
    play.act(OpenActivity(VOTE))
    assert texts(play) == ["La parole"]


def test_the_recap_of_the_next_seance_has_no_title_of_a_hidden_card() -> None:
    play, key = titled_by_a_card()
    assert recap(play.state)["clusters"][0]["title"] == AIMED
    play.act(HideContribution(2, "attack"))
    assert AIMED not in str(recap(play.state))
    assert recap(play.state)["clusters"][0]["key"] == key
