"""Periods of the calendar that figures are counted over."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from .errors import Rejected


@dataclass(frozen=True, order=True)
class Period:
    """Whole days from `first` to `last`, both included.

    `key` stands in addresses: 2022, 2022Q3, 2022-07, 2022-07-15 or 2022-07-01..2022-07-15.
    """

    first: date
    last: date

    @property
    def key(self) -> str:
        for made in (year(self.first.year), quarter(self.first.year, (self.first.month + 2) // 3)):
            if made == self:
                return str(self.first.year) if self.days > 100 else f"{self.first.year}Q{(self.first.month + 2) // 3}"
        if month(self.first.year, self.first.month) == self:
            return f"{self.first:%Y-%m}"
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def label(self) -> str:
        return self.key.replace("..", " – ")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def each_day(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.days))

    def months(self) -> list["Period"]:
        """The months that the period touches, cut to it."""
        made, at = [], self.first.replace(day=1)
        while at <= self.last:
            whole = month(at.year, at.month)
            made.append(Period(max(whole.first, self.first), min(whole.last, self.last)))
            at = whole.last + timedelta(days=1)
        return made


def year(of: int) -> Period:
    return Period(date(of, 1, 1), date(of, 12, 31))


def quarter(of: int, number: int) -> Period:
    last = number * 3
    return Period(date(of, last - 2, 1), date(of, last, calendar.monthrange(of, last)[1]))


def month(of: int, number: int) -> Period:
    return Period(date(of, number, 1), date(of, number, calendar.monthrange(of, number)[1]))


def parse(key: str) -> Period:
    """A period from its key. Raises Rejected for anything else."""
    try:
        if re.fullmatch(r"\d{4}", key):
            return year(int(key))
        if made := re.fullmatch(r"(\d{4})Q([1-4])", key):
            return quarter(int(made[1]), int(made[2]))
        if made := re.fullmatch(r"(\d{4})-(\d\d)", key):
            return month(int(made[1]), int(made[2]))
        first, _sep, last = key.partition("..")
        return Period(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        raise Rejected(_l("Write a period as 2022, 2022Q3, 2022-07 or 2022-07-01..2022-07-15."), "period") from None
