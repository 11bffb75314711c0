# One-word commands. `make` alone lists them. Nothing here needs root.
#
# The first `make demo` or `make test` makes .venv from requirements/*.txt, hashes checked;
# later ones find it ready, unless a requirement file or pyproject.toml has changed since.

PYTHON ?= python3
UV ?= uv
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
READY_TO_RUN := $(VENV)/.ready-to-run
READY_TO_TEST := $(VENV)/.ready-to-test
PYTEST := $(BIN)/pytest --numprocesses=$(WORKERS)
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command 'make pins'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check slow format lint types contracts spelling docs coverage pins clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY_TO_RUN) ## the shipped case, from a folder of tables to a report
	@$(BIN)/headstamp demo

test: $(READY_TO_TEST) ## all tests
	$(PYTEST)

check: $(READY_TO_TEST) ## format, lint, types, contracts, spelling, and all tests but the slow ones
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell $(SPELLED)
	$(PYTEST) -m 'not slow' --hypothesis-profile=quick

slow: $(READY_TO_TEST) ## the slow tests alone
	$(PYTEST) -m slow

format: $(READY_TO_TEST) ## rewrite the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(READY_TO_TEST) ## ruff, without changing anything
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY_TO_TEST) ## mypy --strict
	$(BIN)/mypy

contracts: $(READY_TO_TEST) ## which room may import which
	$(BIN)/lint-imports --no-logo

SPELLED := $(wildcard *.md) changelog.d docs src tests
spelling: $(READY_TO_TEST) ## spelling of code and documents
	$(BIN)/codespell $(SPELLED)

docs: $(READY_TO_TEST) ## links, commands, codes, settings and words of the documents; doctests
	$(BIN)/codespell $(wildcard *.md) docs
	$(BIN)/pytest tests/house/test_documents.py src

coverage: $(READY_TO_TEST) ## all tests, with the branches that none of them took
	$(PYTEST) --cov --cov-report=term-missing

setup: $(READY_TO_TEST) ## .venv with everything, and nothing else

pins: ## compile requirements/*.txt from *.in anew (needs uv)
	cd requirements && $(COMPILE) run.in --output-file run.txt
	cd requirements && $(COMPILE) test.in --output-file test.txt
	cd requirements && $(COMPILE) bench.in --output-file bench.txt

clean: ## remove what tools left behind, .venv apart
	rm -rf .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
		.ruff_cache build dist htmlcov demo-out
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- setting up ------------------------------------------------------------------------------

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer," \
			"or name one: make PYTHON=python3.12 demo" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "'$(PYTHON)' is $$($(PYTHON) --version 2>&1); Headstamp needs 3.11 or newer." \
			"Name one: make PYTHON=python3.12 demo" >&2; exit 1; }
	@echo 'Setting up .venv: once, about a minute.' >&2
	@$(PYTHON) -m venv --clear $(VENV) >$(VENV).log 2>&1 || { \
		cat $(VENV).log >&2; rm -rf $(VENV) $(VENV).log; \
		echo "'$(PYTHON)' cannot make a virtual environment." \
			"On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@rm -f $(VENV).log

# --no-deps: the files name every package, so pip has nothing to work out.
$(READY_TO_RUN): requirements/run.txt pyproject.toml $(BIN)/python
	@$(PIP) install -qq --require-hashes --no-deps --requirement requirements/run.txt
	@$(PIP) install -qq --no-build-isolation --no-deps --editable .
	@touch $@

$(READY_TO_TEST): requirements/test.txt $(READY_TO_RUN)
	@$(PIP) install -qq --require-hashes --no-deps --requirement requirements/test.txt
	@touch $@
