#!/usr/bin/env bash
# Writes the lock files again: `make lock` after a change of pyproject.toml or package.json.
# Nothing in them may name where a package comes from: each machine uses the registry it is set up with.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=.venv/bin/uv
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@")
"$uv" pip compile "${options[@]}" pyproject.toml --all-extras --group build --output-file requirements.lock
"$uv" pip compile "${options[@]}" pyproject.toml --all-extras --group dev --constraints requirements.lock \
  --output-file requirements-dev.lock
"$uv" pip compile "${options[@]}" --group node --output-file requirements-node.lock

npm install --package-lock-only --ignore-scripts
# npm notes where to send money for each package: addresses too.
python3 - <<'PY'
import json
import pathlib

lock = pathlib.Path("package-lock.json")
content = json.loads(lock.read_text(encoding="utf-8"))
for package in content["packages"].values():
    package.pop("funding", None)
    package.pop("resolved", None)
lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
PY
