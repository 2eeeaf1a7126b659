# `make build`, `make test` and `make test-all` on a fresh clone do all the set-up; a second run does none.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:

# Images of build machines often set it; every command that a test starts would then compile all of planbook again.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_TEST := $(VENV)/.ready-test
# The tests to run instead of all, slow ones too, as in `make test TESTS=tests/editor`.
TESTS ?=
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

FUZZ :=

.PHONY: build test test-all check fuzz format golden bench bench-quick docs wheel lock clean help

build: $(READY) ## check the plan and write all outputs to out/
	$(BIN)/planbook check
	$(BIN)/planbook build

test: $(READY_TEST) check ## lint, types, layers and all tests but the slow ones: for every change, in some minutes
	$(PYTEST) $(if $(TESTS),$(TESTS),-m "not slow")

test-all: $(READY_TEST) check fuzz ## everything that has to hold, as in CI: browsers, servers and crashes as well
	$(PYTEST) $(TESTS)

check: $(READY_DEV) ## lint, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fuzz: $(READY_DEV) ## thousands of changed plans against PyYAML; FUZZ="--files 10000 --seed 7" for others
	$(BIN)/python -m tests.fuzz $(FUZZ)

format: $(READY_DEV) ## bring the code into its form, and mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

golden: $(READY_TEST) ## write the golden files of the tests again; look at the difference in git before you commit
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/test_data.py tests/views tests/comparison/test_table.py tests/pdf/test_typesetter.py
	$(BIN)/python -m tests.layout.test_book

bench: $(READY_DEV) ## how fast, beside peers, on plans of up to 64 times the size; writes docs/benchmarks.md
	$(BIN)/python -m bench.run

bench-quick: $(READY_DEV) ## the same on the real plan alone, in about two minutes
	$(BIN)/python -m bench.run --quick

docs: $(READY_DEV) ## write the generated files again, and the site of the documentation into site/
	$(BIN)/python -m planbook.rules.catalogue
	$(BIN)/python tools/schemas.py
	$(BIN)/python tools/installing.py
	$(BIN)/python tools/gallery.py
	$(BIN)/python tools/site.py

wheel: $(READY) ## build the wheel and the sdist into dist/
	$(BIN)/python -m hatchling build --directory dist

lock: ## choose the newest allowed versions again
	tools/lock

clean: ## remove what was made, the outputs too
	rm -rf $(VENV) dist site out/*.pdf out/*.html

$(READY): requirements.lock pyproject.toml tools/setup
	tools/setup $(VENV) requirements.lock
	touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	touch $@

$(READY_TEST): tools/setup-tests tools/packages.sh $(READY_DEV)
	tools/setup-tests
	touch $@

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1	\2/p' $(MAKEFILE_LIST) | expand -t 14
