"""What only the desk can put in a command: drawn numbers, opened ballots. Never read from the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from atelier.codes import draw_from
from atelier.live.effects import Writing
from atelier.live.messages import Command


def filled_in(command: Command, command_id: str, writing: Writing) -> Command:
    """Return the command with the fields that the desk gives."""
    fill = FILLERS.get(type(command).__name__)
    return fill(command, command_id, writing) if fill else command


def _draw(command: Any, command_id: str, writing: Writing) -> Command:
    return replace(command, draw=draw_from(command_id))


def _open_box(command: Any, command_id: str, writing: Writing) -> Command:
    ballots, paper = writing.box.open(command.activity)
    return replace(command, ballots=tuple(ballots), papers=paper)


FILLERS: Mapping[str, Callable[[Any, str, Writing], Command]] = {
    "EnterContribution": _draw,
    "SubmitContribution": _draw,
    "RevealResult": _open_box,
}
