#!/usr/bin/env bash
# Every static check, all of them even when one fails.
set -uo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob globstar
bin=.venv/bin
red=()

check() { # check NAME COMMAND…
  local name=$1
  shift
  echo "== $name"
  "$@" || red+=("$name")
}

scripts=(static/js/**/*.js)
workers=(static/js/**/*worker.js)
styles=(static/css/**/*.css)
check "ruff" "$bin/ruff" check .
check "ruff format" "$bin/ruff" format --check .
check "mypy" "$bin/mypy"
check "import-linter" "$bin/lint-imports"
check "floors and ceilings" "$bin/python" -m pytest -q -p no:randomly tests/architecture
check "eslint" node_modules/.bin/eslint .
if [ ${#scripts[@]} -gt 0 ]; then check "tsc" node_modules/.bin/tsc --project tsconfig.json; fi
if [ ${#workers[@]} -gt 0 ]; then check "tsc, workers" node_modules/.bin/tsc --project tsconfig.worker.json; fi
if [ ${#styles[@]} -gt 0 ]; then check "stylelint" node_modules/.bin/stylelint "${styles[@]}"; fi

if [ ${#red[@]} -gt 0 ]; then
  printf 'red: %s\n' "${red[@]}" >&2
  exit 1
fi
echo "all green"
