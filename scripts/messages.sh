#!/usr/bin/env bash
# Collects the sentences of code and templates and brings the catalogues up to date. French is the source language.
set -euo pipefail
cd "$(dirname "$0")/.."
babel=.venv/bin/pybabel
template=locale/messages.pot

mkdir -p locale
# Two runs at once would read each other's half-written files, and lose translations.
exec 9<locale
flock 9
"$babel" --quiet extract --mapping pyproject.toml --keywords say --keywords plural:1,2 --keywords counted:2,3 --no-location --sort-output --no-wrap \
  --project Atelier --version 1 --output "$template" .
for language in en; do
  command=init
  options=()
  if [ -e "locale/$language/LC_MESSAGES/messages.po" ]; then
    command=update
    options=(--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date)
  fi
  "$babel" --quiet "$command" --input-file "$template" --output-dir locale --locale "$language" "${options[@]}"
done
