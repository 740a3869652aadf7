"""The verbs of key tasks: set, plan, complete, waive, report; and of the figures that a section answers for."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor, system
from ...core.db import db, hold
from . import queries, rules
from .models import KeyTask, Milestone, MilestoneCompletion, MilestoneWaiver, SectionMeasure, TaskNote


def set_task(year: int, section_id: int, title: str, goal: str, safeguard: int | None, by: Actor) -> KeyTask:
    """A key task of the year for a section."""
    row = KeyTask(year=year, section_id=section_id, title=title.strip(), goal=goal.strip(), safeguard=safeguard)
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.task.set", row, by)
    return row


def plan(task: KeyTask, title: str, due_on: date, by: Actor) -> Milestone:
    """A milestone of the task."""
    rules.check_due(due_on, task.year)
    row = Milestone(task_id=task.id, section_id=task.section_id, title=title.strip(), due_on=due_on)
    db.session.add(row)
    audit.record("programmes.milestone.planned", row, by)
    return row


def complete(milestone: Milestone, done_on: date, note: str, proof: FileStorage, by: Actor) -> MilestoneCompletion:
    """The milestone is there, with its proof."""
    _hold_open(milestone)
    rules.check_done(done_on, clock.today())
    kept = files.keep(proof, "proof", by)
    db.session.flush()
    row = MilestoneCompletion(milestone_id=milestone.id, due_on=milestone.due_on, done_on=done_on, note=note.strip())
    row.attachment_id, row.at, row.by = kept.id, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.milestone.completed", milestone, by)
    return row


def waive(milestone: Milestone, because: str, by: Actor) -> MilestoneWaiver:
    """The milestone is no longer to be done."""
    _hold_open(milestone)
    row = MilestoneWaiver(milestone_id=milestone.id, due_on=milestone.due_on, because=because.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.milestone.waived", milestone, by)
    return row


def report(task: KeyTask, text: str, by: Actor) -> TaskNote:
    """How far the task is."""
    row = TaskNote(task_id=task.id, text=text.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.task.reported", row, by)
    return row


def measure(
    section_id: int,
    metric: str,
    sign: str,
    target: Decimal | None,
    weight: Decimal,
    from_year: int,
    source: str,
    by: Actor,
) -> SectionMeasure:
    """The section answers for the figure from that year on; an earlier word on the same figure ends."""
    rules.check_measure(sign, target, weight)
    row = SectionMeasure(section_id=section_id, metric=metric, sign=sign, target=target, weight=weight)
    row.from_year, row.source, row.at, row.by = int(from_year), source.strip(), clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.section_measure.set", row, by)
    return row


def load_measures() -> None:
    """The proposals that the product brings, where none are there yet."""
    if db.session.scalar(select(SectionMeasure.id).limit(1)):
        return
    known = {each.name: each.id for each in queries.sections()}
    brought = queries.data()
    for name, metric, sign, target, weight in brought["measures"]:
        number = Decimal(target) if target else None
        by = system("reference data")
        measure(known[name], metric, sign, number, Decimal(weight), 2000, brought["source"], by)


def _hold_open(milestone: Milestone) -> None:
    [held] = hold(Milestone, milestone.id)
    rules.check_open(held.state(clock.today()))
