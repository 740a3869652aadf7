"""The vehicles' figures, counted by hand."""

from dataclasses import replace
from datetime import datetime

from ops.vehicles.costs.models import CarTank, FuelFill, VehicleCost
from ops.vehicles.hires.actual_models import HiredActual, HiredTripCancellation
from ops.vehicles.hires.models import Hire, HiredTrip, HireVoid
from ops.vehicles.models import Departure, Dispatch, DispatchCancellation, TripReturn, Vehicle
from ops.vehicles.obligations.models import Obligation, ObligationLapse
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal
from ops.vehicles.positions.models import Alarm, AlarmSettlement
from ops.vehicles.register.models import ReformUnit, TransferVoid, VehicleTransfer
from ops.vehicles.settlement.models import TripRating
from tests.recounts.counted import Counted, rows


def dispatches() -> list[Counted]:
    cancelled = {row.dispatch_id for row in rows(DispatchCancellation)}
    return [Counted(row.day) for row in rows(Dispatch) if row.id not in cancelled]


def kilometres() -> list[Counted]:
    """By the standing readings of both ends, and what a dial replaced on the way hides."""
    reversed_ = {row.reading_id for row in rows(ReadingReversal)}
    dial = {(row.dispatch_id, row.source): row.value for row in rows(OdometerReading) if row.id not in reversed_}
    started, cars = (
        {row.dispatch_id: row.at for row in rows(Departure)},
        {row.id: row.vehicle_id for row in rows(Dispatch)},
    )
    counted = []
    for row in rows(TripReturn):
        car = cars[row.dispatch_id]
        driven = dial[row.dispatch_id, "return"] - dial[row.dispatch_id, "departure"]
        counted.append(Counted(row.day, driven + _hidden(car, started[row.dispatch_id], row.at), scope=car))
    return counted


def _hidden(car: int, after: datetime, upto: datetime) -> int:
    gone = {row.replacement_id for row in rows(ReplacementReversal)}
    replaced = [row for row in rows(DialReplacement) if row.vehicle_id == car and row.id not in gone]
    return sum(row.old_last - row.new_first for row in replaced if after < row.at <= upto)


def returns_on_time() -> list[Counted]:
    due = {row.id: row.due_at for row in rows(Dispatch)}
    return [Counted(row.day, int(row.at <= due[row.dispatch_id])) for row in rows(TripReturn)]


def satisfaction() -> list[Counted]:
    """Four stars satisfy, three do not; who said nothing is not asked again."""
    return [Counted(row.day, int(row.stars in (4, 5))) for row in rows(TripRating)]


def on_register() -> list[Counted]:
    place = {"confidential": 1, "emergency": 2, "enforcement": 3, "special": 4, "other": 5}
    cars = rows(Vehicle)
    gone = [Counted(row.deregistered_on, -1, scope=place[row.category]) for row in cars if row.deregistered_on]
    return [Counted(row.registered_on, scope=place[row.category]) for row in cars] + gone


def transferred() -> list[Counted]:
    void = {row.transfer_id for row in rows(TransferVoid)}
    return [Counted(row.day, member=row.vehicle_id) for row in rows(VehicleTransfer) if row.id not in void]


def institutions() -> list[Counted]:
    return _under_reform("institution")


def enterprises() -> list[Counted]:
    return _under_reform("enterprise")


def _under_reform(kind: str) -> list[Counted]:
    members = [row for row in rows(ReformUnit) if row.kind == kind]
    return [Counted(row.from_on) for row in members] + [Counted(row.to_on, -1) for row in members if row.to_on]


def _standing_trips() -> list[HiredTrip]:
    """Vehicle-trips that were not cancelled, of hires that are neither void nor called off."""
    gone = {row.hire_id for row in rows(HireVoid)}
    cancelled = {row.trip_id for row in rows(HiredTripCancellation)}
    return [row for row in rows(HiredTrip) if row.hire_id not in gone and row.id not in cancelled]


def hired_activities() -> list[Counted]:
    had = {row.hire_id for row in _standing_trips()}
    return [Counted(row.day) for row in rows(Hire) if row.id in had]


def hired_trips() -> list[Counted]:
    """On the activity's day, whatever day the trip's own row says."""
    days = {row.id: row.day for row in rows(Hire)}
    return [Counted(days[row.hire_id]) for row in _standing_trips()]


def hired_cost() -> list[Counted]:
    """The last fee that was entered, or what it was ordered for."""
    fees, days = {}, {row.id: row.day for row in rows(Hire)}
    for row in sorted(rows(HiredActual), key=lambda each: each.number):
        fees[row.trip_id] = row.fee
    return [Counted(days[row.hire_id], fees.get(row.id, row.price)) for row in _standing_trips()]


def cost() -> list[Counted]:
    return [Counted(row.day, row.amount, scope=row.vehicle_id) for row in rows(VehicleCost)]


def cost_per_km() -> list[Counted]:
    """Yuan above the line, kilometres below it."""
    return [replace(each, whole=0) for each in cost()] + [_below(each) for each in kilometres()]


def fuel_per_100km() -> list[Counted]:
    costs = {row.id: row for row in rows(VehicleCost)}
    electric = {row.vehicle_id for row in rows(CarTank) if row.energy == "electric"}
    filled = [(costs[row.cost_id], row.litres) for row in rows(FuelFill)]
    litres = [Counted(row.day, litres, 0, row.vehicle_id) for row, litres in filled if row.vehicle_id not in electric]
    return litres + [_below(each) for each in kilometres() if each.scope not in electric]


def _below(driven: Counted) -> Counted:
    return replace(driven, part=0, whole=int(driven.part))


def alarms_settled() -> list[Counted]:
    settled = {row.alarm_id for row in rows(AlarmSettlement)}
    return [Counted(row.raised_on, int(row.id in settled)) for row in rows(Alarm)]


def obligations_met() -> list[Counted]:
    """Done, or noted as lapsed when its day ended; waived ones that did not lapse are not owed."""
    lapsed = {row.obligation_id for row in rows(ObligationLapse)}
    counted = []
    for row in rows(Obligation):
        is_done = row.closed_as == "done" and row.closed_on is not None
        if is_done or row.id in lapsed:
            counted.append(Counted(row.due_on, int(is_done and row.closed_on <= row.due_on)))
    return counted
