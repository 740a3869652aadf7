"""Settling what a doubtful target says: a person takes the reading as it is, or writes it plainly; the reason stays."""

from collections.abc import Callable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Indicator, Programme
from .messages import sentence
from .models import SettledTarget
from .stored import read_of, settled_value, text_of
from .values import Kind, TargetValue

AS_READ, OTHERWISE = "as_read", "otherwise"


def settle(indicator: Indicator, choice: str, says: str, because: str, by: Actor) -> SettledTarget:
    """`says` counts with `otherwise`: the value written plainly, such as ≥95% or 2023年12月31日."""
    hold(Programme, indicator.programme_id)
    words = decided(choice, says, read_of(indicator), lambda said: settled_value(said, indicator))
    row = SettledTarget(indicator_id=indicator.id, of_text=text_of(indicator), says=words, because=because.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    indicator.settled.append(row)
    audit.record("programmes.target.settled", row, by)
    return row


def decided(choice: str, says: str, read: TargetValue, again: Callable[[str], TargetValue]) -> str:
    """The words that the value is settled by; `again` reads them. Raises Rejected when they cannot be read either."""
    words = plainly(read) if choice == AS_READ else says.strip()
    if choice == AS_READ and not words:
        raise Rejected(_l("The value was not understood; write what it says."), "choice")
    value = again(words)
    if value.kind is Kind.UNKNOWN:
        why = " ".join(sentence(code, {}, gettext) for code in value.doubts)
        raise Rejected(_l("This cannot be read either: %(why)s", why=why), "says" if choice != AS_READ else "choice")
    return words


def plainly(value: TargetValue) -> str:
    """A reading written so that it can be read again without a doubt about its operator; "" when there is none."""
    if value.date:
        return f"{value.operator or '≤'}{value.date.isoformat()}"
    if value.kind is Kind.RANGE:
        return f"{value.number_text}-{value.upper_text}{value.unit or ''}"
    if value.kind in (Kind.QUALITATIVE, Kind.RELATIVE, Kind.COMPOUND, Kind.ZERO) and not value.unit:
        return value.text
    if value.number_text is None:
        return ""
    return f"{value.operator if value.operator in SIGNS else '='}{value.number_text}{value.unit or ''}"


SIGNS = ("≥", "≤", ">", "<", "=")
