"""The two converters: pandoc between HTML, its tree, DOCX, ODT and Markdown; Typst from its text to PDF or PNG."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc

from atelier.assets import asset_dir
from atelier.exports.files import cage

# What pandoc may read: our own cleaned HTML, and nothing raw, no TeX, no file, no address.
READ = "html-raw_html-raw_tex-tex_math_dollars-native_divs-native_spans+native_divs"
# What comes from outside, and the Markdown that documents hold: nothing raw in either.
INCOMING = {
    "docx": "docx",
    "odt": "odt",
    "html": "html-raw_html-raw_tex-tex_math_dollars-native_divs-native_spans",
}
DIALECT = "commonmark-raw_html+pipe_tables+footnotes+task_lists+strikeout+definition_lists"
WRITERS = {"docx": "docx", "odt": "odt", "typst": "typst"}
HEAP = ("+RTS", "-M768m", "-RTS")
PRESS_KILOBYTES = 4_000_000


def tree_of(html: str) -> dict[str, Any]:
    """Return pandoc's tree of an HTML body."""
    found: dict[str, Any] = json.loads(_pandoc(["--from", READ, "--to", "json"], html.encode()))
    return found


def tree_of_file(kind: str, body: bytes) -> dict[str, Any]:
    """Return pandoc's tree of a file from outside, one of INCOMING; ConversionFailed when it cannot be read."""
    found: dict[str, Any] = json.loads(_pandoc(["--from", INCOMING[kind], "--to", "json"], body))
    return found


def markdown_of(tree: Mapping[str, Any]) -> str:
    """Return a tree that holds nothing raw as Markdown, one line a paragraph."""
    options = ["--from", "json", "--to", DIALECT, "--wrap", "none"]
    return _pandoc(options, json.dumps(tree).encode()).decode()


def written(tree: Mapping[str, Any], writer: str) -> bytes:
    """Return the file that one of WRITERS makes of a tree."""
    return _pandoc(
        ["--from", "json", "--to", WRITERS[writer], "--standalone"]
        if writer != "typst"
        else ["--from", "json", "--to", "typst"],
        json.dumps(tree).encode(),
    )


def pressed(source: str, files: Mapping[str, bytes], form: str = "pdf") -> bytes:
    """Return the PDF of a Typst text (PDF/UA-1, tagged), or its pages as PNG; `files` are the only ones that it can name."""
    with TemporaryDirectory(prefix="atelier-") as folder:
        for name, body in files.items():
            (Path(folder) / name).write_bytes(body)
        (Path(folder) / "main.typ").write_text(source, encoding="utf-8")
        press = str(Path(__file__).with_name("press.py"))
        fonts = str(asset_dir("static") / "vendor" / "print")
        return cage.run([sys.executable, "-I", press, form, fonts], b"", Path(folder), PRESS_KILOBYTES)


def _pandoc(options: list[str], given: bytes) -> bytes:
    with TemporaryDirectory(prefix="atelier-") as folder:
        command = [pypandoc.get_pandoc_path(), *HEAP, "--sandbox", *options, "--output", "-"]
        return cage.run(command, given, Path(folder))
