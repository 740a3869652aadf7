"""The forecast to year end (全年预计执行数): a method anyone can redo with a pencil, never a fact. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _l

HUNDRED, CENT = Decimal(100), Decimal("0.01")
METHOD = _l(
    "Paid so far, and of what the plan still holds the share that was paid of the plan so far; at most the budget. "
    "The other edge of the band takes the rest of the plan in full."
)


@dataclass(frozen=True)
class Forecast:
    """In yuan. `expected` by the pace so far; `if_planned` when the rest is paid as planned; `pace` in percent."""

    paid: Decimal
    pace: Decimal
    expected: Decimal
    if_planned: Decimal

    def as_planned(self) -> "Forecast":
        """The other edge of the band as a forecast of its own."""
        return replace(self, pace=HUNDRED, expected=self.if_planned)

    @property
    def shown(self) -> Decimal:
        """As forms print it: to a hundred yuan, which is two places of 万元; exactly where nothing more is expected."""
        return self.paid if self.expected == self.paid else self.expected.quantize(Decimal("1e2"), ROUND_HALF_UP)

    @property
    def low(self) -> Decimal:
        return min(self.expected, self.if_planned)

    @property
    def high(self) -> Decimal:
        return max(self.expected, self.if_planned)


def forecast(paid: Decimal | None, budget: Decimal, planned: Decimal) -> Forecast | None:
    """`planned`: percent of the budget that the plan wants by now. None while nothing is paid or nothing is planned."""
    if paid is None or planned <= 0 or budget <= 0:
        return None
    pace = paid / (budget * planned / HUNDRED)
    rest = budget * (HUNDRED - planned) / HUNDRED
    return Forecast(paid, pace * HUNDRED, _until(paid, rest * pace, budget), _until(paid, rest, budget))


def course(found: Forecast, budget: Decimal, planned: Decimal, later: Sequence[Decimal]) -> list[Decimal]:
    """What would be paid at each later planned percentage, by the pace so far."""
    steps = (budget * (each - planned) / HUNDRED * found.pace / HUNDRED for each in later)
    return [_until(found.paid, step, budget) for step in steps]


def _until(paid: Decimal, more: Decimal, budget: Decimal) -> Decimal:
    """No more than the budget, unless more than that is paid already."""
    return max(paid, min(paid + more, budget)).quantize(CENT, ROUND_HALF_UP)
