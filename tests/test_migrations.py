"""The migrations make exactly what the models say, and go down to nothing and up again, on either database."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from ops.core.db import db
from tests.app_fixtures import make_app
from tests.databases import Databases

NAME = "migrated"


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
