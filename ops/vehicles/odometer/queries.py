"""Reads of the dial: standing readings in order of their time, whatever the order they were entered in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, func, select, table

from ...core.db import db
from .models import (
    DialReplacement,
    FindingSettlement,
    OdometerReading,
    ReadingConfirmation,
    ReadingReversal,
    ReplacementReversal,
    Source,
)
from .rules import DialFinding, Read, Replaced, dial_findings, lost_between, through

_EARLIER = OdometerReading.__table__.alias()
_CAR = table("vehicle", column("id"))  # the bare table: its model is made with what is here


def standing() -> Select[Any]:
    """Readings that were not reversed."""
    rows = select(OdometerReading).outerjoin(ReadingReversal, ReadingReversal.reading_id == OdometerReading.id)
    return rows.where(ReadingReversal.reading_id.is_(None))


def standing_value(dispatch_id: Any, source: str) -> Any:
    """What the dial showed at the start or the end of a trip, as a column: the reading that stands now."""
    return _standing_value(OdometerReading.dispatch_id == dispatch_id, OdometerReading.source == source)


def standing_at_cost(cost_id: Any) -> Any:
    """What the dial showed when a cost arose (a refuelling), as a column."""
    return _standing_value(OdometerReading.cost_id == cost_id)


def _standing_value(*where: ColumnElement[bool]) -> Any:
    rows = standing().with_only_columns(OdometerReading.value).where(*where)
    one = rows.order_by(OdometerReading.id.desc()).limit(1)
    return one.correlate_except(OdometerReading, ReadingReversal).scalar_subquery()


def replacements() -> Select[Any]:
    """Replaced dials whose record was not reversed."""
    rows = select(DialReplacement).outerjoin(
        ReplacementReversal, ReplacementReversal.replacement_id == DialReplacement.id
    )
    return rows.where(ReplacementReversal.replacement_id.is_(None))


def lost_on_the_way(vehicle_id: Any, after: Any, upto: Any) -> Any:
    """Kilometres that replaced dials hide between two moments, as a column."""
    lost = func.coalesce(func.sum(DialReplacement.old_last - DialReplacement.new_first), 0)
    of_car = (DialReplacement.vehicle_id == vehicle_id, DialReplacement.at > after, DialReplacement.at <= upto)
    rows = replacements().with_only_columns(lost).where(*of_car)
    return rows.correlate_except(DialReplacement, ReplacementReversal).scalar_subquery()


def lost(vehicle_id: int, after: datetime, upto: datetime) -> int:
    return lost_between(_replaced(DialReplacement.vehicle_id == vehicle_id)[vehicle_id], after, upto)


def latest(vehicle_id: int, before: datetime) -> int | None:
    """What the dial should show at that moment: the latest standing reading up to it; a new dial is one too."""
    return latest_of([vehicle_id], before).get(vehicle_id)


def latest_of(vehicle_ids: Collection[int], before: datetime) -> dict[int, int]:
    """The same of several cars in two questions; a car without any reading is not among them."""
    readings, changes = _latest()
    asked = {"cars": list(vehicle_ids), "before": before}
    known: dict[int, list[Read]] = defaultdict(list)
    for row in db.session.execute(readings, asked):
        known[row.vehicle_id].append(_read(row))
    for row in db.session.execute(changes, asked):
        known[row.vehicle_id].append(Replaced(row.at, row.old_last, row.new_first, row.id).reading)
    return {key: max(found, key=lambda each: each.order).value for key, found in known.items()}


@cache
def _latest() -> tuple[Select[Any], Select[Any]]:
    """Put together once: the board asks it each time it is drawn."""
    dial = DialReplacement
    cars: Any = bindparam("cars", expanding=True)
    before: Any = bindparam("before")
    # from the cars to the last reading of each, not through all of their readings
    last = _last_standing(_EARLIER.c.vehicle_id == _CAR.c.id, _EARLIER.c.at <= before)
    of_car = (OdometerReading.vehicle_id == _CAR.c.id) & (OdometerReading.at == last)
    rows = standing().join(_CAR, of_car).where(_CAR.c.id.in_(cars))
    wanted: list[Any] = [dial.id, dial.vehicle_id, dial.at, dial.old_last, dial.new_first]
    changes = replacements().with_only_columns(*wanted).where(dial.vehicle_id.in_(cars), dial.at <= before)
    return _plain(rows), changes


def reads(first: date | None = None, last: date | None = None, vehicle_id: int | None = None) -> dict[int, list[Read]]:
    """Standing readings by car, in no order; with `first` also the last one before it of each car."""
    rows = standing()
    if first is not None:
        rows = rows.where(OdometerReading.at >= _begin(first, vehicle_id))
    return _by_car(rows, last, vehicle_id)


def reads_with_trip(first: date, last: date | None, vehicle_id: int | None) -> dict[int, list[Read]]:
    """As `reads`, and further back to the start of a trip: what was read on it is no gap, wherever a period begins."""
    before = datetime.combine(first, time.min)
    same = _EARLIER.c.vehicle_id == (OdometerReading.vehicle_id if vehicle_id is None else vehicle_id)
    left = _last_standing(same, _EARLIER.c.at < before, _EARLIER.c.source == Source.DEPARTURE)
    rows = standing().where(OdometerReading.at >= func.coalesce(left, _begin(first, vehicle_id)))
    return _by_car(rows, last, vehicle_id)


def _by_car(rows: Select[Any], last: date | None, vehicle_id: int | None) -> dict[int, list[Read]]:
    if vehicle_id is not None:
        rows = rows.where(OdometerReading.vehicle_id == vehicle_id)
    if last is not None:
        rows = rows.where(OdometerReading.at < datetime.combine(last + timedelta(days=1), time.min))
    found: dict[int, list[Read]] = defaultdict(list)
    for row in db.session.execute(_plain(rows)):
        found[row.vehicle_id].append(_read(row))
    return found


def _plain(rows: Select[Any]) -> Select[Any]:
    one = OdometerReading
    wanted: list[Any] = [one.id, one.vehicle_id, one.value, one.at, one.source, one.dispatch_id]
    return rows.with_only_columns(*wanted)


def _begin(first: date, vehicle_id: int | None) -> Any:
    """Per car the moment of its last standing reading before the day, or else the day itself."""
    begin = datetime.combine(first, time.min)
    same = _EARLIER.c.vehicle_id == (OdometerReading.vehicle_id if vehicle_id is None else vehicle_id)
    return func.coalesce(_last_standing(same, _EARLIER.c.at < begin), begin)


def _last_standing(*where: ColumnElement[bool]) -> Any:
    """The moment of the last standing reading of those, as a column."""
    gone = ReadingReversal.__table__.alias()
    rows = select(_EARLIER.c.at).outerjoin(gone, gone.c.reading_id == _EARLIER.c.id)
    last = rows.where(*where, gone.c.reading_id.is_(None)).order_by(_EARLIER.c.at.desc()).limit(1)
    return last.correlate(OdometerReading, _CAR).scalar_subquery()


def replaced_by_car() -> Mapping[int, list[Replaced]]:
    return _replaced()


def _replaced(*where: ColumnElement[bool]) -> dict[int, list[Replaced]]:
    found: dict[int, list[Replaced]] = defaultdict(list)
    for row in db.session.scalars(replacements().where(*where)):
        found[row.vehicle_id].append(Replaced(row.at, row.old_last, row.new_first, row.id))
    return found


def _read(row: Any) -> Read:
    return Read(row.at, row.value, row.source, row.dispatch_id, row.id)


def findings(first: date, last: date, vehicle_id: int | None = None) -> dict[int, list[DialFinding]]:
    """What does not fit in the readings of a period, by car; settled ones too."""
    changes, ends = replaced_by_car(), datetime.combine(last + timedelta(days=1), time.min)
    found = {}
    for key, rows in reads_with_trip(first, last, vehicle_id).items():
        meanwhile = [each for each in _since(rows, changes.get(key, ())) if each.at < ends]
        if of_car := [each for each in dial_findings(rows, meanwhile) if each.later.at.date() >= first]:
            found[key] = of_car
    return found


def _since(rows: Sequence[Read], changes: Iterable[Replaced]) -> list[Replaced]:
    """A dial put in before the readings has none beside it here, and would seem to be a gap."""
    begins = min((each.at for each in rows), default=datetime.min)
    return [each for each in changes if begins < each.at]


def beside(
    vehicle_id: int, new: Read, instead_of: int = 0, without: DialReplacement | None = None
) -> tuple[list[Read], list[Replaced]]:
    """What a new reading of the car is held against: its readings from before that day on, and the dials put in since.

    Neither the reading nor the dial that it takes the place of.
    """
    rows = [
        each for each in reads_with_trip(new.at.date(), None, vehicle_id).get(vehicle_id, []) if each.id != instead_of
    ]
    gone = without.id if without else 0
    return rows, [each for each in replaced_of(vehicle_id, rows) if each.id != gone]


def replaced_of(vehicle_id: int, rows: Sequence[Read]) -> list[Replaced]:
    """The dials of the car that were put in since the first of its readings there."""
    return _since(rows, _replaced(DialReplacement.vehicle_id == vehicle_id).get(vehicle_id, []))


def confirmations(reading_ids: Collection[int]) -> dict[int, ReadingConfirmation]:
    """By reading, of those that somebody was asked about."""
    rows = select(ReadingConfirmation).where(ReadingConfirmation.reading_id.in_(reading_ids))
    return {row.reading_id: row for row in db.session.scalars(rows)}


def settlements(keys: Iterable[str]) -> dict[str, FindingSettlement]:
    """By the finding's key; in one query, however many findings there are."""
    wanted = set(keys)
    return {row.key: row for row in db.session.scalars(select(FindingSettlement)) if row.key in wanted}


