#!/usr/bin/env bash
# Runs a command with the Node that the project uses first in PATH.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(scripts/find_node.sh)
PATH="$folder:$PATH" exec "$@"
