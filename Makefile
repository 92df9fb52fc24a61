# The one door. Each target makes what it needs: Python 3.11 or later and make are enough.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := dev,web,exports,formats,postgres,scale$(if $(filter all,$(TIDENDE_REQUIRE)),$(shell echo ,)consumers)
SEEDS := $(sort $(wildcard examples/vladivostok/*.txt))

.PHONY: help demo test lint bench docs serve clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/.run ## read the two articles of 25 April 2019 and print their record
	@$(BIN)/tidende read --published 2019-04-25 $(SEEDS)

test: $(VENV)/.dev ## run every test, the gate of pinned scores among them
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal
	@echo "measured elsewhere: the larger NTREX set and speed ('make bench')"

lint: $(VENV)/.dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev ## measure every claim and write benchmarks/scoreboard.md
	$(BIN)/python benchmarks/seeds.py --scoreboard
	$(BIN)/python benchmarks/ntrex.py --part A --scoreboard
	$(BIN)/python benchmarks/ntrex.py --part B --scoreboard
	$(BIN)/python benchmarks/ntrex20.py --scoreboard
	$(BIN)/python benchmarks/robust.py --scoreboard
	$(BIN)/python benchmarks/events.py --scoreboard
	$(BIN)/python benchmarks/quotes.py --scoreboard
	$(BIN)/python benchmarks/entities.py --part A --scoreboard
	$(BIN)/python benchmarks/entities.py --part B --scoreboard
	$(BIN)/python benchmarks/names.py --scoreboard
	$(BIN)/python benchmarks/ask.py --languages all --scoreboard
	$(BIN)/python benchmarks/parse.py --scoreboard --save build/names.jsonl
	$(BIN)/python benchmarks/ner.py --scoreboard --record build/names.jsonl
	$(BIN)/python benchmarks/coref.py --scoreboard
	$(BIN)/python benchmarks/parse_speed.py --scoreboard
	$(BIN)/python benchmarks/vectors.py --scoreboard
	$(BIN)/python benchmarks/stories.py --part A --scoreboard
	$(BIN)/python benchmarks/dates.py --others --speed --scoreboard
	$(BIN)/python benchmarks/desk.py --scoreboard
	$(BIN)/python benchmarks/speed.py --scoreboard
	$(BIN)/python benchmarks/scale.py --scoreboard

docs: $(VENV)/.dev ## build the documentation into site/
	$(BIN)/mkdocs build --quiet --strict
	@echo "docs: open site/index.html"

serve: $(VENV)/.dev ## show the two articles in a browser (Ctrl-C ends it)
	@mkdir -p build
	@$(BIN)/tidende add --desk build/demo.db --published 2019-04-25 $(SEEDS)
	@$(BIN)/tidende serve --desk build/demo.db

clean: ## remove what the targets made, the virtual environment too
	rm -rf $(VENV) .venv-peers .venv-dateparser site dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later found; name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "make: python could not make a virtual environment (Debian: apt install python3-venv)" >&2; exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "installing tidende into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "installing tidende and its tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable ".[$(EXTRAS)]"
	@touch $@ $(VENV)/.run
