#!/usr/bin/env bash
# Prints the folder of a Node ≥ 20 with npm: the machine's, else the venv's (installed from a Python wheel).
set -euo pipefail
cd "$(dirname "$0")/.."

recent() { # recent NODE NPM
  [ -x "$1" ] && [ -x "$2" ] && "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'
}

node=$(command -v node || true)
npm=$(command -v npm || true)
if recent "$node" "$npm" && [ "$(dirname "$node")" = "$(dirname "$npm")" ]; then
  dirname "$node"
  exit
fi
if ! recent .venv/bin/node .venv/bin/npm; then
  echo "Node 20 ou plus récent est absent : installation dans .venv." >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock >&2
fi
echo "$PWD/.venv/bin"
