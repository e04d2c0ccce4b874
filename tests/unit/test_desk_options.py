"""What the desk reads of options that come from an earlier activity, before the vote opens."""

from __future__ import annotations

import re

from atelier.drawing import Drawing
from atelier.live.regions import Around, Audience
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.agenda_changes import EditActivity, InsertActivity
from atelier.live.views_of_state.desk import desk_view
from tests.factories import Play
from tests.unit.rules.cards import TEXTS, group, send
from tests.unit.rules.test_options_taken import VOTE, make_evening

DRAWING = Drawing("Europe/Paris", "https://ateliers.exemple.fr")
SOURCE = "Ce qui fait la force de l’assemblée, ce qui la fragilise (Faiblesses)"


def panel(play: Play, role: str = "facilitator") -> str:
    """Return the text and the acts of the vote's panel at the desk."""
    around = Around(now=play.now, session_id=1, code="482137", public_url="https://ateliers.exemple.fr")
    regions = desk_view(play.state, Audience("desk", "fr", role=role), around)
    region = next(region for region in regions if region.key == f"vote-{VOTE}")
    return DRAWING.draw(region.template, **region.data).replace("\u00a0", " ").replace("'", "’")


def read(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_options_that_came_by_themselves_are_listed_with_their_source_before_the_opening() -> None:
    play = make_evening(cards=3)
    group(play, "La parole", 1)
    group(play, "Le temps", 2)
    play.act(GoTo("s20"))
    html = panel(play)
    assert f"2 options reprises de « {SOURCE} »" in read(html).replace("&#39;", "’")
    assert re.findall(r"<li>([^<]+)</li>", html) == ["La parole", "Le temps"]
    assert 'data-open="edit"' in html
    assert "take_options" not in html
    play.act(OpenActivity(VOTE))
    assert "reprises de" not in panel(play)


def test_the_list_follows_the_board_until_the_opening() -> None:
    play = make_evening(cards=3)
    group(play, "La parole", 1)
    play.act(GoTo("s20"))
    group(play, "Le temps", 2)
    assert re.findall(r"<li>([^<]+)</li>", panel(play)) == ["La parole", "Le temps"]


def test_what_stops_the_opening_is_said_with_what_to_do() -> None:
    play = make_evening()
    play.act(GoTo("s20"))
    assert "n’a ni regroupement ni carte gardée. Gardez ou rangez des cartes" in read(panel(play))
    for number in range(13):
        send(play, list(play.keys)[number % 6], f"Ce qui manque, numéro {number}")
    assert "13 cartes gardées pour 12 options au plus. Rangez-les" in read(panel(play))
    assert "Écrire les options" in read(panel(play))


def test_options_written_by_hand_say_so_and_can_be_taken_again() -> None:
    play = make_evening(cards=1)
    vote = play.activity(VOTE)
    play.act(EditActivity(VOTE, vote.question, 5, vote.settings, [{"text": "Le lieu"}, {"text": "L'heure"}]))
    play.act(GoTo("s20"))
    html = panel(play)
    assert "2 options écrites ici." in read(html)
    assert "en donnerait 1." in read(html)
    assert 'value="take_options"' in html
    assert "take_options" not in panel(play, "observer")
    assert TEXTS[0] not in html


def test_the_paper_grid_of_grades_reads_as_the_sheet_and_each_cell_says_its_place() -> None:
    play = make_evening()
    options = [{"text": "Un"}, {"text": "Deux"}]
    play.act(InsertActivity("majority_judgment", "Quelle mention ?", settings={"grades": 5}, options=options))
    key = str(play.state.current[1]) if play.state.current else ""
    play.act(OpenActivity(key))
    around = Around(now=play.now, session_id=1, code="482137", public_url="https://ateliers.exemple.fr")
    regions = desk_view(play.state, Audience("desk", "fr", role="facilitator"), around)
    html = DRAWING.draw("live/desk/_paper.html", **next(r for r in regions if r.key == f"paper-{key}").data)
    head = html.partition("<thead>")[2].partition("</thead>")[0]
    assert re.findall(r'<th scope="col">([^<]+)</th>', head)[1:-1] == [
        "Très bien", "Bien", "Passable", "Insuffisant", "À rejeter",
    ]  # fmt: skip
    assert re.findall(r'name="paper\[options\]\[o1\]\[counts\]\[(\d)\]"', html) == ["4", "3", "2", "1", "0"]
    assert "counts][]" not in html