def readings_of(vehicle_id: int) -> Select[Any]:
    """All readings of a car, reversed ones too."""
    return select(OdometerReading).where(OdometerReading.vehicle_id == vehicle_id)


def replacements_of(vehicle_id: int) -> Sequence[DialReplacement]:
    rows = select(DialReplacement).where(DialReplacement.vehicle_id == vehicle_id)
    return db.session.scalars(rows.order_by(DialReplacement.at)).all()


def of_trip(dispatch_id: int, source: str) -> OdometerReading | None:
    rows = standing().where(OdometerReading.dispatch_id == dispatch_id, OdometerReading.source == source)
    return db.session.scalars(rows.order_by(OdometerReading.id.desc())).first()


def of_cost(cost_id: int) -> Sequence[OdometerReading]:
    return db.session.scalars(standing().where(OdometerReading.cost_id == cost_id)).all()


def of_done(done_id: int) -> Sequence[OdometerReading]:
    return db.session.scalars(standing().where(OdometerReading.done_id == done_id)).all()


def shown_at(vehicle_id: int) -> list[tuple[Read, int]]:
    """The car's standing readings as one dial would show them that was never replaced."""
    return through(reads(vehicle_id=vehicle_id)[vehicle_id], replaced_by_car().get(vehicle_id, ()))


def shown_last(day: date) -> dict[int, int]:
    """By car the kilometres of its latest standing reading, as one dial would show them that was never replaced.

    `day`: readings before it need not be read, save the last one of each car.
    """
    found, changes = reads(first=day), replaced_by_car()
    return {car: through(found.get(car, ()), changes.get(car, ()))[-1][1] for car in {*found, *changes}}
