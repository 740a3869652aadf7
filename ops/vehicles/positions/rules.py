"""What a car's positions of a day tell: alarms by pure rules over fixes, trips and limits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from math import asin, cos, radians, sin, sqrt
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import AlarmKind

EARTH = 6_371_000
AT_REST = timedelta(minutes=10)
JITTER = 15  # metres that a standing device wanders
SILENCE = timedelta(hours=1)  # without a fix, as Traccar ends a trip
FASTEST = 300 / 3.6  # metres a second that no car does: a place farther off is the device's error
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Fix:
    at: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Trip:
    """A dispatch that was not cancelled. `dial_km`: how far the dial moved on it, once the car is back."""

    id: int
    starts_at: datetime
    due_at: datetime
    departed_at: datetime | None = None
    back_at: datetime | None = None
    out_of_district: bool = False
    dial_km: int | None = None

    def covers(self, at: datetime) -> bool:
        """A car that left is on its trip until it is back, however late."""
        begins = min(self.starts_at, self.departed_at or self.starts_at)
        if self.back_at:
            return begins <= at <= self.back_at
        return begins <= at and (self.departed_at is not None or at <= self.due_at)


@dataclass(frozen=True)
class Limits:
    """The settings in force on the day. Hours of the clock in parts of an hour: 17.5 is half past five."""

    movement_metres: float
    late_minutes: float
    area_latitude: float
    area_longitude: float
    area_radius: float
    dial_percent: float
    dial_km: float
    offline_minutes: float
    work_starts: float
    work_ends: float


@dataclass(frozen=True)
class Watched:
    """A car's day up to `now`; `fixes` in order of time, led by the last one before the day when there is one."""

    day: date
    now: datetime
    works: bool
    fixes: Sequence[Fix]
    trips: Sequence[Trip]

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.day, time())

    @property
    def ends(self) -> datetime:
        return min(self.now, self.begins + timedelta(days=1))

    def trip_at(self, at: datetime) -> Trip | None:
        return next((trip for trip in self.trips if trip.covers(at)), None)


@dataclass(frozen=True)
class Finding:
    kind: AlarmKind
    at: datetime
    until: datetime
    value: int
    dispatch_id: int | None = None


def metres(one: Fix, other: Fix) -> float:
    """Along the earth's surface (haversine)."""
    up, across = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    part = sin(up / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(across / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(part)))


def plausible(fixes: Sequence[Fix]) -> list[Fix]:
    """Without a place that no car could have reached, or that nothing confirms after a long silence.

    What two in a row say stands.
    """
    kept: list[Fix] = []
    for number, fix in enumerate(fixes):
        after = fixes[number + 1 : number + 2]
        if not kept or _believed(kept[-1], fix, after[0] if after else None):
            kept.append(fix)
    return kept


def _believed(last: Fix, fix: Fix, after: Fix | None) -> bool:
    """Whatever is far off can be reached in hours: after a silence the next fix has to be nearer to it than to where
    the car stood. A new place within minutes stands when the next one can be reached from there only.
    """
    if fix.at - last.at >= SILENCE and metres(last, fix) > JITTER:
        return after is not None and _reached(fix, after) and metres(fix, after) < metres(last, after)
    new_place = after is not None and _reached(fix, after) and not _reached(last, after)
    return new_place or _reached(last, fix)


def _reached(one: Fix, other: Fix) -> bool:
    return metres(one, other) <= FASTEST * max((other.at - one.at).total_seconds(), 1)


def length(fixes: Sequence[Fix]) -> float:
    """Metres along the fixes; what a standing device wanders does not count."""
    total, here = 0.0, fixes[0] if fixes else None
    for fix in fixes:
        if here is not None and (step := metres(here, fix)) > JITTER:
            total, here = total + step, fix
    return total


def moves(fixes: Sequence[Fix], limit: float) -> Iterator[tuple[datetime, datetime, int]]:
    """(start, end, metres) of each time the car went more than `limit` metres from where it stood."""
    rest, start, gone = (fixes[0] if fixes else None), None, 0.0
    for before, fix in pairwise(fixes):
        assert rest is not None
        step = metres(rest, fix)
        if step > limit:
            start = start or before.at
            rest, gone = fix, gone + step
        elif start and fix.at - rest.at >= AT_REST:
            yield start, rest.at, round(gone)
            start, gone = None, 0.0
    if start and rest:
        yield start, rest.at, round(gone)


def findings(seen: Watched, limits: Limits) -> list[Finding]:
    """Everything that is noticed about the car's day."""
    rules = (movement, late, out_of_area, dial_differs, silent, outside_hours)
    return [found for rule in rules for found in rule(seen, limits) if found.until >= seen.begins]


def movement(seen: Watched, limits: Limits) -> Iterator[Finding]:
    for trip, run in _runs(seen.fixes, seen.trip_at):
        if trip is None:
            for start, end, gone in moves(run, limits.movement_metres):
                yield Finding(AlarmKind.MOVEMENT, start, end, gone)


def late(seen: Watched, limits: Limits) -> Iterator[Finding]:
    for trip in seen.trips:
        back, allowed = trip.back_at or seen.now, trip.due_at + limits.late_minutes * MINUTE
        if trip.departed_at and back > allowed and trip.due_at < seen.begins + timedelta(days=1):
            yield Finding(AlarmKind.LATE, trip.due_at, back, round((back - trip.due_at) / MINUTE), trip.id)


