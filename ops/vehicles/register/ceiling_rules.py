"""Is a car within the standard it was bought under; may it be renewed. Pure verdicts over dated ceilings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .file_models import NEW_ENERGY, Body, Energy

CEILINGS = Path(__file__).parent / "data" / "ceilings.json"
RENEWAL = Path(__file__).parent / "data" / "renewal.json"


@dataclass(frozen=True)
class Standard:
    """The ceiling that applies, and by how much the car is over it: yuan and litres, None when it is not."""

    price: Decimal
    displacement: Decimal | None
    clause: str
    document: str
    source: str
    over_price: Decimal | None
    over_displacement: Decimal | None

    @property
    def is_over(self) -> bool:
        return self.over_price is not None or self.over_displacement is not None


@cache
def ceilings() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads(CEILINGS.read_text())
    return found


def standard(
    category: str, body: str, energy: str, special: bool, price: Decimal | None, displacement: Decimal | None,
    bought_on: date,
) -> Standard | None:  # fmt: skip
    """The ceiling in force when the car was bought; none for special technical cars and before the first rule."""
    fitting = _fitting(category, body, energy, special, bought_on)
    if special and not fitting:  # the rule knows no special case of this kind: the ordinary ceiling holds
        fitting = _fitting(category, body, energy, False, bought_on)
    if not fitting:
        return None
    rule = max(fitting, key=lambda each: each["valid_from"])
    most, litres = Decimal(rule["price"]), rule["displacement"] and Decimal(rule["displacement"])
    over_price = price - most if price is not None and price > most else None
    over_litres = displacement - litres if displacement is not None and litres and displacement > litres else None
    return Standard(most, litres, rule["clause"], rule["document"], rule["source"], over_price, over_litres)


def _fitting(category: str, body: str, energy: str, special: bool, bought_on: date) -> list[Mapping[str, Any]]:
    return [each for each in ceilings() if _fits(each, category, body, energy, special, bought_on)]


def _fits(rule: Mapping[str, Any], category: str, body: str, energy: str, special: bool, bought_on: date) -> bool:
    is_new_energy = Energy(energy) in NEW_ENERGY and Body(body) is Body.SEDAN and not special
    return (
        category in rule["categories"]
        and date.fromisoformat(rule["valid_from"]) <= bought_on
        and rule.get("special", False) == special
        and rule.get("new_energy", False) == is_new_energy
        and body in rule.get("bodies", [body])
    )


@cache
def _renewals() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads(RENEWAL.read_text())
    return sorted(found, key=lambda each: str(each["valid_from"]))


def renewal(day: date) -> Mapping[str, Any]:
    """The rule of renewal in force on the day; the first one before it."""
    return [*_renewals()[:1], *(each for each in _renewals() if date.fromisoformat(each["valid_from"]) <= day)][-1]


def may_be_renewed(bought_on: date, day: date) -> bool:
    """Article 22: used for more years than the rule says it may be renewed; what can still be used stays in use."""
    last = bought_on.year + int(renewal(day)["years"])
    return (day.year, day.month, day.day) > (last, bought_on.month, bought_on.day)
