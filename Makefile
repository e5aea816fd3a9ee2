# What there is: `make`. A target's line in the help stands behind its name.
# make demo   see codemod at work on a small repository
# make test   all tests, under five minutes on two cores (PYTHON=python3.13 chooses the interpreter)
# make bench  side by side with the peers, writes BENCHMARKS.md
#             ARGS="--beside PATH/bin/codemod" pairs each row with another installation instead
# make realworld  real suites, before and after
#             ARGS=--typing proves modernize-typing on twenty projects (needs a python3.10)
#             ARGS=--kills kills runs at 250 moments: nothing is ever half done
#             ARGS=--mocks counts which AsyncMocks async-mock brings back to six suites
#             ARGS=--fixtures asks pytest which fixture each test of four suites gets
#             ARGS=--verify plants three harmful changes among 200: the tests of a project find them
#             ARGS=--narrow proves narrow-except: recover, mutants, suites, apps, or all four
#             ARGS=--split splits modules of twenty projects, with --stdlib of the standard library
#             ARGS=--rename renames symbols of three projects there and back, beside jedi
#             ARGS=--moves moves definitions of three projects to another module and back
#             ARGS=--knowledge shows the knowledge base beside those of deal and RaiseAttention
#             ARGS=--many runs a batch over fifty repositories, three of which fail
#             ARGS=--forge has Prism judge the fake GitHub of the tests (needs node and npm)
#             ARGS=--batches fails every request of a batch, kills it, moves its base
#             ARGS=--names asks mypy what 600 names of three projects mean (--all: every name)
# make check  mypy, ruff                                             make lock       renew requirements.lock

PYTHON ?= python3
VENV   ?= .venv$(patsubst %,-%,$(filter-out python3,$(notdir $(PYTHON))))
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
INSTALL = $(if $(shell command -v uv 2>/dev/null),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)

.PHONY: help demo test check bench realworld lock clean
.DEFAULT_GOAL := help

help: ## show this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name told; do \
	  printf 'make %-10s %s\n' "$$name" "$$told"; done
	@echo "PYTHON=python3.13 chooses the interpreter; all but lock and clean set up $(VENV) first"

# uv when it is there, the standard library's venv and pip otherwise; exactly the locked versions
$(READY): requirements.lock pyproject.toml Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "codemod needs Python 3.11 or newer; choose one with: make PYTHON=python3.12" >&2; exit 2; }
	@echo "1/3 making $(VENV) ($$($(PYTHON) --version))"
	@if command -v uv >/dev/null 2>&1; then uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" $(VENV); \
	else $(PYTHON) -m venv $(VENV); fi
	@echo "2/3 installing $$(grep -c == requirements.lock) packages, the versions of requirements.lock"
	@$(INSTALL) --require-hashes -r requirements.lock
	@echo "3/3 installing codemod itself, as it lies here"
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY) ## see codemod at work on a small repository
	@$(BIN)/python tests/demo.py

test: $(READY) ## all tests, under five minutes on two cores; ARGS="-k name" chooses
	@$(BIN)/python -m pytest -q -n 3 --dist worksteal $(ARGS)

check: $(READY) ## types and style: mypy, ruff
	@$(BIN)/mypy && $(BIN)/ruff check . && $(BIN)/ruff format --check .

bench: $(READY) ## side by side with the peers; writes BENCHMARKS.md
	@$(BIN)/python tests/bench/run.py $(ARGS)

realworld: $(READY) ## real suites before and after; ARGS: see tests/realworld/run.py
	@$(BIN)/python tests/realworld/run.py $(ARGS)

lock: ## renew requirements.lock (needs uv)
	@command -v uv >/dev/null 2>&1 || { echo "make lock needs uv: https://docs.astral.sh/uv" >&2; exit 2; }
	@echo "asking the index for the newest versions"
	@{ echo "# The environment of make test, make demo and CI. Renew with: make lock"; \
	  uv pip compile --quiet --universal --python-version 3.11 pyproject.toml --group dev \
	    --generate-hashes --no-emit-index-url --no-header; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean: ## remove the environments and caches
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache
