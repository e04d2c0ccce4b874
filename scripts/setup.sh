#!/usr/bin/env bash
# Sets the project up: `scripts/setup.sh run` to serve, `scripts/setup.sh dev` for tests and checks too.
# Each step leaves the fingerprint of what it read, and is skipped while that has not changed.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "$@" >&2; }

refuse() {
  say "$@"
  exit 1
}

fingerprint() { cat -- "$@" 2>/dev/null | sha256sum | cut -d ' ' -f 1; }

done_for() { # done_for STAMP FILE…
  local stamp=$1
  shift
  [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

mark() { # mark STAMP FILE…
  local stamp=$1
  shift
  fingerprint "$@" >"$stamp"
}

is_recent_python() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

choose_python() {
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if is_recent_python "$name"; then
      echo "$name"
      return
    fi
  done
  refuse "Atelier demande Python 3.11 ou plus récent (trouvé : $(python3 --version 2>/dev/null || echo aucun))." \
    "Installez-le, ou indiquez lequel prendre : make run PYTHON=/chemin/vers/python3"
}

create_venv() {
  local python
  [ -x .venv/bin/python ] && { [ -e .venv/.project ] || .venv/bin/python -m pip --version >/dev/null 2>&1; } && return
  python=$(choose_python)
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    refuse "Il manque à Python de quoi créer un environnement. Sous Debian ou Ubuntu :" \
      "sudo apt install python3-venv (ou python3.12-venv, selon la version), puis la même commande à nouveau."
  say "Création de .venv…"
  "$python" -m venv --clear .venv
}

pip_install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }

install_python() { # install_python LOCK
  done_for .venv/.dev requirements-dev.lock && return
  done_for ".venv/.$kind" "$1" && return
  say "Installation des bibliothèques Python ($1)…"
  pip_install --require-hashes -r "$1"
  mark ".venv/.$kind" "$1"
}

install_project() {
  local read=(pyproject.toml scripts/hatch_build.py)
  [ -x .venv/bin/atelier ] && done_for .venv/.project "${read[@]}" && return
  pip_install --no-deps --no-build-isolation --editable .
  mark .venv/.project "${read[@]}"
}

install_node_packages() {
  local read=(package.json package-lock.json .npmrc) omit=(--omit=dev)
  done_for node_modules/.dev "${read[@]}" && return
  done_for "node_modules/.$kind" "${read[@]}" && return
  if [ "$kind" = dev ]; then omit=(); fi
  say "Installation des bibliothèques du navigateur…"
  npm ci --no-progress --loglevel=error "${omit[@]}" >/dev/null
  mark "node_modules/.$kind" "${read[@]}"
}

bundle() {
  local read=(package-lock.json scripts/bundle.mjs scripts/fonts.mjs static/css/tokens.css static/icons/used.txt static/js/*.js static/js/*/*.js)
  done_for static/vendor/.stamp "${read[@]}" && return
  use_node
  install_node_packages
  node scripts/bundle.mjs
  mark static/vendor/.stamp "${read[@]}"
}

use_node() {
  local folder
  folder=$(scripts/find_node.sh)
  export PATH="$folder:$PATH"
}

compile_catalogues() {
  local read=()
  mapfile -t read < <(find locale -name '*.po' 2>/dev/null | sort)
  [ "${#read[@]}" -eq 0 ] && return
  done_for .venv/.catalogues "${read[@]}" && [ -e "${read[0]%.po}.mo" ] && return
  .venv/bin/python scripts/compile_catalogues.py
  mark .venv/.catalogues "${read[@]}"
}

kind=${1:-run}
mkdir -p var
exec 9>var/setup.lock
flock 9

create_venv
if [ "$kind" = dev ]; then
  install_python requirements-dev.lock
  use_node
  install_node_packages
else
  install_python requirements.lock
fi
install_project
bundle
compile_catalogues
