"""Rows of the record groups that are files: units, cars, drivers, and what became of a car. One dict a row."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ...core import clock
from ...core.db import db
from ...core.period import Period
from ...core.timeslot import Slot
from ...indicators.readings import by_scope
from ...people.models import UNIT_KIND_LABELS, Unit, UnitKind
from ..complaints.forms import FOUND
from ..complaints.models import COMPLAINT_SOURCES, COMPLAINT_STATES, ComplaintSource, ComplaintState
from ..complaints.queries import received_in
from ..costs import repair_queries as repairs
from ..costs.repair_models import Violation
from ..models import Departure, Dispatch, Driver, TripReturn, Vehicle, VehicleCategory
from ..obligations.models import OBLIGATION_LABELS, Obligation, ObligationDone, ObligationKind
from ..odometer import queries as dials
from ..register import file_queries, life_queries
from ..register.file_models import (
    ACQUIRED_LABELS,
    BODY_LABELS,
    ENERGY_LABELS,
    PLATFORM_LABELS,
    QUOTA_LABELS,
    CarFile,
    CarPaper,
    DriverFile,
    PaperKind,
    Platform,
)
from ..register.life_models import METHOD_LABELS, CarDisposal, CarFileChange, DisposalMethod
from ..register.models import CATEGORY_LABELS
from ..rulebook import queries as rulebook
from ..rulebook.book import Book
from ..settlement.models import Method, Tariff
from ..settlement.rules import car_class, class_rule, in_force
from ..violations.models import FILING_STATES, VIOLATION_LABELS, Filing, ViolationCode
from .known import on_register

Row = dict[str, Any]
MORE = ("origin", "seller", "contract_no", "invoice_no", "warranty_until", "condition", "remark")


def units(_period: Period) -> Iterator[Row]:
    for unit in db.session.scalars(select(Unit).order_by(Unit.code)):
        yield {"code": unit.code, "name": unit.name, "kind": UNIT_KIND_LABELS[UnitKind(unit.kind)]}


def cars(period: Period) -> Iterator[Row]:
    """On the register at the end of the period, or now when it is not over; the rest as it stands now."""
    now = clock.now()
    fuel = by_scope("vehicles.fuel_per_100km", period)
    shop = {key for key, *_rest in repairs.in_workshop(Slot(now, now + timedelta(minutes=1)), now)}
    out, day = _out(), min(period.last, clock.today())
    tariffs, book = db.session.scalars(select(Tariff)).all(), rulebook.book()
    for vehicle, file in _cars(period):
        papers = [each for each in life_queries.papers_of(vehicle.id) if not each.void]
        holding = life_queries.holding_of(file, clock.today()) if file else None
        figure, marking = fuel.get(vehicle.id), life_queries.marking_of(vehicle.id)
        yield {
            "plate": vehicle.plate, "model": vehicle.model, "seats": vehicle.seats, "one": 1,
            "category": CATEGORY_LABELS[VehicleCategory(vehicle.category)],
            "registered_on": vehicle.registered_on,
            "state": _("in use"), "dial": dials.latest(vehicle.id, now), "former_plates": _former_plates(vehicle.id),
            "per_100": figure.text if figure and figure.value is not None else "",
            "in_repair": _("Yes") if vehicle.id in shop else _("No"),
            "use_state": _("out") if vehicle.id in out else _("free"),
            "marking": f"{_('exempt') if marking.exempt else _('marked')} {marking.words}" if marking else "",
            "has_licence": _("Yes") if any(each.kind == PaperKind.LICENCE for each in papers) else _("No"),
            "quota_paper": _numbers(papers), **_of_file(file),
            "owner": holding.owner if holding else "", "user": holding.user if holding else "",
            "platform": PLATFORM_LABELS[Platform(holding.platform)] if holding else "",
            **_tariff(tariffs, book, vehicle.seats, day),
        }  # fmt: skip


def _tariff(tariffs: Sequence[Tariff], book: Book, seats: int, day: date) -> Row:
    """What a day of the car costs a unit by the tariff of its class; by the kilometre only that price is known."""
    found = in_force(tariffs, car_class(seats, class_rule(book, day).values), day)
    by_day = found if found and found.method == Method.DAY_HIRE else None
    names = ("day_price", "base_km", "base_hours", "hour_price")
    plain = {name: getattr(by_day, name) if by_day else None for name in names}
    return {**plain, "km_price": found.km_price if found else None}


def _cars(period: Period) -> Any:
    rows = select(Vehicle, CarFile).outerjoin(CarFile, CarFile.vehicle_id == Vehicle.id)
    return db.session.execute(rows.where(*on_register(min(period.last, clock.today()))).order_by(Vehicle.plate)).all()


def _of_file(file: CarFile | None) -> Row:
    named: dict[str, Any] = {
        "acquired": ACQUIRED_LABELS, "quota": QUOTA_LABELS, "body": BODY_LABELS, "energy": ENERGY_LABELS
    }  # fmt: skip
    plain = (
        "bought_on", "brand", "vin", "displacement", "engine_no", "price", "first_registered_on", "colour", *MORE,
    )  # fmt: skip
    words = {key: labels[getattr(file, key)] if file else "" for key, labels in named.items()}
    return {**words, **{key: getattr(file, key) if file else None for key in plain}}


def _numbers(papers: list[CarPaper]) -> str:
    return "; ".join(each.number for each in papers if each.kind == PaperKind.QUOTA and each.number)


def _former_plates(vehicle_id: int) -> str:
    rows = select(CarFileChange.before).where(CarFileChange.vehicle_id == vehicle_id, CarFileChange.fact == "plate")
    return "; ".join(db.session.scalars(rows.order_by(CarFileChange.id)))


def _out() -> set[int]:
    rows = select(Dispatch.vehicle_id).join(Departure, Departure.dispatch_id == Dispatch.id)
    rows = rows.outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id)
    return set(db.session.scalars(rows.where(TripReturn.dispatch_id.is_(None))))


def over_standard(period: Period) -> Iterator[Row]:
    book = rulebook.book()
    for vehicle, file in _cars(period):
        found = file_queries.standard_of(vehicle, file, book) if file else None
        if found and found.is_over:
            yield {
                "plate": vehicle.plate, "category": CATEGORY_LABELS[VehicleCategory(vehicle.category)],
                "price": file.price,
                "displacement": file.displacement, "most": found.price, "most_litres": found.displacement,
                "over_price": found.over_price, "over_litres": found.over_displacement,
                "clause": f"{found.rule.document} {found.rule.clause}",
            }  # fmt: skip


def drivers(_period: Period) -> Iterator[Row]:
    rows = select(Driver, DriverFile).outerjoin(DriverFile, DriverFile.driver_id == Driver.id).order_by(Driver.name)
    keys = ("licence_class", "first_licensed_on", "licence_until", "born_on", "phone")
    for driver, file in db.session.execute(rows):
        plain = {key: getattr(file, key) if file else None for key in keys}
        yield {"name": driver.name, "left_on": driver.left_on, **plain}


def inspections(period: Period) -> Iterator[Row]:
    kinds = (ObligationKind.INSPECTION_TEST, ObligationKind.INSPECTION_MARK)
    rows = select(Obligation).where(Obligation.kind.in_(kinds), Obligation.due_on.between(period.first, period.last))
    for owed in db.session.scalars(rows.order_by(Obligation.due_on, Obligation.id)):
        made = [each for each in _done(owed.id) if not each.reversal]
        last = made[-1] if made else None
        plain = {key: getattr(last, key) if last else None for key in ("done_on", "result", "valid_until")}
        plain["cost"] = last.paid if last else None
        state = {None: _("still open"), "done": _("done"), "waived": _("waived")}[owed.closed_as]
        kind = OBLIGATION_LABELS[ObligationKind(owed.kind)]
        yield {"plate": owed.subject, "kind": kind, "due_on": owed.due_on, "state": state, **plain}


def _done(obligation_id: int) -> list[ObligationDone]:
    rows = select(ObligationDone).where(ObligationDone.obligation_id == obligation_id).order_by(ObligationDone.id)
    return list(db.session.scalars(rows))


def violations(period: Period) -> Iterator[Row]:
    rows = select(Violation).where(Violation.day.between(period.first, period.last)).order_by(Violation.at)
    for each in db.session.scalars(rows).unique():
        if each.void is None:
            yield {
                "plate": each.vehicle.plate, "at": each.at, "place": each.place, "what": each.what,
                "points": each.points, "fine": each.fine, "driver": each.driver.name if each.driver else "",
                "paid_on": each.payment.paid_on if each.payment else None,
                "paper_no": each.payment.paper_no if each.payment else "",
            }  # fmt: skip


def filings(period: Period) -> Iterator[Row]:
    rows = select(Filing).where(Filing.day.between(period.first, period.last)).order_by(Filing.id)
    for each in db.session.scalars(rows):
        yield {
            "no": each.no, "day": each.day, "violation": VIOLATION_LABELS[ViolationCode(each.violation)],
            "subject": each.subject, "facts": each.facts, "explain_by": each.explain_by,
            "state": FILING_STATES[each.state][1],
        }  # fmt: skip


def complaints(period: Period) -> Iterator[Row]:
    """By the day on which they came; who complained is not handed on."""
    for each in received_in(period):
        finding, answer = each.finding, each.answer
        yield {
            "no": each.no, "source": COMPLAINT_SOURCES[ComplaintSource(each.source)], "order_no": each.order_no,
            "received_on": each.received_on, "happened_at": each.happened_at,
            "plate": each.vehicle.plate if each.vehicle else "", "driver": each.driver.name if each.driver else "",
            "what": each.what, "finding": FOUND[ComplaintState(finding.kind)] if finding else "",
            "found": finding.words if finding else "", "answered_on": answer.day if answer else None,
            "answer": answer.words if answer else "", "state": COMPLAINT_STATES[each.state][1],
        }  # fmt: skip


def disposals(period: Period) -> Iterator[Row]:
    rows = select(CarDisposal, Vehicle.plate).join(Vehicle, Vehicle.id == CarDisposal.vehicle_id)
    for each, plate in db.session.execute(rows.where(CarDisposal.day.between(period.first, period.last))):
        if each.void is None:
            method = METHOD_LABELS[DisposalMethod(each.method)]
            yield {"plate": plate, "day": each.day, "method": method, "income": each.income, "paper_no": each.paper_no}


def moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
