"""Reads of fills, and what their rules find."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from ...core.db import db
from ...core.period import Period
from ..odometer.queries import replaced_by_car
from ..sealing.queries import seals_by_car
from . import queries, settings
from .fuel_rules import Fill, FuelFinding, Stretch, fuel_findings, stretches
from .models import CarTank, FuelFill, VehicleCost

BEGINNING = date(2000, 1, 1)


def fills(upto: date, vehicle_id: int | None = None) -> dict[int, list[Fill]]:
    """Standing fills by car up to a day, each with whether a trip touches its day and whether the car was sealed."""
    wanted: list[Any] = [FuelFill.at, FuelFill.litres, FuelFill.is_full, FuelFill.odometer]
    rows: Select[Any] = select(VehicleCost.vehicle_id, VehicleCost.id, *wanted).join_from(VehicleCost, FuelFill)
    statement = queries.standing(rows.where(VehicleCost.day <= upto))
    if vehicle_id is not None:
        statement = statement.where(VehicleCost.vehicle_id == vehicle_id)
    seals = seals_by_car()
    out = queries.trip_days(Period(BEGINNING, upto))
    found: dict[int, list[Fill]] = defaultdict(list)
    for car, key, at, litres, is_full, odometer in db.session.execute(statement):
        is_sealed = any(seal.holds(at) for seal in seals.get(car, ()))
        found[car].append(Fill(key, at, litres, is_full, odometer, (car, at.date()) in out, is_sealed))
    return found


def stretches_of(vehicle_id: int, period: Period) -> list[Stretch]:
    """From full tank to full tank, by the day of the second."""
    found = stretches(fills(period.last, vehicle_id)[vehicle_id], replaced_by_car().get(vehicle_id, ()))
    return [each for each in found if each.last.at.date() in period]


def findings(period: Period, vehicle_id: int | None = None) -> Mapping[int, list[FuelFinding]]:
    """Fills of the period that should be looked at, by car."""
    limits, replaced = settings.thresholds(period.last), replaced_by_car()
    tanks = dict(iter(db.session.execute(select(CarTank.vehicle_id, CarTank.litres))))
    found = {}
    for car, rows in fills(period.last, vehicle_id).items():
        all_found = fuel_findings(rows, replaced.get(car, ()), tanks.get(car), limits)
        found[car] = [each for each in all_found if each.fill.at.date() in period]
    return {car: each for car, each in found.items() if each}
