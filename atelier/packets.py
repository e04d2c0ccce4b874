"""What Socket.IO packets we take from clients. Nobody's mistake is an error of ours.

A packet that cannot be read becomes the event `malformed`, answered like any unknown one, if it asked for an answer; else
it is dropped.
"""

from __future__ import annotations

import re
from typing import Any

from socketio import packet

from atelier.frames import MALFORMED

MOST_ATTACHMENTS = 4
RESERVED = frozenset({"connect", "disconnect"})  # the server's own events: a client cannot send them by name
NOWHERE = "/nowhere"  # a namespace that nobody is connected to: what is sent there is ignored
ASKING = re.compile(r"(?:2|5\d{1,9}-)(/[a-z]+),(\d{1,9})\[")  # an event that waits for an answer


class StrictPacket(packet.Packet):  # type: ignore[misc]
    """Socket.IO's packet, whose `decode` never raises on a client's text."""

    def decode(self, encoded_packet: Any) -> int:
        try:
            count = int(super().decode(encoded_packet) or 0)
            if count <= MOST_ATTACHMENTS and self._is_sound() and (count > 0) == self._is_binary():
                return count
        except (ValueError, TypeError, IndexError, RecursionError):
            pass
        asking = ASKING.match(encoded_packet) if isinstance(encoded_packet, str) else None
        self.packet_type, self.data = packet.EVENT, [MALFORMED]
        self.namespace = asking[1] if asking else NOWHERE
        self.id = int(asking[2]) if asking else None
        return 0

    def add_attachment(self, attachment: Any) -> bool:
        """Take one binary part; a text in its place, or a place that does not exist, makes the packet unreadable."""
        self.attachments.append(attachment)
        if len(self.attachments) < self.attachment_count:
            return False
        try:
            whole = self.reconstruct_binary(self.data, self.attachments)
        except (LookupError, TypeError, RecursionError):
            whole = [MALFORMED]
        sound = all(isinstance(part, bytes | bytearray) for part in self.attachments)
        self.data = whole if sound else [MALFORMED]
        return True

    def _is_binary(self) -> bool:
        return self.packet_type in (packet.BINARY_EVENT, packet.BINARY_ACK)

    def _is_sound(self) -> bool:
        kind: int = self.packet_type
        data: object = self.data
        if kind in (packet.EVENT, packet.BINARY_EVENT):
            return isinstance(data, list) and bool(data) and _is_event_name(data[0])
        if kind == packet.CONNECT:
            return data is None or isinstance(data, dict)
        return kind in (packet.DISCONNECT, packet.ACK, packet.BINARY_ACK)


def _is_event_name(name: object) -> bool:
    return isinstance(name, str) and name not in RESERVED
