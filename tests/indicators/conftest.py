"""The application with the sample feature beside the real ones."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ops.app import FEATURES
from ops.core.db import db
from tests.app_fixtures import SignIn, make_app
from tests.databases import Databases
from tests.indicators import sample


class Book:
    """An application whose database can be thrown away for a new one: `open` and `close` around each of many runs."""

    def __init__(self, app: Flask, databases: Databases, name: str) -> None:
        self.app, self.databases, self.name = app, databases, name

    def open(self) -> None:
        self.context = self.app.app_context()
        self.context.push()
        db.engine.dispose()
        self.databases.fresh(self.name)
        sample.create_tables()

    def close(self) -> None:
        db.session.remove()
        db.engine.dispose()
        self.context.pop()


@pytest.fixture(scope="session")
def sample_book(
    app_on_template: Flask, databases: Databases, worker_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Book:
    """`app_on_template` has made the template that this one's databases are copies of."""
    name = f"{worker_name}_sample"
    instance = tmp_path_factory.mktemp("sample")
    app = make_app(databases.fresh(name), instance, features=(*FEATURES, sample.FEATURE))
    return Book(app, databases, name)


@pytest.fixture
def book(sample_book: Book) -> Iterator[Flask]:
    """The application with the sample feature on a fresh database, inside an application context."""
    sample_book.open()
    yield sample_book.app
    sample_book.close()


@pytest.fixture
def sign_in_to_book(book: Flask) -> SignIn:
    return SignIn(book)
