"""Several people write at once, offline, over lines that lose, double and disorder; the server restarts. All end up agreeing."""

from __future__ import annotations

import pytest

from tests.documents.machine import Writing, run


def test_replicas_that_write_at_once_say_the_same_in_the_end() -> None:
    run(Writing, examples=25, steps=30)


@pytest.mark.soak
def test_replicas_that_write_for_long_say_the_same_in_the_end() -> None:
    run(Writing, examples=600, steps=80)
