# One command each: `make demo`, `make test`, `make lint`. Everything happens in .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Says that the packages are installed; made anew when what is asked for changes.
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt
DEMO := $(wildcard assets/demo/*.txt)
PYTEST_ARGS ?=
BENCH_ARGS ?=

.PHONY: help setup demo test bench lint format wheel clean

help:
	@echo "make demo    redact the texts in assets/demo with the pipeline that ships"
	@echo "make test    run the tests (PYTEST_ARGS='-k mask' for some, '--slow' for more)"
	@echo "make bench   measure speed and memory, 26 minutes (BENCH_ARGS=--quick: 3)"
	@echo "make lint    check style, types, and who imports whom"
	@echo "make format  put the code in its standard form"
	@echo "make wheel   build the wheel into dist/"
	@echo "make clean   remove what the others made, but not $(VENV)"

setup: $(STAMP)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# torch comes first and alone, so that no other package chooses its build.
$(STAMP): setup.cfg pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) torch
	$(PIP) -e '.[torch,mlx,onnx,test]'
	@touch $@

$(DEV_STAMP): $(STAMP)
	$(PIP) -e '.[torch,mlx,onnx,test,dev]'
	@touch $@

demo: $(STAMP)
	@for text in $(DEMO); do \
		echo "=== $$text"; \
		$(BIN)/python -m spacy privacy-filter redact "$$text" || exit 1; \
	done

test: $(STAMP)
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

bench: $(STAMP)
	$(BIN)/python benchmarks/bench.py $(BENCH_ARGS)

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(DEV_STAMP)
	$(BIN)/python -m build --wheel

clean:
	rm -rf build dist *.egg-info corpus training metrics packages .pytest_cache .mypy_cache .ruff_cache .hypothesis
