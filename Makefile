# Everything happens in .venv/; the first `make` that needs it builds it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CODE   := duban flows tasks models notifications

# Both stamps carry in their name what they were made from, so a change of it makes them anew.
KEY      := $(shell { cat pyproject.toml requirements.lock; echo "$(PYTHON) $(CURDIR)"; } | cksum | cut -d ' ' -f 1)
READY    := $(VENV)/.ready-$(KEY)
PREFECT  := $(shell sed -n 's/^prefect==\([^ ]*\).*/\1/p' requirements.lock)
TEMPLATE := var/prefect-template
MIGRATED := $(TEMPLATE)/.prefect-$(PREFECT)

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench format lock clean
.NOTPARALLEL:

help: ## Show these targets
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(READY) $(MIGRATED) ## Build .venv with `duban` in it; quick when nothing changed
	@:

$(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo 'Duban needs Python 3.11 or newer, and "$(PYTHON)" is not. Name one: make PYTHON=python3.13 $(MAKECMDGOALS)' >&2; exit 1; }
	@rm -f $(VENV)/.ready-*
	@v='import sys; print(sys.version_info[:2], sys.base_prefix)'; \
	test "$$($(BIN)/python -c "$$v" 2>/dev/null)" = "$$($(PYTHON) -c "$$v")" || { \
	    echo 'setup: making $(VENV) (a few seconds)'; \
	    $(PYTHON) -m venv --clear $(VENV) || { \
	        echo 'Python cannot make a virtual environment (Debian and Ubuntu: install the package python3-venv).' >&2; exit 1; }; }
	@echo 'setup: installing what requirements.lock pins (the first time half a minute, up to two without uv)'
	@export PIP_DISABLE_PIP_VERSION_CHECK=1; \
	sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p;}' requirements.lock > $(VENV)/uv.txt; \
	if $(BIN)/pip install -qq --require-hashes --only-binary :all: -r $(VENV)/uv.txt \
	    && $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock; then :; \
	else \
	    echo 'setup: uv cannot be had here, going on with pip'; \
	    $(BIN)/pip install -qq --require-hashes --no-deps -r requirements.lock; \
	fi
	@$(BIN)/pip --disable-pip-version-check install -qq --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(MIGRATED): | $(READY)
	@echo 'setup: preparing an empty Prefect database (about 20 seconds, once for each release of Prefect)'
	@rm -rf $(TEMPLATE) && mkdir -p $(TEMPLATE)
	@home='$(CURDIR)/$(TEMPLATE)'; \
	env DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false PREFECT_HOME="$$home" \
	    PREFECT_SERVER_DATABASE_CONNECTION_URL="sqlite+aiosqlite:///$$home/prefect.db" \
	    $(BIN)/prefect server database upgrade -y > $(TEMPLATE)/upgrade.log 2>&1 \
	    || { cat $(TEMPLATE)/upgrade.log >&2; exit 1; }
	@touch $@

demo: setup ## Run the main job on the five plans against a local SMTP server
	@$(BIN)/duban demo

test: setup check ## Every check and test that CI runs
	@echo 'test: running the tests (a few minutes)'
	@# In the order of folders: the slow files come first, and none is left alone at the end.
	@$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: setup ## Format, lint, types and import contracts
	@echo 'check: format and lint'
	@$(BIN)/ruff format --quiet --check . || { echo 'Not formatted; run: make format' >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@echo 'check: types (a minute the first time, then seconds)'
	@$(BIN)/mypy --no-error-summary
	@echo 'check: import contracts'
	@$(BIN)/lint-imports --no-cache > $(VENV)/lint-imports.log 2>&1 || { cat $(VENV)/lint-imports.log >&2; exit 1; }

bench: setup ## The figures
	@$(BIN)/python -m bench

format: setup ## Format the code and mend what can be mended
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

lock: ## Resolve the dependencies anew into requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --quiet --no-config --upgrade --universal --python-version 3.11 \
	    --all-extras --generate-hashes --no-header --output-file requirements.lock

clean: ## Remove what setup and the checks made; your ledger under var/ stays
	@rm -rf $(VENV) $(TEMPLATE) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find $(CODE) tests -name __pycache__ -type d -prune -exec rm -rf {} +
