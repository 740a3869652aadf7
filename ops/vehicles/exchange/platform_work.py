"""Rows of the record groups that are work and costs: dispatches, repairs, energy, insurance. One dict a row."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ...core.period import Period
from ...people.models import Unit
from ..approvals.models import APPROVERS, Approver
from ..costs import queries as costs
from ..costs.models import CostKind, FuelCard, PolicyPart, VehicleCost
from ..costs.repair_models import REPAIR_STATES, RepairJob, RepairState
from ..models import STATES, Dispatch
from ..obligations.models import Obligation, ObligationKind
from ..odometer import queries as dials
from ..odometer import trips
from ..register import life_queries
from ..register.file_models import CarFile
from . import platform_months
from .platform_files import Row, moment


def dispatches(period: Period) -> Iterator[Row]:
    """Every dispatch whose trip begins in the period, cancelled ones with their state."""
    rows = select(Dispatch).where(Dispatch.day.between(period.first, period.last)).order_by(Dispatch.starts_at)
    found, units = db.session.scalars(rows).unique().all(), _units()
    ids = [each.id for each in found]
    paid, driven = costs.on_trips(ids), trips.of_trips(ids)
    for each in found:
        request, back, left = each.request, each.trip_return, each.departure
        yield {
            "request_no": f"{request.asked_at:%Y%m}-{request.id:06}", "unit": units.get(request.unit_id, ""),
            "asked_by": request.asked_by, "asked_at": request.asked_at, "contact": request.contact,
            "phone": request.phone, "starts_at": each.starts_at, "ends_at": each.due_at,
            "days": (each.due_at.date() - each.starts_at.date()).days + 1, "people": each.people,
            "purpose": request.purpose, "route": request.route, "destination": request.destination,
            "approvals": _approvals(request), "dispatched_by": each.dispatched_by, "plate": each.vehicle.plate,
            "dispatched_at": each.dispatched_at, "driver": each.driver_names,
            "km_out": left.odometer if left else None, "km_back": back.odometer if back else None,
            "km": driven.get(each.id),
            "left_at": left.at if left else None, "back_at": back.at if back else None,
            "taken_by": back.by if back else "", "state": STATES[each.state][1], "tolls": paid.get(each.id),
        }  # fmt: skip


def _units() -> dict[int, str]:
    return dict(iter(db.session.execute(select(Unit.id, Unit.name))))


def _approvals(request: Any) -> str:
    said = [each for each in request.steps if each.verdict]
    return "; ".join(
        f"{APPROVERS[Approver(each.approver)]} {each.verdict.by} {moment(each.verdict.at)}" for each in said
    )


def repairs(period: Period) -> Iterator[Row]:
    rows = select(RepairJob).where(RepairJob.day.between(period.first, period.last)).order_by(RepairJob.id)
    for job in db.session.scalars(rows).unique():
        approved = [step for step in job.steps if step.kind == RepairState.APPROVED]
        following = _next_maintenance(job.vehicle_id)
        yield {
            "id": job.id, "plate": job.vehicle.plate, "owner": _owner(job.vehicle_id, job.day),
            "dial": dials.latest(job.vehicle_id, job.asked_at),
            "asked_by": job.asked_by, "asked_at": job.asked_at, "problem": job.problem,
            "workshop": job.workshop,
            "approved_by": "; ".join(f"{step.by} {moment(step.at)}" for step in approved),
            "items": "; ".join(f"{line.item} {line.amount}" for line in job.lines),
            "amount": job.approved or job.quoted, "state": REPAIR_STATES[job.state][1],
            "next_km": following.shown_km if following else None,
            "next_on": following.due_on if following else None,
        }  # fmt: skip


def _next_maintenance(vehicle_id: int) -> Obligation | None:
    owed = select(Obligation).where(Obligation.vehicle_id == vehicle_id, Obligation.closed_on.is_(None))
    return db.session.scalar(owed.where(Obligation.kind == ObligationKind.MAINTENANCE).order_by(Obligation.due_on))


def _owner(vehicle_id: int, day: Any) -> str:
    file = db.session.get(CarFile, vehicle_id)
    return life_queries.holding_of(file, day).owner if file else ""


def energy(period: Period) -> Iterator[Row]:
    """Every fill, with what its month came to for the car and for the card."""
    cards = dict(iter(db.session.execute(select(FuelCard.id, FuelCard.number))))
    months, balances = platform_months.of_cars(period), platform_months.of_cards(period)
    for row in _standing(CostKind.ENERGY, period):
        fill, month = row.fill, f"{row.day:%Y-%m}"
        balance = balances.get((fill.card_id, month)) if fill and fill.card_id else None
        yield {
            **_plain(row), **months[month][row.vehicle_id], "month": month,
            "card_first": balance.first if balance else None, "card_loaded": balance.loaded if balance else None,
            "card_last": balance.last if balance else None, "at": fill.at if fill else row.day,
            "card": cards.get(fill.card_id, "") if fill and fill.card_id else "",
            "dial": fill.odometer if fill else None, "litres": fill.litres if fill else None,
        }  # fmt: skip


def insurance(period: Period) -> Iterator[Row]:
    for row in _standing(CostKind.INSURANCE, period):
        policy, sums = row.policy, defaultdict[str, Decimal](Decimal)
        parts = policy.parts if policy else []
        for part in parts:
            sums[part.part] += part.premium
        insured = {part.part: part.insured for part in parts}
        besides = (PolicyPart.COMPULSORY, PolicyPart.VESSEL_TAX)
        yield {
            **_plain(row), "owner": _owner(row.vehicle_id, row.day), "policy_no": policy.policy_no if policy else "",
            "from_on": policy.from_on if policy else None, "to_on": policy.to_on if policy else None,
            **{str(part): sums.get(part) for part in PolicyPart},
            "third_party_insured": insured.get(PolicyPart.THIRD_PARTY), "seats_insured": insured.get(PolicyPart.SEATS),
            "commercial": sum((amount for part, amount in sums.items() if part not in besides), Decimal(0)),
        }  # fmt: skip


def of_kind(kind: CostKind) -> Callable[[Period], Iterator[Row]]:
    def rows(period: Period) -> Iterator[Row]:
        return (_plain(row) for row in _standing(kind, period))

    return rows


def _standing(kind: CostKind, period: Period) -> list[VehicleCost]:
    """Costs that were not reversed, by day."""
    rows = select(VehicleCost).where(VehicleCost.kind == kind, VehicleCost.day.between(period.first, period.last))
    found = db.session.scalars(rows.order_by(VehicleCost.day, VehicleCost.id)).unique().all()
    gone = costs.reversed_among([row.id for row in found])
    return [row for row in found if row.reverses_id is None and row.id not in gone]


def _plain(row: VehicleCost) -> Row:
    return {
        "plate": row.vehicle.plate, "day": row.day, "amount": row.amount, "payee": row.payee,
        "paper_no": row.paper_no, "note": row.note,
    }  # fmt: skip
