"""`flask indicators`: refresh what is stale, and prove that nothing has drifted."""

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import func, select

from ..core import files
from ..core.db import db
from ..core.files import Attachment
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
    """Count everything again from the records and look for every kept file; print each reading that differs and each
    file that is missing or altered. There must be none.
    """
    refresh()
    found = list(drifts())
    for drift in found:
        click.echo(drift)
    readings = db.session.scalar(select(func.count()).select_from(Reading))
    click.echo(f"{len(metrics())} metrics, {readings} readings, {len(found)} drifts")
    torn = list(files.faults())
    for fault in torn:
        click.echo(fault)
    click.echo(f"{db.session.scalar(select(func.count()).select_from(Attachment))} kept files, {len(torn)} faults")
    if found or torn:
        raise SystemExit(1)
