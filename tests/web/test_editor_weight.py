"""What the page where one writes fetches, as it goes over the line: 150 kB at most, and half of it for the plain view."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from flask import Flask

from atelier.assets import asset_dir
from atelier.static_files import compressed_copy

PLAIN_BYTES = 70_000
WHOLE_BYTES = 165_000  # gzip, over plain HTTP
WHOLE_BYTES_BROTLI = 150_000  # over HTTPS
RICH = "cm-content"  # a class that CodeMirror alone writes
LATER = re.compile(r'import\("\./([\w-]+\.js)"\)')


def scripts() -> tuple[list[Path], list[Path]]:
    """What the page needs at once, and what the view with marks drawn fetches besides."""
    vendor = asset_dir("static") / "vendor"
    first = [vendor / file for file in json.loads((vendor / "app" / "pages.json").read_text())["editor"]]
    later = {name for file in first for name in LATER.findall(file.read_text())}
    rich = [vendor / "app" / name for name in sorted(later) if RICH in (vendor / "app" / name).read_text()]
    return first, rich


def zipped(files: list[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)


def test_plain_view_loads_nothing_of_the_other_view() -> None:
    first, rich = scripts()
    assert [file for file in first if RICH in file.read_text()] == []
    assert len(rich) == 1
    assert zipped(first) < PLAIN_BYTES


def test_whole_editor_weighs_what_was_aimed_at() -> None:
    first, rich = scripts()
    assert zipped(first + rich) < WHOLE_BYTES
    assert sum(file.with_name(f"{file.name}.br").stat().st_size for file in first + rich) < WHOLE_BYTES_BROTLI


def test_browser_that_reads_brotli_is_given_it(app: Flask) -> None:
    address = app.extensions["atelier"].drawing.static("vendor/app/editor.js")
    file = asset_dir("static") / "vendor" / "app" / "editor.js"
    answers = {
        read: app.test_client().get(address, headers={"Accept-Encoding": read})
        for read in ("gzip, br", "gzip")
    }
    assert {read: answer.headers["Content-Encoding"] for read, answer in answers.items()} == {
        "gzip, br": "br",
        "gzip": "gzip",
    }
    assert answers["gzip, br"].data == file.with_name("editor.js.br").read_bytes()
    assert gzip.decompress(answers["gzip"].data) == file.read_bytes()


def test_brotli_copy_of_a_script_that_is_served_otherwise_is_left_out(tmp_path: Path) -> None:
    made = tmp_path / "static"
    made.mkdir()
    for name, script in {"same": "const a = 1;\n", "lighter": "// why\nconst a = 1;\n"}.items():
        (made / f"{name}.js").write_text(script)
        (made / f"{name}.js.br").write_bytes(b"compressed")
    copy = compressed_copy(made, "v", tmp_path / "var")
    assert sorted(path.name for path in copy.iterdir()) == ["lighter.js", "same.js", "same.js.br"]
