"""Reads of the monthly notice: which months there are, which were published, what of a month is not booked yet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from ...core.db import db
from ...core.period import Period
from .. import notice_months
from ..driving.models import TripExpense
from ..models import Dispatch, TripReturn
from . import expense_queries, repair_queries
from .models import VehicleCost
from .notice_models import UseNotice
from .repair_models import RepairJob

UNBOOKED = "unbooked"  # the state of the list of repairs that these stand in


def months(today: date) -> list[Period]:
    """Those up to today's in which a trip came back, something was paid or a driver noted an expense; newest first."""
    days = [select(TripReturn.day), select(VehicleCost.day)]
    found = {day for rows in days for day in db.session.scalars(rows.distinct())}
    noted = select(func.max(TripExpense.at)).group_by(func.date(TripExpense.at))
    found |= {at.date() for at in db.session.scalars(noted) if at}
    return notice_months.of_days(found, today)


def published_months() -> set[date]:
    """The first days of the months that were made public."""
    return set(db.session.scalars(select(UseNotice.month).distinct()))


@dataclass(frozen=True)
class Waiting:
    """What is known of a month and stands in no row of the ledger: how many, and yuan, None where nobody said it.

    `unsaid`: of how many of them nobody has said how much.
    """

    count: int
    amount: Decimal | None
    unsaid: int = 0


def expenses(period: Period, vehicle_id: int | None) -> Waiting:
    """What drivers noted in the period and nobody has taken over or turned down."""
    figures: list[Any] = [func.count(TripExpense.id), func.sum(TripExpense.amount)]
    rows = select(*figures).select_from(TripExpense)
    rows = rows.join(Dispatch, Dispatch.id == TripExpense.dispatch_id)
    return _waiting(rows.where(noted_in(period), expense_queries.in_state("open")), Dispatch.vehicle_id, vehicle_id)


def repairs(period: Period, vehicle_id: int | None) -> Waiting:
    """Repairs asked for in the period that were neither refused nor invoiced, at their latest quote."""
    jobs = select(RepairJob).where(asked_in(period), not_booked())
    found = db.session.scalars(jobs.where(RepairJob.vehicle_id == vehicle_id) if vehicle_id else jobs).all()
    quoted = [job.quoted for job in found if job.lines]
    return Waiting(len(found), sum(quoted, Decimal(0)) if quoted else None, len(found) - len(quoted))


def _waiting(rows: Select[Any], car: Any, vehicle_id: int | None) -> Waiting:
    count, amount = db.session.execute(rows.where(car == vehicle_id) if vehicle_id else rows).one()
    return Waiting(count, amount)


def noted_in(period: Period) -> ColumnElement[bool]:
    begins = datetime.combine(period.first, time.min)
    return (TripExpense.at >= begins) & (TripExpense.at < datetime.combine(period.last + timedelta(days=1), time.min))


def asked_in(period: Period) -> ColumnElement[bool]:
    return RepairJob.day.between(period.first, period.last)


def not_booked() -> ColumnElement[bool]:
    """It goes on: nobody refused it, and no invoice made it a cost."""
    return or_(*(repair_queries.in_state(each) for each in repair_queries.GOES_ON))
