# `make build` and `make test` on a fresh clone do all the set-up; a second run does none.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.PHONY: build check test bench bench-quick docs lock clean

build: $(READY) ## check the plan and write all outputs to out/
	$(BIN)/planbook check
	$(BIN)/planbook build

test: check ## everything that has to hold: lint, types, layers, tests
	$(BIN)/python -m pytest

check: $(READY_DEV) ## lint, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(READY_DEV) ## how fast, beside peers, on plans of up to 64 times the size; writes docs/benchmarks.md
	$(BIN)/python -m bench.run

bench-quick: $(READY_DEV) ## the same on the real plan alone, within a minute
	$(BIN)/python -m bench.run --quick

docs: $(READY_DEV) ## write the generated files again
	$(BIN)/python -m planbook.rules.catalogue

lock: ## choose the newest allowed versions again
	tools/lock

clean: ## remove what was made, the outputs too
	rm -rf $(VENV) dist out/*.pdf out/*.html

$(READY): requirements.lock pyproject.toml tools/setup
	tools/setup $(VENV) requirements.lock
	touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	touch $@
