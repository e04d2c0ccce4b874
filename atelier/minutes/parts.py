"""Bytes longer than one message, cut and put end to end again. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

PART_BYTES = 48 * 1024
MOST_BYTES = 2 * 1024 * 1024
MOST_PARTS = -(-MOST_BYTES // PART_BYTES)


def cut(whole: bytes) -> list[bytes]:
    """Return pieces of at most 48 kB; one, empty, for nothing."""
    return [whole[start : start + PART_BYTES] for start in range(0, max(len(whole), 1), PART_BYTES)]


@dataclass(slots=True)
class Gathering:
    """The parts of one sending, as they come. A part that is not the next one begins nothing and ends nothing."""

    name: str
    parts: int
    pieces: list[bytes] = field(default_factory=list)

    def take(self, name: str, part: int, parts: int, piece: bytes) -> bool:
        """Add the next part; False when this is not it."""
        if name != self.name or parts != self.parts or part != len(self.pieces) + 1:
            return False
        self.pieces.append(piece)
        return True

    @property
    def whole(self) -> bytes | None:
        """Return all of it once every part is here."""
        return b"".join(self.pieces) if len(self.pieces) == self.parts else None
