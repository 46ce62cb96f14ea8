# Each target first makes sure of what it needs; nothing has to be installed by hand before.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup start test check lint templates migrations deploy lock bench screenshots translations

PYTHON_RUN := .venv/bin/python
WORKERS ?= 2
TESTS ?= tests
PYTEST_ARGS ?=

help: ## Show these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## Prepare .venv alone
	@bin/environment dev

start: setup ## Start the site with its own database and demo data (PORT=8000)
	@bin/system-packages start
	@exec $(PYTHON_RUN) manage.py start

test: setup ## Run the whole suite (TESTS=tests/kern, DATABASE_URL=postgresql://…)
	@bin/system-packages test
	$(PYTHON_RUN) -m pytest -n $(WORKERS) $(TESTS) $(PYTEST_ARGS)

check: lint templates migrations deploy test ## Run all that CI runs

lint:
	@bin/environment dev lint
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports --no-cache

templates:
	@bin/environment dev lint
	.venv/bin/djlint templates --lint

migrations: setup
	$(PYTHON_RUN) manage.py makemigrations --check --dry-run

deploy: setup
	bin/check-deploy

lock: ## Write the pinned lists anew; existing pins stay unless UPGRADE=--upgrade
	@bin/environment dev lint
	bin/lock $(UPGRADE)

translations: setup ## Gather the sentences to translate into locale/ (needs gettext)
	@bin/system-packages test
	bin/translations

bench: setup ## Measure on large data sets
	$(PYTHON_RUN) -m bench $(BENCH_ARGS)

screenshots: setup ## Make the pictures of the documentation
	@bin/system-packages test
	@mkdir -p var/beelden
	SCREENSHOTS=$(CURDIR)/var/beelden $(PYTHON_RUN) -m pytest tests/browser -p no:randomly
	for name in vandaag dossier traject; do cp var/beelden/$$name-1366.png docs/beelden/$$name.png; done
	cp var/beelden/verhaal-1-voorbeeld-1366.png docs/beelden/import.png
