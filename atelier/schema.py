"""Brings a database to the present schema, and says whether it is there.

Alembic is imported only to change or compare something: a start that finds its database in order reads one row and the
heads of the migration files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from atelier.assets import asset_dir
from atelier.db import Database
from atelier.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = re.compile(r"^(down_)?revision\b[^=]*= (?:\"([^\"]+)\"|None)$", re.MULTILINE)


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the missing migrations, in one transaction."""
    from alembic import command  # noqa: PLC0415

    with database.transaction() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current(database: Database) -> str | None:
    """Return the revision of a database, None when it is empty."""
    with database.reader.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def head() -> str | None:
    """Return the newest revision that this release knows: the one that no other comes after."""
    known: set[str] = set()
    followed: set[str] = set()
    for path in (asset_dir("migrations") / "versions").glob("*.py"):
        for down, revision in REVISION.findall(path.read_text(encoding="utf-8")):
            (followed if down else known).add(revision)
    newest = known - followed
    assert len(newest) < 2, newest
    return newest.pop() if newest else None


def differences(database: Database) -> list[object]:
    """Return what the models say and the database does not: empty when the migrations are complete."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with database.reader.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(asset_dir("migrations")))
    return config
