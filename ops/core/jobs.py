"""The timetable: one scheduler leads, each job runs once for each time it was due, and can be told which day."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import click
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import create_engine, delete, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import NullPool

from . import clock
from .db import Base, db, transaction
from .feature import Job

LOCK_KEY = 20230706
WATCH_SECONDS = 1.0
KEPT_OF_INTERVALS = timedelta(days=2)
jobs_cli = AppGroup("jobs", help="The timetable.")


class JobRun(Base):
    """任务记录: one run of a job for the time it was due; the key lets no second run in."""

    __tablename__ = "job_run"
    tracked = False

    job: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


def run(job: Job, due_at: datetime) -> bool:
    """Run the job for the day it is due for, unless another process did. False when it was done already."""
    try:
        with transaction() as session:
            session.execute(insert(JobRun).values(job=job.name, due_at=due_at, started_at=clock.now()))
    except IntegrityError:
        return False
    outcome = "done"
    try:
        job.run(job.works_for(due_at))
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}"
        raise
    finally:
        with transaction() as session:
            session.get_one(JobRun, (job.name, due_at)).ended_at = clock.now()
            session.get_one(JobRun, (job.name, due_at)).outcome = outcome
            _forget_old(job, due_at)
    return True


def _forget_old(job: Job, due_at: datetime) -> None:
    """A job of every few minutes leaves two days of what went well; what failed stays."""
    if job.every is not None:
        old = (JobRun.job == job.name, JobRun.due_at < due_at - KEPT_OF_INTERVALS, JobRun.outcome == "done")
        db.session.execute(delete(JobRun).where(*old))


def timetable() -> list[Job]:
    found: list[Job] = current_app.extensions["ledger"].jobs
    return sorted(found, key=lambda job: (job.every is not None, job.hour, job.minute, job.name))


@jobs_cli.command("list")
@with_appcontext
def list_jobs() -> None:
    """Print when each job runs."""
    for job in timetable():
        click.echo(f"{job.when:<5}  {job.name}")


@jobs_cli.command("run")
@click.argument("name")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day to work for; yesterday by default.")
@with_appcontext
def run_now(name: str, day: datetime | None) -> None:
    """Run one job now, for a day."""
    for job in timetable():
        if job.name == name:
            job.run((day or clock.now() - timedelta(days=1)).date())
            return
    raise click.ClickException(f"no job is called {name}; see flask jobs list")


@jobs_cli.command("serve")
@with_appcontext
def serve() -> None:
    """Wait for leadership, then keep the timetable until it is lost."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    while True:
        with leadership() as holds:
            click.echo("leading the timetable")
            keep_timetable(app, holds)


def keep_timetable(app: Flask, holds: Any) -> None:
    """Run the timetable as long as `holds()` is true; first what fell due while nobody led."""
    for job in timetable():
        _catch_up(app, job)
    scheduler = BackgroundScheduler(timezone=str(clock.SITE_ZONE))
    for job in timetable():
        due = {"hour": job.hour, "minute": job.minute} if job.every is None else {"minute": job.when}
        scheduler.add_job(
            _due, "cron", [app, job], id=job.name, coalesce=True, max_instances=1, misfire_grace_time=3600, **due
        )
    scheduler.start()
    try:
        while holds():
            time.sleep(WATCH_SECONDS)
    finally:
        scheduler.shutdown(wait=False)


def _due(app: Flask, job: Job) -> None:
    with app.app_context():
        run(job, last_due(job, clock.now()))


def _catch_up(app: Flask, job: Job) -> None:
    """A fault of one job is told and keeps neither the others nor the timetable from running."""
    try:
        _due(app, job)
    except Exception:
        app.logger.exception("job %s failed", job.name)


def last_due(job: Job, now: datetime) -> datetime:
    """When the job fell due last; a run that begins after midnight still belongs to the evening before."""
    if job.every is not None:
        return now.replace(minute=now.minute - now.minute % job.every, second=0, microsecond=0)
    today = now.replace(hour=job.hour, minute=job.minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


@contextmanager
def leadership() -> Iterator[Any]:
    """Wait until this process alone leads; gives a function that tells whether it still does."""
    if db.engine.dialect.name == "postgresql":
        yield from _lead_by_advisory_lock()
    else:
        yield from _lead_by_file()


def _lead_by_file() -> Iterator[Any]:
    path = current_app.extensions["ledger"].settings.instance / "scheduler.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield lambda: True


def _lead_by_advisory_lock() -> Iterator[Any]:
    # no pool: a connection that went back to one would keep the lock for as long as the pool lives
    engine = create_engine(db.engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}):
            time.sleep(WATCH_SECONDS)

        def holds() -> bool:
            try:
                return bool(connection.scalar(text("SELECT 1")))
            except OperationalError:
                return False

        yield holds
