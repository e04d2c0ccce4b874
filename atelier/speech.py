"""What pure code needs of a language to write a sentence: drawing.py gives it, tests may give another."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Speech(Protocol):
    """One language, in the time zone of the installation."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, one: str, many: str, count: int, /) -> str: ...

    def day(self, date: str, /) -> str:
        """`2015-10-13` -> « mardi 13 octobre 2015 »."""

    def date(self, moment: datetime, /) -> str:
        """An aware moment -> the day it is then, « mardi 13 octobre 2015 »."""

    def hour(self, moment: datetime, /) -> str:
        """An aware moment -> « 20 h 13 »."""


def counted(speech: Speech, one: str, many: str, count: int) -> str:
    """Return a number with its noun: `%(num)s carte`, `%(num)s cartes`."""
    return speech.ngettext(one, many, count) % {"num": count}
