# Every target works alone from a fresh clone: Python 3.11 or newer and make are all it needs.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(p) 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
RUN_STAMP := $(VENV)/.installed-run

.PHONY: install demo test test-all check bench mutants serve lock clean

# Two stamps, so that `make demo` waits for what it runs and not for the tools of development.
$(RUN_STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: no Python found; install Python 3.11 or newer" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than 3.11; say which to use: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "Installing Plenarywatch into $(VENV) (pinned by constraints.txt)"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(STAMP): $(RUN_STAMP)
	@echo "Installing the tools of development into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

install: $(STAMP)

demo: $(RUN_STAMP)
	@$(BIN)/plenarywatch demo

test: $(STAMP)
	@$(BIN)/python -m pytest -n 3 --dist worksteal -m "not slow"

test-all: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP)
	@for benchmark in benchmarks/*.py; do echo "== $$benchmark"; $(BIN)/python $$benchmark || exit 1; done

# How many of a sample of a room's mutants its own tests notice: make mutants ROOM=fetchers
mutants: $(STAMP)
	@test -n "$(ROOM)" || { echo "make: no room named; name one: make mutants ROOM=fetchers" >&2; exit 2; }
	@$(BIN)/python -m tests.mutation $(ROOM)

serve: $(RUN_STAMP)
	@$(BIN)/plenarywatch serve

# Resolve anew and write down what was resolved; read the difference before you commit it.
lock:
	@rm -rf $(VENV)-lock && "$(PYTHON)" -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip install --quiet -e ".[dev]"
	@{ sed -n '/^#/p' constraints.txt; $(VENV)-lock/bin/python -m pip freeze --exclude-editable; } > constraints.new
	@mv constraints.new constraints.txt && rm -rf $(VENV)-lock

clean:
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis demo-run
