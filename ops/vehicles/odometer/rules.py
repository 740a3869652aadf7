"""What a car's readings come to, in the order of their time and never of their entry. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import Source

MOST_ON_A_DIAL = 2_000_000
SOMETIMES_MOVED = 2  # km: moved in the yard, to the wash
MOST_KM_AN_HOUR = 120  # the speed limit of motorways: as an average between two readings it cannot be
REPLACED = "replaced"
# at one moment: the dial is changed, a trip ends, the next one begins
TURN = {REPLACED: 0, Source.DEPARTURE: 2}


@dataclass(frozen=True)
class Read:
    """A standing reading. `id` tells which record; it has no part in the order."""

    at: datetime
    value: int
    source: str = Source.MANUAL
    trip: int | None = None
    id: int = 0

    @property
    def order(self) -> tuple[datetime, int, int, int]:
        return self.at, TURN.get(self.source, 1), self.value, self.trip or 0


@dataclass(frozen=True)
class Replaced:
    """The dial was changed: what the old one showed last and the new one first."""

    at: datetime
    old_last: int
    new_first: int
    id: int = 0

    @property
    def reading(self) -> Read:
        """The new dial was read when it was put in."""
        return Read(self.at, self.new_first, REPLACED, id=-self.id)

    @property
    def lost(self) -> int:
        """What has to be added to later readings to go on counting from earlier ones."""
        return self.old_last - self.new_first


def lost_between(replaced: Iterable[Replaced], after: datetime, upto: datetime) -> int:
    """A replacement at the very moment of a reading is before it: that reading is of the new dial."""
    return sum(each.lost for each in replaced if after < each.at <= upto)


def trip_kilometres(start: Read, end: Read, replaced: Iterable[Replaced] = ()) -> int:
    """Dial at the return less dial at the start, a dial that was replaced on the way accounted for."""
    return end.value - start.value + lost_between(replaced, start.at, end.at)


def through(readings: Iterable[Read], replaced: Iterable[Replaced] = ()) -> list[tuple[Read, int]]:
    """The readings in order of time, each with the kilometres as one dial that was never replaced would show them.

    A replacement is a reading too.
    """
    changes = list(replaced)
    ordered = sorted([*readings, *(each.reading for each in changes)], key=lambda each: each.order)
    return [(each, each.value + lost_between(changes, datetime.min, each.at)) for each in ordered]


def goes_beyond(read: Read, replaced: Iterable[Replaced], km: int, since: datetime) -> bool:
    """The reading is beyond so many kilometres of the dial that was in the car at the moment `since`.

    A later dial is counted on from there; what was read of an earlier one tells nothing.
    """
    changes = list(replaced)
    if read.at < since:
        return read.value > km and not any(read.at < each.at <= since for each in changes)
    return read.value + lost_between(changes, since, read.at) > km


def dial_distance(readings: Iterable[Read], replaced: Iterable[Replaced], first: date, last: date) -> int | None:
    """How far the dial moved from before `first` to the end of `last`; None without two readings to compare.

    From the last reading before the period, or else the first in it, to the last reading in it: periods that follow
    each other add up to the whole.
    """
    before, within = [], []
    for each, shown in through(readings, replaced):
        if each.at.date() < first:
            before.append(shown)
        elif each.at.date() <= last:
            within.append(shown)
    known = [*before[-1:], *within]
    return known[-1] - known[0] if len(known) > 1 else None


class FindingKind(StrEnum):
    GAP = "gap"
    BACKWARDS = "backwards"
    JUMP = "jump"
    FAR = "far"  # asked about when it is read; no finding


@dataclass(frozen=True)
class DialFinding:
    """Two readings that follow each other and do not fit: `kilometres` lie between them."""

    kind: FindingKind
    earlier: Read
    later: Read
    kilometres: int

    @property
    def readings(self) -> tuple[Read, Read]:
        return self.later, self.earlier

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.earlier.id}:{self.later.id}"

    @property
    def why(self) -> object:
        """The rule by which it is doubted, with its figures."""
        if self.kind is FindingKind.BACKWARDS:
            return _l(
                "the later reading is %(km)s km less, and a dial never runs backwards", km=f"{-self.kilometres:,}"
            )
        said = {"km": f"{self.kilometres:,}"}
        if self.kind is FindingKind.GAP:
            said["most"] = str(SOMETIMES_MOVED)
            return _l("%(km)s km without a trip, and more than the %(most)s km that a car is moved in the yard", **said)
        hours = (self.later.at - self.earlier.at) / timedelta(hours=1)
        if self.kind is FindingKind.FAR:
            said["days"] = f"{hours / 24:.1f}"
            return _l("%(km)s km within %(days)s days, far beyond what is usual", **said)
        said["most"] = str(MOST_KM_AN_HOUR)
        if hours < 1:
            said["minutes"] = f"{hours * 60:.0f}"
            return _l("%(km)s km within %(minutes)s min, and no car drives more than %(most)s km an hour", **said)
        said["hours"] = f"{hours:.1f}"
        return _l("%(km)s km within %(hours)s hours, and no car drives more than %(most)s km an hour", **said)


def dial_findings(readings: Iterable[Read], replaced: Iterable[Replaced] = ()) -> list[DialFinding]:
    """Gaps (kilometres nobody drove a trip for), a dial that ran backwards, jumps no car can make."""
    changes = list(replaced)
    ordered = through(readings, changes)
    trips = _spans(each for each, _shown in ordered)
    found = []
    for (earlier, before), (later, after) in pairwise(ordered):
        if kind := _verdict(earlier, later, after - before, trips):
            found.append(DialFinding(kind, earlier, later, after - before))
    return found


@dataclass(frozen=True)
class Usual:
    """What a car may have gone since the last reading unasked: `times` what is usual a day (None: not known yet), and
    so many kilometres at least. Nothing set is no limit.
    """

    a_day: int | None = None
    times: int = 0
    least: int = 0

    def most(self, since: timedelta) -> int | None:
        days = max(1, -(-since // timedelta(days=1)))
        if not self.times and not self.least:
            return None
        return self.least * days if self.a_day is None else max(self.least, self.times * self.a_day * days)


NO_LIMIT = Usual()


def doubt(
    readings: Iterable[Read], replaced: Iterable[Replaced], new: Read, usual: Usual = NO_LIMIT
) -> DialFinding | None:
    """What is to be asked about if `new` were one of the readings.

    On trips whatever would be found. Elsewhere kilometres without a trip are no question, for trips may be entered
    later; a dial that ran backwards, jumped, or went far beyond what is usual is one.
    """
    known, changes = [*readings, new], list(replaced)
    found = [each for each in dial_findings(known, changes) if new in (each.earlier, each.later)]
    of_trip = new.source in (Source.DEPARTURE, Source.RETURN)
    asked = next((each for each in found if of_trip or each.kind is not FindingKind.GAP), None)
    return asked or (None if new.source == Source.RETURN else _far(known, changes, new, usual))


def _far(readings: Iterable[Read], replaced: Iterable[Replaced], new: Read, usual: Usual) -> DialFinding | None:
    for (earlier, before), (later, after) in pairwise(through(readings, replaced)):
        most = usual.most(later.at - earlier.at)
        if later == new and most is not None and after - before > most:
            return DialFinding(FindingKind.FAR, earlier, later, after - before)
    return None


def doubt_of_dial(put_in: Read, after: Read, usual: Usual = NO_LIMIT) -> DialFinding | None:
    """What is to be asked about a new dial by what it was read at next: a jump, or far beyond what is usual."""
    moved, most = after.value - put_in.value, usual.most(after.at - put_in.at)
    if _verdict(put_in, after, moved, ()) is FindingKind.JUMP:
        return DialFinding(FindingKind.JUMP, put_in, after, moved)
    return DialFinding(FindingKind.FAR, put_in, after, moved) if most is not None and moved > most else None


def question(found: DialFinding, new: Read, usual: Usual = NO_LIMIT) -> object:
    """What whoever reads the dial is asked before it is taken: the reading beside it, why it is doubted, and what is
    usual for the car where that is known.
    """
    other = found.earlier if new == found.later else found.later
    said = {"km": f"{other.value:,}", "now": f"{new.value:,}", "at": f"{other.at:%Y-%m-%d %H:%M}", "why": found.why}
    if other == found.later:
        return _l(
            "The next reading, of %(at)s, is %(km)s km. Is %(now)s km right? It is doubted: %(why)s. Then say why.",
            **said,
        )
    if usual.a_day is None:
        return _l(
            "The last reading, of %(at)s, was %(km)s km. Is %(now)s km right? It is doubted: %(why)s. Then say why.",
            **said,
        )
    return _l(
        "The last reading, of %(at)s, was %(km)s km; some %(usual)s km a day are usual. Is %(now)s km right? It is "
        "doubted: %(why)s. Then say why.",
        usual=usual.a_day, **said,
    )  # fmt: skip


def _verdict(earlier: Read, later: Read, moved: int, trips: Sequence[tuple[datetime, datetime]]) -> FindingKind | None:
    if moved < 0:
        return FindingKind.BACKWARDS
    if moved > max(MOST_KM_AN_HOUR * ((later.at - earlier.at) / timedelta(hours=1)), SOMETIMES_MOVED):
        return FindingKind.JUMP
    on_a_trip = any(start <= earlier.at and later.at <= end for start, end in trips)
    return FindingKind.GAP if moved > SOMETIMES_MOVED and not on_a_trip else None


def can_follow(earlier: Read, later: Read, moved: int) -> bool:
    """So many kilometres can lie between the two: the dial did not run backwards, and a car can make them."""
    return _verdict(earlier, later, moved, ()) not in (FindingKind.BACKWARDS, FindingKind.JUMP)


def _spans(readings: Iterable[Read]) -> list[tuple[datetime, datetime]]:
    """From each trip's start to its end, and to ever later while it is out."""
    starts, ends = {}, {}
    for each in readings:
        if each.trip and each.source == Source.DEPARTURE:
            starts[each.trip] = each.at
        elif each.trip and each.source == Source.RETURN:
            ends[each.trip] = each.at
    return [(start, ends.get(trip, datetime.max)) for trip, start in starts.items()]


def check_value(value: int, field: str = "value") -> None:
    if not 0 <= value <= MOST_ON_A_DIAL:
        raise Rejected(_l("A dial shows from 0 to %(most)s km.", most=MOST_ON_A_DIAL), field)


def check_past(at: datetime, now: datetime, field: str = "at") -> None:
    if at > now:
        raise Rejected(_l("That moment is still to come."), field)


def check_standing(is_reversed: bool) -> None:
    if is_reversed:
        raise Rejected(_l("This record is reversed already."))


def check_trip_dials(start: int, end: int, lost: int, most: int, field: str = "value") -> None:
    """After a correction the trip still has to be one."""
    driven = end - start + lost
    if driven < 0:
        raise Rejected(_l("The trip would end with fewer kilometres than it began with."), field)
    if driven > most:
        raise Rejected(_l("That would be %(km)s km on one trip. Read the dial again.", km=driven), field)
