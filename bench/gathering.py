"""A hall in front of a server: phones that joined, a desk, a projector."""

from __future__ import annotations

import asyncio

from phones import Phone, joined

from tests.server import RunningServer
from tests.sockets.wire_client import HttpClient

SETTLE_S = 1.0


async def hall(running: RunningServer, count: int) -> list[Phone]:
    """Let everybody in and wait until each has its surface."""
    https = await joined(running.url, running.code, count)
    phones = [Phone(http, running.code) for http in https]
    await asyncio.gather(*(phone.start() for phone in phones))
    await asyncio.sleep(SETTLE_S)
    return phones


async def surface_of(running: RunningServer, surface: str, role: str) -> Phone:
    assert running.seeded is not None
    link = Phone(HttpClient(running.url), running.code, surface, running.seeded.tokens[role])
    await link.start()
    return link


async def stop(*links: Phone) -> None:
    await asyncio.gather(*(link.stop() for link in links))
