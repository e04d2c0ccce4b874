# Each word does its own set-up; what is already there is not installed again.
#   make run            the demonstration, on this machine       (HALL=1: for the phones of the hall, PORT=8000)
#   make test           every test but the long ones             (ARGS="tests/unit -k vote")
#   make check          formats, types, imports, ceilings
#   make bench, soak    figures; the long proofs
#   make wheel          dist/*.whl, complete
#   make messages       gettext catalogues brought up to date
#   make lock           lock files written again
SHELL := /bin/bash
BIN := .venv/bin
ARGS ?=

.PHONY: run setup dev test test-js check bench soak wheel messages lock

run:
	@scripts/setup.sh run
	@exec $(BIN)/atelier run --demo $(if $(filter-out 0,$(HALL)),--hall) $(if $(PORT),--port $(PORT)) $(ARGS)

setup:
	@scripts/setup.sh run

dev:
	@scripts/setup.sh dev

test: test-js
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

test-js: dev
	@scripts/with_node.sh scripts/test_js.sh

check: dev
	@scripts/with_node.sh scripts/check.sh

bench: dev
	$(BIN)/python bench/run.py $(ARGS)

soak: dev
	$(BIN)/python -m pytest -m soak --timeout 0 $(ARGS) tests

wheel: setup
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

messages: dev
	scripts/messages.sh

lock: # before the set-up, which refuses a lock that says something else than pyproject.toml or package.json
	@[ -x $(BIN)/uv ] || scripts/setup.sh dev
	@scripts/with_node.sh scripts/lock.sh
