# run, test, bench, and little else. Every target sets up what it needs and is safe to run again.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test quick bench lint lock set-up set-up-tests clean

help:
	@echo "make run     set everything up and start the site on http://127.0.0.1:$(PORT)/"
	@echo "make test    set everything up and run every check and test"
	@echo "make quick   the fast part of the tests: all but the site, on SQLite alone"
	@echo "make bench   time the costing against a bare loop, LibreOffice and an empty page"
	@echo "make lock    write requirements.txt anew after pyproject.toml was changed"

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch .venv/.installed

node_modules/.installed: package-lock.json
	npm ci --ignore-scripts --no-fund --no-audit --no-update-notifier --loglevel=error
	@touch node_modules/.installed

set-up: .venv/.installed node_modules/.installed

set-up-tests: set-up
	@sh tests/needs.sh

run: set-up
	@$(BIN)/vfm db upgrade
	@$(BIN)/vfm demo --if-empty
	@exec $(BIN)/vfm serve --port $(PORT)

lint: set-up
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-timing 2>/dev/null || $(BIN)/lint-imports

test: set-up-tests lint
	$(BIN)/pytest -n 2 --dist worksteal

quick: set-up
	$(BIN)/pytest -n 2 -m "not slow" -k "not postgresql" --ignore tests/web --ignore tests/browser

bench: set-up-tests
	@sh benchmarks/needs.sh
	$(BIN)/python benchmarks/costing.py
	$(BIN)/python benchmarks/workbook.py
	$(BIN)/python benchmarks/page.py

lock: .venv/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra test -o requirements.txt pyproject.toml

clean:
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache
