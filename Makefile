# `make` lists what can be done. CI calls `make test` and nothing else.
PYTHON ?= python3
BIN := .venv/bin
ASSETS := .build/assets
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header pyproject.toml --group setup
LINTED := src tests bench tools conftest.py
# apt and useradd are in sbin, which is not on everybody's path.
export PATH := $(CURDIR)/$(BIN):$(PATH):/usr/sbin:/sbin
export DEBIAN_FRONTEND := noninteractive
.DEFAULT_GOAL := help
.PHONY: help demo test check format types arrows templates migrations pages fix bench docs lock setup setup-dev assets \
	chromium validator

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 16

demo: setup assets ## set up everything and run it with an invented partnership
	@exec wayhome demo $(ARGS)

test: check chromium validator ## everything that must pass, with the set-up it needs
	pytest $(ARGS)

check: setup-dev assets ## format, lint, types, architecture, templates, migrations, generated pages
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target types pages templates arrows migrations format

format:
	ruff format --check $(LINTED)
	ruff check $(LINTED)
types:
	mypy
arrows:
	lint-imports
templates:
	djlint --quiet --lint src
migrations:
	DJANGO_SETTINGS_MODULE=wayhome.config.tests.settings python -W ignore -m django makemigrations --check --dry-run
pages:
	python tools/generated_pages.py --check

fix: setup-dev ## everything a machine can fix
	ruff check --fix $(LINTED)
	ruff format $(LINTED)
	djlint --quiet --reformat src

bench: setup-dev assets ## measure, side by side with peers and limits
	python -m bench $(ARGS)

docs: setup-dev ## write the generated pages anew
	python tools/generated_pages.py

lock: setup-dev ## take newer packages, at least a week old
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --upgrade --group dev --output-file requirements-dev.lock

setup: ## the Python environment, for running
	@$(PYTHON) tools/setup.py run

setup-dev: ## the Python environment, for developing
	@$(PYTHON) tools/setup.py dev

assets: setup $(ASSETS) ## the styles and scripts of the pages

$(ASSETS): package.json package-lock.json requirements.lock $(shell find src/wayhome/web/assets -type f)
	@python tools/assets.py
	@mkdir -p $(@D) && touch $@

chromium: ## the browser of the journeys, where apt may install it
	@command -v chromium-headless-shell >/dev/null \
		|| { apt-get update -q && apt-get install -qy --no-install-recommends chromium-headless-shell; } \
		|| command -v chromium >/dev/null || apt-get install -qy --no-install-recommends chromium \
		|| echo "wayhome: no Chromium here, and apt may not install it: the journeys cannot run." >&2

validator: setup-dev ## the independent validator of the looked-after return, where Python 3.11 is at hand
	@{ uv venv -q --allow-existing --python 3.11 .build/validator \
		&& uv pip sync -q --system-certs --python .build/validator/bin/python --require-hashes tests/validator/requirements.lock; } \
		|| { rm -rf .build/validator; echo "wayhome: no validator without Python 3.11 and the network: its tests are left out." >&2; }
