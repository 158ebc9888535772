# Every target sets up .venv by itself, and only when it is missing or its requirements have changed.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help
help:    ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-deps aqt
	@touch $@

.PHONY: deck
deck: $(READY)    ## Build the deck and the quiz of corpus/speech.md into decks/speech/
	$(BIN)/flashcards build decks/speech.toml

.PHONY: test
test: $(READY)    ## Run the tests
	$(BIN)/python -m pytest

.PHONY: check
check: $(READY)    ## Lint, check types, and see that generated files are fresh
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tools/cli_reference.py --check

.PHONY: bench
bench: $(READY)    ## Measure quality on the gold data and speed against a baseline, into bench/results/
	$(BIN)/python -m bench

.PHONY: accept
accept: $(READY)    ## Run the tests and take their output as the new golden files
	$(BIN)/python -m pytest --accept

.PHONY: clean
clean:    ## Remove everything that was built or cached here
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find decks -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
