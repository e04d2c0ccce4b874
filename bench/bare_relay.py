"""The socket's limit: a bare `websockets` server that gives every message to everybody but its sender, unread.

python bench/bare_relay.py PORT
"""

from __future__ import annotations

import asyncio
import gc
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

clients: set[ServerConnection] = set()


async def handle(socket: ServerConnection) -> None:
    clients.add(socket)
    try:
        async for message in socket:
            broadcast(clients - {socket}, message)
            await socket.send(message[:8])  # the sender's answer
    finally:
        clients.discard(socket)


async def main(port: int) -> None:
    async with serve(handle, "127.0.0.1", port, compression=None, ping_interval=None):
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
