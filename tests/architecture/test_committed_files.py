"""What is committed names no machine, no registry and no address of a package."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pip._internal.models.index import PyPI

from tests.architecture.source import ROOT, own_files, text_of

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]
# Written apart, so that this file does not find itself.
MACHINE_PATHS = re.compile("|".join([r"/wo" r"rk/", r"/ro" r"ot/", r"/tm" r"p/", r"/ho" r"me/\w+/"]))


def readable_files() -> dict[str, str]:
    texts = {}
    for path in own_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            texts[str(path)] = content.decode("utf-8")
    return texts


def registry_hosts() -> set[str]:
    """The hosts that the package clients of this machine ask, and the one pip asks by default."""
    npm = subprocess.run(
        ["npm", "config", "get", "registry"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    pip = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    apt = "".join(
        path.read_text(encoding="utf-8")
        for path in [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
        if path.is_file()
    )
    configured = re.findall(r"https?://([^/\s'\"]+)", npm.stdout + pip.stdout + apt)
    return {host.rpartition("@")[2] for host in configured} | {PyPI.netloc, PyPI.file_storage_domain}


def test_no_file_names_a_registry() -> None:
    hosts = registry_hosts()
    assert PyPI.netloc in hosts
    texts = readable_files()
    assert "pyproject.toml" in texts
    assert [(name, host) for name, text in texts.items() for host in hosts if host in text] == []


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    assert MACHINE_PATHS.search("see /wo" + "rk/main")
    assert [
        (name, found.group())
        for name, text in readable_files().items()
        for found in MACHINE_PATHS.finditer(text)
    ] == []


def test_lock_files_carry_no_address() -> None:
    locks = {name: text_of(Path(name)) for name in [*LOCKS, "package-lock.json"]}
    assert [name for name, text in locks.items() if "://" in text or '"resolved"' in text] == []


def test_every_locked_python_package_is_hashed() -> None:
    for name in LOCKS:
        entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text_of(Path(name))).strip())
        assert entries
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def locked_versions(lock: str) -> dict[str, str]:
    found = re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)", text_of(Path(lock)))
    return {canonicalize_name(name): version for name, version in found}


def test_locks_satisfy_what_the_project_asks_for() -> None:
    project = tomllib.loads(text_of(Path("pyproject.toml")))
    extras = project["project"]["optional-dependencies"].values()
    runtime = [*project["project"]["dependencies"], *(line for extra in extras for line in extra)]
    development = [line for line in project["dependency-groups"]["dev"] if isinstance(line, str)]
    for lock, lines in {"requirements.lock": runtime, "requirements-dev.lock": runtime + development}.items():
        versions = locked_versions(lock)
        requirements = [Requirement(line) for line in lines]
        assert [
            str(asked)
            for asked in requirements
            if versions.get(canonicalize_name(asked.name), "none") not in asked.specifier
        ] == []


def test_both_python_locks_agree() -> None:
    runtime, development = locked_versions("requirements.lock"), locked_versions("requirements-dev.lock")
    assert {name: version for name, version in runtime.items() if development.get(name) != version} == {}
