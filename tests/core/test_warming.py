"""What is read once when a server starts; a house without tables starts all the same."""

from pathlib import Path

from flask import Flask
from sqlalchemy import event

from ops.core.db import db
from ops.core.warming import warm
from tests.app_fixtures import make_app


def test_each_feature_reads_once_what_is_read_most(app: Flask) -> None:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    assert warm(app)
    event.remove(db.engine, "before_cursor_execute", note)
    assert any("FROM dispatch" in statement for statement in seen)
    assert not any(statement.startswith(("INSERT", "UPDATE", "DELETE")) for statement in seen)


def test_a_house_without_tables_starts_all_the_same(tmp_path: Path) -> None:
    assert not warm(make_app(f"sqlite:///{tmp_path}/empty.db", tmp_path))
