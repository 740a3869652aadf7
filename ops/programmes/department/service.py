"""The verbs of the department's table: make, set its goals, enter its basic expenditure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...people.models import Section
from .. import queries, service
from ..models import BasicExpenditure, Binds, Indicator, Programme, TableKind
from ..targets import versions
from ..targets.models import DutyGoal
from ..targets.stored import table_of
from ..targets.weighing import weights_of
from . import rules
from .proposal import Proposed, proposal, proposed_indicators, published_duties


def make(year: int, by: Actor) -> Programme:
    """Make the department's table of a year (部门整体绩效目标表) out of the proposal, bound to the figures it names."""
    if queries.department(year):
        raise Rejected(_l("The department has its table of %(year)s already.", year=str(year)))
    brought = proposal()
    kept = files.keep_bytes(f"{year} {brought['name']}\n{brought['goals']}\n".encode(), f"{year}.txt", by)
    db.session.flush()
    row = Programme(year=year, kind=TableKind.DEPARTMENT, code=brought["code"], name=brought["name"], seq=0)
    row.title, row.unit_line, row.amount_unit, row.part = (
        brought["title"],
        brought["unit_line"],
        brought["amount_unit"],
        "",
    )
    row.total_text, row.fund_use, row.goals, row.attachment_id = "", "", brought["goals"], kept.id
    row.duties = _duties(brought["goals_by_duty"])
    row.indicators = [_indicator(number, each) for number, each in enumerate(proposed_indicators(), 1)]
    db.session.add(row)
    db.session.flush()
    for indicator, weight in zip(row.indicators, weights_of(table_of(row).indicators), strict=True):
        indicator.weight = weight
    for indicator, each in zip(row.indicators, proposed_indicators(), strict=True):
        if each.figure:
            service.bind(indicator, Binds.METRIC, f"{each.figure}|", each.witness or None, by)
    audit.record("programmes.department.made", row, by)
    versions.keep(row, row.period.first, gettext("As it was made"), by)
    return row


def set_goals(
    programme: Programme,
    name: str,
    unit_line: str,
    goals: str,
    by_duty: Mapping[str, str],
    in_force_on: date,
    because: str,
    by: Actor,
) -> Programme:
    """Revise the whole's goals and those of each duty (by its section); a new version of the table."""
    hold(Programme, programme.id)
    programme.name, programme.unit_line = name.strip(), unit_line.strip()
    programme.goals = "\n".join(line.strip() for line in goals.splitlines() if line.strip())
    for each in programme.duties:
        each.goal = " ".join(by_duty[each.section].split())
    versions.keep(programme, in_force_on, because, by)
    audit.record("programmes.department.goals_set", programme, by)
    return programme


def enter_basic(
    programme: Programme,
    initial: Decimal,
    budget: Decimal,
    executed: Decimal | None,
    document: str,
    proof: FileStorage,
    by: Actor,
) -> BasicExpenditure:
    """Enter the basic expenditure (基本支出) of the year, in yuan, with the paper that says it."""
    hold(Programme, programme.id)
    rules.check_basic(initial, budget, executed)
    kept = files.keep(proof, "proof", by)
    db.session.flush()
    row = BasicExpenditure(programme_id=programme.id, initial=initial, budget=budget, executed=executed)
    row.document, row.attachment_id, row.at, row.by = document.strip(), kept.id, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.department.basic_entered", row, by)
    return row


def _duties(goals: Mapping[str, str]) -> list[DutyGoal]:
    """The sections' duties as they stand now; as published where the sections are not kept here."""
    now = {each.name: each.duties for each in db.session.scalars(select(Section).order_by(Section.id))}
    duties = now or published_duties()
    return [
        DutyGoal(position=number, section=section, duty=duty, goal=goals.get(section, ""))
        for number, (section, duty) in enumerate(duties.items(), 1)
    ]


def _indicator(number: int, each: Proposed) -> Indicator:
    row = Indicator(row=number, level1=each.level1, level2=each.level2, level3=each.level3, description="")
    row.value_text, row.basis, row.duty, row.weight = each.value_text, proposal()["basis"], each.duty, Decimal(0)
    return row
