"""Every kind of vote from planned to revealed, on phone, projector and desk: nothing for axe to find, and it fits a hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from atelier.live.state.agenda import VOTES
from tests.browser.every_kind import VOTED
from tests.browser.looking import Looks
from tests.browser.walking import Evening, walked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the tests below."""
    steps = [(moment, Evening.voted) for moment in VOTED]
    with walked(chromium, tmp_path_factory.mktemp("votes"), steps) as looks:
        yield looks


def test_no_moment_of_a_vote_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}


def test_no_moment_of_a_vote_is_wider_than_a_hand_or_has_a_small_target(looks: Looks) -> None:
    assert looks.layout == {}


def test_every_kind_of_vote_was_seen_until_its_result(looks: Looks) -> None:
    for surface in ("phone", "screen", "desk", "hand"):
        for phase in ("closed", "revealed"):
            assert {f"{surface}: {kind} {phase}" for kind in VOTES} - set(looks.seen) == set()
