# make demo   see codemod at work on a small repository
# make test   all tests, under five minutes on two cores (PYTHON=python3.13 chooses the interpreter)
# make bench  side by side with the peers, writes BENCHMARKS.md      make realworld  real suites, before and after
#             ARGS=--typing proves modernize-typing on twenty projects (needs a python3.10)
#             ARGS=--kills kills runs at 200 moments: nothing is ever half done
# make check  mypy, ruff                                             make lock       renew requirements.lock

PYTHON ?= python3
VENV   ?= .venv$(patsubst %,-%,$(filter-out python3,$(notdir $(PYTHON))))
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check bench realworld lock clean
.DEFAULT_GOAL := test

# uv when it is there, the standard library's venv and pip otherwise; exactly the locked versions
$(READY): requirements.lock pyproject.toml Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "codemod needs Python 3.11 or newer; choose one with: make PYTHON=python3.12" >&2; exit 2; }
	@echo "setting up $(VENV) ($$($(PYTHON) --version))"
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(READY)

demo: $(READY)
	@$(BIN)/python tests/demo.py

test: $(READY)
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

check: $(READY)
	@$(BIN)/mypy && $(BIN)/ruff check . && $(BIN)/ruff format --check .

bench: $(READY)
	@$(BIN)/python tests/bench/run.py $(ARGS)

realworld: $(READY)
	@$(BIN)/python tests/realworld/run.py $(ARGS)

lock:
	@{ echo "# The environment of make test, make demo and CI. Renew with: make lock"; \
	  uv pip compile --quiet --universal --python-version 3.11 pyproject.toml --group dev \
	    --generate-hashes --no-emit-index-url --no-header; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean:
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache
