"""The WSGI entries: `flask --app wsgi …` and `gunicorn wsgi:app`; `make run` serves `wsgi:prepared()`."""

from flask import Flask

from ops.app import create_app
from ops.core.db import db
from ops.prepare import prepare_house

app = create_app()


def prepared() -> Flask:
    """The application over a prepared house, for a server that loads it once before it starts its workers."""
    with app.app_context():
        prepare_house()
        db.session.remove()
        db.engine.dispose()  # a worker opens connections of its own
    return app
