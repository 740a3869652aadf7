"""What a car's days add up to, as the figures have it. Pure: no database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
Out = tuple[datetime, datetime | None]


class Day(NamedTuple):
    """A day that is over, with its office hours."""

    day: date
    weekday: bool
    opens_at: datetime
    closes_at: datetime
    minutes: int


@dataclass(frozen=True)
class CarHours:
    """One car's hours; `days`: on which it could be used, `idle_days`: on which it was not out at all."""

    id: int
    plate: str
    available: Decimal
    used: Decimal
    days: int
    idle_days: int
    sealed: Decimal

    @property
    def percent(self) -> Decimal | None:
        """In use of available; none when it never was available."""
        return share(self.used, self.available)


@dataclass(frozen=True)
class SealedTime:
    """A car stands sealed over a holiday, but for the times for which somebody gave leave."""

    starts_at: datetime
    ends_at: datetime
    leaves: Sequence[tuple[datetime, datetime]] = ()

    def covers(self, day: Day) -> bool:
        """The office hours from their beginning to their end."""
        used = any(begins < day.closes_at and ends > day.opens_at for begins, ends in self.leaves)
        return self.starts_at <= day.opens_at and self.ends_at >= day.closes_at and not used


def share(used: Decimal, available: Decimal) -> Decimal | None:
    return (used * 100 / available).quantize(CENT, ROUND_HALF_UP) if available else None


def stays(gone: date | None, day: date) -> bool:
    return gone is None or gone > day


def of_car(
    key: int, plate: str, days: Sequence[Day], working: Mapping[date, bool], trips: Sequence[Out],
    sealed: Sequence[SealedTime],
) -> CarHours:  # fmt: skip
    sums: dict[str, int] = defaultdict(int)
    by_day = _by_day(trips, days[-1].day)
    for day in days:
        whole = day.minutes * 60
        if any(each.covers(day) for each in sealed):
            sums["sealed"] += hundredths(whole)
        elif working.get(day.day, day.weekday):
            out = min(sum(_seconds(day, trip) for trip in by_day.get(day.day, ())), whole)
            sums["available"] += hundredths(whole)
            sums["used"] += hundredths(out)
            sums["days"] += 1
            sums["idle"] += not out
    hours = {name: Decimal(sums[name]).scaleb(-2) for name in ("available", "used", "sealed")}
    return CarHours(id=key, plate=plate, days=sums["days"], idle_days=sums["idle"], **hours)


def _by_day(trips: Iterable[Out], last: date) -> Mapping[date, list[Out]]:
    """The trips that were out on a day, up to the last one."""
    found: dict[date, list[Out]] = defaultdict(list)
    for left, back in trips:
        day = left.date()
        while day <= min(last, back.date() if back else last):
            found[day].append((left, back))
            day += timedelta(days=1)
    return found


def _seconds(day: Day, trip: Out) -> int:
    """How long it was out in the office hours of the day; a car that is not back yet is out until their end."""
    begins, ends = max(trip[0], day.opens_at), min(trip[1] or day.closes_at, day.closes_at)
    return max(0, int((ends - begins).total_seconds()))


def hundredths(seconds: int) -> int:
    """Of an hour, half up."""
    return (seconds + 18) // 36
