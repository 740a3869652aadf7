"""`flask indicators`: refresh what is stale, and prove that nothing has drifted."""

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import func, select

from ..core.db import db
from .catalogue import metrics
from .fingerprints import mark_changed
from .models import Reading
from .rollup import refresh
from .verification import drifts

indicators_cli = AppGroup("indicators", help="Readings of the figures.")


@indicators_cli.command("refresh")
@with_appcontext
def refresh_all() -> None:
    """Count every stale day again, and every day of a metric that is new or counts otherwise than before."""
    mark_changed()
    click.echo(f"{refresh()} days counted")


@indicators_cli.command("verify")
@with_appcontext
def verify() -> None:
    """Count everything again from the records and print every reading that differs; there must be none."""
    refresh()
    found = list(drifts())
    for drift in found:
        click.echo(drift)
    readings = db.session.scalar(select(func.count()).select_from(Reading))
    click.echo(f"{len(metrics())} metrics, {readings} readings, {len(found)} drifts")
    if found:
        raise SystemExit(1)
