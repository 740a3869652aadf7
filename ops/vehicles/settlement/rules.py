"""What a trip costs, to the fen; and what a unit may say when. Verdicts on values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ..rulebook.book import Book, Version
from ..states import TripState
from .models import CarClass, KilometreCheck, Method, StatementState, Tariff

CLASSES = "classes.seats"
FEN = Decimal("0.01")
BELOW_COACH = (CarClass.SEDAN, CarClass.VAN, CarClass.MINIBUS)
BACK = (TripState.RETURNED, TripState.RATED)


@dataclass(frozen=True)
class Use:
    """What was used: kilometres, and from when to when."""

    kilometres: int
    start: datetime
    end: datetime

    @property
    def days(self) -> int:
        """Calendar days that it touched."""
        return (self.end.date() - self.start.date()).days + 1

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60


def car_class(seats: int, upto: Mapping[str, str]) -> CarClass:
    """The class by seats, the driver's included; `upto` gives the most of each as the rulebook has it on the day."""
    return next((found for found in BELOW_COACH if seats <= int(upto[found])), CarClass.COACH)


def class_rule(book: Book, day: date) -> Version:
    """The bounds of the classes on the day; before the first rule, by the first; after it ended, by its last."""
    begun = [each for each in book.versions[CLASSES] if each.valid_from <= day and not each.ends]
    return begun[-1] if begun else book.versions[CLASSES][0]


def price(tariff: Tariff, use: Use) -> Decimal:
    """Yuan, half-up to the fen. A trip over midnight pays days; its nights are no overrun of time."""
    if tariff.method == Method.BY_KM:
        charged = max(use.kilometres, tariff.least_km)
        near = min(charged, tariff.far_from) if tariff.far_from else charged
        total = near * tariff.km_price + (charged - near) * tariff.far_price
    else:
        over_km = max(0, use.kilometres - use.days * tariff.base_km)
        over_minutes = max(0, use.minutes - 60 * tariff.base_hours) if use.days == 1 else 0
        total = use.days * tariff.day_price + over_km * tariff.km_price
        total += Decimal(over_minutes) / 60 * tariff.hour_price
    return total.quantize(FEN, ROUND_HALF_UP)


def shares(total: Decimal, people: Sequence[int]) -> list[Decimal]:
    """A shared trip's price by those who rode, to the fen; the shares add up to the price."""
    whole, given = sum(people), Decimal(0)
    found = []
    for number in people[:-1]:
        found.append((total * number / whole).quantize(FEN, ROUND_HALF_UP))
        given += found[-1]
    return [*found, total - given]


def in_force(tariffs: Sequence[Tariff], of_class: CarClass, day: date) -> Tariff | None:
    """The class's latest tariff that had begun by that day."""
    fits = [each for each in tariffs if each.car_class == of_class and each.valid_from <= day]
    return max(fits, key=lambda each: each.valid_from, default=None)


def check_prices(method: str, day_price: Decimal, km_price: Decimal, far_from: int, far_price: Decimal) -> None:
    if method == Method.DAY_HIRE and not day_price:
        raise Rejected(_l("Day hire needs a price for the day."), "day_price")
    if method == Method.BY_KM and not km_price:
        raise Rejected(_l("Say what a kilometre costs."), "km_price")
    if bool(far_from) != bool(far_price):
        raise Rejected(_l("Give both, from which kilometre and at what price."), "far_price")


OWN_DRIVE = _l("You drove this trip yourself: somebody else of the unit says how it was.")
OWN_STATEMENT = _l("You issued this statement yourself: somebody else answers for the unit.")


def check_back(state: TripState) -> None:
    if state not in BACK:
        raise Rejected(_l("The kilometres are confirmed when the car is back and before the trip is settled."))


def check_contested(last: KilometreCheck | None) -> KilometreCheck:
    """The unit's latest word on the kilometres is an objection that nobody has answered."""
    if last is None or last.agreed:
        raise Rejected(_l("The unit does not contest the kilometres of this trip."))
    if last.answer:
        raise Rejected(_l("The objection is answered already; the unit looks again."))
    return last


def check_rating(state: TripState, rated: bool) -> None:
    if rated:
        raise Rejected(_l("The trip is rated already."))
    if state not in (*BACK, TripState.SETTLED):
        raise Rejected(_l("A trip is rated when the car is back."))


def check_words(agreed: bool, words: str) -> None:
    if not agreed and not words.strip():
        raise Rejected(_l("Say what is wrong."), "words")


def check_seen(mark: str, seen: str) -> None:
    if seen and seen != mark:
        raise Rejected(_l("The statement has changed since you opened the page. Open it again and look."))


def check_verdict(state: StatementState) -> None:
    if state is StatementState.CONFIRMED:
        raise Rejected(_l("The unit has confirmed this statement already."))
    if state is StatementState.OBJECTED:
        raise Rejected(_l("The objection is still to be answered."))


def check_objected(state: StatementState) -> None:
    """Several corrections may answer the same objection."""
    if state not in (StatementState.OBJECTED, StatementState.CORRECTED):
        raise Rejected(_l("A correction answers an objection of the unit. There is none."))


def check_correction(state: StatementState, total: Decimal, amount: Decimal) -> None:
    """A correction answers an objection; no unit is owed money for its trips."""
    check_objected(state)
    if total + amount < 0:
        message = _l("The statement comes to %(total)s yuan: no more can be taken off.", total=f"{total:,}")
        raise Rejected(message, "amount")


def check_priced(without: Sequence[tuple[str, Any]]) -> None:
    """`without`: (destination, dispatch) of trips for whose class no tariff had begun on their day."""
    if without:
        destination, dispatch = without[0]
        message = _l(
            "The trip of %(day)s to %(destination)s with %(plate)s has no tariff on its day. Set one first.",
            day=str(dispatch.day), destination=destination, plate=dispatch.vehicle.plate,
        )  # fmt: skip
        raise Rejected(message, "unit_id")


def check_month(last: date, today: date) -> None:
    if last >= today:
        raise Rejected(_l("The month is not over yet."), "month")
