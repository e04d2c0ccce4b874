"""What every audience draws in the same way: colleges, and the options of a vote."""

from __future__ import annotations

from typing import Any

from atelier.live.state import Activity, College, LiveState

Data = dict[str, Any]


def sticker(college: College) -> Data:
    """Return what draws a college: its shape, its letter, its colour, its label."""
    return {
        "key": college.key,
        "label": college.label,
        "letter": college.letter,
        "shape": college.shape,
        "color": college.color,
    }


def stickers(state: LiveState) -> list[Data]:
    """Return the colleges of the séance, in order."""
    return [sticker(college) for college in state.meeting.colleges]


def options_of(activity: Activity) -> list[Data]:
    """Return the options in the projector's order, numbered from 1 so that they can be read aloud (D-7)."""
    return [
        {"key": option.key, "text": option.text, "number": number}
        for number, option in enumerate(activity.options, 1)
    ]
