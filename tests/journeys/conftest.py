"""The demo year 2022, made once for all tests of this folder."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ops.core.db import db
from ops.prepare import make_demo
from tests.app_fixtures import make_app
from tests.databases import Databases


@pytest.fixture(scope="module")
def year_2022(
    app_on_template: Flask, databases: Databases, worker_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application over a database of its own that holds the demo year 2022."""
    del app_on_template  # its template is what the copy is made from
    app = make_app(databases.fresh(f"{worker_name}_2022"), tmp_path_factory.mktemp("year"), demo=True)
    with app.app_context():
        make_demo(2022)
        yield app
        db.session.remove()
        db.engine.dispose()
    databases.drop(f"{worker_name}_2022")
