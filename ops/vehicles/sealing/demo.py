"""Demo: the cars sealed over each holiday of the year, those exempt, and leave to use one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from ...core import files
from ...core.db import db
from ...core.demo import DemoYear
from ...core.timeslot import Slot, overlapping
from ...indicators import stale
from ..models import Dispatch, TripRequest, Vehicle, VehicleCategory
from ..odometer.models import OdometerReading
from ..register import demo_pictures
from . import queries
from .demo_leaves import NEEDED
from .models import Exemption, Resealing, Sealing, SealingHoliday, SealLeave

Row = dict[str, Any]
BY, APPROVER, KEY_HOLDERS = "车辆管理员（演示）", "中心主要负责人（演示）", ("保管员01（演示）", "保管员02（演示）")
PLACES = ("区政务中心地下停车场（演示）", "公务用车平台停车场（演示）")
GREYS = ((120, 124, 130), (88, 96, 104))  # one photograph of each place
REASONS = {
    Exemption.DUTY: "节日值班用车（演示）", Exemption.EMERGENCY: "应急备勤（演示）",
    Exemption.ENFORCEMENT: "节日执法巡查（演示）",
}  # fmt: skip


def make(demo: DemoYear) -> None:
    breaks = queries.breaks_of(demo.year)
    rows = [{"name": each.name, "starts_at": each.slot.start, "ends_at": each.slot.end} for each in breaks]
    found = insert(SealingHoliday).returning(SealingHoliday.id, sort_by_parameter_order=True)
    keys = db.session.scalars(found, rows).all()
    cars = db.session.scalars(select(Vehicle).where(Vehicle.deregistered_on.is_(None)).order_by(Vehicle.id)).all()
    kept = [files.keep_bytes(demo_pictures.car(each), "封存现场（演示）.png", demo.by) for each in GREYS]
    db.session.flush()
    pictures = {place: picture.id for place, picture in zip(PLACES, kept, strict=True)} | {None: None}
    sealed = [
        {"holiday_id": key, "attachment_id": pictures[row["place"]], **row}
        for key, each in zip(keys, breaks, strict=True) for row in _list(each.slot, cars)
    ]  # fmt: skip
    numbers = db.session.scalars(insert(Sealing).returning(Sealing.id, sort_by_parameter_order=True), sealed).all()
    lines = {(row["holiday_id"], row["vehicle_id"]): number for number, row in zip(numbers, sealed, strict=True)}
    for key, each in zip(keys, breaks, strict=True):
        for trip in _of_sealed(each.slot):
            _allow(lines[key, trip.vehicle_id], trip)
    for model in (SealingHoliday, Sealing, SealLeave, Resealing):
        stale.touch(model, set())  # the hours of cars are counted when the days of the year are


def _of_sealed(holiday: Slot) -> Sequence[Dispatch]:
    """The trips of the holiday that a sealed car was asked for."""
    rows = select(Dispatch).join(TripRequest, TripRequest.id == Dispatch.request_id).where(TripRequest.sealed_car)
    within = overlapping(Dispatch.starts_at, Dispatch.due_at, holiday)
    return db.session.scalars(rows.where(within, Dispatch.released_at.is_(None)).order_by(Dispatch.id)).all()


def _list(holiday: Slot, cars: Sequence[Vehicle]) -> list[Row]:
    """A car that is still out when the holiday begins is on duty over it."""
    rows = select(Dispatch.vehicle_id).where(overlapping(Dispatch.starts_at, Dispatch.ends_at, holiday))
    out = set(db.session.scalars(rows.where(Dispatch.released_at.is_(None))))
    used = {trip.vehicle_id for trip in _of_sealed(holiday)}
    read = select(OdometerReading.vehicle_id, OdometerReading.value).where(OdometerReading.at < holiday.start)
    shown: dict[Any, int] = dict(iter(db.session.execute(read.order_by(OdometerReading.at))))
    listed = [car for car in cars if car.registered_on < holiday.start.date()]
    made = [
        _row(number, car, None if car.id in used else _exempt(number, car, out), holiday)
        for number, car in enumerate(listed)
    ]
    return [{**row, "dial": None if row["exempt"] else shown.get(row["vehicle_id"])} for row in made]


def _exempt(number: int, car: Vehicle, out: set[int]) -> Exemption | None:
    if car.category == VehicleCategory.ENFORCEMENT and number % 7 == 0:
        return Exemption.ENFORCEMENT
    if car.category == VehicleCategory.EMERGENCY and number % 5 == 0:
        return Exemption.EMERGENCY
    return Exemption.DUTY if car.id in out or number % 30 == 7 else None


def _row(number: int, car: Vehicle, exempt: Exemption | None, holiday: Slot) -> Row:
    at = holiday.start - timedelta(hours=1)
    place = PLACES[number % 2]
    return {
        "vehicle_id": car.id, "exempt": exempt, "reason": REASONS[exempt] if exempt else None,
        "place": None if exempt else place, "key_holder": None if exempt else KEY_HOLDERS[number % 2],
        "at": at, "by": BY,
    }  # fmt: skip


def _allow(number: int, trip: Dispatch) -> None:
    """Used for the trip and sealed again once it is back."""
    said = {"approver": APPROVER, "reason": NEEDED, "at": trip.dispatched_at - timedelta(minutes=10), "by": BY}
    slot = {"starts_at": trip.starts_at, "ends_at": trip.due_at}
    found = insert(SealLeave).returning(SealLeave.id)
    [key] = db.session.scalars(found, [{"sealing_id": number, **slot, **said}])
    assert trip.trip_return
    again = {"dial": trip.trip_return.odometer, "at": trip.trip_return.at + timedelta(minutes=10)}
    db.session.execute(insert(Resealing), [{"leave_id": key, "by": BY, **again}])
