"""Static files under an address that changes with their content, compressed once, at the start.

The version stands in the path (`/static/<version>/js/app.js`), so that the relative imports of our modules carry it too:
everything may be cached for ever, and nothing old survives an upgrade.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
from pathlib import Path
from posixpath import dirname, join, normpath

from flask import Blueprint, Response, request

from atelier.assets import asset_dir

COMPRESSED = frozenset({".js", ".css", ".svg", ".json", ".txt", ".map"})
WORTH_BYTES = 500
COMMENTS = re.compile(
    r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n|/\*\* @(?:(?!\*/)[^\n])*\*/ ?", re.M | re.S
)
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
ADDRESS = re.compile(r'url\("(?!data:|/)([^"]+)"\)')
PAGES = frozenset(
    {"text/html", "text/javascript", "application/json", "text/plain", "text/csv", "text/markdown"}
)
NOT_SERVED = "vendor/print"  # fonts that the PDF writer alone reads

blueprint = Blueprint("static_files", __name__)


@blueprint.get("/sw.js")
def service_worker() -> Response:
    """The service worker has one address for ever, at the root that it looks after; never cached."""
    body = (asset_dir("static") / "js" / "service-worker.js").read_bytes()
    return Response(body, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def version_of(folder: Path) -> str:
    """Return a mark of the names and contents of a folder."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def compressed_copy(folder: Path, version: str, var: Path) -> Path:
    """Return a copy of `folder` with a `.gz` beside what is worth it; made once per version, older ones removed.

    A `.br` that was made with the bundle is kept where it still says the file that is served.
    """
    place = var / "static" / version
    if not place.is_dir():
        draft = place.with_name(f"{version}.{os.getpid()}")
        for path in _files(folder):
            if path.is_relative_to(folder / NOT_SERVED) or _is_outdated(path):
                continue
            target = draft / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            body = lighter(whole(path), path.suffix)
            target.write_bytes(body)
            if path.suffix in COMPRESSED and len(body) > WORTH_BYTES:
                target.with_name(f"{target.name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
        try:
            draft.rename(place)
        except OSError:  # another process made it first
            shutil.rmtree(draft, ignore_errors=True)
    return place


def whole(path: Path) -> bytes:
    """Return a file; a style sheet with the sheets that it imports in the place of their names: one request, not ten."""
    if path.suffix != ".css":
        return path.read_bytes()

    def imported(found: re.Match[str]) -> str:
        """Addresses in a sheet begin where it stands; they are said from where it is now read."""
        here = dirname(found[1])
        sheet = whole(path.parent / found[1]).decode()
        return ADDRESS.sub(lambda address: f'url("{normpath(join(here, address[1]))}")', sheet)

    return IMPORT.sub(imported, path.read_text(encoding="utf-8")).encode()


def lighter(body: bytes, suffix: str) -> bytes:
    """Return a file without what only its authors need: a quarter of what a phone downloads first (R-248)."""
    if suffix == ".js":
        return without_comments(body.decode()).encode()
    if suffix == ".css":
        return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", body.decode(), flags=re.S)).encode()
    return body


def without_comments(script: str) -> str:
    """Return a script without its types and the comments on lines of their own; the lines keep their numbers."""
    return COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), script)


def compress_page(response: Response) -> Response:
    """Compress a page for whoever accepts it. No page holds both a secret and what a stranger may put in its address."""
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not wanted or response.direct_passthrough or response.mimetype not in PAGES:
        return response
    if response.status_code < 200 or "Content-Encoding" in response.headers:
        return response
    body = response.get_data()
    if len(body) > WORTH_BYTES:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


def _is_outdated(path: Path) -> bool:
    """Tell whether a file is the Brotli copy of one that is served otherwise than it stands."""
    if path.suffix != ".br":
        return False
    body = path.with_suffix("").read_bytes()
    return lighter(body, path.with_suffix("").suffix) != body


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".d.ts"))
