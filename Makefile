# Needs make and Python 3.11 or newer; everything else is put into .venv, once.
#   make demo     the whole job on a small invented press
#   make test     the test suite          make check   formatting, lint, types, layers
#   make golden   the golden corpus       make bench   quality and speed on development data
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check golden bench clean
.DELETE_ON_ERROR:

demo: .venv/.ready
	@$(BIN)/pickup demo --html pickup-demo.html

test: .venv/.ready-dev
	$(BIN)/pytest -n auto --dist loadgroup

check: .venv/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

golden: .venv/.ready
	$(BIN)/python tests/golden.py --verbose $(GOLDEN_OPTIONS)

bench: .venv/.ready-bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Pickup needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || echo "Setting up .venv, once: about a minute ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
	  echo "This Python cannot make a virtual environment (on Debian: apt install python3-venv)." >&2; exit 1; }
	@$(PIP) --upgrade 'pip>=25.1'
	@$(PIP) --editable .
	@touch $@

.venv/.ready-dev: .venv/.ready
	@$(PIP) --group dev
	@touch $@

.venv/.ready-bench: .venv/.ready-dev
	@$(PIP) --group bench
	@touch $@
