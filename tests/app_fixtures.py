"""The application on a fresh database for each test, people to act in it, and a browserless client."""

from collections.abc import Iterator, Sequence
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from ops.app import FEATURES, create_app
from ops.core.access import Actor
from ops.core.config import Settings
from ops.core.db import db
from ops.core.feature import Feature
from ops.core.language import compile_catalogues
from ops.people.roles import Role
from ops.prepare import load_reference
from tests.databases import Databases
from tests.factories import make_user


class SeparateClient(FlaskClient):
    """Each request in a context of its own, as in the server, though the test itself stands in one."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("buffered", True)  # an answer that flows is read to its end while its context is there
        answer = Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        return answer


@pytest.fixture(scope="session")
def app_on_template(databases: Databases, worker_name: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application per worker; its database is replaced before each test."""
    compile_catalogues()
    databases.make_template(lambda url: _build(url, tmp_path_factory.mktemp("template")))
    return make_app(databases.fresh(worker_name), tmp_path_factory.mktemp("instance"))


def make_app(url: str, instance: Path, demo: bool = False, features: Sequence[Feature] = FEATURES) -> Flask:
    settings = Settings(instance=instance, database_url=url, secret_key="for tests only", demo=demo, testing=True)
    app = create_app(settings, features)
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = SeparateClient
    return app


def _build(url: str, instance: Path) -> None:
    app = make_app(url, instance)
    with app.app_context():
        upgrade()
        load_reference()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(app_on_template: Flask, databases: Databases, worker_name: str) -> Iterator[Flask]:
    """The application with tables and reference data only, inside an application context."""
    with app_on_template.app_context():
        db.engine.dispose()
        databases.fresh(worker_name)
        yield app_on_template
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Someone who has not signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> "SignIn":
    return SignIn(app)


class SignIn:
    """`sign_in(Role.DISPATCHER)` gives a client who acts as that role."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, *roles: Role, unit_id: int | None = None) -> FlaskClient:
        user = make_user(*roles, unit_id=unit_id)
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = str(user.id)
            session["_fresh"] = True
        return client


@pytest.fixture
def by() -> Actor:
    """Someone who acts in services; services ask nobody's permission."""
    return Actor(None, "测试员", address="127.0.0.1")
