"""What every view of the desk starts from: the state, the role that looks, what surrounds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from atelier.live.regions import Around, Region
from atelier.live.state import Activity, LiveState
from atelier.live.views_of_state.for_every_audience import sticker
from atelier.people.policy import allows

RIGHTS = {
    "drive": "next_step",
    "stage": "blank_screen",
    "sort": "keep_contribution",
    "project": "project_contribution",
    "enter": "enter_contribution",
    "paper": "enter_paper",
    "vote": "reveal_result",
    "room": "mark_left",
    "links": "grant_link",
}


def rights_of(role: str) -> dict[str, bool]:
    """Return what a role may do at the desk, by family of acts."""
    return {right: allows(role, act) for right, act in RIGHTS.items()}


@dataclass(frozen=True, slots=True)
class Seen:
    """`may`: what the role may do. `url`: where the forms of the desk are posted."""

    state: LiveState
    role: str
    around: Around
    may: Mapping[str, bool] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "may", rights_of(self.role))

    @property
    def url(self) -> str:
        return f"/pupitre/{self.around.code}/act"

    @property
    def minute(self) -> datetime:
        """The hour without its seconds: what is drawn changes once a minute."""
        return self.around.now.replace(second=0, microsecond=0)

    @property
    def activity(self) -> Activity | None:
        """The activity where we are."""
        current = self.state.current
        return self.state.activities.get(current[1]) if current and current[1] else None

    def region(self, key: str, slot: str, template: str, /, **data: Any) -> Region:
        """Return a region of the desk; its data always holds `url` and `may`: the rights, and whether the séance runs."""
        may = {**self.may, "running": self.state.phase in {"lobby", "live"}}
        return Region(key, slot, f"live/desk/_{template}.html", {**data, "url": self.url, "may": may})

    def college(self, key: str) -> dict[str, str] | None:
        """Return the drawing of a college, None when it is not one of the séance's."""
        found = next((one for one in self.state.meeting.colleges if one.key == key), None)
        return sticker(found) if found else None


def columns_of(activity: Activity) -> list[dict[str, str]]:
    """Return the columns of a board: key, label, sign."""
    return [
        {
            "key": str(column["key"]),
            "label": str(column.get("label", "")),
            "sign": str(column.get("sign", "none")),
        }
        for column in activity.settings.get("columns", ())
    ]


def column_of(activity: Activity, key: str) -> dict[str, str]:
    """Return one column, a blank one when the card has none."""
    blank = {"key": "", "label": "", "sign": "none"}
    return next((column for column in columns_of(activity) if column["key"] == key), blank)
