"""Files and functions that can be read in one look."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import files_in, own_files, text_of

FILE_CEILING = 300
FUNCTION_CEILING = 40


def test_every_file_of_ours_is_short_enough() -> None:
    files = [
        *files_in("atelier", ".py"), *files_in("migrations", ".py"), *files_in("static/js", ".js"),
        *files_in("static/css", ".css"), *files_in("templates", ".html"), *files_in("tests", ".py", ".mjs"),
        *files_in("bench", ".py"),
    ]  # fmt: skip
    lengths = {str(path): len(text_of(path).splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > FILE_CEILING} == {}


def test_every_function_of_ours_is_short_enough() -> None:
    found = [
        f"{path}:{function.lineno} {function.name} ({length} lines)"
        for path in files_in("atelier", ".py")
        for function, length in functions_in(text_of(path))
        if length > FUNCTION_CEILING
    ]
    assert found == []


def functions_in(source: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_measured_by_their_lines() -> None:
    source = "def long():\n" + "    x = 1\n" * 44 + "\nclass A:\n    def short(self):\n        return 1\n"
    assert [(node.name, length) for node, length in functions_in(source)] == [("long", 45), ("short", 2)]


def test_every_file_is_named_for_what_it_does() -> None:
    drawers = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common", "tools"}
    assert [str(path) for path in own_files() if names_of(path) & drawers] == []


def names_of(path: Path) -> set[str]:
    return {word for part in path.with_suffix("").parts for word in part.lower().replace("-", "_").split("_")}
