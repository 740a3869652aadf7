"""The dial: readings between trips, corrections of what was read at a trip's ends, dials replaced on the way."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.vehicles.models import Dispatch, Vehicle
from ops.vehicles.odometer import queries, replacing, service
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal
from tests.random_work.steps import BY, Deed, Draw, ids, moment, some


def arrange() -> None:
    """The cars of the trips are there."""


def hidden(car_id: int, after: datetime, upto: datetime) -> int:
    """What dials replaced after the one moment and up to the other hide."""
    gone = set(ids(ReplacementReversal))
    rows = db.session.scalars(select(DialReplacement).where(DialReplacement.vehicle_id == car_id))
    return sum(row.old_last - row.new_first for row in rows if row.id not in gone and after < row.at <= upto)


def read_dial(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    at, value = moment(draw), draw(st.integers(0, 9000))
    return lambda: service.record(car.id, value, at, "manual", "", BY, "misread")


def correct_reading(draw: Draw) -> Deed | None:
    """Most often that of a trip, by a little."""
    if not (reading := some(OdometerReading, draw)):
        return None
    value = max(0, reading.value + draw(st.integers(-20, 20)))
    return lambda: service.correct(reading, value, "读错", BY, "misread")


def reverse_reading(draw: Draw) -> Deed | None:
    """One of a fill or of a paper most often; that of a trip is refused."""
    free = db.session.scalars(select(OdometerReading.id).where(OdometerReading.dispatch_id.is_(None))).all()
    known = sorted(free) or sorted(ids(OdometerReading))
    if not known:
        return None
    reading = db.session.get_one(OdometerReading, draw(st.sampled_from(known)))
    return lambda: service.reverse(reading, "误登", BY)


def replace_dial(draw: Draw) -> Deed | None:
    """While a trip is out, if there is one."""
    if not (car := some(Vehicle, draw)):
        return None
    trips = db.session.scalars(select(Dispatch.starts_at).where(Dispatch.vehicle_id == car.id).order_by(Dispatch.id))
    at = draw(st.sampled_from(trips.all() or [moment(draw)])) + timedelta(hours=draw(st.integers(0, 4)))
    old, new = draw(st.integers(5000, 9000)), draw(st.integers(0, 10))
    return lambda: replacing.replace_dial(car.id, at, old, new, "维修单1号", None, BY, "misread")


def reverse_replacement(draw: Draw) -> Deed | None:
    replaced = some(DialReplacement, draw)
    return replaced and (lambda: replacing.reverse_replacement(replaced, "误登", BY))


def check_besides() -> None:
    """What the dial showed is what was read and nobody reversed."""
    gone = {row.reading_id for row in db.session.scalars(select(ReadingReversal))}
    stand = {(row.vehicle_id, row.id) for row in db.session.scalars(select(OdometerReading)) if row.id not in gone}
    assert {(car, each.id) for car, found in queries.reads().items() for each in found} == stand


STEPS = (read_dial, correct_reading, correct_reading, reverse_reading, replace_dial, reverse_replacement)
