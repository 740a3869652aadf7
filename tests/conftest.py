"""Fixtures of every test."""

pytest_plugins = ["tests.database_fixtures", "tests.app_fixtures", "tests.browser_fixtures"]
