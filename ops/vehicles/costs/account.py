"""What a car came to in a period: costs by kind, kilometres, cost per km, fuel per 100 km, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ...core.period import Period, month, year
from ...indicators.readings import Figure, by_scope, read
from . import fuel_queries, queries
from .fuel_rules import over_all, two_places
from .models import CostKind

NOTHING = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Sums:
    """Costs by kind, kilometres by trips, litres filled and the kilometres driven on fuel."""

    amounts: Mapping[str, Decimal]
    kilometres: int | None = None
    litres: Decimal = NOTHING
    on_fuel: Decimal = NOTHING
    id: int = 0
    plate: str = ""
    model: str = ""

    @property
    def total(self) -> Decimal | None:
        return sum(self.amounts.values(), NOTHING) if self.amounts else None

    @property
    def filled(self) -> Decimal | None:
        """Litres; None where no refuelling is recorded."""
        return self.litres if CostKind.ENERGY in self.amounts and self.on_fuel else self.litres or None

    @property
    def per_km(self) -> Decimal | None:
        """Σ ÷ Σ, in yuan."""
        return two_places(self.total / self.kilometres) if self.total is not None and self.kilometres else None

    @property
    def per_100(self) -> Decimal | None:
        """Σ litres ÷ Σ kilometres × 100."""
        return two_places(self.litres * HUNDRED / self.on_fuel) if self.on_fuel and self.litres else None


def all_cars(period: Period) -> list[Sums]:
    """Every car that cost or drove something in the period, or stands on the register at its end."""
    driven = by_scope("vehicles.kilometres", period)
    fuel = by_scope("vehicles.fuel_per_100km", period)
    return [_sums_of(row, driven.get(row.id), fuel.get(row.id)) for row in queries.by_car(period)]


def _sums_of(row: Any, driven: Figure | None, fuel: Figure | None) -> Sums:
    amounts = {str(kind): amount for kind in CostKind if (amount := getattr(row, kind)) is not None}
    litres, on_fuel = (fuel.part, fuel.whole) if fuel else (NOTHING, NOTHING)
    return Sums(amounts, _whole(driven), two_places(litres), on_fuel, row.id, row.plate, row.model)


def _whole(driven: Figure | None) -> int | None:
    """Kilometres are whole; no data is none."""
    return None if driven is None or driven.value is None else int(driven.value)


def together(cars: Sequence[Sums]) -> Sums:
    """All the cars as one; kilometres are no data only where no car has any."""
    known = [car.kilometres for car in cars if car.kilometres is not None]
    amounts = {
        str(kind): sum((car.amounts[kind] for car in cars if kind in car.amounts), NOTHING)
        for kind in CostKind
        if any(kind in car.amounts for car in cars)
    }
    litres, on_fuel = sum((car.litres for car in cars), NOTHING), sum((car.on_fuel for car in cars), NOTHING)
    return Sums(amounts, sum(known) if known else None, litres, on_fuel)


def of_car(vehicle_id: int, period: Period) -> Sums:
    amounts: dict[str, Decimal] = {}
    for each in queries.by_month(vehicle_id, period):
        amounts[each.kind] = amounts.get(each.kind, NOTHING) + each.amount
    driven = read("vehicles.kilometres", period, vehicle_id)
    fuel = read("vehicles.fuel_per_100km", period, vehicle_id)
    return Sums(amounts, _whole(driven), two_places(fuel.part), fuel.whole, vehicle_id)


@dataclass(frozen=True)
class MonthLine:
    """A month of a car: its costs by kind, and their sum (None without any)."""

    period: Period
    amounts: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal | None:
        return sum(self.amounts.values(), NOTHING) if self.amounts else None


def months_of(vehicle_id: int, of_year: int) -> list[MonthLine]:
    found: dict[int, dict[str, Decimal]] = {number: {} for number in range(1, 13)}
    for each in queries.by_month(vehicle_id, year(of_year)):
        line = found[each.month]
        line[each.kind] = line.get(each.kind, NOTHING) + each.amount
    return [MonthLine(month(of_year, number), amounts) for number, amounts in found.items()]


def full_to_full(vehicle_id: int, period: Period) -> Decimal | None:
    """Litres per 100 km from full tank to full tank."""
    return over_all(fuel_queries.stretches_of(vehicle_id, period))


def years_of(periods: Sequence[Period], vehicle_id: int | None) -> list[tuple[Period, Sums]]:
    """The same sums for several years side by side."""
    return [(period, of_car(vehicle_id, period) if vehicle_id else together(all_cars(period))) for period in periods]
