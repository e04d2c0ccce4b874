#!/usr/bin/env bash
# The logic of static/js/lib that needs no page.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob globstar
files=(tests/js/**/*.test.mjs)
if [ ${#files[@]} -gt 0 ]; then node --test "${files[@]}"; fi
