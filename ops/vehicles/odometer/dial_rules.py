"""May a dial be put into a car's past, or taken out of it: its trips have to stay trips. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import Source
from .rules import (
    MOST_ON_A_DIAL,
    REPLACED,
    Read,
    Replaced,
    can_follow,
    check_trip_dials,
    lost_between,
    through,
    trip_kilometres,
)

Values = Mapping[int, int | None]


@dataclass(frozen=True)
class DialsOfCar:
    """A car's standing readings and its replaced dials, in no order."""

    readings: Sequence[Read]
    replaced: Sequence[Replaced]

    def without(self, gone: Replaced | None) -> "DialsOfCar":
        return DialsOfCar(self.readings, [each for each in self.replaced if gone is None or each.id != gone.id])

    def having(self, new: Replaced) -> "DialsOfCar":
        return DialsOfCar(self.readings, [*self.replaced, new])

    def with_values(self, values: Values) -> "DialsOfCar":
        """Those readings, and what dials showed last, as they are to be; readings that have no value left out."""
        said = [(each, values.get(each.id, each.value)) for each in self.readings]
        kept = [replace(each, value=value) for each, value in said if value is not None]
        last = {each.id: values.get(-each.id) for each in self.replaced}
        return DialsOfCar(kept, [_showing(each, last[each.id]) for each in self.replaced])


def _showing(dial: Replaced, old_last: int | None) -> Replaced:
    return dial if old_last is None else replace(dial, old_last=old_last)


def of_dial(car: DialsOfCar, dial: Replaced) -> list[Read]:
    """What was read of that dial, in order of time: from when it was put in until the next one was."""
    until = min((each.at for each in car.replaced if each.at > dial.at), default=datetime.max)
    return sorted((each for each in car.readings if dial.at <= each.at < until), key=lambda each: each.order)


def next_of_dial(car: DialsOfCar, dial: Replaced) -> Read | None:
    """What it was first read at after it was put in; or else what it showed when it was replaced itself."""
    return next(iter([*of_dial(car, dial), *_taken_out(car, dial)]), None)


def trips(readings: Iterable[Read]) -> list[tuple[Read, Read]]:
    """The start and the end of each trip that is back."""
    starts: dict[int, Read] = {}
    ends: dict[int, Read] = {}
    for each in readings:
        if each.trip and each.source in (Source.DEPARTURE, Source.RETURN):
            (starts if each.source == Source.DEPARTURE else ends)[each.trip] = each
    return [(starts[trip], end) for trip, end in ends.items() if trip in starts]


def depending(car: DialsOfCar, gone: Replaced, most: int) -> list[Read]:
    """What was read of the dial and cannot stand if it never was put in; nothing when all of it can.

    Where it was replaced again, what it showed last is read of it too: by the key of that record below 0.
    """
    left = car.without(gone)
    ordered = [each for each, _shown in through(left.readings, left.replaced)]
    before = [each for each in ordered if each.order < gone.reading.order]
    after = [each for each in ordered if each.order >= gone.reading.order]
    fits = not before or not after or can_follow(*_shown(left, before[-1], after[0]))
    across = [pair for pair in trips(left.readings) if pair[0].order < gone.reading.order <= pair[1].order]
    good = all(0 <= trip_kilometres(*pair, left.replaced) <= most for pair in across)
    return [] if fits and good else [*of_dial(car, gone), *_taken_out(car, gone)]


def _taken_out(car: DialsOfCar, dial: Replaced) -> list[Read]:
    """What it showed last, if it was replaced itself."""
    later = sorted((each for each in car.replaced if each.at > dial.at), key=lambda each: each.at)
    return [Read(each.at, each.old_last, REPLACED, id=-each.id) for each in later[:1]]


def _shown(car: DialsOfCar, earlier: Read, later: Read) -> tuple[Read, Read, int]:
    lost = lost_between(car.replaced, earlier.at, later.at)
    return earlier, later, later.value - earlier.value + lost


