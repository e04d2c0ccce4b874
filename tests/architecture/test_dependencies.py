"""Every library that the product imports is asked for in pyproject.toml, and nothing is asked for in vain."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import all_imports, files_in, imports_in, is_own, text_of

# Asked for without an import of ours: drivers and data that other libraries load by name.
LOADED_BY_NAME = {"linkify-it-py", "psycopg", "python-engineio", "simple-websocket", "tzdata"}


def asked_for(*parts: str) -> set[str]:
    content = tomllib.loads(text_of(Path("pyproject.toml")))
    lines: list[str] = []
    if "runtime" in parts:
        lines += content["project"]["dependencies"]
        lines += [line for extra in content["project"]["optional-dependencies"].values() for line in extra]
    for group in content["dependency-groups"]:
        if group in parts:
            lines += [line for line in content["dependency-groups"][group] if isinstance(line, str)]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def distributions_of(modules: set[str]) -> dict[str, set[str]]:
    """First part of an imported module -> the names of the packages that offer it."""
    offered = packages_distributions()
    foreign = {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names)
    return {name: {canonicalize_name(package) for package in offered.get(name, [])} for name in foreign}


def imported_in(*folders: str) -> set[str]:
    return {
        found.imported
        for folder in folders
        for path in files_in(folder, ".py")
        for found in imports_in(str(path), ast.parse(text_of(path)), set())
        if not is_own(found.imported)
    }


def test_every_library_of_the_product_is_asked_for() -> None:
    product = {found.imported for found in all_imports() if not is_own(found.imported)} | imported_in(
        "migrations"
    )
    declared = asked_for("runtime")
    assert {name for name, packages in distributions_of(product).items() if not packages & declared} == set()


def test_every_library_of_the_tests_is_asked_for() -> None:
    # The last two come with every environment.
    declared = asked_for("runtime", "build", "dev") | {"pip", "packaging"}
    # Scripts that run from their own folder import their neighbours by name.
    neighbours = {path.stem for folder in ("bench", "scripts") for path in files_in(folder, ".py")}
    proofs = imported_in("tests", "bench", "scripts") - neighbours
    assert {name for name, packages in distributions_of(proofs).items() if not packages & declared} == set()


def test_no_library_is_asked_for_in_vain() -> None:
    product = {found.imported for found in all_imports() if not is_own(found.imported)} | imported_in(
        "migrations"
    )
    used = {package for packages in distributions_of(product).values() for package in packages}
    assert asked_for("runtime") - used - LOADED_BY_NAME == set()
