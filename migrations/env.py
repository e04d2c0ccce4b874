"""Alembic's entry: runs the migrations on the installation's database, SQLite (in batches) or PostgreSQL."""

from __future__ import annotations

from alembic import context

from atelier.tables import metadata

config = context.config


def run() -> None:
    connection = config.attributes["connection"]
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()


run()
