"""When things fall due: pure rules over dated data (data/schedules.json); every rule names its document and clause."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import dropwhile, islice, takewhile
from pathlib import Path
from typing import Any

from ..register.file_models import Body
from .models import INSPECTIONS, ObligationKind

SCHEDULES = Path(__file__).parent / "data" / "schedules.json"
SMALL_SEATS = 9
REMIND_DAYS = (90, 30, 7)
OWN_RULES = {
    Body.TRUCK: "inspection.goods", Body.SCHOOL: "inspection.school", Body.OTHER: "inspection.other",
}  # fmt: skip


@dataclass(frozen=True)
class CarFacts:
    """What the rules need to know of a car."""

    body: Body
    seats: int
    first_registered_on: date
    old_cycle: bool = False


@dataclass(frozen=True)
class DriverFacts:
    """What the rules need to know of a driver."""

    licence_class: str
    first_licensed_on: date
    licence_until: date | None
    born_on: date | None


@dataclass(frozen=True)
class Due:
    """What falls due by the end of which day, under which rule."""

    kind: ObligationKind
    on: date
    rule: str


@dataclass(frozen=True)
class NextLicence:
    """What a renewed licence will be valid until by the rule; None: for life."""

    until: date | None


@cache
def versions() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Rule → its versions in the order in which they came into force; where that is not known, the first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in sorted(json.loads(SCHEDULES.read_text()), key=_begins):
        found.setdefault(each["rule"], []).append(each)
    return found


def _begins(version: Mapping[str, Any]) -> date:
    return date.fromisoformat(version["valid_from"]) if version["valid_from"] else date.min


def in_force(rule: str, day: date) -> Mapping[str, Any]:
    """The version of the rule in force on the day; before the first that is known, that one."""
    begun = [each for each in versions()[rule] if _begins(each) <= day]
    return begun[-1] if begun else versions()[rule][0]


def _spans(rule: str) -> list[tuple[Mapping[str, Any], date, date]]:
    """(version, the first day it decides on, the day on which the next one takes over)."""
    found = versions()[rule]
    begins = [date.min, *(_begins(each) for each in found[1:]), date.max]
    return [(each, begins[number], begins[number + 1]) for number, each in enumerate(found)]


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def inspection_rule(car: CarFacts) -> str:
    if car.body in OWN_RULES:
        return OWN_RULES[car.body]
    if car.body in (Body.MEDIUM, Body.LARGE) or car.seats > SMALL_SEATS:
        return "inspection.coach"
    return "inspection.old" if car.body is Body.MINIVAN or car.old_cycle else "inspection.small"


def inspections(car: CarFacts) -> Iterator[Due]:
    """Every inspection of the car from its registration on, without end; the version in force that day decides."""
    name = inspection_rule(car)
    for version, begins, ends in _spans(name):
        for due in _cycle(version, car.first_registered_on, name):
            if due.on >= ends:
                break
            if due.on >= begins:
                yield due


def _cycle(version: Mapping[str, Any], start: date, name: str) -> Iterator[Due]:
    for year in sorted((*version["marks"], *version["tests"])):
        kind = ObligationKind.INSPECTION_TEST if year in version["tests"] else ObligationKind.INSPECTION_MARK
        yield Due(kind, anniversary(start, year), name)
    months = version["last_year"] * 12
    while True:
        months += version["then_months"]
        yield Due(ObligationKind.INSPECTION_TEST, months_later(start, months), name)


def next_inspection(car: CarFacts, after: date) -> Due:
    """The first inspection that falls due later than the day."""
    return next(due for due in inspections(car) if due.on > after)


def inspection_before(car: CarFacts, day: date) -> date:
    """The day of the last inspection that fell due before the day, or else of the registration."""
    dues = takewhile(lambda due: due.on < day, inspections(car))
    return max((due.on for due in dues), default=car.first_registered_on)


def scrapping(car: CarFacts) -> Due | None:
    """Medium and large coaches go after 20 years; small cars have no such day."""
    if inspection_rule(car) != "inspection.coach":
        return None
    rule = "scrapping.coach"
    days = [(anniversary(car.first_registered_on, each["years"]), ends) for each, _begins, ends in _spans(rule)]
    return next(Due(ObligationKind.SCRAPPING, day, rule) for day, ends in days if day < ends)


def forced_scrapping(car: CarFacts, missed: date) -> date:
    """The first day on which a car that missed its inspection of that day must go: so many cycles after it."""
    cycles = [due.on for due in islice(dropwhile(lambda due: due.on <= missed, inspections(car)), _cycles(missed))]
    return cycles[-1] + timedelta(days=1)


def _cycles(day: date) -> int:
    return int(in_force("scrapping.marks", day)["cycles"])


def guided_scrapping(body: Body, day: date) -> int | None:
    """The kilometres from which the state advises to scrap a car of this kind; it is no duty."""
    km: int | None = in_force("scrapping.mileage", day)["km"].get(body)
    return km


def scrapping_rules(car: CarFacts, missed: date | None, dial: int | None, day: date) -> list[str]:
    """The rules by which the car is to go: it must (three cycles without a mark), or is advised to (mileage).

    `missed`: the day of the earliest inspection still owed; `dial`: the latest reading, dials replaced included.
    """
    must = missed is not None and day >= forced_scrapping(car, missed)
    most = guided_scrapping(car.body, day)
    advised = dial is not None and most is not None and dial >= most
    return [rule for rule, holds in (("scrapping.marks", must), ("scrapping.mileage", advised)) if holds]


def of_driver(driver: DriverFacts, after: date) -> list[Due]:
    """Renewal, review and health certificate that fall due later than the day."""
    renewal = renewal_of(driver)
    return [due for due in (renewal, review(driver, after), health(driver, after)) if due and due.on > after]


def renewal_of(driver: DriverFacts) -> Due | None:
    """When the licence that he holds runs out; one for life does not."""
    return Due(ObligationKind.LICENCE, driver.licence_until, "licence.window") if driver.licence_until else None


def review(driver: DriverFacts, after: date) -> Due | None:
    """The first review that falls due later than the day, for the classes that owe one every scoring period."""
    rule = "licence.review"
    if not any(each in driver.licence_class for each in in_force(rule, after)["classes"]):
        return None
    return Due(ObligationKind.REVIEW, _after_cycle(driver, after, rule), rule)


def health(driver: DriverFacts, after: date) -> Due | None:
    """The first health certificate later than the day, from seventy on; known a year ahead."""
    rule = "licence.health"
    if driver.born_on is None:
        return None
    asked = in_force(rule, after)
    seventy = anniversary(driver.born_on, asked["years"])
    if seventy > anniversary(after, 1):
        return None
    due = _after_cycle(driver, max(after, seventy + timedelta(days=asked["days"] - 1)), rule)
    return Due(ObligationKind.HEALTH, due, rule)


def scoring_period(due_on: date) -> tuple[date, date]:
    """The first and the last day of the scoring period that a review due on the day closes."""
    days = in_force("licence.review", due_on)["days"]
    ends = due_on - timedelta(days=days)
    return anniversary(ends, -1), ends - timedelta(days=1)


def scoring_period_of(driver: DriverFacts, day: date) -> date:
    """The first day of the scoring period that the day lies in."""
    years = day.year - driver.first_licensed_on.year
    begins = anniversary(driver.first_licensed_on, years)
    return begins if begins <= day else anniversary(driver.first_licensed_on, years - 1)


def _after_cycle(driver: DriverFacts, after: date, rule: str) -> date:
    """So many days after the end of the scoring period (12 months from the first licence), the first later than
    `after`.
    """
    years = max(1, after.year - driver.first_licensed_on.year - 1)
    while True:
        ends = anniversary(driver.first_licensed_on, years)
        due = ends + timedelta(days=in_force(rule, ends)["days"])
        if due > after:
            return due
        years += 1


def next_licence(driver: DriverFacts, due_on: date) -> NextLicence:
    """A licence runs 6 years, then 10, then for life, where no scoring period came to 12 points."""
    first, second = in_force("licence.terms", due_on)["years"]
    is_first = due_on <= anniversary(driver.first_licensed_on, first) + timedelta(days=_window(due_on))
    return NextLicence(anniversary(due_on, second) if is_first else None)


def _window(due_on: date) -> int:
    return int(in_force("licence.window", due_on)["days"])


def window_rule(kind: str) -> str | None:
    """The rule that says from when on it can be done; for what else falls due there is none."""
    if kind in INSPECTIONS:
        return "inspection.window"
    return "licence.window" if kind == ObligationKind.LICENCE else None


def opens_on(kind: str, due_on: date) -> date | None:
    """From this day on a licence can be renewed or a car inspected; for what else falls due there is no such day."""
    if kind in INSPECTIONS:
        return months_later(due_on, -in_force("inspection.window", due_on)["months"])
    return due_on - timedelta(days=_window(due_on)) if kind == ObligationKind.LICENCE else None


def reminder(due_on: date, day: date, steps: Sequence[int] = REMIND_DAYS) -> int | None:
    """Which reminder is due on the day: the nearest step that has been reached; none before the first or when late."""
    left = (due_on - day).days
    reached = [step for step in steps if left <= step]
    return min(reached) if reached and left >= 0 else None
