"""Every button that the desk draws is taken by the rules at the moment when it is drawn: none can only ever be refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from atelier.drawing import Drawing
from atelier.errors import Refusal
from atelier.live.engine import decide
from atelier.live.forms import nested, parse
from atelier.live.markup import Element, read
from atelier.live.regions import Around, Audience
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, KeepContribution
from atelier.live.rules.personal_time import AskTime
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.tables import AskHelp
from atelier.live.state import LiveState
from atelier.live.views_of_state import regions_of
from tests.factories import EVENING, NADIA, make_play
from tests.unit.projected import moments

DRAWING = Drawing("Europe/Paris", "https://atelier.example")
NOW = EVENING + timedelta(hours=1)
AROUND = Around(NOW, 1, "482137", "https://atelier.example")
Sent = tuple[str, tuple[tuple[str, str], ...]]


def buttons(state: LiveState) -> Iterator[Sent]:
    """Yield what each button of the desk sends that asks nothing more of anybody: the act, its values."""
    for region in regions_of(state, Audience("desk", role="facilitator"), AROUND):
        for form in found(read(DRAWING.draw(region.template, "fr", **region.data)), "form"):
            if (form.get("action") or "").endswith("/act"):
                yield from sent_by(form)


def sent_by(form: Element) -> Iterator[Sent]:
    fields = [field for tag in ("input", "textarea", "select") for field in found(form.children, tag)]
    if any(field.get("type") != "hidden" for field in fields):
        return
    values = tuple((field.get("name") or "", field.get("value") or "") for field in fields)
    for button in found(form.children, "button"):
        if button.get("type") == "button" or button.get("disabled") is not None:
            continue
        named = [(button.get("name") or "", button.get("value") or "")] if button.get("name") else []
        sent = dict([*values, *named])
        yield sent.pop("act"), tuple(sorted(sent.items()))


def found(nodes: Iterable[Element | str], tag: str) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.tag == tag:
                yield node
            yield from found(node.children, tag)


KNOWN = {
    "ballots_missing",  # the desk brings them when the button is pressed
    "nothing_to_undo",  # the desk is drawn once for all who facilitate: each has their own gestures
}


def refusals(state: LiveState) -> dict[Sent, str]:
    """Return the buttons that the rules refuse, with the code."""
    refused = {}
    for act, values in dict.fromkeys(buttons(state)):
        command = parse(act, nested(MultiDict(values)))
        decision: Any = command if isinstance(command, Refusal) else decide(command, state, NADIA, NOW)
        if isinstance(decision, Refusal) and decision.code not in KNOWN:
            refused[act, values] = decision.code
    return refused


def sorted_cards() -> LiveState:
    """A board whose cards met every fate, a room where somebody asks for help and somebody for time."""
    play = make_play(4, moderation="held")
    play.open("a3")
    for number in range(1, 7):
        play.act(EnterContribution("a3", text=f"Idée {number}", column="plus", sheet=str(number)))
    for number in (1, 2, 3, 4):
        play.act(KeepContribution(number))
    play.act(MergeContributions(1, (2, 3), "Ensemble"))
    play.act(HideContribution(4, "duplicate"))
    play.act(AskHelp(), "Samira")
    play.act(AskTime(), "Jean-Luc")
    return play.state


MOMENTS = {**dict(moments()), "cards of every fate": sorted_cards()}


def test_the_desk_draws_buttons_of_many_acts() -> None:
    acts = {act for state in MOMENTS.values() for act, _ in buttons(state)}
    assert {
        "unmerge_contribution",
        "unhide_contribution",
        "give_time",
        "answer_help",
        "reveal_result",
        "go_to",
    } < acts
    assert len(acts) > 35


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_button_of_the_desk_is_refused_as_soon_as_it_is_drawn(moment: str) -> None:
    assert refusals(MOMENTS[moment]) == {}
