"""The nine violations as the rule lists them: dated, each with document, clause and source."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .models import ViolationCode

LIST = Path(__file__).parent / "data" / "violations.json"


@dataclass(frozen=True)
class ListedViolation:
    """One of the list: `chinese` is the rule's own wording; in force on [valid_from, to_on)."""

    code: ViolationCode
    chinese: str
    valid_from: date
    to_on: date | None
    document: str
    clause: str
    source: str
    confirmed: bool

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.to_on is None or day < self.to_on)


@cache
def listed() -> tuple[ListedViolation, ...]:
    return tuple(_read(**row) for row in json.loads(LIST.read_text("utf-8")))


def _read(code: str, valid_from: str, to_on: str | None, **rest: object) -> ListedViolation:
    ends = date.fromisoformat(to_on) if to_on else None
    return ListedViolation(ViolationCode(code), valid_from=date.fromisoformat(valid_from), to_on=ends, **rest)  # type: ignore[arg-type]


def in_force(day: date) -> list[ListedViolation]:
    return [each for each in listed() if each.holds(day)]


def entry(code: str, day: date) -> ListedViolation | None:
    """The list's words for the violation on that day."""
    return next((each for each in in_force(day) if each.code == code), None)