def carried(car: DialsOfCar, gone: Replaced) -> dict[int, int]:
    """By reading of the dial the number at which the kilometres stay what they are without it."""
    return {each.id: each.value + gone.lost for each in (*of_dial(car, gone), *_taken_out(car, gone))}


def check_answered(owed: Sequence[Read], values: Values) -> None:
    """Each reading that depends on the dial was asked about, and each of a trip has a value."""
    unasked = [each for each in owed if each.id not in values]
    if unasked:
        message = _l(
            "%(count)s readings were made on the new dial, the first on %(at)s (%(km)s km): without it kilometres "
            "would be wrong. Say what the dial that stayed in the car showed, or correct the replacement.",
            count=len(owed), at=f"{owed[0].at:%Y-%m-%d %H:%M}", km=f"{owed[0].value:,}",
        )  # fmt: skip
        raise Rejected(message)
    for each in owed:
        value = values[each.id]
        if value is None and each.trip is not None:
            raise Rejected(_l("This reading belongs to a trip: enter what the dial showed."), field_of(each))
        if value is None and each.source == REPLACED:
            raise Rejected(_l("Enter what the dial that stayed showed when it was replaced again."), field_of(each))
        if value is not None and not 0 <= value <= MOST_ON_A_DIAL:
            raise Rejected(_l("A dial shows from 0 to %(most)s km.", most=MOST_ON_A_DIAL), field_of(each))


def check_without(car: DialsOfCar, gone: Replaced, values: Values, most: int) -> None:
    """Without the dial, and with those values, every trip is one, and no reading is less than the one before it."""
    left = car.without(gone).with_values(values)
    for start, end in trips(left.readings):
        if start.id in values or end.id in values or start.order < gone.reading.order <= end.order:
            lost = lost_between(left.replaced, start.at, end.at)
            check_trip_dials(start.value, end.value, lost, most, field_of(end if end.id in values else start))
    fell = {(one.id, other.id) for one, other, moved in _steps(car) if moved < 0}
    for earlier, later, moved in _steps(left):
        at_fault = later if later.id in values else earlier
        if moved < 0 and at_fault.id in values and (earlier.id, later.id) not in fell:
            message = _l("The dial showed %(km)s km before, on %(at)s.", km=f"{earlier.value:,}", at=_when(earlier))
            raise Rejected(message, field_of(at_fault))


def check_with(car: DialsOfCar, new: Replaced, gone: Replaced | None, most: int) -> None:
    """With that dial put in (in place of another record of it), every trip is one, and neither dial ran backwards."""
    left = car.without(gone)
    if any(each.at == new.at for each in left.replaced):
        raise Rejected(_l("A dial replaced in that very minute is recorded already: correct that record."), "at")
    made = left.having(new)
    ordered = sorted([*left.readings, *(each.reading for each in left.replaced)], key=lambda each: each.order)
    before = [each for each in ordered if each.order < new.reading.order][-1:]
    if before and before[0].value > new.old_last:
        message = _l("The dial showed %(km)s km before, on %(at)s.", km=f"{before[0].value:,}", at=_when(before[0]))
        raise Rejected(message, "old_last")
    for start, end in trips(car.readings):
        lost = lost_between(made.replaced, start.at, end.at)
        if lost != lost_between(car.replaced, start.at, end.at):
            check_trip_dials(start.value, end.value, lost, most, "old_last")
    after = next_of_dial(made, new)
    if after and after.value < new.new_first:
        message = _l("The dial showed %(km)s km afterwards, on %(at)s.", km=f"{after.value:,}", at=_when(after))
        raise Rejected(message, "new_first")


def _steps(car: DialsOfCar) -> list[tuple[Read, Read, int]]:
    return [(one, other, after - before) for (one, before), (other, after) in pairwise(through(*_both(car)))]


def _both(car: DialsOfCar) -> tuple[Sequence[Read], Sequence[Replaced]]:
    return car.readings, car.replaced


def _when(read: Read) -> str:
    return f"{read.at:%Y-%m-%d %H:%M}"


def field_of(read: Read) -> str:
    """What the field of the form is called in which its value is typed."""
    return f"reading_{read.id}"
