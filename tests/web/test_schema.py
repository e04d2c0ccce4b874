"""Migrations bring an empty database to exactly what the models say, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from atelier.db import Database
from atelier.schema import current, differences, head, upgrade
from atelier.settings import Settings


@pytest.fixture
def empty(settings: Settings) -> Iterator[Database]:
    made = Database(settings.database_url)
    yield made
    made.dispose()


def test_upgrade_from_empty_gives_what_the_models_say(empty: Database) -> None:
    assert current(empty) is None
    assert differences(empty) != []
    upgrade(empty)
    assert (current(empty), differences(empty)) == (head(), [])


def test_upgrade_twice_changes_nothing(empty: Database) -> None:
    upgrade(empty)
    upgrade(empty)
    assert differences(empty) == []
