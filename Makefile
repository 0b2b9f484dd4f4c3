# Madoguchi: every command of this repository. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test env lint lock shots bench soak package system-run system-test system-package clean

PY := .venv/bin/python
UV = $(or $(wildcard .venv/bin/uv),uv)
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1

help: ## lists these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## sets up what is missing, opens the counter in training mode
	@if [[ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" && "$$(uname -s)" != Darwin ]]; then \
	  echo "There is no screen here; \`make shots\` draws every screen into build/shots/ instead."; \
	else \
	  $(MAKE) --no-print-directory system-run env && exec $(PY) -m app --training $(ARGS); \
	fi

test: system-test env ## sets up what is missing, runs everything that must hold
	$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder --no-skips --durations=15 $(ARGS)

env: ## makes .venv from the locks, nothing else
	@installer/env.sh

lint: env ## format, lint, types (also for Windows), import contracts, wheels for Windows
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m mypy --platform win32
	.venv/bin/lint-imports
	for version in 3.11 3.13; do \
	  $(UV) pip install -q --dry-run --python-platform x86_64-pc-windows-msvc --python-version $$version \
	    --only-binary :all: --require-hashes --target build/windows -r requirements/run.lock; done

lock: env ## makes the locks anew from pyproject.toml (no index address gets into them)
	for name in run dev; do \
	  $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --extra client --extra server $$([[ $$name == run ]] || echo --extra dev) \
	    $(LOCKARGS) pyproject.toml -o requirements/$$name.lock; done
	echo 'atheris>=3,<3.1; sys_platform == "linux"' | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links - -o requirements/fuzz.lock

shots: system-run env ## a PNG of every screen in every state, into build/shots/
	$(PY) -m app.ui.shots build/shots $(ARGS)

bench: env ## one JSON object of figures: NAME=start|card|city|codes|distribution|exchange|session|ledger|preview|registers|replica|accesses|window [SMALL=1] [ENGINE=sqlcipher|postgresql]
	@$(PY) -m bench "$(NAME)" $(if $(SMALL),--small) --engine "$(or $(ENGINE),sqlcipher)"

soak: system-test env ## the long fault and endurance runs, with counts as JSON
	@$(PY) -m pip install -q --disable-pip-version-check --no-input --require-hashes -r requirements/fuzz.lock >&2
	@$(PY) -m bench soak $(if $(SMALL),--small) --engine "$(or $(ENGINE),sqlcipher)"

package: system-test env ## the counter as a folder that needs no Python, and as a .deb, into dist/, and tries them
	$(PY) installer/build.py
	$(PY) -m pytest tests/frozen --no-skips

system-run:
	@installer/setup.sh env run
system-test:
	@installer/setup.sh env run test package
system-package:
	@installer/setup.sh env run package

clean: ## removes what was made, but not .venv
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
