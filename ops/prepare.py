"""`flask prepare`: what `make run` needs before it serves: tables, reference data and, in demo mode, the demo years."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from .core.db import transaction
from .core.ledger import Ledger


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the tables up to date and load the reference data; safe to repeat."""
    upgrade()
    load_reference()


def load_reference() -> None:
    ledger: Ledger = current_app.extensions["ledger"]
    for feature in ledger.features:
        for load in feature.reference:
            with transaction():
                load()
