"""How a section is scored: openly, from its figures and its milestones. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected

HUNDRED = Decimal(100)
TASK_WEIGHT = Decimal(40)  # 重点工作分值: a proposal, shown on the scoreboard


@dataclass(frozen=True)
class Counted:
    """A figure against its target: `attained` from 0 to 1, None where there is no data or no target."""

    weight: Decimal
    attained: Decimal | None


def attained(sign: str, target: Decimal | None, value: Decimal | None) -> Decimal | None:
    """≥: value ÷ target, at most 1. ≤: 1 when kept, above it 1 − (value − target) ÷ target; above nought, nothing."""
    if value is None or target is None or not sign:
        return None
    if sign == "≥":
        return Decimal(1) if value >= target else max(value, Decimal(0)) / target
    if value <= target:
        return Decimal(1)
    return max(Decimal(0), 1 - (value - target) / target) if target else Decimal(0)


def score(parts: Sequence[Counted]) -> Decimal | None:
    """Σ weight · attained ÷ Σ weight · 100 of what has data, to the cent; None where nothing has."""
    known = [(each.weight, each.attained) for each in parts if each.attained is not None and each.weight]
    whole = sum((weight for weight, _attained in known), Decimal(0))
    if not whole:
        return None
    reached = sum((weight * share for weight, share in known), Decimal(0))
    return (reached / whole * HUNDRED).quantize(Decimal("0.01"), ROUND_HALF_UP)


def check_due(due_on: date, year: int) -> None:
    if due_on.year != year:
        raise Rejected(_l("The milestone belongs into %(year)s.", year=year), "due_on")


def check_open(state: str) -> None:
    if state not in ("late", "waiting"):
        raise Rejected(_l("This milestone is done or waived already."))


def check_done(done_on: date, today: date) -> None:
    if done_on > today:
        raise Rejected(_l("This day has not come yet."), "done_on")


def check_measure(sign: str, target: Decimal | None, weight: Decimal) -> None:
    """A sign and a target belong together, and without them nothing is scored."""
    if bool(sign) != (target is not None):
        raise Rejected(_l("Give both the sign and the target, or neither."), "target")
    if weight and not sign:
        raise Rejected(_l("Only a figure with a target can be scored."), "weight")
    if sign == "≥" and not target:
        raise Rejected(_l("A lower limit must be above nought."), "target")
