"""What a month came to beside each of its fills: the dial, kilometres, the use of fuel, the balance of a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select

from ...core.db import db
from ...core.period import Period
from ...indicators.readings import by_scope
from ..costs.models import CardEntry
from ..models import Vehicle
from ..odometer import queries as dials
from .platform_files import Row

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Balance:
    """元 on a card: at the start of the month, loaded in it, left at its end."""

    first: Decimal = NOTHING
    loaded: Decimal = NOTHING
    last: Decimal = NOTHING


def of_cars(period: Period) -> dict[str, dict[int, Row]]:
    """month → car → what the dial showed at its ends, kilometres by trips, litres per 100 km."""
    cars, found = list(db.session.scalars(select(Vehicle.id))), {}
    edges = [each.first for each in period.months()] + [period.last + timedelta(days=1)]
    shown = [dials.latest_of(cars, datetime.combine(day, time.min)) for day in edges]
    for at, each in enumerate(period.months()):
        driven, fuel = by_scope("vehicles.kilometres", each), by_scope("vehicles.fuel_per_100km", each)
        found[each.key] = {
            car: {
                "km_first": shown[at].get(car), "km_last": shown[at + 1].get(car),
                "km_month": driven[car].value if car in driven else None,
                "per_100": fuel[car].value if car in fuel else None,
            }
            for car in cars
        }  # fmt: skip
    return found


def of_cards(period: Period) -> Mapping[tuple[int, str], Balance]:
    """(card, month) → its balance; what was spent is the card's fills."""
    rows = select(CardEntry.card_id, CardEntry.day, CardEntry.amount, CardEntry.cost_id).order_by(CardEntry.day)
    entries = db.session.execute(rows.where(CardEntry.day <= period.last)).all()
    found: dict[tuple[int, str], Balance] = {}
    for each in period.months():
        for card in {entry.card_id for entry in entries}:
            mine = [entry for entry in entries if entry.card_id == card]
            before = sum((entry.amount for entry in mine if entry.day < each.first), NOTHING)
            within = [entry for entry in mine if each.first <= entry.day <= each.last]
            loaded = sum((entry.amount for entry in within if entry.cost_id is None), NOTHING)
            found[card, each.key] = Balance(before, loaded, before + sum((entry.amount for entry in within), NOTHING))
    return found
