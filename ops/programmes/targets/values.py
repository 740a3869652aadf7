"""What a target cell says, as a value: kind, operator, number, unit, and what is doubtful about it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    MONEY_RATE = "money_rate"
    DEADLINE = "deadline"
    ZERO = "zero"
    QUALITATIVE = "qualitative"
    COMPOUND = "compound"
    RELATIVE = "relative"
    RANGE = "range"
    APPROXIMATE = "approximate"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TargetValue:
    """指标值: what a target cell says. `text` is the original; `number_text` keeps the digits as written.

    `operator` is one of ≥ ≤ > < = between ~; it is explicit when a sign or a word (不低于, 以上) stands
    there. A deadline's `date` is the last day in time. `doubts` are codes of `messages.MESSAGES`.
    """

    text: str
    kind: Kind
    operator: str | None = None
    operator_explicit: bool = False
    number: Decimal | None = None
    number_text: str | None = None
    upper: Decimal | None = None
    upper_text: str | None = None
    date: dt.date | None = None
    form: str | None = None
    unit: str | None = None
    doubts: tuple[str, ...] = ()
    parts: tuple["TargetValue", ...] = ()

    def parsed(self) -> dict[str, object]:
        """The reading as plain JSON data; which keys there are depends on the kind."""
        said: dict[str, object] = {
            "kind": str(self.kind),
            "operator": self.operator,
            "operator_explicit": self.operator_explicit,
        }
        if self.kind is Kind.DEADLINE:
            return said | {"date": self.date and self.date.isoformat(), "unit": None, "form": self.form}
        if self.kind is Kind.COMPOUND:
            return said | {"parts": [part.parsed() for part in self.parts], "unit": None}
        if self.kind in (Kind.QUALITATIVE, Kind.UNKNOWN):
            return said | {"unit": self.unit}
        upper = {"upper": self.upper_text} if self.kind is Kind.RANGE else {}
        return said | {"number": self.number_text} | upper | {"unit": self.unit}
