"""What a phone fetches before its first screen: the page, its styles, scripts (and what they import), fonts, icons."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from measures import server

from tests.server import RunningServer
from tests.sockets.wire_client import HttpClient, Reply

IN_PAGE = re.compile(
    r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]+\.(?:css|js|svg|woff2|webmanifest)[^"]*)"'
)
IN_STYLE = re.compile(r'@import\s+(?:url\()?["\']?([^"\')]+)|url\(["\']?([^"\')#][^"\')]*)')
IN_SCRIPT = re.compile(r'(?:^|[;}\s])(?:import|export)\b[^"\';]*?["\'](\.{1,2}/[^"\']+)["\']', re.MULTILINE)


def first_screen(var: Path) -> dict[str, Any]:
    """Join as a phone, then fetch everything that its page asks for, as a browser that has nothing yet."""
    with server(var, open_at=("s3", "a3")) as running:
        return asyncio.run(_first_screen(running))


async def _first_screen(running: RunningServer) -> dict[str, Any]:
    http = HttpClient(running.url, origin=running.url)
    await http.join(running.code, name="Zoé", college="A")
    fetched: dict[str, int] = {}
    kinds: dict[str, int] = {}
    waiting = [f"/s/{running.code}"]
    while waiting:
        path = waiting.pop(0)
        if path in fetched:
            continue
        reply = await http.request("GET", path, headers={"Accept-Encoding": "gzip"})
        if reply.status != 200:
            raise RuntimeError((path, reply.status))
        kind = reply.headers.get("content-type", "").partition(";")[0]
        fetched[path] = len(reply.body)
        kinds[kind] = kinds.get(kind, 0) + len(reply.body)
        waiting += [found for found in _asked_for(path, kind, _text(reply)) if found not in fetched]
    return {
        "requests": len(fetched),
        "kB compressed": round(sum(fetched.values()) / 1000, 1),
        "by kind, kB": {kind: round(size / 1000, 1) for kind, size in sorted(kinds.items())},
    }


def _text(reply: Reply) -> str:
    body = gzip.decompress(reply.body) if reply.headers.get("content-encoding") == "gzip" else reply.body
    return body.decode("utf-8", "replace")


def _asked_for(path: str, kind: str, text: str) -> list[str]:
    pattern = {"text/html": IN_PAGE, "text/css": IN_STYLE, "text/javascript": IN_SCRIPT}.get(kind)
    if pattern is None:
        return []
    names = ["".join(found) if isinstance(found, tuple) else found for found in pattern.findall(text)]
    return [urlsplit(urljoin(path, name)).path for name in names if not name.startswith("data:")]
