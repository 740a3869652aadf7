"""The vehicles' figures, counted by hand."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from ops.core.workcalendar import CalendarDay
from ops.vehicles.costs.models import CarTank, FuelFill, VehicleCost
from ops.vehicles.hires.actual_models import HiredActual, HiredTripCancellation
from ops.vehicles.hires.models import Hire, HiredTrip, HireVoid
from ops.vehicles.hours.models import FleetDay
from ops.vehicles.models import Departure, Dispatch, DispatchCancellation, TripReturn, Vehicle
from ops.vehicles.obligations.models import DoneReversal, LapseVoid, Obligation, ObligationDone, ObligationLapse
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal
from ops.vehicles.positions.models import Alarm, AlarmSettlement
from ops.vehicles.register.models import CategoryChange, CategoryVoid, ReformUnit, TransferVoid, VehicleTransfer
from ops.vehicles.sealing.models import Resealing, Sealing, SealingHoliday, SealLeave
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
    counted, replaced = [], _replaced()
    for row in rows(TripReturn):
        car = cars[row.dispatch_id]
        driven = dial[row.dispatch_id, "return"] - dial[row.dispatch_id, "departure"]
        way = [each for each in replaced[car] if started[row.dispatch_id] < each.at <= row.at]
        driven += sum(each.old_last - each.new_first for each in way)
        counted.append(Counted(row.day, driven, scope=car))
    return counted


def _replaced() -> dict[int, list[DialReplacement]]:
    """By car, those whose record stands."""
    gone, found = {row.replacement_id for row in rows(ReplacementReversal)}, defaultdict(list)
    for row in rows(DialReplacement):
        if row.id not in gone:
            found[row.vehicle_id].append(row)
    return found


def returns_on_time() -> list[Counted]:
    due = {row.id: row.due_at for row in rows(Dispatch)}
    return [Counted(row.day, int(row.at <= due[row.dispatch_id])) for row in rows(TripReturn)]


def satisfaction() -> list[Counted]:
    """Four stars satisfy, three do not; who said nothing is not asked again."""
    return [Counted(row.day, int(row.stars in (4, 5))) for row in rows(TripRating)]


def on_register() -> list[Counted]:
    place = {"confidential": 1, "emergency": 2, "enforcement": 3, "special": 4, "other": 5}
    cars, void = rows(Vehicle), {row.change_id for row in rows(CategoryVoid)}
    changes = [row for row in sorted(rows(CategoryChange), key=lambda each: each.day) if row.id not in void]
    first = {row.id: row.category for row in cars} | {row.vehicle_id: row.before for row in reversed(changes)}
    counted = [Counted(row.registered_on, scope=place[first[row.id]]) for row in cars]
    counted += [Counted(row.deregistered_on, -1, scope=place[row.category]) for row in cars if row.deregistered_on]
    counted += [Counted(row.day, -1, scope=place[row.before]) for row in changes]
    return counted + [Counted(row.day, scope=place[row.after]) for row in changes]


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
    """What was recorded as done, by its own rows and by the dials; or noted as lapsed. Waived in time is not owed."""
    corrected = {row.lapse_id for row in rows(LapseVoid)}
    lapsed = {row.obligation_id for row in rows(ObligationLapse) if row.id not in corrected}
    void = {row.done_id for row in rows(DoneReversal)}
    done = {row.obligation_id: row for row in rows(ObligationDone) if row.id not in void}
    read, replaced, counted = _standing_readings(), _replaced(), []
    for row in rows(Obligation):
        if made := done.get(row.id):
            car = row.vehicle_id or 0
            too_far = _driven_too_far(row, made, read[car], replaced[car])
            counted.append(Counted(row.due_on, int(made.done_on <= row.due_on and not too_far)))
        elif row.id in lapsed:
            counted.append(Counted(row.due_on, 0))
    return counted


def _standing_readings() -> dict[int, list[OdometerReading]]:
    void, found = {row.reading_id for row in rows(ReadingReversal)}, defaultdict(list)
    for row in rows(OdometerReading):
        if row.id not in void:
            found[row.vehicle_id].append(row)
    return found


def _driven_too_far(
    row: Obligation, made: ObligationDone, read: list[OdometerReading], put_in: list[DialReplacement]
) -> bool:
    """By what the dials showed before the day it was done, or when it was done; a new dial counts on from the old."""
    if row.due_km is None or row.km_at is None:
        return False
    begins = datetime.combine(made.done_on, time.min)
    shown = [(each.at, each.value) for each in read if each.at < begins or each.done_id == made.id]
    shown += [(each.at, each.new_first) for each in put_in if row.km_at < each.at < begins]
    for at, value in shown:
        between = [each for each in put_in if min(at, row.km_at) < each.at <= max(at, row.km_at)]
        if at < row.km_at and between:
            continue  # an earlier dial
        if value + sum(each.old_last - each.new_first for each in between) > row.due_km:
            return True
    return False


def hours_available() -> list[Counted]:
    return [Counted(day, hours) for day, hours, _used in _could_be_used()]


def hours_in_use() -> list[Counted]:
    return [Counted(day, used, hours) for day, hours, used in _could_be_used()]


def hours_idle() -> list[Counted]:
    return [Counted(day, hours) for day, hours, used in _could_be_used() if not used]


def hours_sealed() -> list[Counted]:
    seals = _seals()
    return [Counted(day.day, _hours(day.minutes * 60)) for day, car in _car_days() if _stood_sealed(seals[car.id], day)]


def _could_be_used() -> list[tuple[date, Decimal, Decimal]]:
    """(day, hours, hours out) of every car on every working day that counts and on which it was not sealed."""
    special, trips, seals, found = {row.day: row.working for row in rows(CalendarDay)}, _out(), _seals(), []
    for day, car in _car_days():
        if special.get(day.day, day.day.weekday() < 5) and not _stood_sealed(seals[car.id], day):
            out = [min(back or day.closes_at, day.closes_at) - max(left, day.opens_at) for left, back in trips[car.id]]
            used = min(sum(each.total_seconds() for each in out if each.total_seconds() > 0), day.minutes * 60)
            found.append((day.day, _hours(day.minutes * 60), _hours(used)))
    return found


def _car_days() -> list[tuple[FleetDay, Vehicle]]:
    gone, cars = datetime.max.date(), rows(Vehicle)
    return [
        (day, car)
        for day in rows(FleetDay)
        for car in cars
        if car.registered_on <= day.day < (car.deregistered_on or gone)
    ]


def _out() -> dict[int, list[tuple[datetime, datetime | None]]]:
    back, found = {row.dispatch_id: row.at for row in rows(TripReturn)}, defaultdict(list)
    cars = {row.id: row.vehicle_id for row in rows(Dispatch)}
    for row in rows(Departure):
        found[cars[row.dispatch_id]].append((row.at, back.get(row.dispatch_id)))
    return found


Between = tuple[datetime, datetime]


def _seals() -> dict[int, list[tuple[Between, list[Between]]]]:
    """By car: over which holiday it is sealed and not exempt, and when it had leave; that ends when it is sealed again,
    if that is earlier.
    """
    holidays, again = {row.id: row for row in rows(SealingHoliday)}, {row.leave_id: row.at for row in rows(Resealing)}
    leaves, found = defaultdict(list), defaultdict(list)
    for row in rows(SealLeave):
        leaves[row.sealing_id].append((row.starts_at, min(row.ends_at, again.get(row.id, row.ends_at))))
    for seal in rows(Sealing):
        if seal.exempt is None:
            holiday = holidays[seal.holiday_id]
            found[seal.vehicle_id].append(((holiday.starts_at, holiday.ends_at), leaves[seal.id]))
    return found


def _stood_sealed(seals: list[tuple[Between, list[Between]]], day: FleetDay) -> bool:
    """Throughout the office hours, and not to be used in any minute of them."""
    return any(
        begins <= day.opens_at
        and day.closes_at <= ends
        and not any(first < day.closes_at and last > day.opens_at for first, last in leaves)
        for (begins, ends), leaves in seals
    )


def _hours(seconds: float) -> Decimal:
    return (Decimal(seconds) / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP)
