"""The migrations make exactly what the models say, and go down to nothing and up again, on either database."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from ops.core.access import Actor
from ops.core.db import db
from tests.app_fixtures import make_app
from tests.canteen.factories import make_meal
from tests.databases import Databases
from tests.programmes.factories import stored_programmes
from tests.vehicles.factories import make_departure, make_dispatch

NAME = "migrated"
KEPT = ("vehicle", "trip_request", "dispatch", "departure", "meal", "programme", "indicator", "audit_entry")


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version", "sqlite_sequence"}


def test_the_migrations_go_down_to_nothing_and_up_again_and_make_what_the_models_say(
    app_on_template: object, databases: Databases, worker_name: str, tmp_path: Path
) -> None:
    app = make_app(databases.fresh(f"{worker_name}_{NAME}"), tmp_path)
    with app.app_context():
        assert differences() == []
        everything = tables()
        downgrade(revision="base")
        assert tables() == set()
        upgrade()
        assert tables() == everything
        assert differences() == []
        assert db.session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
        db.session.remove()
        db.engine.dispose()


def test_records_live_through_the_migrations_of_this_release_down_and_up(
    app_on_template: object, databases: Databases, worker_name: str, tmp_path: Path, by: Actor
) -> None:
    """Back to the last release before the parts of vehicles and programmes, and up again, with the work of a day."""
    app = make_app(databases.fresh(f"{worker_name}_{NAME}"), tmp_path)
    with app.app_context():
        make_departure(make_dispatch())
        make_meal()
        stored_programmes()
        before = {name: count(name) for name in KEPT}
        assert all(before.values())
        db.session.remove()
        downgrade(revision="0008")
        assert {name: count(name) for name in KEPT} == before
        upgrade()
        assert {name: count(name) for name in KEPT} == before
        assert differences() == []
        db.session.remove()
        db.engine.dispose()


def count(table: str) -> int:
    """On a connection of its own: an open transaction of the session would hold the tables that are to go."""
    with db.engine.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0
