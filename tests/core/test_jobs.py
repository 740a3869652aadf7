"""Nightly jobs: once for each time they are due, and one leader at a time."""

import os
import signal
import threading
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import jobs
from ops.core.db import db
from ops.core.feature import Job
from ops.core.jobs import JobRun, last_due, run

DUE = datetime(2023, 5, 9, 0, 30)


def test_a_job_runs_once_for_each_time_it_was_due_and_for_the_day_before(app: Flask) -> None:
    worked: list[date] = []
    job = Job("test.job", 0, 30, worked.append)
    assert [run(job, DUE), run(job, DUE), run(job, DUE.replace(day=10))] == [True, False, True]
    assert worked == [date(2023, 5, 8), date(2023, 5, 9)]
    assert set(db.session.scalars(select(JobRun.outcome))) == {"done"}


def test_of_several_processes_at_once_one_runs_it(app: Flask) -> None:
    worked: list[date] = []
    job = Job("test.job", 0, 30, worked.append)

    def work() -> None:
        with app.app_context():
            run(job, DUE)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(worked) == 1


def test_a_job_that_fails_is_told(app: Flask) -> None:
    def fail(_day: date) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        run(Job("test.job", 0, 30, fail), DUE)
    assert db.session.scalars(select(JobRun.outcome)).one() == "OSError: the disk is full"


@pytest.mark.pure
def test_a_job_that_begins_after_midnight_belongs_to_the_evening_before() -> None:
    job = Job("test.job", 23, 50, print)
    assert last_due(job, datetime(2023, 5, 9, 23, 50)) == datetime(2023, 5, 9, 23, 50)
    assert last_due(job, datetime(2023, 5, 10, 0, 1)) == datetime(2023, 5, 9, 23, 50)


def test_another_process_takes_over_when_the_leader_dies(app: Flask, tmp_path: Path) -> None:
    db.session.remove()
    db.engine.dispose()
    ready, leader = os.pipe(), os.fork()
    if leader == 0:
        with jobs.leadership():
            os.write(ready[1], b"x")
            signal.pause()
        os._exit(0)
    os.read(ready[0], 1)
    led = threading.Event()

    def follow() -> None:
        with app.app_context(), jobs.leadership() as holds:
            led.set()
            assert holds()

    follower = threading.Thread(target=follow)
    follower.start()
    assert not led.wait(0.5)
    os.kill(leader, signal.SIGKILL)
    os.waitpid(leader, 0)
    assert led.wait(10)
    follower.join()


@pytest.mark.pure
def test_a_job_of_every_five_minutes_falls_due_at_each_full_interval() -> None:
    job = Job("test.often", 0, 0, print, every=5)
    assert last_due(job, datetime(2023, 5, 9, 8, 34, 59)) == datetime(2023, 5, 9, 8, 30)
    assert last_due(job, datetime(2023, 5, 9, 8, 35)) == datetime(2023, 5, 9, 8, 35)
    assert job.when == "*/5"
    with pytest.raises(ValueError, match="7 minutes"):
        Job("test.odd", 0, 0, print, every=7)


def test_a_job_of_every_five_minutes_runs_once_each_time_for_the_day_itself_and_leaves_two_days(app: Flask) -> None:
    worked: list[date] = []
    job = Job("test.often", 0, 0, worked.append, every=5)
    times = [DUE, DUE, DUE.replace(minute=35), DUE.replace(day=12)]
    assert [run(job, due_at) for due_at in times] == [True, False, True, True]
    assert worked == [date(2023, 5, 9), date(2023, 5, 9), date(2023, 5, 12)]
    assert db.session.scalars(select(JobRun.due_at)).all() == [DUE.replace(day=12)]
