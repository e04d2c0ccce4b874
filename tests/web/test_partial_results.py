"""A partial result reaches the desk only where the setting announces it, and nobody else (D-1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from atelier.live.regions import Audience
from tests.factories import make_activity
from tests.web.live_ground import Evening

OPTIONS = ["Le bailleur ne vient pas", "Les mêmes parlent"]


def evening(folder: Path, announced: bool) -> Evening:
    vote = make_activity(
        "a1", "choice", "Laquelle d'abord ?", options=OPTIONS, settings={"partial_to_desk": announced}
    )
    made = Evening(folder, [vote])
    made.open("a1")
    phone = made.phone(name="Samira")
    phone.done("cast_ballot", activity="a1", slot="1", **{"ballot[options][]": "o2"})
    return made


def partial(made: Evening, surface: str) -> dict[str, Any]:
    live = made.house.parts["live"]
    return dict(live.around(1, Audience(surface, role="facilitator")).partial)


def test_partial_result_announced_is_counted_for_the_desk_alone(tmp_path: Path) -> None:
    made = evening(tmp_path, announced=True)
    rows = {row["key"]: row["people"] for row in partial(made, "desk")["a1"]["options"]}
    assert rows == {"o1": 0, "o2": 1}
    assert partial(made, "screen") == {}
    assert partial(made, "phone") == {}


@pytest.mark.parametrize("surface", ["desk", "screen", "phone"])
def test_partial_result_not_announced_is_counted_for_nobody(tmp_path: Path, surface: str) -> None:
    assert partial(evening(tmp_path, announced=False), surface) == {}
