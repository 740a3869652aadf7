"""The monthly public notice: time, reason, place, kilometres, fuel and cost of every trip.

Fuel is reckoned: a tank that was filled on one trip serves others too, so the trip bears its kilometres at what the
car burnt and paid in the year up to the month. The tank itself stands in the ledger; one line reconciles the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...core.period import Period, year
from . import queries
from .account import NOTHING, Sums, all_cars, together
from .fuel_rules import two_places
from .models import CostKind


@dataclass(frozen=True)
class NoticeLine:
    """One trip. `fuel` in litres, `energy` in yuan: reckoned; `others`: tolls and parking paid on the way."""

    plate: str
    left: str
    purpose: str
    place: str
    kilometres: int
    fuel: Decimal | None
    energy: Decimal | None
    others: Decimal | None
    request_id: int

    @property
    def cost(self) -> Decimal | None:
        return known_sum((self.energy, self.others))


@dataclass(frozen=True)
class Notice:
    """公示: the trips of a month, and what each car came to in it by the ledger."""

    period: Period
    lines: Sequence[NoticeLine]
    cars: Sequence[Sums]

    @property
    def kilometres(self) -> int:
        return sum(line.kilometres for line in self.lines)

    @property
    def fuel(self) -> Decimal | None:
        return known_sum(line.fuel for line in self.lines)

    @property
    def energy(self) -> Decimal | None:
        return known_sum(line.energy for line in self.lines)

    @property
    def others(self) -> Decimal | None:
        return known_sum(line.others for line in self.lines)

    @property
    def cost(self) -> Decimal | None:
        return known_sum((self.energy, self.others))

    @property
    def ledger(self) -> Decimal | None:
        return together(self.cars).total

    @property
    def filled(self) -> Decimal | None:
        """Energy by the ledger, in yuan."""
        return together(self.cars).amounts.get(CostKind.ENERGY)

    @property
    def not_of_trips(self) -> Decimal:
        """Repairs, insurance and whatever else the ledger has that no trip of the month bears."""
        return (self.ledger or NOTHING) - (self.filled or NOTHING) - (self.others or NOTHING)


def known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """None where nothing is recorded at all: that is not 0."""
    known = [each for each in amounts if each is not None]
    return sum(known, NOTHING) if known else None


def notice(period: Period, vehicle_id: int | None = None) -> Notice:
    usual = {car.id: car for car in all_cars(Period(year(period.first.year).first, period.last))}
    cars = [each for each in all_cars(period) if (each.kilometres or each.amounts) and vehicle_id in (None, each.id)]
    lines = [line for car in cars for line in _lines(car, period, usual[car.id])]
    return Notice(period, lines, cars)


def _lines(car: Sums, period: Period, usual: Sums) -> list[NoticeLine]:
    trips = queries.trips_back(car.id, period)
    spent = queries.on_trips([trip.id for trip in trips])
    litres, yuan = per_km(usual)
    return [
        NoticeLine(
            car.plate, f"{trip.departure.at:%m-%d %H:%M}" if trip.departure else "",
            "；".join(request.purpose for request in trip.aboard),
            "；".join(dict.fromkeys(request.destination for request in trip.aboard)), driven,
            _reckoned(litres, driven), _reckoned(yuan, driven), spent.get(trip.id), trip.request_id,
        )
        for trip, driven in zip(trips, queries.driven([trip.id for trip in trips]), strict=True)
    ]  # fmt: skip


def per_km(usual: Sums) -> tuple[Decimal | None, Decimal | None]:
    """Litres and yuan of energy for a kilometre; by all its kilometres where the car burns no fuel."""
    paid, over = usual.amounts.get(CostKind.ENERGY), usual.on_fuel or Decimal(usual.kilometres or 0)
    litres = usual.litres / usual.on_fuel if usual.on_fuel and usual.litres else None
    return litres, paid / over if paid is not None and over else None


def _reckoned(each: Decimal | None, driven: int) -> Decimal | None:
    return None if each is None else two_places(each * driven)
