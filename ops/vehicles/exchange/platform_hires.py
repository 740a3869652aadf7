"""Rows of the record group of hired vehicles: one dict for each vehicle-trip that stands."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import Select, select

from ...core.db import db
from ...core.period import Period
from ...people.models import Unit
from ..approvals.models import APPROVERS, Approver
from ..hires import money_queries
from ..hires.models import MONEY_LABELS, REASON_LABELS, Hire, HiredTrip, HireReason, MoneyFrom
from ..hires.vendor_models import CLASS_LABELS, ContractPrice, HireContract, HiredClass
from .platform_files import Row, moment

Listed = tuple[ContractPrice, HireContract]


def hires(period: Period) -> Iterator[Row]:
    """Of activities in the period whose record is not void."""
    units = dict(iter(db.session.execute(select(Unit.id, Unit.name))))
    rows = select(Hire).where(Hire.day.between(period.first, period.last)).order_by(Hire.day, Hire.id)
    found = [each for each in db.session.scalars(rows) if each.void is None]
    invoices = money_queries.invoiced_trips(trip.id for each in found for trip in each.standing)
    priced = {row[0].id: (row[0], row[1]) for row in db.session.execute(_prices())}
    for each in found:
        of_hire = _hire(each, units.get(each.unit_id, ""))
        for trip in each.standing:
            listed, invoice = priced.get(trip.price_id or 0), invoices.get(trip.id)
            yield {**of_hire, **_trip(trip, listed), "invoice": invoice.number if invoice else ""}


def _prices() -> Select[ContractPrice, HireContract]:
    return select(ContractPrice, HireContract).join(HireContract, HireContract.id == ContractPrice.contract_id)


def _hire(hire: Hire, unit: str) -> Row:
    said = [(APPROVERS[Approver(step.approver)], step.verdict) for step in hire.steps if step.verdict]
    rating, notice = money_queries.rating(hire), money_queries.published(hire.day.replace(day=1))
    return {
        "no": hire.no, "activity": hire.activity, "unit": unit, "contact": f"{hire.contact} {hire.phone}".strip(),
        "reason": REASON_LABELS[HireReason(hire.reason_class)], "paper_no": hire.paper_no, "people": hire.people,
        "own_cars_why": hire.own_cars_why, "route": hire.route, "day": hire.day, "estimate": hire.estimate,
        "slot": f"{moment(hire.starts_at)} – {moment(hire.ends_at)}" if hire.slot else "",
        "money_from": MONEY_LABELS[MoneyFrom(hire.money_from)],
        "approvals": "; ".join(f"{who} {verdict.by} {moment(verdict.at)}" for who, verdict in said),
        "afterwards": _("Yes") if hire.oral else _("No"), "stars": rating.stars if rating else None,
        "published": _("Yes") if notice else _("No"),
    }  # fmt: skip


def _trip(trip: HiredTrip, listed: Listed | None) -> Row:
    actual, contract = trip.actual, listed[1] if listed else None
    return {
        "one": 1, "vehicle_class": CLASS_LABELS[HiredClass(trip.vehicle_class)], "vendor": trip.vendor,
        "plate": (actual.plate if actual else trip.plate) or "", "driver": actual.driver if actual else trip.driver,
        "contract": contract.number if contract else "", "list_price": listed[0].price if listed else None,
        "insurance": f"{contract.liability:,} / {contract.seat_cover:,}" if contract else "",
        "kilometres": actual.kilometres if actual else None, "cost": trip.cost,
    }  # fmt: skip
