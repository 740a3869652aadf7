"""Reads of key tasks and of the scoreboard."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select

from ...core.db import db
from ...core.period import Period
from ...core.period import year as whole_year
from ...indicators.catalogue import metrics
from ...indicators.readings import Figure, read
from ...people.models import Section
from . import rules
from .models import KeyTask, Milestone, MilestoneCompletion, MilestoneWaiver, SectionMeasure

DATA = Path(__file__).parent / "data" / "measures.json"


@dataclass(frozen=True)
class Row:
    """A figure of a section: its target, this year and the year before, and what it earns of its weight."""

    figure: Figure
    before: Figure
    target: str
    weight: Decimal
    attained: Decimal | None


@dataclass(frozen=True)
class Board:
    """A section with its figures and its score out of 100; `score` is None where nothing could be scored."""

    section: Section
    rows: tuple[Row, ...]
    score: Decimal | None


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return found


def tasks(year: int) -> Select[Any]:
    return select(KeyTask).join(Section).where(KeyTask.year == year)


def tasks_proving(year: int, safeguard: int) -> Sequence[KeyTask]:
    rows = tasks(year).where(KeyTask.safeguard == safeguard).order_by(KeyTask.id)
    return db.session.scalars(rows).all()


def years() -> Sequence[int]:
    return db.session.scalars(select(KeyTask.year).distinct().order_by(KeyTask.year.desc())).all()


def sections() -> Sequence[Section]:
    return db.session.scalars(select(Section).order_by(Section.id)).all()


def open_milestones(upto: date) -> Sequence[Milestone]:
    """Due by the day, neither done nor waived."""
    rows = select(Milestone).outerjoin(MilestoneCompletion).outerjoin(MilestoneWaiver).where(Milestone.due_on <= upto)
    nothing = (MilestoneCompletion.milestone_id.is_(None), MilestoneWaiver.milestone_id.is_(None))
    return db.session.scalars(rows.where(*nothing).order_by(Milestone.due_on)).all()


def measures(year: int) -> Sequence[SectionMeasure]:
    """The newest of each section and figure in force in the year."""
    same = (SectionMeasure.section_id, SectionMeasure.metric)
    newest = select(func.max(SectionMeasure.id)).where(SectionMeasure.from_year <= year).group_by(*same)
    rows = select(SectionMeasure).where(SectionMeasure.id.in_(newest))
    return db.session.scalars(rows.order_by(SectionMeasure.section_id, SectionMeasure.id)).all()


def boards(year: int, today: date) -> list[Board]:
    """Every section, the best first and those without a score last; the year so far while it is not over."""
    over = so_far(year, today)
    found = [_board(section, year, over) for section in sections()]
    return sorted(found, key=lambda board: (board.score is None, -(board.score or 0), board.section.id))


def so_far(year: int, today: date) -> Period:
    whole = whole_year(year)
    return Period(whole.first, min(max(today, whole.first), whole.last))


def _board(section: Section, year: int, over: Period) -> Board:
    rows = [_task_row(section, over)]
    rows += [_row(each, over) for each in measures(year) if each.section_id == section.id and each.metric in metrics()]
    return Board(section, tuple(rows), rules.score([rules.Counted(row.weight, row.attained) for row in rows]))


def _task_row(section: Section, over: Period) -> Row:
    name, full = "programmes.tasks_on_time", Decimal(100)
    figure, before = read(name, over, section.id), read(name, _before(over), section.id)
    return Row(figure, before, "≥100", rules.TASK_WEIGHT, rules.attained("≥", full, figure.value))


def _row(measure: SectionMeasure, over: Period) -> Row:
    figure, before = read(measure.metric, over), read(measure.metric, _before(over))
    target = "" if measure.target is None else f"{measure.sign}{measure.target.normalize():f}"
    return Row(figure, before, target, measure.weight, rules.attained(measure.sign, measure.target, figure.value))


def _before(over: Period) -> Period:
    """The same days of the year before."""
    last = over.last.replace(day=28) if (over.last.month, over.last.day) == (2, 29) else over.last
    return Period(over.first.replace(year=over.first.year - 1), last.replace(year=last.year - 1))
