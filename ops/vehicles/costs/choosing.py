"""What a page of costs can be narrowed to: the period and the car."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import request

from ...core import clock
from ...core.listing import Filter
from ...core.period import Period, month, parse
from ...indicators.queries import chosen_period, periods
from . import queries


def period_asked() -> Period:
    """The period of the address; the latest year that counts without one."""
    return chosen_period(request.args.get("period"))


def period_options(asked: Period, *, months_only: bool = False) -> list[tuple[str, str]]:
    """The years that count and the months of the year looked at; and whatever the address asks for."""
    of_year = [month(asked.first.year, number) for number in range(1, 13)]
    years = [] if months_only else [*periods(), Period(date(asked.first.year, 1, 1), date(asked.first.year, 12, 31))]
    wanted = [*years, *of_year, asked]
    return [(each.key, each.label) for each in dict.fromkeys(wanted)]


def period_filter(asked: Period, label: Any) -> Filter:
    """A choice above a list that was worked out; the list itself is already of the period."""
    return Filter("period", label, period_options(asked), lambda key: queries.of_period(parse(key)), asked.key)


def car_options() -> Sequence[tuple[str, str]]:
    return [(str(key), name) for key, name in queries.cars(clock.today())]


def car_asked() -> int | None:
    """The car of the address, when there is such a number."""
    asked = request.args.get("vehicle", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def latest_month() -> Period:
    """The last month that is over, in the latest year that counts."""
    of = periods()[0].last
    last = min(of, clock.today().replace(day=1) - timedelta(days=1))
    return month(last.year, last.month)
