# EOB Explainer. `make` or `make help` lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: help setup run test bench check lock clean system pictures

help:  ## say what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

setup: $(STAMP) system pictures  ## make .venv with all that run and test need, and the browser for the tests

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh "$(PYTHON)" "$(VENV)"
	@touch $@

run: $(STAMP) pictures  ## serve the page on 127.0.0.1:8000
	@$(BIN)/explainer serve --port $(PORT)

test: setup  ## run every test, the browser's included
	@$(BIN)/ruff check explainer tests bench
	@$(BIN)/mypy
	@$(BIN)/explainer knowledge check
	@VNU_JAR="$(CURDIR)/$(VENV)/vnu.jar" $(BIN)/python -m pytest -q -n auto --dist loadscope

system: $(STAMP)  ## install what the browser tests need, where that is allowed
	@tools/system.sh "$(VENV)"

pictures:  ## install what reading photos and scans needs, where that is allowed
	@tools/pictures.sh

bench: $(STAMP)  ## measure, and print the figures
	@$(BIN)/python -m bench

check: $(STAMP)  ## only the quick checks: style, types, floors, content
	@$(BIN)/ruff check explainer tests bench && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/explainer knowledge check

lock: $(STAMP)  ## pin the dependencies anew
	@$(BIN)/pip install -q pip-tools && $(BIN)/pip-compile -q --upgrade --generate-hashes --no-emit-options --strip-extras --allow-unsafe --extra dev --extra assistant -o requirements.lock pyproject.toml

clean:  ## remove .venv and what tests leave
	@rm -rf $(VENV) test-artifacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
