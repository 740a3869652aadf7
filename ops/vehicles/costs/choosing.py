"""What a page of costs can be narrowed to: the period and the car."""

from collections.abc import Sequence
from typing import Any

from flask import request

from ...core import clock
from ...core.listing import Filter
from ...core.period import Period, month, parse, year
from .. import notice_months
from . import queries


def period_asked() -> Period:
    """The period of the address; the latest year of the ledger without one."""
    asked = request.args.get("period")
    return parse(asked) if asked else years()[0]


def years() -> list[Period]:
    """The years that the ledger has rows of, newest first; never none."""
    first, last = queries.first_and_last(clock.today())
    return [year(number) for number in range(last.year, first.year - 1, -1)]


def period_options(asked: Period) -> list[tuple[str, str]]:
    """The years of the ledger and the months of the year looked at; and whatever the address asks for."""
    return _options(years(), asked)


def finding_periods(asked: Period | None) -> list[tuple[str, str]]:
    """The same of whatever a finding can be about: every year from the first reading or cost up to this year."""
    this = clock.today().year
    return _options([year(each) for each in range(this, queries.first_known(clock.today()).year - 1, -1)], asked)


def _options(known: Sequence[Period], asked: Period | None) -> list[tuple[str, str]]:
    looked_at: list[Period] = []
    if asked:
        looked_at = [year(asked.first.year), *(month(asked.first.year, number) for number in range(1, 13)), asked]
    return [(each.key, each.label) for each in dict.fromkeys([*known, *looked_at])]


def period_filter(asked: Period, label: Any) -> Filter:
    """A choice above a list that was worked out; the list itself is already of the period."""
    where, start = (lambda key: queries.of_period(parse(key))), years()[0].key
    return Filter("period", label, period_options(asked), where, value=asked.key, start=start)


def car_options() -> Sequence[tuple[str, str]]:
    return [(str(key), name) for key, name in queries.cars(clock.today())]


def car_asked() -> int | None:
    """The car of the address, when there is such a number."""
    asked = request.args.get("vehicle", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def month_of_notice(known: Sequence[Period]) -> Period:
    """The month of the address; without one the latest of those that is over, or else the one that goes on."""
    if asked := request.args.get("period"):
        found = parse(asked)
        return month(found.first.year, found.first.month)
    return notice_months.latest(known, clock.today())
