"""What keeps a séance from being deleted: later capabilities say it (`keep`), nothing here knows them (D-21)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from atelier.errors import Refusal

Keeper = Callable[
    [Session, int], Refusal | None
]  # why the séance of a number may not be deleted, None if it may

KEEPERS: dict[str, Keeper] = {}


def keep(name: str, keeper: Keeper) -> None:
    """Add a reason not to delete; the same name again replaces it."""
    KEEPERS[name] = keeper


def kept(db: Session, session_id: int) -> Refusal | None:
    """Say why a séance may not be deleted, or None."""
    return next(
        (refusal for keeper in KEEPERS.values() if (refusal := keeper(db, session_id)) is not None), None
    )
