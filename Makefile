.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip -qq
LOCK := $(VENV)/tools/bin/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url \
	--no-emit-find-links --no-header --universal --python-version 3.11 pyproject.toml
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/qcdc.po))
PYTEST ?= -n 2 --dist loadfile

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- What people type -------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.runtime $(CATALOGUES) ## Start everything on this machine, with a demo province if empty
	@mkdir -p var
	@$(BIN)/qcdc migrate
	@$(BIN)/qcdc demo --if-empty
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/honcho start

.PHONY: test
test: install browser ## Run the tests, on SQLite and on PostgreSQL
	@$(BIN)/pytest $(PYTEST)

.PHONY: sure
sure: ## Run everything that CI runs
	@bash .ci/run

.PHONY: migrate
migrate: $(VENV)/.runtime ## Bring the database to the newest tables
	@mkdir -p var
	@$(BIN)/qcdc migrate

.PHONY: translate
translate: $(VENV)/.runtime ## Collect the Vietnamese sentences, update locales/*/*.po, compile them
	@$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --output-file locales/qcdc.pot \
		--project qcdc --msgid-bugs-address "see CONTRIBUTING.md" --add-location file --sort-output --width 100 .
	@$(BIN)/pybabel --quiet update --input-file locales/qcdc.pot --output-dir locales --domain qcdc \
		--ignore-pot-creation-date --ignore-obsolete --no-fuzzy-matching --width 100
	@$(MAKE) catalogues

.PHONY: lock
lock: $(VENV)/tools ## Choose versions anew within pyproject.toml; UPGRADE=--upgrade for the newest
	@$(LOCK) $(UPGRADE) --group build --output-file requirements.txt
	@$(LOCK) $(UPGRADE) --group build --group dev \
		--constraint requirements.txt --output-file requirements-dev.txt
	@$(LOCK) $(UPGRADE) --group build --group dev --group bench \
		--constraint requirements-dev.txt --output-file requirements-bench.txt

.PHONY: install
install: $(VENV)/.dev $(CATALOGUES) ## Make .venv with everything that development needs

.PHONY: bench
bench: install ## Add the libraries that benchmarks compare with
	@$(PIP) install --require-hashes --requirement requirements-bench.txt

.PHONY: browser
browser: ## Install Debian's Chromium for the browser tests, where that is possible
	@if command -v chromium >/dev/null; then :; \
	elif ! command -v apt-get >/dev/null; then \
		echo "browser: skipped: no chromium here, and no apt-get to install it"; \
	elif [ "$$(id -u)" != 0 ]; then \
		echo "browser: skipped: no chromium here; install it as root: apt-get install chromium"; \
	elif ! (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes \
		--no-install-recommends chromium </dev/null) >/tmp/qcdc-browser.log 2>&1; then \
		echo "browser: skipped: apt-get could not install chromium:"; tail -n 3 /tmp/qcdc-browser.log; \
	fi

.PHONY: clean
clean: ## Remove what make made, except var/ with the data
	@rm -rf $(VENV) dist htmlcov mutants .coverage* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache $(CATALOGUES)

# --- How it comes about -----------------------------------------------------------------------

.PHONY: catalogues
catalogues: $(CATALOGUES)

%.mo: %.po | $(VENV)/.runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "qcdc needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
			"Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what the software needs into $(VENV) ..."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what development needs into $(VENV) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

$(VENV)/tools: | $(VENV)/.made
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip -qq install uv
