# Every deed of the repository by one name; the work is in bin/.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-sqlite test-postgresql check format bench

help: ## Print every target with a sentence.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: ## Prepare the environment, the front-end files and the translations; does nothing where nothing changed.
	@bin/setup

run: ## Prepare, fill an empty database with demo data and serve on http://127.0.0.1:8000 (PORT chooses another).
	@bin/run

test: ## Run every check and every test, on SQLite and on PostgreSQL.
	@bin/setup-tests
	@bin/test checks sqlite postgresql

test-sqlite: ## Run the tests on SQLite only.
	@bin/setup-tests
	@bin/test sqlite

test-postgresql: ## Run the tests that touch a database on PostgreSQL only.
	@bin/setup-tests
	@bin/test postgresql

check: ## Check style, types, floors and templates without running a test.
	@bin/setup requirements-dev.txt
	@bin/test checks

format: ## Write the Python code in the one agreed form.
	@bin/setup requirements-dev.txt
	@.venv/bin/python -m ruff check --fix .
	@.venv/bin/python -m ruff format .

bench: ## Measure, and print ratios against limits measured in the same run.
	@bin/setup requirements-dev.txt
	@.venv/bin/python -m bench
