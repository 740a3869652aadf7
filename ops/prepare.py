"""Starting a house: tables, reference data and, on wish, a demo year."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from .core import audit
from .core.audit import AuditEntry
from .core.db import db, transaction
from .core.demo import DemoYear
from .core.ledger import Ledger
from .core.period import year as whole_year
from .core.workcalendar import load_calendar, working_days
from .indicators.fingerprints import mark_changed
from .indicators.rollup import refresh
from .people.models import Unit

DEMO_YEARS = (2022, 2023)


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Tables up to date, reference data, and in demo mode the demo years when the database is empty. Safe to repeat."""
    prepare_house()


def prepare_house() -> None:
    upgrade()
    load_reference()
    mark_changed()
    if ledger().settings.demo and db.session.scalar(select(Unit.id).limit(1)) is None:
        for year in DEMO_YEARS:
            make_demo(year)


@click.command("demo")
@click.option("--year", type=click.IntRange(2020, 2026), required=True)
@with_appcontext
def demo(year: int) -> None:
    """Make a year of demo records, clearly marked; the same year always comes out alike."""
    load_reference()
    if db.session.scalar(select(Unit.id).where(Unit.demo.is_(False)).limit(1)):
        raise click.ClickException("this database holds real units; demo records do not belong among them")
    if db.session.scalar(select(AuditEntry.id).where(AuditEntry.subject == f"demo:{year}").limit(1)):
        click.echo(f"the demo year {year} is there already; nothing changed")
        return
    make_demo(year)


def load_reference() -> None:
    for load in (load_calendar, *(load for feature in reversed(ledger().features) for load in feature.reference)):
        with transaction():
            load()


def make_demo(year: int) -> None:
    """Every feature's part in one transaction, all or nothing; then the readings."""
    made = DemoYear(year, working_days(whole_year(year)))
    with transaction():
        for feature in reversed(ledger().features):
            if feature.demo:
                click.echo(f"{year}: {feature.name}")
                feature.demo(made)
        audit.record("demo.year.made", f"demo:{year}", made.by)
    click.echo(f"{year}: {refresh()} daily readings")


def ledger() -> Ledger:
    found: Ledger = current_app.extensions["ledger"]
    return found
