"""Raising alarms: a whole day at night; every ten minutes what has come in since, looked at from a little before it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db, hold, transaction
from ..models import Vehicle
from . import queries, rules
from .models import Alarm, PositionsJudged

JUDGED = 1  # the one row that tells how far the judging has come
OVERLAP = timedelta(minutes=15)  # a lower key may be committed after a higher one: longer than any taking lasts
LEAD = timedelta(minutes=30)  # enough to see whether a car stood still before


def judge_whole(day: date, by: Actor) -> int:
    """Everything that the rules notice about the day. Gives the number of new alarms."""
    now = clock.now()
    return _judge([(car, day, None) for car in queries.bound(day)], now, by)


def judge_new(now: datetime, by: Actor) -> int:
    """What has come in since the last time: of today from a little before it, of earlier days the whole day.

    A fix that waited to be confirmed is looked at with it. Every car is looked at, for silence and lateness come
    without a position. What was received within the overlap is looked at once more the next time; what was told is not
    told again.
    """
    since, upto, today = queries.judged_upto(), queries.newest(), now.date()
    fresh = queries.come_in(since, upto) if since is not None else {}
    fresh_from = {car: first - LEAD for (car, day), first in fresh.items() if day == today}
    begins = {car: queries.unconfirmed_since(car, at) for car, at in fresh_from.items()}
    quiet = None if since is None else now - LEAD
    looked = [(car, today, begins.get(car, quiet)) for car in queries.bound(today)]
    waited = {(car, at.date()) for car, at in begins.items() if at < fresh_from[car] and at.date() < today}
    late = [(car, day, None) for car, day in sorted(waited | {each for each in fresh if each[1] < today})]
    new = _judge([*looked, *late], now, by)
    with transaction():
        [row] = hold(PositionsJudged, JUDGED) or [PositionsJudged(id=JUDGED)]
        row.position_id, row.at = queries.settled_upto(since or 0, upto, now - OVERLAP), now
        db.session.add(row)
    return new


def _judge(asked: Sequence[tuple[int, date, datetime | None]], now: datetime, by: Actor) -> int:
    """(car, day, from when on). Looking takes long and holds nothing; what is found is raised at the end."""
    found = []
    limits = {day: queries.limits(day) for day in {day for _car, day, _since in asked}}
    for car, day, since in asked:
        seen = queries.watched(car, day, now, since)
        found += [(car, each) for each in rules.findings(seen, limits[day]) if since is None or each.until >= since]
    return _raise(found, now, by) if found else 0


def _raise(found: Iterable[tuple[int, rules.Finding]], now: datetime, by: Actor) -> int:
    """What nobody has been told yet."""
    new = 0
    with transaction():
        by_car: dict[int, list[rules.Finding]] = {}
        for car, each in found:
            by_car.setdefault(car, []).append(each)
        for car, mine in sorted(by_car.items()):
            hold(Vehicle, car)
            first = min(each.at for each in mine)
            known = queries.raised(car, datetime.combine(first.date(), time()) - timedelta(days=1))
            for each in mine:
                if not rules.is_known(each, known):
                    known.append((each.kind, each.dispatch_id, each.at, each.until, False))
                    db.session.add(_alarm(car, each, now))
                    new += 1
        if new:
            audit.record("vehicles.alarms.raised", "alarm", by, alarms=new)
    return new


def _alarm(vehicle_id: int, found: rules.Finding, now: datetime) -> Alarm:
    row = Alarm(vehicle_id=vehicle_id, kind=found.kind, day=found.at.date(), at=found.at, until=found.until)
    row.value, row.dispatch_id, row.raised_at, row.raised_on = found.value, found.dispatch_id, now, now.date()
    return row


def judge_now(_day: date) -> None:
    """The work of every ten minutes."""
    judge_new(clock.now(), system("vehicles.positions"))
