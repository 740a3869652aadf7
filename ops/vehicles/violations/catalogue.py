"""The nine violations as the rule lists them: dated, each with document, clause and source; kept in the rulebook."""

from dataclasses import dataclass
from datetime import date

from ..rulebook import queries as rulebook
from ..rulebook.book import Book, Version
from .models import ViolationCode


@dataclass(frozen=True)
class ListedViolation:
    """One of the list, by the version that holds: `chinese` is the rule's own wording."""

    code: ViolationCode
    chinese: str
    rule: Version


def in_force(day: date, book: Book | None = None) -> list[ListedViolation]:
    """As the list reads on the day; who asks for many days gives the book that he read."""
    book = book or rulebook.book()
    found = ((code, book.in_force(f"violation.{code}", day)) for code in ViolationCode)
    return [ListedViolation(code, rule.values["chinese"], rule) for code, rule in found if rule]


def entry(code: str, day: date, book: Book | None = None) -> ListedViolation | None:
    """The list's words for the violation on that day."""
    return next((each for each in in_force(day, book) if each.code == code), None)
