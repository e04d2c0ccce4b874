"""Reads the project's own files: what is there, and what each Python module imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that is committed or would be, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    paths = (Path(name) for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(path for path in paths if (ROOT / path).is_file())


def files_in(folder: str, *suffixes: str) -> list[Path]:
    """Own files under `folder` that end with one of `suffixes`."""
    return [path for path in own_files() if path.is_relative_to(folder) and path.suffix in suffixes]


def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Import:
    importer: str
    imported: str
    """The module, with the imported name appended when that name is itself a module of ours."""
    line: int
    for_types_only: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def is_own(module: str) -> bool:
    return module.split(".")[0] in {"atelier", "wsgi", "tests", "bench", "scripts", "migrations"}


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def own_modules() -> dict[str, Path]:
    """Dotted name -> file, for atelier/ and wsgi.py."""
    files = [*files_in("atelier", ".py"), *(path for path in own_files() if path == Path("wsgi.py"))]
    return {module_name(path): path for path in files}


@cache
def imports_of(module: str) -> tuple[Import, ...]:
    return tuple(imports_in(module, ast.parse(text_of(own_modules()[module])), set(own_modules())))


def imports_in(module: str, tree: ast.AST, modules: set[str]) -> Iterator[Import]:
    """Every import of `tree`, inside functions too."""
    typing_blocks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    ]
    typing_lines = {
        line for block in typing_blocks for line in range(block.lineno, (block.end_lineno or 0) + 1)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [_target(node.module, alias.name, modules) for alias in node.names]
        else:
            continue
        for name in dict.fromkeys(names):
            yield Import(module, name, node.lineno, node.lineno in typing_lines)


def _target(module: str, name: str, modules: set[str]) -> str:
    return f"{module}.{name}" if f"{module}.{name}" in modules else module


def all_imports() -> list[Import]:
    return [found for module in own_modules() for found in imports_of(module)]
