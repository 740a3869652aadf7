"""When things fall due: pure rules over dated data (data/schedules.json); every rule names its document and clause."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import dropwhile, islice
from pathlib import Path
from typing import Any

from ..register.file_models import Body
from .models import ObligationKind

SCHEDULES = Path(__file__).parent / "data" / "schedules.json"
SMALL_SEATS = 9
REMIND_DAYS = (90, 30, 7)


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


@cache
def schedules() -> Mapping[str, Mapping[str, Any]]:
    """Rule → its dated data."""
    return {each["rule"]: each for each in json.loads(SCHEDULES.read_text())}


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
    if car.body is Body.TRUCK:
        return "inspection.other"
    if car.body in (Body.MEDIUM, Body.LARGE) or car.seats > SMALL_SEATS:
        return "inspection.coach"
    return "inspection.old" if car.body is Body.MINIVAN or car.old_cycle else "inspection.small"


def inspections(car: CarFacts) -> Iterator[Due]:
    """Every inspection of the car from its registration on, without end."""
    name = inspection_rule(car)
    rule, start = schedules()[name], car.first_registered_on
    for year in sorted((*rule["marks"], *rule["tests"])):
        kind = ObligationKind.INSPECTION_TEST if year in rule["tests"] else ObligationKind.INSPECTION_MARK
        yield Due(kind, anniversary(start, year), name)
    months = rule["last_year"] * 12
    while True:
        months += rule["then_months"]
        yield Due(ObligationKind.INSPECTION_TEST, months_later(start, months), name)


def next_inspection(car: CarFacts, after: date) -> Due:
    """The first inspection that falls due later than the day."""
    return next(due for due in inspections(car) if due.on > after)


def scrapping(car: CarFacts) -> Due | None:
    """Medium and large coaches go after 20 years; small cars have no such day."""
    if inspection_rule(car) != "inspection.coach":
        return None
    rule = "scrapping.coach"
    return Due(ObligationKind.SCRAPPING, anniversary(car.first_registered_on, schedules()[rule]["years"]), rule)


def forced_scrapping(car: CarFacts, missed: date) -> date:
    """The first day on which a car that missed its inspection of that day must go: so many cycles after it."""
    cycles = [due.on for due in islice(dropwhile(lambda due: due.on <= missed, inspections(car)), _cycles())]
    return cycles[-1] + timedelta(days=1)


def _cycles() -> int:
    return int(schedules()["scrapping.marks"]["cycles"])


def guided_scrapping(body: Body) -> int | None:
    """The kilometres from which the state advises to scrap a car of this kind; it is no duty."""
    km: int | None = schedules()["scrapping.mileage"]["km"].get(body)
    return km


def scrapping_rules(car: CarFacts, missed: date | None, dial: int | None, day: date) -> list[str]:
    """The rules by which the car is to go: it must (three cycles without a mark), or is advised to (mileage).

    `missed`: the day of the earliest inspection still owed; `dial`: the latest reading, dials replaced included.
    """
    must = missed is not None and day >= forced_scrapping(car, missed)
    most = guided_scrapping(car.body)
    advised = dial is not None and most is not None and dial >= most
    return [rule for rule, holds in (("scrapping.marks", must), ("scrapping.mileage", advised)) if holds]


def of_driver(driver: DriverFacts, after: date) -> list[Due]:
    """Renewal, review and health certificate that fall due later than the day."""
    found = []
    if driver.licence_until and driver.licence_until > after:
        found.append(Due(ObligationKind.LICENCE, driver.licence_until, "licence.window"))
    if driver.licence_class in schedules()["licence.review"]["classes"]:
        due = _after_cycle(driver, after, "licence.review")
        found.append(Due(ObligationKind.REVIEW, due, "licence.review"))
    health = schedules()["licence.health"]
    if driver.born_on:
        seventy = anniversary(driver.born_on, health["years"])
        due = _after_cycle(driver, max(after, seventy + timedelta(days=health["days"] - 1)), "licence.health")
        if seventy <= anniversary(after, 1):
            found.append(Due(ObligationKind.HEALTH, due, "licence.health"))
    return found


def _after_cycle(driver: DriverFacts, after: date, rule: str) -> date:
    """So many days after the end of the scoring period (12 months from the first licence), the first later than
    `after`.
    """
    days = timedelta(days=schedules()[rule]["days"])
    years = max(1, after.year - driver.first_licensed_on.year - 1)
    while (due := anniversary(driver.first_licensed_on, years) + days) <= after:
        years += 1
    return due


def opens_on(kind: str, due_on: date) -> date | None:
    """From this day on a licence can be renewed; for what else falls due there is no such day."""
    if kind != ObligationKind.LICENCE:
        return None
    return due_on - timedelta(days=schedules()["licence.window"]["days"])


def reminder(due_on: date, day: date, steps: Sequence[int] = REMIND_DAYS) -> int | None:
    """Which reminder is due on the day: the nearest step that has been reached; none before the first or when late."""
    left = (due_on - day).days
    reached = [step for step in steps if left <= step]
    return min(reached) if reached and left >= 0 else None


def is_lapsed(due_on: date, due_km: int | None, day: date, dial: int | None) -> bool:
    """After its day, or once the dial shows more than was to be driven."""
    return due_on < day or (due_km is not None and dial is not None and dial > due_km)
