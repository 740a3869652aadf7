"""Reads of invoices, budgets, ratings and the monthly notice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select

from ...core.db import db, hold
from ...core.period import Period
from ...people.models import Unit
from .. import notice_months as months
from . import queries
from .models import Hire, HiredTrip, HireVoid
from .money_models import HireBudget, HireInvoice, HireInvoiceLine, HireInvoiceReturn, HireNotice, HireRating
from .pricing_rules import BudgetView
from .vendor_models import HireVendor

NOTHING = Decimal("0.00")


def budget_row(unit_id: int | None, of: int) -> HireBudget | None:
    """The row of a payer's year that stands."""
    mine = _of_centre() if unit_id is None else HireBudget.unit_id == unit_id
    rows = select(HireBudget).where(HireBudget.year == of, mine).order_by(HireBudget.id.desc()).limit(1)
    return db.session.scalar(rows)


def budget(unit_id: int | None, of: int, besides: int | None = None) -> BudgetView:
    """The payer's year: the amount that stands, and what is contracted or still estimated."""
    row = budget_row(unit_id, of)
    return BudgetView(row.amount if row else None, queries.taken_by_payer(of, besides).get(unit_id, NOTHING))


def budget_of(hire: Hire, besides: int | None = None) -> BudgetView:
    return budget(hire.payer, hire.day.year, besides)


@dataclass(frozen=True)
class BudgetLine:
    """A payer's year: its name (None: the centre), the row that stands, and what it comes to."""

    unit_id: int | None
    name: str | None
    row: HireBudget
    view: BudgetView


def budgets(of: int) -> list[BudgetLine]:
    rows = select(HireBudget, Unit.name).outerjoin(Unit, Unit.id == HireBudget.unit_id).where(HireBudget.year == of)
    latest = {row.unit_id: (row, name) for row, name in db.session.execute(rows.order_by(HireBudget.id))}
    taken = queries.taken_by_payer(of)
    return [
        BudgetLine(key, name, row, BudgetView(row.amount, taken.get(key, NOTHING)))
        for key, (row, name) in sorted(latest.items(), key=lambda each: (each[0] is not None, each[1][1] or ""))
    ]


def hold_payer(unit_id: int | None, of: int) -> None:
    """Whoever takes money of a payer takes it in turn: of a unit by its row, of the centre by its first budget."""
    if unit_id is not None:
        hold(Unit, unit_id)
    elif first := db.session.scalar(select(func.min(HireBudget.id)).where(HireBudget.year == of, _of_centre())):
        hold(HireBudget, first)


def _of_centre() -> ColumnElement[bool]:
    return HireBudget.unit_id.is_(None)


def is_invoiced(hire: Hire) -> bool:
    return bool(invoiced_trips(trip.id for trip in hire.trips))


def invoiced_trips(keys: Iterable[int]) -> dict[int, HireInvoice]:
    """trip → the invoice that it stands on now."""
    rows = select(HireInvoiceLine.trip_id, HireInvoice).join(HireInvoice)
    rows = rows.where(HireInvoiceLine.trip_id.in_(list(keys)), HireInvoiceLine.released_at.is_(None))
    return dict(iter(db.session.execute(rows)))


def invoicers(hire: Hire) -> set[int | None]:
    """The users who took in the invoices that its vehicle-trips stand on now."""
    return {each.by_id for each in invoiced_trips(trip.id for trip in hire.standing).values()}


def invoiced_before(hire_ids: Iterable[int]) -> dict[int, Decimal]:
    """hire → 元 of its vehicle-trips that stand on invoices."""
    rows = select(HiredTrip.hire_id, func.sum(HireInvoiceLine.fee)).join(HireInvoiceLine)
    rows = rows.where(HiredTrip.hire_id.in_(list(hire_ids)), HireInvoiceLine.released_at.is_(None))
    return dict(iter(db.session.execute(rows.group_by(HiredTrip.hire_id))))


def to_invoice(vendor_id: int) -> Sequence[HiredTrip]:
    """The vendor's vehicle-trips that were driven and stand on no invoice, oldest first."""
    taken = select(HireInvoiceLine.trip_id).where(HireInvoiceLine.released_at.is_(None))
    rows = select(HiredTrip).join(Hire).where(HiredTrip.vendor_id == vendor_id, HiredTrip.id.not_in(taken))
    rows = rows.where(queries.is_standing(), Hire.id.not_in(select(HireVoid.hire_id)))
    found = db.session.scalars(rows.order_by(HiredTrip.day, HiredTrip.id)).all()
    return [trip for trip in found if trip.actual or trip.hire.state == "recorded"]


def invoices() -> Select[Any]:
    """(invoice, vendor's name, vehicle-trips)."""
    lines = select(HireInvoiceLine.invoice_id, func.count().label("trips")).group_by(HireInvoiceLine.invoice_id)
    counted = lines.subquery()
    rows = select(HireInvoice, HireVendor.name, counted.c.trips).join(HireVendor)
    return cast(Select[Any], rows.outerjoin(counted, counted.c.invoice_id == HireInvoice.id))


def given_back(chosen: str) -> ColumnElement[bool]:
    back = HireInvoice.id.in_(select(HireInvoiceReturn.invoice_id))
    return back if chosen == "back" else ~back


def of_vendor(vendor: str) -> ColumnElement[bool]:
    return HireInvoice.vendor_id == int(vendor)


def rating(hire: Hire) -> HireRating | None:
    return db.session.get(HireRating, hire.id)


@dataclass(frozen=True)
class NoticeLine:
    """One activity as the public reads it."""

    hire: Hire
    unit: str
    vendors: str
    trips: int
    cost: Decimal


def notice_months(today: date) -> list[Period]:
    """Months with activities that count, newest first."""
    days = db.session.scalars(select(Hire.day).distinct().where(Hire.id.not_in(select(HireVoid.hire_id))))
    return months.of_days(days, today)


def published_months() -> set[date]:
    """The first days of the months that were made public."""
    return set(db.session.scalars(select(HireNotice.month).distinct()))


def notice(period: Period) -> list[NoticeLine]:
    """The activities of a month that count and had a vehicle, by day."""
    rows = select(Hire, Unit.name).join(Unit, Unit.id == Hire.unit_id)
    rows = rows.where(Hire.day.between(period.first, period.last), Hire.id.not_in(select(HireVoid.hire_id)))
    made = []
    for hire, unit in db.session.execute(rows.order_by(Hire.day, Hire.id)):
        if hire.standing:
            vendors = "、".join(sorted({trip.vendor for trip in hire.standing}))
            made.append(NoticeLine(hire, unit, vendors, len(hire.standing), hire.cost))
    return made


def published(first: date) -> HireNotice | None:
    return db.session.scalar(
        select(HireNotice).where(HireNotice.month == first).order_by(HireNotice.id.desc()).limit(1)
    )


def year_of(key: str, today: date) -> int:
    """A year from an address; the current one otherwise."""
    return int(key) if key.isdecimal() and len(key) == 4 and 2000 <= int(key) <= 2099 else today.year
