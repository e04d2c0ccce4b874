"""Opens the port, first of all: phones that come back during a restart wait in its queue instead of being refused."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import replace

import click

from atelier import realtime
from atelier.settings import LOOPBACK, Settings, from_environment

PORTS_TRIED = 20


def listening(hall: bool, port: int) -> tuple[Settings, socket.socket]:
    """Return the settings, where we really listen included, and the listener. `port` 0: the usual one, or the next free."""
    settings = from_environment()
    host = "0.0.0.0" if hall or settings.hall else settings.host  # noqa: S104 - the hall's network (D-23)
    listener, bound = _first_free(host, port or settings.port, may_move=not port)
    return replace(settings, host=host, port=bound, public_url=_address(settings, host, bound)), listener


def _first_free(host: str, port: int, may_move: bool) -> tuple[socket.socket, int]:
    """Listen on `port`, or on one of the next when it is taken and nobody asked for that one."""
    for candidate in range(port, port + (PORTS_TRIED if may_move else 1)):
        try:
            return realtime.listen(host, candidate), candidate
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise click.ClickException(f"Le port {port} est déjà pris. Choisissez-en un autre avec --port.")


def _address(settings: Settings, host: str, port: int) -> str:
    """Return what QR codes print: the address set by the installation, else this machine's on the network at hand."""
    if "ATELIER_PUBLIC_URL" in os.environ:
        return settings.public_url
    name = local_address() if host not in LOOPBACK else host
    return f"http://{name}:{port}"


def local_address() -> str:
    """Return this machine's address on the local network (no packet is sent), 127.0.0.1 without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
