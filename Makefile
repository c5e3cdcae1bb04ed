# `make` alone lists what there is. What set-up does is in tools/setup.py, what a start does in tools/run.py.
.DEFAULT_GOAL := help
SHELL := /bin/bash

# Any Python 3.9+ will do to start with; a shim that does not answer is passed over.
PYTHON = $(or $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10 /usr/bin/python3; \
	do "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null && echo "$$python" && break; done), \
	$(error No Python 3.9 or newer answers on the PATH: install one (Debian: apt-get install python3 python3-venv)))
BIN := .venv/bin
DIALOGUE := dialogue/.venv/bin

export RASA_TELEMETRY_ENABLED := false
# Somebody else's modules must not shadow the locked ones.
unexport PYTHONPATH PYTHONHOME
# Without bytecode every start of Rasa compiles TensorFlow again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test walk check lint bench bench-store evaluate evaluate-benchmarks thresholds adapt train setup widget lock format clean

help: ## Lists what one can do (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Starts the desk: set-up, model, database, demo shops, both processes; Ctrl-C stops it
	@$(PYTHON) -m tools.run

test: lint train ## Runs every check and every test (needs no network beyond the packages)
	$(DIALOGUE)/python -m pytest tests/dialogue
	$(BIN)/pytest

walk: setup train ## Sends anything in any order to the desk, 300 turns at a time (takes long; finds what scripts do not)
	$(BIN)/pytest -m walk tests/conversations

check: lint ## Runs the quick checks: lint, types, imports, and the tests that need no running desk
	$(BIN)/pytest -q -m "not slow"

lint: setup ## Looks at the code alone: style, format, types, who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --config-file dialogue/pyproject.toml
	$(BIN)/lint-imports

bench: setup train ## Measures turns of whole claims over HTTP, with Rasa's slow methods replaced and without
	$(BIN)/python -m bench.turns

bench-store: setup ## Measures the console's pages with a million tickets on SQLite and PostgreSQL (takes long)
	$(BIN)/python -m bench.store

evaluate: setup ## Measures how well real messages are understood, beside other pipelines (takes long; writes docs/understanding.md)
	$(DIALOGUE)/python -m dialogue.evaluate

evaluate-benchmarks: setup ## Scores the same classifier on public benchmarks (takes long)
	$(DIALOGUE)/python -m dialogue.benchmarks

thresholds: setup ## Shows what the decision's thresholds cost, by sentences held out of the training (takes long)
	$(DIALOGUE)/python -m dialogue.thresholds

adapt: setup ## Learns the encoder's second reading anew from data/nlu (takes minutes; seldom needed)
	$(DIALOGUE)/python -m dialogue.adapt

train: setup ## Trains the dialogue model if its inputs changed
	@$(DIALOGUE)/python -m dialogue.train

setup: ## Builds both environments if their locks changed (every other target does it too)
	@$(PYTHON) -m tools.setup

widget: ## Builds the chat widget into redress/web/static (needs Node 20 or newer)
	cd widget && npm ci && npm run build

lock: ## Makes the hashed locks again after a change of dependencies (make lock UPGRADE=1: newer versions)
	@$(PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

format: setup ## Formats the code and sorts its imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Removes all that can be made again: environments, model, caches (the database in var/ stays)
	rm -rf .venv dialogue/.venv dialogue/.cache .tools .rasa models/*.tar.gz models/*.json
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
