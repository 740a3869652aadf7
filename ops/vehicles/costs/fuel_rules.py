"""Fuel: litres per 100 km from full tank to full tank, and fills that a person should look at. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from ..odometer.rules import Replaced, lost_between

LEAST_HISTORY = 5
# a deviation of 1 in a normal distribution is 1.4826 times the median absolute deviation
TO_NORMAL = Decimal("1.4826")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Fill:
    """A standing fill of one car. `on_trip`: a trip of the car touches that day; `is_sealed`: it was sealed then."""

    id: int
    at: datetime
    litres: Decimal
    is_full: bool
    odometer: int | None
    on_trip: bool = True
    is_sealed: bool = False


@dataclass(frozen=True)
class Stretch:
    """From one full tank to the next: what was filled after the first, up to and with the second."""

    first: Fill
    last: Fill
    litres: Decimal
    kilometres: int

    @property
    def per_100(self) -> Decimal:
        return two_places(self.litres * HUNDRED / self.kilometres)


class FuelFindingKind(StrEnum):
    OVER_TANK = "over_tank"
    SEALED = "sealed"
    NO_TRIP = "no_trip"
    OUTLIER = "outlier"


@dataclass(frozen=True)
class FuelFinding:
    """A fill to look at, with the figures that say why."""

    kind: FuelFindingKind
    fill: Fill
    figures: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.fill.id}"


@dataclass(frozen=True)
class Thresholds:
    """`factor`: usual deviations; `share`: percent of the usual consumption. Both must be exceeded."""

    factor: Decimal
    share: Decimal


def two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def stretches(fills: Iterable[Fill], replaced: Sequence[Replaced] = ()) -> list[Stretch]:
    """Every stretch from a full tank to the next full tank; a full fill without the dial is passed over."""
    found: list[Stretch] = []
    start, litres = None, Decimal(0)
    for fill in sorted(fills, key=lambda each: (each.at, each.id)):
        litres += fill.litres
        if not fill.is_full or fill.odometer is None:
            continue
        if start is not None:
            driven = fill.odometer - (start.odometer or 0) + lost_between(replaced, start.at, fill.at)
            if driven > 0:
                found.append(Stretch(start, fill, litres, driven))
        start, litres = fill, Decimal(0)
    return found


def over_all(found: Sequence[Stretch]) -> Decimal | None:
    """Σ litres ÷ Σ kilometres of the stretches, per 100 km; never an average of averages."""
    kilometres = sum(each.kilometres for each in found)
    return two_places(sum((each.litres for each in found), Decimal(0)) * HUNDRED / kilometres) if kilometres else None


def outlier(value: Decimal, history: Sequence[Decimal], limits: Thresholds) -> dict[str, Decimal] | None:
    """How far the value lies from the car's own usual consumption, when that is suspicious; None when it is not.

    Median and median absolute deviation: a few wrong fills in the history do not move them.
    """
    if len(history) < LEAST_HISTORY:
        return None
    usual = median(history)
    spread = TO_NORMAL * median([abs(each - usual) for each in history])
    away = abs(value - usual)
    if away <= limits.factor * spread or away * HUNDRED <= limits.share * usual:
        return None
    return {"value": value, "usual": two_places(usual), "spread": two_places(spread)}


def fuel_findings(
    fills: Iterable[Fill], replaced: Sequence[Replaced], tank: int | None, limits: Thresholds
) -> list[FuelFinding]:
    """What should be looked at in a car's fills, in order of time. A stretch is weighed against those before it."""
    known = sorted(fills, key=lambda each: (each.at, each.id))
    found = [finding for fill in known for finding in _at_the_pump(fill, tank)]
    history: list[Decimal] = []
    for each in stretches(known, replaced):
        if figures := outlier(each.per_100, history, limits):
            found.append(FuelFinding(FuelFindingKind.OUTLIER, each.last, figures))
        history.append(each.per_100)
    return sorted(found, key=lambda each: (each.fill.at, each.fill.id, each.kind))


def _at_the_pump(fill: Fill, tank: int | None) -> list[FuelFinding]:
    found = []
    if tank is not None and fill.litres > tank:
        figures = {"litres": fill.litres, "tank": Decimal(tank)}
        found.append(FuelFinding(FuelFindingKind.OVER_TANK, fill, figures))
    if fill.is_sealed:
        found.append(FuelFinding(FuelFindingKind.SEALED, fill))
    elif not fill.on_trip:
        found.append(FuelFinding(FuelFindingKind.NO_TRIP, fill))
    return found
