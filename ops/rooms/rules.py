"""What a person may have, what a room comes to, what is over: pure verdicts on exact numbers.

The caps are maxima. A room shared by several is over when its area exceeds the sum of their caps; what each is shown to
have is his share by cap, area × cap ÷ Σ caps, for an equal split would blame the junior in a mixed room. Areas are
compared unrounded, with no tolerance: no document grants one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected

CENT = Decimal("0.01")
# 党政机关办公用房管理办法, article 19: the unit recovers the room within a month of a transfer or retirement
RECOVERED_WITHIN = timedelta(days=30)
NONE = Decimal("0.00")


@dataclass(frozen=True)
class Approved:
    """核定面积 of a unit in m²: offices A, service rooms B, plant rooms E, and the building area they need."""

    office: Decimal
    per_person: Decimal
    service: Decimal
    plant: Decimal
    building: Decimal

    @property
    def basic(self) -> Decimal:
        return self.office + self.service + self.plant


@dataclass(frozen=True)
class Formula:
    """Numbers of the formulas: m² per person up to and from so many posts, share of plant rooms, coefficient K."""

    most: Decimal
    most_until: Decimal
    least: Decimal
    least_from: Decimal
    plant_share: Decimal
    coefficient: Decimal


def shares(area: Decimal, caps: Sequence[Decimal]) -> list[Decimal]:
    """The room's area divided by cap, to 0.01 m², adding up to the area exactly: what rounding leaves goes to the
    largest remainders, earlier people first."""
    total = sum(caps)
    if not total:
        return [NONE for _cap in caps]
    exact = [area * cap / total for cap in caps]
    given = [each.quantize(CENT, ROUND_DOWN) for each in exact]
    left = int((area - sum(given)) / CENT)
    for at in sorted(range(len(caps)), key=lambda n: given[n] - exact[n])[:left]:
        given[at] += CENT
    return given


def over_by(area: Decimal, caps: Sequence[Decimal]) -> Decimal:
    """How far an area exceeds the sum of caps, in m². An empty room is idle, not over."""
    return max(NONE, area - sum(caps, NONE)) if caps else NONE


def service_per_person(posts: int, formula: Formula) -> Decimal:
    """m² of service rooms for each approved post: level, then falling evenly between the two bounds, then level."""
    if posts <= formula.most_until:
        return formula.most
    if posts >= formula.least_from:
        return formula.least
    fallen = (posts - formula.most_until) * (formula.most - formula.least)
    return formula.most - fallen / (formula.least_from - formula.most_until)


def approved(posts: Mapping[str, int], caps: Mapping[str, Decimal], formula: Formula) -> Approved:
    """What approved posts by rank come to. Plant rooms are a share of the approved areas, never of the used ones,
    which would let over-use raise its own ceiling."""
    people = sum(posts.values())
    office = sum((caps[rank] * number for rank, number in posts.items()), NONE)
    each = service_per_person(people, formula)
    service = each * people
    plant = (office + service) * formula.plant_share
    return Approved(office, each, service, plant, (office + service + plant) / formula.coefficient)


def check_measurement(last: date | None, from_on: date, today: date) -> None:
    """A room's areas follow one another: none is put before the latest, nor into the future."""
    if from_on > today:
        raise Rejected(_l("The day lies in the future."), "from_on")
    if last and from_on < last:
        raise Rejected(_l("The area was last set from %(day)s; choose that day or a later one.", day=last), "from_on")


def check_seat(held: Sequence[str], same_room: bool, second_post: str | None) -> None:
    """One room for one person; a second only for an approved second post (党政机关办公用房管理办法, article 19)."""
    if same_room:
        raise Rejected(_l("This person sits in this room already at that time."), "staff_id")
    if held and not second_post:
        message = _l(
            "This person has %(room)s already at that time. Article 19 of the Measures for office rooms (2017): "
            "one room at the main post; a second one needs an approved second post.",
            room=held[0],
        )
        raise Rejected(message, "staff_id")


def check_in_service(joined_on: date, left_on: date | None, day: date) -> None:
    if joined_on > day:
        raise Rejected(_l("This person joins on %(day)s.", day=joined_on), "from_on")
    if left_on and left_on <= day:
        raise Rejected(_l("This person left on %(day)s.", day=left_on), "staff_id")


def check_leaving(joined_on: date, left_on: date | None, day: date) -> None:
    if left_on:
        raise Rejected(_l("This person left on %(day)s.", day=left_on), "left_on")
    if day <= joined_on:
        raise Rejected(_l("This person joins on %(day)s.", day=joined_on), "left_on")


def check_vacating(from_on: date, to_on: date | None, day: date) -> None:
    if to_on:
        raise Rejected(_l("This seat was vacated on %(day)s.", day=to_on))
    if day <= from_on:
        raise Rejected(_l("The seat was taken on %(day)s; it can be vacated from the day after.", day=from_on), "to_on")


def check_not_void(void: object) -> None:
    if void is not None:
        raise Rejected(_l("This record is void already."))


def check_letting(appraised_on: date, from_on: date, to_on: date, clash: tuple[date, date] | None) -> None:
    """Appraised before it is let; let to one tenant at a time."""
    if to_on <= from_on:
        raise Rejected(_l("The end must be later than the start."), "to_on")
    if appraised_on > from_on:
        raise Rejected(_l("A property is appraised before it is let."), "appraised_on")
    if clash:
        message = _l("This property is let from %(first)s to %(last)s already.", first=clash[0], last=clash[1])
        raise Rejected(message, "property_name")


def check_past(day: date, today: date, field: str) -> None:
    """What is recorded has happened."""
    if day > today:
        raise Rejected(_l("The day lies in the future."), field)
