"""The verbs of positions: bind a device, take positions in, settle an alarm, note a look."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Vehicle
from . import queries, rules
from .models import Alarm, AlarmSettlement, Position, PositionSetting, SettingName, Tracker, TrackLook
from .shapes import Reported

FIRST_VALUES = Path(__file__).parent / "data" / "settings.json"
IN_FORCE_FROM = date(2020, 1, 1)


def bind(vehicle_id: int, device: str, from_on: date, by: Actor) -> Tracker:
    """The device is in this car from that day on."""
    hold(Vehicle, vehicle_id)
    rules.check_binding(from_on, queries.clashing(vehicle_id, device.strip()))
    row = Tracker(vehicle_id=vehicle_id, device=device.strip(), from_on=from_on, at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("vehicles.tracker.bound", row, by)
    return row


def unbind(tracker: Tracker, to_on: date, by: Actor) -> Tracker:
    """Taken out: from that day on it is no longer in the car."""
    hold(Tracker, tracker.id)
    rules.check_end(tracker.from_on, tracker.to_on, to_on)
    tracker.to_on = to_on
    audit.record("vehicles.tracker.unbound", tracker, by)
    return tracker


def take(positions: Sequence[Reported], source: str, by: Actor) -> dict[str, Any]:
    """Keep the positions that are new; one of the same device and moment is kept once.

    Devices that were in no car on that day are named and not kept. Positions stand outside the trail: the judging and
    the filling name their number there.
    """
    bound = queries.trackers_of(each.device for each in positions)
    hold(Tracker, *(row.id for rows in bound.values() for row in rows))
    fresh, repeated, unknown = [], 0, set()
    for device, group in groupby(sorted(positions, key=lambda each: each.device), lambda each: each.device):
        mine = list(group)
        moments = [each.fixed_at for each in mine]
        seen = queries.kept(device, min(moments), max(moments))
        for each in mine:
            car = _car(bound.get(device, ()), each.fixed_at.date())
            if each.fixed_at in seen:
                repeated += 1
            elif car is None:
                unknown.add(device)
            else:
                seen.add(each.fixed_at)
                fresh.append(
                    {**vars(each), "vehicle_id": car, "source": f"{source}: {by.name}", "received_at": clock.now()}
                )
    if fresh:
        db.session.execute(insert(Position), fresh)
    return {"taken": len(fresh), "repeated": repeated, "unknown": sorted(unknown)}


def _car(trackers: Sequence[Tracker], day: date) -> int | None:
    fits = (row.vehicle_id for row in trackers if row.from_on <= day and (row.to_on is None or day < row.to_on))
    return next(fits, None)


def settle(alarm: Alarm, reason_given: str, by: Actor) -> AlarmSettlement:
    """Somebody looked into it and says what it was; once."""
    hold(Alarm, alarm.id)
    rules.check_open(alarm.settlement is not None)
    row = AlarmSettlement(alarm_id=alarm.id, at=clock.now(), by=by.name, reason=reason_given.strip())
    db.session.add(row)
    audit.record("vehicles.alarm.settled", alarm, by)
    return row


def look(vehicle_id: int, day: date, by: Actor) -> TrackLook:
    """Somebody looks at where a car was: noted before it is shown."""
    row = TrackLook(vehicle_id=vehicle_id, day=day, at=clock.now(), user_id=by.user_id)
    row.by, row.role = by.name, ",".join(queries.roles_of(by.user_id))
    db.session.add(row)
    audit.record("vehicles.track.looked", row, by)
    return row


def set_value(
    name: str,
    value: Decimal,
    valid_from: date,
    source: str,
    by: Actor,
    document: str = "",
    clause: str = "",
    confirmed: bool = False,
) -> PositionSetting:
    """The setting has this value from that day on."""
    if db.session.scalar(select(PositionSetting.id).filter_by(name=name, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = PositionSetting(name=SettingName(name), value=value, valid_from=valid_from, source=source)
    row.document, row.clause, row.confirmed = document.strip(), clause.strip(), confirmed
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.position_setting.set", row, by)
    return row


def load_settings() -> None:
    """The first values, when there are none; what the house has set since stays."""
    if db.session.scalar(select(PositionSetting.id).limit(1)):
        return
    by = system("reference data")
    for row in json.loads(FIRST_VALUES.read_text("utf-8")):
        noted = {"valid_from": IN_FORCE_FROM, "set_at": clock.now(), "set_by": by.name}
        db.session.add(PositionSetting(**{**row, "value": Decimal(row["value"])}, **noted))
    audit.record("vehicles.position_settings.loaded", "position_setting", by)
