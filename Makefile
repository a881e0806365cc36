# Two commands on a fresh machine: `make run` and `make test`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP = .venv/bin/python -m pip --quiet --disable-pip-version-check
BUILT = src/daftari/static/built/.made
SOURCES = $(shell find src/daftari/static -name built -prune -o -type f -print) \
	$(shell find src/daftari/locales -name '*.po' 2>/dev/null) src/daftari/web/asset_build.py \
	$(wildcard docs/pictures/install/*.png)

.DEFAULT_GOAL := help
.PHONY: help run demo setup assets test quick check lint fmt wheel check-wheel bench pictures \
	messages data-model lock test-tools clean thorough crash browser

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## set everything up and serve http://localhost:8000
	@echo "A shop that is already full, to look around in: make demo"
	@.venv/bin/daftari serve

demo: setup ## a believable shop with months of entries, and a link to sign in
	@.venv/bin/daftari demo
	@echo
	@echo "  Now: make run, and open the link above (it works once, for ten minutes)."

setup: .venv/.daftari $(BUILT) ## everything into .venv, node_modules and the assets

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Daftari needs Python 3.11 or newer." >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "On Debian: sudo apt-get install python3-venv" >&2; exit 1; }

.venv/.requirements: requirements-dev.lock | .venv/bin/python
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.daftari: pyproject.toml .venv/.requirements
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package-lock.json
	npm ci --ignore-scripts --loglevel=error
	@touch $@

assets: $(BUILT) ## what the browser gets: style, fonts, icons, htmx, catalogues

$(BUILT): $(SOURCES) node_modules/.installed | .venv/.daftari
	.venv/bin/python -m daftari.web.asset_build
	@touch $@

# Every runner always runs, so that one run tells everything. The light tests write into memory:
# what a disk must keep is for the crash tests.
MEMORY = $(if $(wildcard /dev/shm),PYTEST_DEBUG_TEMPROOT=/dev/shm)
SCRIPTS = node --test --test-reporter=spec $(wildcard tests/js/*.test.js)
LIGHT = $(MEMORY) .venv/bin/pytest -n auto --dist worksteal -o tmp_path_retention_policy=failed \
	tests/unit tests/house tests/integration
CRASH = .venv/bin/pytest -n auto --dist worksteal tests/crash
BROWSER = .venv/bin/python scripts/browser_tests.py tests/browser

test: setup test-tools ## every test, unit to browser
	@status=0; $(SCRIPTS) || status=1; $(LIGHT) || status=1; $(CRASH) || status=1; \
		$(BROWSER) || status=1; exit $$status

quick: setup ## unit, house and integration tests, all but the thorough ones, in about a minute
	@status=0; $(SCRIPTS) || status=1; \
		$(LIGHT) --hypothesis-profile=quick -m 'not thorough' || status=1; exit $$status

thorough: setup ## unit, house and integration tests, all of them with every example
	@status=0; $(SCRIPTS) || status=1; $(LIGHT) || status=1; exit $$status

crash: setup test-tools ## the server killed at any moment, the power cut
	$(CRASH)

browser: setup test-tools ## real browsers, with and without a network
	$(BROWSER)

test-tools:
	@scripts/test_tools.sh

check: ## all that CI runs
	@.ci/run

# Two at a time, what each says in one piece, and all of them even where one fails. mypy begins: it takes
# longer than all others. (Workers of its own it loses on a busy machine.)
TOGETHER = $(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target
LINTERS = lint-mypy lint-biome lint-tsc lint-format lint-ruff lint-imports
.PHONY: static $(LINTERS)

lint: setup ## format, lint, types, imports
	@$(TOGETHER) $(LINTERS)

static: setup ## lint and check-wheel, side by side
	@$(TOGETHER) $(LINTERS) check-wheel

lint-mypy:
	.venv/bin/mypy

lint-biome:
	node_modules/.bin/biome ci --error-on-warnings --max-diagnostics=100

lint-tsc:
	node_modules/.bin/tsc

lint-format:
	.venv/bin/ruff format --check

lint-ruff:
	.venv/bin/ruff check

lint-imports:
	.venv/bin/lint-imports

fmt: setup ## put the code into its format
	node_modules/.bin/biome check --write
	.venv/bin/ruff format
	.venv/bin/ruff check --fix

messages: setup ## the catalogues brought up to date with templates and code
	.venv/bin/python scripts/messages.py

data-model: setup ## docs/data-model.md anew from the tables
	.venv/bin/python scripts/data_model.py

wheel: setup ## dist/daftari-….whl, with everything inside
	rm -rf dist
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

check-wheel: wheel ## install the wheel elsewhere and start it
	scripts/check_wheel.sh

bench: setup ## the speeds we promise, as ratios
	.venv/bin/python -m benchmarks

pictures: setup test-tools ## every page in both themes and two widths, into pictures/
	.venv/bin/python -m tests.browser.pictures

lock: setup ## the lock files anew from pyproject.toml (LOCK=--upgrade for newer versions)
	scripts/lock.sh $(LOCK)
	npm install --package-lock-only --ignore-scripts

clean: ## remove what was made; data/ stays
	rm -rf .venv node_modules dist pictures src/daftari/static/built
	find src -name '*.mo' -delete
