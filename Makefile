# Targets for people; `make` prints them. Nothing is installed outside .venv, save the
# system parts of the tests, and those only where the system's package manager allows it.

PYTHON ?= python3
PORT ?= 8080
VENV := .venv
HOSTS := .venv-hosts
DEPLOY := .venv-deploy
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test soak matrix lint types format bench docs lock peers screenshots wheel clean

help: ## print these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "$(PYTHON) has no venv: on Debian, apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what the bot needs ..."
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

$(HOSTS)/stamp: requirements/hosts.txt pyproject.toml | $(BIN)/python
	@echo "installing the hosts of the matrix ..."
	@test -x $(HOSTS)/bin/python || $(BIN)/python -m venv $(HOSTS)
	@$(HOSTS)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/hosts.txt
	@$(HOSTS)/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(DEPLOY)/stamp: requirements/deploy.txt | $(BIN)/python
	@echo "installing what checks the files of deploy/ ..."
	@test -x $(DEPLOY)/bin/python || $(BIN)/python -m venv $(DEPLOY)
	@$(DEPLOY)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/deploy.txt
	@touch $@

run: $(VENV)/run.stamp ## start the demo bot on http://127.0.0.1:8080 (PORT= changes it)
	@$(BIN)/python examples/demo/demo.py --port $(PORT)

test: $(VENV)/dev.stamp $(HOSTS)/stamp $(DEPLOY)/stamp ## install what the tests need, then run everything: tests, ruff, mypy
	@sh scripts/system-parts.sh
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest -q $(TESTS)

soak: $(VENV)/dev.stamp ## hold the promise at length, within an hour: SEED= has an earlier run again
	@sh scripts/system-parts.sh
	@SOAK=1 $(BIN)/python -m pytest -v -s --tb=short $(or $(TESTS),tests/scenarios tests/soak tests/mailboxes)

matrix: $(VENV)/dev.stamp $(HOSTS)/stamp ## every host, and the tests on every Python with the oldest and the newest packages
	@$(BIN)/python scripts/matrix.py
	@sh scripts/system-parts.sh
	@$(BIN)/python scripts/versions.py

lint: $(VENV)/dev.stamp ## ruff and the layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache

types: $(VENV)/dev.stamp ## mypy --strict
	@$(BIN)/mypy --strict src/yizhan

format: $(VENV)/dev.stamp ## put the code in form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## measure and write docs/benchmarks.md: 20 minutes, in which nothing else may run
	@sh scripts/system-parts.sh
	@for name in hotpath flat calls stores; do \
	  $(BIN)/python benchmarks/$$name.py --json $(FOUND)/$$name.json || exit; done
	@for name in wire client; do $(BIN)/python benchmarks/$$name.py || exit; done
	@$(BIN)/python benchmarks/page.py --from $(FOUND)

FOUND := .yizhan/bench

docs: $(VENV)/dev.stamp ## build the documentation as a site, Chinese and English; any warning is an error
	@$(BIN)/python scripts/pages.py

lock: $(VENV)/dev.stamp ## renew the lock files: hashes, no addresses
	@$(BIN)/uv pip compile -q pyproject.toml --extra all requirements/build.in $(LOCK) -o requirements/run.txt
	@$(BIN)/uv pip compile -q pyproject.toml --extra all requirements/build.in requirements/dev.in $(LOCK) -o requirements/dev.txt
	@$(BIN)/uv pip compile -q pyproject.toml requirements/build.in requirements/hosts.in $(LOCK) -o requirements/hosts.txt
	@$(BIN)/uv pip compile -q requirements/deploy.in $(LOCK) -o requirements/deploy.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --upgrade

peers: $(VENV)/dev.stamp ## hold four other frameworks against the suite, each in its own place
	@$(BIN)/python scripts/peers.py

screenshots: $(VENV)/dev.stamp ## draw docs/images anew: the simulator's page in its main states
	@$(BIN)/python scripts/screenshots.py
	@$(BIN)/python scripts/timelines.py

wheel: $(VENV)/run.stamp ## build the wheel and the source distribution into dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@$(BIN)/python scripts/reproducible.py dist

clean: ## remove what was built
	@rm -rf $(VENV) $(HOSTS) $(DEPLOY) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
