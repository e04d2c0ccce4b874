"""What a phone fetches before its first screen: the page, its styles, scripts (and what they import), fonts, icons."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from measures import server
from slow_line import slow_line

from tests.server import RunningServer
from tests.sockets.wire_client import HttpClient, Reply

IN_PAGE = re.compile(
    r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"]+\.(?:css|js|svg|woff2|webmanifest)[^"]*)"'
)
NOT_NOW = re.compile(r'<link\b[^>]*rel="prefetch"[^>]*>|<img\b[^>]*loading="lazy"[^>]*>')
RARE = "-rest.woff2"  # the part of a font that only rare characters ask for
IN_STYLE = re.compile(r'@import\s+(?:url\()?["\']?([^"\')]+)|url\(["\']?([^"\')#][^"\')]*)')
IN_SCRIPT = re.compile(r'(?:^|[;}\s])(?:import|export)\b[^"\';]*?["\'](\.{1,2}/[^"\']+)["\']', re.MULTILINE)


def first_screen(var: Path) -> dict[str, Any]:
    """Weigh what a phone fetches to join, then to take part, as a browser that has nothing yet; then time it on a slow line."""
    with server(var, open_at=("s3", "a3")) as running:
        figures = asyncio.run(_weights(running))
        return {**figures, "on Lighthouse's mobile slow 4G": slow_line(running)}


async def _weights(running: RunningServer) -> dict[str, Any]:
    http = HttpClient(running.url, origin=running.url)
    joining = await _weight(http, f"/j/{running.code}")
    await http.join(running.code, name="Zoé", college="A")
    return {"to join": joining, "to take part": await _weight(http, f"/s/{running.code}")}


async def _weight(http: HttpClient, page: str) -> dict[str, Any]:
    fetched: dict[str, int] = {}
    kinds: dict[str, int] = {}
    waiting = [page]
    while waiting:
        path = waiting.pop(0)
        if path in fetched:
            continue
        reply = await http.request("GET", path, headers={"Accept-Encoding": "gzip"})
        if reply.status != 200:
            raise RuntimeError((path, reply.status))
        kind = reply.headers.get("content-type", "").partition(";")[0].rpartition("/")[2]
        fetched[path] = len(reply.body)
        kinds[kind] = kinds.get(kind, 0) + len(reply.body)
        waiting += [found for found in _asked_for(path, kind, _text(reply)) if found not in fetched]
    by_kind = {kind: round(size / 1000, 1) for kind, size in sorted(kinds.items())}
    return {"requests": len(fetched), "kB compressed": round(sum(fetched.values()) / 1000, 1), **by_kind}


def _text(reply: Reply) -> str:
    body = gzip.decompress(reply.body) if reply.headers.get("content-encoding") == "gzip" else reply.body
    return body.decode("utf-8", "replace")


def _asked_for(path: str, kind: str, text: str) -> list[str]:
    pattern = {"html": IN_PAGE, "css": IN_STYLE, "javascript": IN_SCRIPT}.get(kind)
    if pattern is None:
        return []
    if kind == "html":
        text = NOT_NOW.sub("", text)
    names = ["".join(found) if isinstance(found, tuple) else found for found in pattern.findall(text)]
    return [
        urlsplit(urljoin(path, name)).path
        for name in names
        if not name.startswith("data:") and RARE not in name
    ]
