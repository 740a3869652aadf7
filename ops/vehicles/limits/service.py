"""Judging an assignment by the limits for drivers, noting what passes them, and keeping the limits."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db
from ...core.errors import Rejected
from ...core.timeslot import Slot
from ..models import Dispatch, Driver, TripRequest
from . import queries, rules
from .models import DriverLimit, LimitName, LimitOverride
from .rules import Excess

FIRST_VALUES = Path(__file__).parent / "data" / "limits.json"
IN_FORCE_FROM = date(2000, 1, 1)


def check(
    slot: Slot, driver: Driver, others: Sequence[Slot], reason: str, aboard: Sequence[TripRequest],
    field: str = "driver_id", as_driven: bool = False,
) -> list[Excess]:  # fmt: skip
    """Refuse a stretch without a rest, and without a reason what passes the other limits; say which it passes.

    The driver is held. `others`: his trips `around` the slot; `aboard`: the requests that the trip serves, of which the
    longest way counts. `as_driven`: it was driven already, so that nothing is refused any more.
    """
    table = queries.in_force(slot.start.date())
    stretch = rules.without_rest(slot, others, table)
    found = rules.exceeded(slot, others, table, queries.one_way(aboard))
    if as_driven:
        return [*rules.too_long(stretch, table), *found]
    if stretch:
        raise Rejected(rules.no_rest_left(driver.name, stretch, table), field)
    rules.check_reason(found, reason)
    return found


def note(dispatch: Dispatch, found: Sequence[Excess], reason: str, by: Actor) -> None:
    """Keep what the trip passes, and why; it belongs to the deed that gives the trip its time."""
    for each in found:
        row = LimitOverride(dispatch=dispatch, name=each.name, amount=each.amount, most=each.most)
        row.reason, row.at, row.by = reason.strip(), clock.now(), by.name
        db.session.add(row)


def set_limit(
    name: str,
    amount: int,
    from_hour: int | None,
    to_hour: int | None,
    valid_from: date,
    document: str,
    clause: str,
    source: str,
    confirmed: bool,
    by: Actor,
) -> DriverLimit:
    """The limit is this from that day on."""
    rules.check_limit(name, int(amount), from_hour, to_hour)
    if db.session.scalar(select(DriverLimit.id).filter_by(name=name, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = DriverLimit(name=LimitName(name), amount=int(amount), valid_from=valid_from, document=document.strip())
    row.from_hour, row.to_hour = (None if hour is None else int(hour) for hour in (from_hour, to_hour))
    row.clause, row.source, row.confirmed = clause.strip(), source.strip(), confirmed
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.driver_limit.set", row, by)
    return row


def load_limits() -> None:
    """The first value of each limit that has none yet; what the house has set since stays."""
    there = set(db.session.scalars(select(DriverLimit.name)))
    missing = [row for row in json.loads(FIRST_VALUES.read_text("utf-8")) if row["name"] not in there]
    if not missing:
        return
    by = system("reference data")
    for row in missing:
        db.session.add(DriverLimit(valid_from=IN_FORCE_FROM, set_at=clock.now(), set_by=by.name, **row))
    audit.record("vehicles.driver_limits.loaded", "driver_limit", by)
