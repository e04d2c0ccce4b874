"""`pip install .` delivers all that the product reads: templates, static files, migrations, catalogues."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files_in, own_files

LEFT_OUT = {"used.txt"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
    ]
    subprocess.run([*command, str(folder), "."], cwd=ROOT, check=True)
    return next(folder.glob("atelier-*.whl"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_file_the_product_reads(wheel: Path) -> None:
    names = names_in(wheel)
    read = [path for path in own_files() if path.parts[0] in {"templates", "static", "migrations"}]
    assert [
        str(path) for path in read if path.name not in LEFT_OUT and f"atelier/_assets/{path}" not in names
    ] == []
    assert [str(path) for path in files_in("atelier", ".py") if str(path) not in names] == []


def test_the_wheel_carries_what_is_built_and_not_committed(wheel: Path) -> None:
    built = ["socket.io-client.js", "idb.js", "idiomorph.js", "sortablejs.js", "icons.svg", "LICENSES.txt"]
    fonts = [
        "atkinson-hyperlegible-next.woff2",
        "atkinson-hyperlegible-next-rest.woff2",
        "bricolage-grotesque.woff2",
        "bricolage-grotesque-rest.woff2",
    ]
    catalogues = [path.with_suffix(".mo") for path in files_in("locale", ".po")]
    expected = {f"static/vendor/{name}" for name in built} | {f"static/vendor/fonts/{name}" for name in fonts}
    expected |= {str(path) for path in catalogues}
    assert {name for name in expected if f"atelier/_assets/{name}" not in names_in(wheel)} == set()


def test_the_wheel_carries_no_source_of_what_is_compiled(wheel: Path) -> None:
    assert [name for name in names_in(wheel) if name.endswith((".d.ts", ".po", ".pyc", ".stamp"))] == []


def test_installed_package_finds_its_files_inside_itself(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from atelier.assets import asset_dir; print(asset_dir('static'))"
    )
    arguments = [sys.executable, "-S", "-c", script, str(tmp_path / "installed")]
    printed = subprocess.run(
        arguments, cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert Path(printed) == tmp_path / "installed" / "atelier" / "_assets" / "static"
    assert (Path(printed) / "vendor" / "icons.svg").is_file()
