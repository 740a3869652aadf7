"""May this be a later version of a rule. Pure verdicts on values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .book import Book

RISING = ("sedan", "van", "minibus")


def check_day(book: Book, rule: str, valid_from: date) -> None:
    first = book.first_day(rule)
    if valid_from < first:
        raise Rejected(_l("The rule begins on %(day)s: enter that day or a later one.", day=str(first)), "valid_from")


def check_values(values: Mapping[str, Decimal | str]) -> None:
    """Seats rise from class to class; a number that bounds something is not nothing."""
    for name, value in values.items():
        if isinstance(value, Decimal) and value <= 0:
            raise Rejected(_l("Enter more than nothing."), name)
    for less, more in pairwise(RISING):
        if less in values and values[less] >= values[more]:  # type: ignore[operator]  # numbers, all three
            raise Rejected(_l("A larger class has more seats than the one before it."), more)
