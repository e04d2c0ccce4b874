"""What is read, written and said, from planned to closed, on phone, projector and desk: nothing for axe, and it fits a hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from atelier.live.state.agenda import WRITING
from tests.browser.every_kind import READ, SPOKEN, WRITTEN
from tests.browser.looking import Looks
from tests.browser.walking import Evening, walked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def looks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """One walk, read by the tests below."""
    steps = [(moment, Evening.read) for moment in READ]
    steps += [(moment, Evening.written) for moment in WRITTEN]
    steps += [(moment, Evening.spoken) for moment in SPOKEN]
    with walked(chromium, tmp_path_factory.mktemp("words"), steps) as looks:
        yield looks


def test_no_moment_of_words_has_an_axe_violation(looks: Looks) -> None:
    assert looks.violations == {}


def test_no_moment_of_words_is_wider_than_a_hand_or_has_a_small_target(looks: Looks) -> None:
    assert looks.layout == {}


def test_every_kind_of_words_was_seen_until_its_end(looks: Looks) -> None:
    for surface in ("phone", "desk", "hand"):
        assert {f"{surface}: {kind} closed" for kind in {*WRITING, "speaking"}} - set(looks.seen) == set()
    assert {"phone: presentation read", "phone: recap read"} - set(looks.seen) == set()
