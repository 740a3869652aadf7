"""What hired vehicles cost, whether they are more than needed, and whether the money is there. Pure verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.timeslot import Slot
from .rule_models import HireClassRule
from .vendor_models import ContractPrice, PriceMethod

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Fee:
    """元: the plain price, and what was driven or waited beyond it."""

    plain: Decimal
    overrun: Decimal

    @property
    def total(self) -> Decimal:
        return self.plain + self.overrun


def days_of(start: datetime, end: datetime) -> int:
    """Calendar days that it touches."""
    return (end.date() - start.date()).days + 1


def fee(price: ContractPrice, kilometres: int, start: datetime, end: datetime) -> Fee:
    """By the contract, half-up to the fen. Hours beyond the day's count on trips of one day only."""
    match PriceMethod(price.method):
        case PriceMethod.BY_TRIP:
            return Fee(price.price, Decimal(0))
        case PriceMethod.BY_KM:
            plain = price.base_km * price.km_price
            return Fee(plain, max(0, kilometres - price.base_km) * price.km_price)
        case PriceMethod.BY_DAY:
            days = days_of(start, end)
            over_km = max(0, kilometres - days * price.base_km) * price.km_price
            minutes = int((end - start).total_seconds()) // 60 - 60 * price.base_hours
            over_time = Decimal(max(0, minutes) if days == 1 else 0) / 60 * price.hour_price
            return Fee(days * price.price, (over_km + over_time).quantize(FEN, ROUND_HALF_UP))


def planned(price: ContractPrice, slot: Slot | None, day: date, kilometres: int) -> Decimal:
    """元 by the plan; a hire that was recorded from paper counts as one day."""
    noon = datetime.combine(day, time(12))
    return fee(price, kilometres, slot.start if slot else noon, slot.end if slot else noon).total


@dataclass(frozen=True)
class ClassVerdict:
    """What the class check says: seats wanted, what is more than needed, and the ceiling of the price (元)."""

    seats: int
    spare: bool
    ceiling: Decimal
    over_ceiling: bool

    @property
    def is_over(self) -> bool:
        return self.spare or self.over_ceiling


def class_verdict(
    rules: Mapping[str, HireClassRule], wanted: Mapping[str, int], people: int, days: int, estimate: Decimal
) -> ClassVerdict:
    """Over the standard: one vehicle could stay away, or a smaller one in its place would seat all the same."""
    known = {each: number for each, number in wanted.items() if each in rules}
    seats = sum(rules[each].seats * number for each, number in known.items())
    sizes = sorted({0, *(rule.seats for rule in rules.values())})
    spare = any(
        seats - rules[each].seats + max(size for size in sizes if size < rules[each].seats) >= people for each in known
    )
    ceiling = sum((days * rules[each].day_ceiling * number for each, number in known.items()), Decimal(0))
    return ClassVerdict(seats, spare, ceiling, bool(known) and estimate > ceiling)


def check_class(verdict: ClassVerdict, wanted: Mapping[str, int], people: int, reason: str) -> None:
    if not wanted:
        raise Rejected(_l("Say how many vehicles of which class."), "sedan")
    if verdict.seats < people:
        message = _l("They seat %(seats)s, %(people)s people are to travel.", seats=verdict.seats, people=people)
        raise Rejected(message, "people")
    if verdict.is_over and not reason.strip():
        if verdict.spare:
            message = _l("Fewer or smaller vehicles would do for %(people)s people. Say why not, or ask for fewer.",
                         people=people)  # fmt: skip
        else:
            message = _l("The ceiling for these vehicles is %(ceiling)s yuan. Say why it costs more.",
                         ceiling=str(verdict.ceiling))  # fmt: skip
        raise Rejected(message, "class_reason")


@dataclass(frozen=True)
class BudgetView:
    """元 of one payer in one year: set (None: nobody set any), spent or bound."""

    amount: Decimal | None
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.amount is None else self.amount - self.used


def check_budget(view: BudgetView, wanted: Decimal, is_emergency: bool, field: str) -> None:
    """Within the year's budget where one was set; an emergency is not held up, its page says that it is over."""
    if view.left is not None and wanted > view.left and not is_emergency:
        message = _l("Over the budget: %(left)s yuan are left of %(amount)s.", left=str(view.left),
                     amount=str(view.amount))  # fmt: skip
        raise Rejected(message, field)


def check_price(method: str, price: Decimal, km_price: Decimal) -> None:
    if method == PriceMethod.BY_KM and not km_price:
        raise Rejected(_l("Say what a kilometre costs."), "km_price")
    if method != PriceMethod.BY_KM and not price:
        raise Rejected(_l("Say what it costs."), "price")


def check_amount(amount: Decimal, fees: Sequence[Decimal], words: str) -> None:
    """An invoice is of what its vehicle-trips cost; a difference is explained."""
    due = sum(fees, Decimal(0))
    if amount != due and not words.strip():
        message = _l("Its vehicle-trips come to %(due)s yuan. Say where the difference comes from.", due=str(due))
        raise Rejected(message, "words")


def check_estimate(activity: str, estimate: Decimal | None, invoiced: Decimal, words: str) -> None:
    """More than a hire was approved for is explained; what was recorded from paper has no estimate."""
    if estimate is not None and invoiced > estimate and not words.strip():
        message = _l("“%(activity)s” comes to %(invoiced)s yuan on its invoices, %(estimate)s were estimated. Say why.",
                     activity=activity, invoiced=str(invoiced), estimate=str(estimate))  # fmt: skip
        raise Rejected(message, "words")
