"""Who is to blame when something cannot be done. Ground: imported by every floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that the rules turn down: a value, never an exception in the log.

    `code` is stable and is part of the wire; `params` holds plain data that the door needs to word it.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class AtelierError(Exception):
    """Root of the errors raised on purpose."""


class NotFound(AtelierError):
    """The thing does not exist, or is not this person's."""


class NotAllowed(AtelierError):
    """The person is known and may not do this."""


class Busy(AtelierError):
    """Too much is waiting: the same act may be sent again in a moment."""


class StorageUnavailable(AtelierError):
    """The disk or the database refuses to write: nothing was kept, say so and keep the text on the device."""
