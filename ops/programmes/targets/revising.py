"""Making and revising targets in the product: each change is a new version, with its day, reason and author."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NotRequired, TypedDict, Unpack

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from ...core import audit
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...core.files import keep_bytes
from ..models import FundingPoint, Indicator, Programme
from ..money import UNITS
from . import deadlines, versions
from .numerals import amount, plain


class HeadWords(TypedDict):
    """Everything above the indicators, as it is typed; `plan` and `goals` by lines."""

    name: str
    unit_line: str
    amount_unit: str
    total: str
    fiscal: str
    other: str
    fund_use: str
    plan: str
    goals: str


class RowWords(TypedDict):
    """An indicator as it is typed; `duty` only in the department's table."""

    level1: str
    level2: str
    level3: str
    description: str
    value_text: str
    basis: str
    weight: Decimal
    duty: NotRequired[str]


def create(year: Decimal, code: str, by: Actor, **head: Unpack[HeadWords]) -> Programme:
    """A programme whose table is made here; its indicators are added to it one by one."""
    kept = keep_bytes(f"{year} {code} {head['name']}\n{head['goals']}\n".encode(), f"{code}.txt", by)
    db.session.flush()
    programme = Programme(year=int(year), code=code.strip(), attachment_id=kept.id, bookmark=None, part="")
    last = db.session.scalar(select(func.max(Programme.seq)).where(Programme.year == programme.year))
    programme.seq, programme.title = (last or 0) + 1, f"{head['name'].strip()}{TITLE}"
    _head(programme, head)
    db.session.add(programme)
    db.session.flush()
    _plan(programme, head["plan"])
    audit.record("programmes.targets.made", programme, by)
    versions.keep_first(programme, by)
    return programme


TITLE = "绩效目标表"


def revise_head(programme: Programme, in_force_on: date, because: str, by: Actor, **head: Unpack[HeadWords]) -> None:
    """Everything above the indicators."""
    _begin(programme, by)
    _head(programme, head)
    _plan(programme, head["plan"])
    _end(programme, in_force_on, because, by)


def add_indicator(
    programme: Programme, in_force_on: date, because: str, by: Actor, **words: Unpack[RowWords]
) -> Indicator:
    _begin(programme, by)
    row = Indicator(programme_id=programme.id, row=_unused(programme))
    _words(row, words)
    programme.indicators.append(row)
    _end(programme, in_force_on, because, by)
    return row


def revise_indicator(
    indicator: Indicator, in_force_on: date, because: str, by: Actor, **words: Unpack[RowWords]
) -> Indicator:
    """The row keeps its number: what is bound to it and entered for it stays."""
    programme = indicator.programme
    _begin(programme, by)
    _words(indicator, words)
    indicator.sign_text, indicator.unit_text, indicator.doubts = "", "", ""  # the value is typed whole
    _end(programme, in_force_on, because, by)
    return indicator


def remove_indicator(indicator: Indicator, in_force_on: date, because: str, by: Actor) -> None:
    """The row leaves the table; it keeps its decisions under a number below zero, and its number is not used again."""
    programme = indicator.programme
    _begin(programme, by)
    if indicator.row < 0:
        raise Rejected(_l("This indicator was taken out already."))
    indicator.row = -indicator.id
    db.session.flush()
    db.session.expire(programme, ["indicators"])
    _end(programme, in_force_on, because, by)


def _begin(programme: Programme, by: Actor) -> None:
    hold(Programme, programme.id)
    versions.keep_first(programme, by)


def _unused(programme: Programme) -> int:
    """A number that no row has, nor one that was taken out: its figures by hand and its causes stand under it."""
    ever = select(func.count(), func.max(Indicator.row)).where(Indicator.programme_id == programme.id)
    rows, highest = db.session.execute(ever).one()
    return max(rows, highest or 0) + 1


def _end(programme: Programme, in_force_on: date, because: str, by: Actor) -> None:
    versions.keep(programme, in_force_on, because, by)
    audit.record("programmes.targets.revised", programme, by)


def _words(row: Indicator, words: RowWords) -> None:
    row.level1, row.level2, row.level3 = words["level1"].strip(), words["level2"].strip(), words["level3"].strip()
    row.description, row.value_text = words["description"].strip(), words["value_text"].strip()
    row.basis, row.weight, row.duty = words["basis"].strip(), words["weight"], words.get("duty", "")


def _head(programme: Programme, head: HeadWords) -> None:
    if head["amount_unit"] not in UNITS:
        raise Rejected(_l("Choose a unit of money."), "amount_unit")
    for field, text in (("total", head["total"]), ("fiscal", head["fiscal"]), ("other", head["other"])):
        if text.strip() and amount(text) is None:
            raise Rejected(_l("Write it as a number, like 12 or 3.50."), field)
    programme.name, programme.unit_line = head["name"].strip(), head["unit_line"].strip()
    programme.amount_unit, programme.fund_use = head["amount_unit"], head["fund_use"].strip()
    programme.total_text, programme.fiscal_text = head["total"].strip(), head["fiscal"].strip() or None
    programme.other_text = head["other"].strip() or None
    programme.goals = "\n".join(line.strip() for line in head["goals"].splitlines() if line.strip())


def _plan(programme: Programme, plan: str) -> None:
    """One point to a line: a day and a cumulative percentage, such as 3月底 30%."""
    points = []
    for number, line in enumerate((each for each in plan.splitlines() if each.strip()), 1):
        label, _space, percent = line.strip().rpartition(" ")
        found, share = deadlines.read(plain(label), programme.year), amount(percent.rstrip("%％"))
        if found is None or found.day is None or share is None:
            raise Rejected(_l("“%(line)s” names no day with a percentage behind it.", line=line.strip()), "plan")
        points.append(
            FundingPoint(number=number, label=label.strip(), day=found.day, percent_text=percent, percent=share)
        )
    if any(later.day <= before.day for before, later in pairwise(points)):
        raise Rejected(_l("The days of the plan do not follow each other."), "plan")
    programme.points.clear()
    db.session.flush()
    programme.points.extend(points)
