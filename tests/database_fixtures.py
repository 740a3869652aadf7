"""The test run's databases as fixtures; `tests/conftest.py` names this module in `pytest_plugins`."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.databases import Databases, chosen_kind, open_databases, run_folder


def pytest_configure(config: pytest.Config) -> None:
    """Start the run's database once: xdist workers inherit the folder from the process that started them."""
    if hasattr(config, "workerinput"):
        return
    resources = ExitStack()
    folder = resources.enter_context(run_folder(chosen_kind()))
    os.environ["TEST_DATABASE_FOLDER"] = str(folder)
    config.add_cleanup(resources.close)


def pytest_report_header() -> str:
    return f"database: {chosen_kind()}"


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Copies of the run's template; `TEST_DATABASE` chooses the kind."""
    opened = open_databases(chosen_kind(), Path(os.environ["TEST_DATABASE_FOLDER"]))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Names this process among the run's workers, and so its own database."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
