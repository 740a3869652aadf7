"""Is a car within the standard it was bought under; may it be renewed. Pure verdicts over the rules by day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from ..models import VehicleCategory
from ..rulebook.book import Book, Version
from .file_models import NEW_ENERGY, Body, CeilingCase, Energy

USUAL = {
    VehicleCategory.CONFIDENTIAL: "ceiling.confidential",
    VehicleCategory.EMERGENCY: "ceiling.usual",
    VehicleCategory.OTHER: "ceiling.usual",
    VehicleCategory.ENFORCEMENT: "ceiling.enforcement",
}
NOT_NAMED = (Body.TRUCK, Body.SCHOOL, Body.OTHER)
NEED, SPECIAL, LARGE, NEW = "ceiling.enforcement_need", "ceiling.special", "ceiling.large", "ceiling.new_energy"
RENEWAL = "renewal.years"


@dataclass(frozen=True)
class Bought:
    """What a car is and cost, in yuan and litres, as the standard asks."""

    category: str
    body: str
    energy: str
    case: str
    price: Decimal | None
    displacement: Decimal | None
    on: date


@dataclass(frozen=True)
class Standard:
    """The ceiling that applies, and by how much the car is over it: None when it is not.

    `missing`: it cannot be judged whole. `remark`: what to look at besides.
    """

    rule: Version
    price: Decimal
    displacement: Decimal | None
    over_price: Decimal | None
    over_displacement: Decimal | None
    missing: bool
    remark: object | None

    @property
    def is_over(self) -> bool:
        return self.over_price is not None or self.over_displacement is not None


def standard(car: Bought, book: Book) -> Standard | None:
    """The ceiling in force when the car was bought; None where article 7 has none for it, or did not exist yet."""
    key = ceiling_of(car)
    rule = book.in_force(key, car.on) if key else None
    if rule is None:
        return None
    most, litres = Decimal(rule.values["price"]), rule.values.get("displacement")
    limit = Decimal(litres) if litres else None
    price, size = car.price, car.displacement
    over_price = price - most if price is not None and price > most else None
    over_size = size - limit if size is not None and limit is not None and size > limit else None
    missing = price is None or (limit is not None and size is None and car.energy != Energy.ELECTRIC)
    found = Standard(rule, most, limit, over_price, over_size, missing, None)
    return Standard(rule, most, limit, over_price, over_size, missing, _remark(car, found))


def ceiling_of(car: Bought) -> str | None:
    """The rule that the car falls under: the special case names other small cars and coaches, never sedans, and no
    confidential cars; a coach can only be one of it; new-energy sedans have a price alone."""
    if car.category not in USUAL or car.body in NOT_NAMED:
        return None
    category, body = VehicleCategory(car.category), Body(car.body)
    if body is Body.SEDAN and Energy(car.energy) in NEW_ENERGY:
        return NEW
    if category is not VehicleCategory.CONFIDENTIAL:
        if body is Body.LARGE:
            return LARGE
        if body is Body.MEDIUM or (car.case == CeilingCase.SPECIAL and body is not Body.SEDAN):
            return SPECIAL
        if car.case == CeilingCase.NEED and category is VehicleCategory.ENFORCEMENT:
            return NEED
    return USUAL[category]


def _remark(car: Bought, found: Standard) -> Any:
    key = found.rule.rule
    if key in (SPECIAL, LARGE) and car.case != CeilingCase.SPECIAL:
        return _l("A coach is allowed in the special case only: record it with its reason.")
    if car.case == CeilingCase.SPECIAL and key not in (SPECIAL, LARGE):
        return _l("The special case covers other small cars and coaches, not this car: the usual ceiling applies.")
    if key == USUAL[VehicleCategory.ENFORCEMENT] and found.is_over:
        return _l("Where the work of law enforcement needs it, article 7 allows more: record the case with its reason.")
    return None


def why_unknown(car: Bought, book: Book) -> object:
    """Why no ceiling applies, in words."""
    if car.category == VehicleCategory.SPECIAL:
        return _l("Article 7 has no number for special technical cars: the departments set it with the finance office.")
    key = ceiling_of(car)
    if key is None:
        return _l("Article 7 has no ceiling for this kind of vehicle.")
    return _l("No ceiling is on record for a purchase on %(day)s: the first one holds from %(first)s.",
              day=str(car.on), first=str(book.first_day(key)))  # fmt: skip


def may_be_renewed(used_since: date, day: date, years: int) -> bool:
    """Article 22: used for more years than the rule says it may be renewed; what can still be used stays in use."""
    return (day.year, day.month, day.day) > (used_since.year + years, used_since.month, used_since.day)
