"""One frame, written once, sent straight to each WebSocket of a room: 2 to 3 × less processor than a queue and a thread for each.

Engine.IO gives every socket a queue and a thread that empties it. Where that queue is empty and nobody is writing, the
bytes may go to the kernel at once. Everything else goes the ordinary way, in order: polling, a socket being upgraded, one
with something waiting, one whose kernel buffer is full (its rest is sent by a thread that holds its write lock), and
every socket when the driver is another or its inside has changed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from engineio import packet as engine_packet

from atelier import realtime
from atelier.frames import binary_frame, dumps, text_frame


class FanOut:
    """Sends events to the rooms of one namespace. `server` is python-socketio's."""

    def __init__(self, server: Any, namespace: str) -> None:
        self._server = server
        self._namespace = namespace

    def send(self, event: str, data: Any, room: str) -> None:
        """Send one event to everybody in a room (a socket's id is a room of its own)."""
        text = f"2{self._namespace},{dumps([event, data])}"
        self._spread([text], text_frame(f"{engine_packet.MESSAGE}{text}"), room, None)

    def send_bytes(self, event: str, data: dict[str, Any], room: str, but: str | None = None) -> None:
        """Send one event whose `update` is bytes, in an attachment, to everybody in a room but one socket."""
        said = {**data, "update": {"_placeholder": True, "num": 0}}
        text = f"51-{self._namespace},{dumps([event, said])}"
        frames = text_frame(f"{engine_packet.MESSAGE}{text}") + binary_frame(data["update"])
        self._spread([text, data["update"]], frames, room, but)

    def _spread(self, messages: list[str | bytes], frames: bytes, room: str, but: str | None) -> None:
        queued = [engine_packet.Packet(engine_packet.MESSAGE, message) for message in messages]
        sockets = self._server.eio.sockets
        for sid, engine_id in list(self._server.manager.get_participants(self._namespace, room)):
            if sid == but or self._straight(sockets.get(engine_id), frames):
                continue
            for packet in queued:
                self._server._send_eio_packet(engine_id, packet)

    def _straight(self, engine_socket: Any, frame: bytes) -> bool:
        """Write to the kernel if nothing is before it. False: nothing was written, take the ordinary way."""
        carrier = getattr(engine_socket, "carrier", None)
        if carrier is None or engine_socket.closed or engine_socket.upgrading or not engine_socket.upgraded:
            return False
        if (
            not engine_socket.queue.empty()
            or carrier.websocket_closed
            or not carrier._sendlock.acquire(blocking=False)
        ):
            return False
        sent = 0
        with suppress(OSError):  # full, or gone: the ordinary way finds out which
            sent = carrier.socket.fd.send(frame)
        if 0 < sent < len(frame):
            realtime.spawn(_send_rest, carrier, frame[sent:])
        else:
            carrier._sendlock.release()
        return sent > 0


def _send_rest(carrier: Any, rest: bytes) -> None:
    """Finish a frame that a slow phone could not take at once; whatever comes next waits for the lock."""
    try:
        carrier.socket.sendall(rest)
    except OSError:
        carrier.close()  # half a frame was sent: this socket has no other end
    finally:
        carrier._sendlock.release()
