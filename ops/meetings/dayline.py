"""A day of the venues drawn as lines: where each block stands between the first and the last hour, in percent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .models import Venue, VenueBooking

FIRST_HOUR, LAST_HOUR = 7, 22


@dataclass(frozen=True)
class Block:
    """One booking, in percent of its line. `x`, `width`: the venue held; `own_x`, `own_width`: the meeting."""

    booking: VenueBooking
    x: float
    width: float
    own_x: float
    own_width: float


@dataclass(frozen=True)
class Line:
    """One venue with its blocks."""

    venue: Venue
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Hour:
    """A mark of the hours' scale; `until_next` is its share of the line."""

    hour: int
    x: float
    until_next: float


@dataclass(frozen=True)
class Dayline:
    """`now_x`: where the present stands, if it is on the day and within the hours."""

    hours: Sequence[Hour]
    lines: Sequence[Line]
    now_x: float | None


def draw(day: date, venues: Sequence[Venue], bookings: Sequence[VenueBooking], now: datetime) -> Dayline:
    """The working hours, stretched to what is booked outside of them."""
    midnight = datetime.combine(day, time.min)
    held = [(_hours(each.starts_at, midnight), _hours(each.ends_at, midnight)) for each in bookings]
    first = int(min([FIRST_HOUR, *(start for start, _end in held)]))
    last = int(-(-max([LAST_HOUR, *(end for _start, end in held)]) // 1))
    step = 100 / (last - first)
    hours = [Hour(hour, (hour - first) * step, step) for hour in range(first, last)]
    lines = [
        Line(venue, [_block(each, midnight, first, step) for each in bookings if each.venue_id == venue.id])
        for venue in venues
    ]
    present = (now - midnight) / timedelta(hours=1)
    return Dayline(hours, lines, (present - first) * step if first <= present <= last else None)


def _block(booking: VenueBooking, midnight: datetime, first: int, step: float) -> Block:
    edges = (booking.starts_at, booking.ends_at, booking.begins_at, booking.finishes_at)
    x, end, own_x, own_end = ((_hours(edge, midnight) - first) * step for edge in edges)
    return Block(booking, x, end - x, own_x, own_end - own_x)


def _hours(moment: datetime, midnight: datetime) -> float:
    """Hours since midnight, cut to the day."""
    return min(24.0, max(0.0, (moment - midnight) / timedelta(hours=1)))
