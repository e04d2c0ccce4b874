"""The machine's limit: a bare `websockets` server that repeats one text to everybody when it is told « go N ».

python bench/bare.py PORT
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
        async for order in socket:
            assert isinstance(order, str)
            broadcast(clients, "x" * int(order.partition(" ")[2]))
    finally:
        clients.discard(socket)


async def main(port: int) -> None:
    async with serve(handle, "127.0.0.1", port, compression=None, ping_interval=None, backlog=2000):
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
