"""The only file, with wsgi.py, that knows which driver runs the greenlets. Everything else is ordinary threads and locks."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from atelier import frames

DRIVER = os.environ.get("ATELIER_ASYNC", "eventlet")
BACKLOG = 2000
MAX_CONCURRENT = 4000
MAX_MESSAGE_BYTES = 256 * 1024
MOST_PACKETS_PER_POLL = 256  # the library's 16 end the session of whoever types fast over a slow network
# A start imports 300,000 objects that stay; the collector's own habit is to look at all of them ten times meanwhile.
RARELY = (50_000, 20, 20)

log = logging.getLogger(__name__)


def patch() -> None:
    """Make threads, locks, sockets and sleep cooperative: the first thing a serving process does."""
    os.environ.setdefault(
        "PSYCOPG_WAIT_FUNC", "wait_selector"
    )  # before psycopg: else each query stops every greenlet
    gc.set_threshold(*RARELY)
    if DRIVER != "eventlet":
        return
    with warnings.catch_warnings():
        # A Warning of its own class: eventlet says at each import that it is in maintenance mode.
        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
        import eventlet  # noqa: PLC0415 - the driver is a choice of the installation

        eventlet.monkey_patch()  # bare: one explicit True turns all the others off
        _strengthen_websockets()


def _strengthen_websockets() -> None:
    """Unmask frames fast, bound a message that comes in fragments, survive what is no packet at all."""
    from engineio.async_drivers import eventlet as driver  # noqa: PLC0415
    from eventlet import websocket  # noqa: PLC0415

    class Message(websocket.RFC6455WebSocket.Message):  # type: ignore[misc]
        size = 0

        def push(self, data: bytes, final: bool = False) -> None:
            self.size += len(data)
            if self.size > MAX_MESSAGE_BYTES:
                raise websocket.FailedConnectionError(1009, "message too long")
            super().push(data, final=final)

    class WebSocket(driver.WebSocketWSGI):  # type: ignore[misc]
        def __init__(self, handler: Callable[[Any], Any], server: Any) -> None:
            super().__init__(partial(_handle, handler), server)

    websocket.RFC6455WebSocket.Message = Message
    websocket.RFC6455WebSocket._apply_mask = staticmethod(frames.unmasked)
    driver._async["websocket"] = WebSocket


def _handle(handler: Any, websocket: Any) -> Any:
    """Serve one WebSocket. Engine.IO lets the error out when a client sends no packet at all; it ends that socket alone."""
    handler.__self__.carrier = websocket  # what fanout.py writes to
    try:
        return handler(websocket)
    except OSError:
        raise
    except Exception as error:
        log.info("socket_dropped", extra={"reason": type(error).__name__})
        handler.__self__.close(wait=False, abort=True)
        return []


def patched() -> bool:
    """Tell whether the process runs on patched, cooperative threads."""
    patcher = sys.modules.get("eventlet.patcher")
    return patcher is not None and bool(patcher.is_monkey_patched("socket"))


def async_mode() -> str:
    """Return the driver's name for Flask-SocketIO."""
    return "eventlet" if patched() else "threading"


def offload(call: Callable[[], Any]) -> Any:
    """Run one blocking C call in a native thread, so that a slow disk stops nobody.

    Exactly one call that takes no lock of ours: a green lock touched from a native thread hangs the process.
    """
    if not patched():
        return call()
    from eventlet import tpool  # noqa: PLC0415

    return tpool.execute(call)


def spawn(call: Callable[..., Any], *args: Any) -> None:
    """Run `call` in the background."""
    threading.Thread(target=call, args=args, daemon=True).start()


def pause(seconds: float) -> None:
    """Let the others work for a while."""
    time.sleep(seconds)


def listen(host: str, port: int) -> socket.socket:
    """Open our own listening socket: a long backlog, no Nagle delay."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def serve(app: Any, listener: socket.socket) -> None:
    """Serve a WSGI application for ever."""
    calm_the_collector()
    if patched():
        import eventlet.wsgi  # noqa: PLC0415

        eventlet.wsgi.server(listener, app, log_output=False, max_size=MAX_CONCURRENT, keepalive=75)
    else:
        _serve_on_threads(app, listener)


def _serve_on_threads(app: Any, listener: socket.socket) -> None:
    """Serve on ordinary threads, one for each connection (`ATELIER_ASYNC=threading`)."""
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415

    class Handler(WSGIRequestHandler):
        def run_wsgi(self) -> None:
            super().run_wsgi()
            if self.headers.get("Upgrade"):  # what a WebSocket says last is no request
                self.close_connection = True

        def log(self, *_said: Any) -> None:
            """Say nothing of what clients send, as the other driver; our own faults have their own log."""

    host, port = listener.getsockname()[:2]
    server = make_server(host, port, app, True, request_handler=Handler, fd=listener.fileno())
    server.serve_forever()


def calm_the_collector() -> None:
    """Set aside what lives as long as the process: p99 of a fan-out goes from 61 to 13 ms (architecture §8)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def socket_server(app: Any, **options: Any) -> Any:
    """Attach Socket.IO to a Flask application; polling serves networks that block WebSocket."""
    with _unseen("redis", "valkey", "kombu", "kafka", "aio_pika"):
        from flask_socketio import SocketIO  # noqa: PLC0415

    from engineio.payload import Payload  # noqa: PLC0415 - after the driver is set

    from atelier import packets  # noqa: PLC0415

    made = SocketIO(
        app,
        serializer=packets.StrictPacket,
        json=frames,
        async_mode=async_mode(),
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        ping_interval=20,
        ping_timeout=25,
        cors_allowed_origins="*",  # the handshake's own rule decides (security.py), and it knows the hall
        manage_session=False,
        logger=False,
        engineio_logger=False,
        http_compression=False,
        **options,
    )
    # Our handlers catch and log their own faults. What these two call errors is what clients send: anybody could fill the log.
    for library in ("engineio.server", "socketio.server"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    made.server.eio.disconnect = partial(_hang_up, made.server.eio)
    # One poll may carry what was typed while the one before was on its way; its bytes are bounded above.
    Payload.max_decode_packets = MOST_PACKETS_PER_POLL
    return made


def _hang_up(engine: Any, sid: str | None = None) -> None:
    """Close one Engine.IO socket without waiting until its last packets are fetched: nobody may come for them."""
    socket_at_hand = engine.sockets.pop(sid, None)
    if socket_at_hand is not None:
        socket_at_hand.close(wait=False)


@contextmanager
def _unseen(*libraries: str) -> Iterator[None]:
    """Hide the brokers that python-socketio imports when it finds them, and that we do not give it: half of its import."""
    hidden = [name for name in libraries if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def lighter(app: Any) -> Any:
    """Drop the browser's offer to compress each frame (2.2 × less CPU, 60 instead of 154 kB per phone), and long polls."""

    def guarded(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        if environ.get("PATH_INFO", "").startswith("/socket.io/") and _declared(environ) > MAX_MESSAGE_BYTES:
            start_response("413 Content Too Large", [("Content-Length", "0"), ("Connection", "close")])
            return []
        return app(environ, start_response)

    return guarded


def _declared(environ: dict[str, Any]) -> int:
    """Return the length that a request says it has; a chunked one does not say, and is as good as endless."""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return MAX_MESSAGE_BYTES + 1
    length = str(environ.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isdecimal() else MAX_MESSAGE_BYTES + 1