def out_of_area(seen: Watched, limits: Limits) -> Iterator[Finding]:
    """Farther from the centre than the radius, unless the trip was approved to leave the district."""
    centre = Fix(seen.begins, limits.area_latitude, limits.area_longitude)

    def outside(at: Fix) -> tuple[bool, int | None]:
        trip = seen.trip_at(at.at)
        allowed = trip is not None and trip.out_of_district
        return not allowed and metres(centre, at) > limits.area_radius * 1000, trip.id if trip else None

    for (is_outside, trip_id), group in groupby(seen.fixes, outside):
        run = list(group)
        if is_outside:
            farthest = round(max(metres(centre, fix) for fix in run) / 1000)
            yield Finding(AlarmKind.AREA, run[0].at, run[-1].at, farthest, trip_id)


def dial_differs(seen: Watched, limits: Limits) -> Iterator[Finding]:
    """Of trips that came back on the day and were followed without a long silence."""
    for trip in seen.trips:
        if trip.dial_km is None or not trip.departed_at or not trip.back_at or trip.back_at.date() != seen.day:
            continue
        run = [fix for fix in seen.fixes if trip.departed_at <= fix.at <= trip.back_at]
        marks = [trip.departed_at, *(fix.at for fix in run), trip.back_at]
        if len(run) < 2 or any(after - before > limits.offline_minutes * MINUTE for before, after in pairwise(marks)):
            continue
        differs = abs(trip.dial_km - length(run) / 1000)
        if differs > max(limits.dial_km, trip.dial_km * limits.dial_percent / 100):
            yield Finding(AlarmKind.DIAL, trip.departed_at, trip.back_at, round(differs), trip.id)


def silent(seen: Watched, limits: Limits) -> Iterator[Finding]:
    marks = [*(fix.at for fix in seen.fixes), seen.ends]
    if not seen.fixes:
        marks.insert(0, seen.begins)
    for before, after in pairwise(marks):
        if after - before > limits.offline_minutes * MINUTE:
            yield Finding(AlarmKind.OFFLINE, before, after, round((after - before) / MINUTE))


def outside_hours(seen: Watched, limits: Limits) -> Iterator[Finding]:
    """On a trip outside working hours; without a trip it is a movement without a dispatch already."""
    starts = seen.begins + timedelta(hours=limits.work_starts)
    ends = seen.begins + timedelta(hours=limits.work_ends)
    for trip in seen.trips:
        on_trip = [fix for fix in seen.fixes if fix.at >= seen.begins and trip.covers(fix.at)]
        early = [fix for fix in on_trip if fix.at < starts]
        after = [fix for fix in on_trip if fix.at >= ends]
        for run in (early, after) if seen.works else (on_trip,):
            for start, end, gone in moves(run, limits.movement_metres):
                yield Finding(AlarmKind.HOURS, start, end, gone, trip.id)


def _runs(fixes: Iterable[Fix], trip_at: Callable[[datetime], Trip | None]) -> Iterator[tuple[Trip | None, list[Fix]]]:
    for trip, run in groupby(fixes, lambda fix: trip_at(fix.at)):
        yield trip, list(run)


def is_known(found: Finding, raised: Iterable[tuple[str, int | None, datetime, datetime, bool]]) -> bool:
    """An alarm (kind, dispatch, at, until, settled) tells of it already: an open one of its day, or one of that time.

    What begins after a settled alarm's end is news.
    """
    return any(
        kind == found.kind and trip == found.dispatch_id
        and ((not settled and at.date() == found.at.date()) or (found.at <= until and found.until >= at))
        for kind, trip, at, until, settled in raised
    )  # fmt: skip


def check_address(address: str) -> None:
    """Empty, or the base of a server: no user, no password and no question in it, for the trail shows it."""
    if not address:
        return
    try:
        parts = urlsplit(address)
        bare = not (parts.username or parts.password or parts.query or parts.fragment)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and bare and (parts.port or 1) > 0
    except ValueError:
        fits = False
    if not fits:
        raise Rejected(
            _l("Write the server's address like https://positions.example:8082, and nothing more."), "address"
        )


def check_token(address: str, token: str, kept: bool) -> None:
    """A token is never sent to another server than it was given for, and goes into one line of a letter's head.

    `kept`: one of the very same server is there, and can be read.
    """
    if any(not "!" <= letter <= "~" for letter in token):
        raise Rejected(_l("A token has letters, digits and signs only, without blanks."), "token")
    if address and not token and not kept:
        raise Rejected(_l("Enter the token that this server gave out."), "token")


def check_open(settled: bool) -> None:
    if settled:
        raise Rejected(_l("Somebody has settled this already."))


def check_binding(from_on: date, ended: Iterable[date | None]) -> None:
    """A device is in one car, a car has one device at a time."""
    for to_on in ended:
        if to_on is None:
            raise Rejected(_l("The device is in a car, or the car has a device: take it out first."), "device")
        if from_on < to_on:
            raise Rejected(_l("On that day the device or the car was still bound."), "from_on")


def check_end(from_on: date, to_on: date | None, ends: date) -> None:
    if to_on is not None:
        raise Rejected(_l("The device is taken out already."))
    if ends < from_on:
        raise Rejected(_l("It cannot end before it began."), "to_on")
