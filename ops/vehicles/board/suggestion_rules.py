"""Which car is best for a request, and why: points by dated weights, each with its reason in words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from ..models import VehicleCategory
from ..settings.models import SettingName

Weights = Mapping[SettingName, int]
Fits = Mapping[VehicleCategory, float]
Part = tuple[int, object | None]  # points, and the reason for them in words of the reader's language
# what a request is → how well each category serves it; the others serve their own business
FITS_ORDINARY = {VehicleCategory.OTHER: 1.0, VehicleCategory.EMERGENCY: 0.5}
FITS_EMERGENCY = {VehicleCategory.EMERGENCY: 1.0, VehicleCategory.OTHER: 0.5}
SPARE_SEATS_THAT_FIT = 1
FRESH_DAYS = 90


@dataclass(frozen=True)
class Candidate:
    """A car that is free, unblocked and large enough, with what the points are given for.

    `trips`, `km`: of the last thirty days. `inspected_until`: None where nothing is known. `stands_near`: the unit has
    it for its use, and it stands where the unit sits. `same_way`: it goes to the same destination on that day already.
    """

    vehicle_id: int
    plate: str
    seats: int
    category: str
    trips: int = 0
    km: int = 0
    inspected_until: date | None = None
    stands_near: bool = False
    same_way: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A car, its points of all that can be had, and the reasons for them."""

    candidate: Candidate
    points: int
    reasons: tuple[str, ...]


def suggest(
    people: int, day: date, candidates: Sequence[Candidate], weights: Weights, most: int = 3, emergency: bool = False
) -> list[Suggestion]:
    """The best cars first; equal ones by their plates, so that the same question has the same answer."""
    fits = FITS_EMERGENCY if emergency else FITS_ORDINARY
    most_km = max((each.km for each in candidates), default=0)
    rated = [(each, _rate(each, people, day, most_km, weights, fits)) for each in candidates]
    points = {car.vehicle_id: sum(given for given, _why in parts) for car, parts in rated}
    best = sorted(rated, key=lambda each: (-points[each[0].vehicle_id], each[0].plate))[:most]
    return [Suggestion(car, points[car.vehicle_id], _reasons(parts)) for car, parts in best]


def _reasons(parts: Iterable[Part]) -> tuple[str, ...]:
    """Put into words only for the cars that are shown."""
    return tuple(str(why) for given, why in parts if given and why is not None)


def _rate(car: Candidate, people: int, day: date, most_km: int, weights: Weights, fits: Fits) -> tuple[Part, ...]:
    return (
        _seats(car, people, weights[SettingName.WEIGHT_SEATS]),
        _category(car, fits, weights[SettingName.WEIGHT_CATEGORY]),
        _place(car, weights[SettingName.WEIGHT_PLACE]),
        _use(car, most_km, weights[SettingName.WEIGHT_EVEN_USE]),
        _inspection(car, day, weights[SettingName.WEIGHT_INSPECTED]),
        _way(car, weights[SettingName.WEIGHT_SAME_WAY]),
    )


def _seats(car: Candidate, people: int, weight: int) -> Part:
    """Full points with at most one seat empty; a bus for two gets few."""
    spare = car.seats - people - 1
    share = 1.0 if spare <= SPARE_SEATS_THAT_FIT else SPARE_SEATS_THAT_FIT / spare
    return round(weight * share), _l(
        "%(seats)s seats for %(people)s with the driver", seats=car.seats, people=people + 1
    )


def _category(car: Candidate, fits: Fits, weight: int) -> Part:
    """Full points to the category that such a request is served by; only those are a reason."""
    share = fits.get(VehicleCategory(car.category), 0.0)
    words = _l("meant for ordinary business") if fits is FITS_ORDINARY else _l("kept for emergencies, which this is")
    return round(weight * share), words if share == 1 else None


def _place(car: Candidate, weight: int) -> Part:
    return (weight if car.stands_near else 0), _l("stands where the trip starts")


def _use(car: Candidate, most_km: int, weight: int) -> Part:
    """The less it was driven lately, the more points."""
    share = 1 - car.km / most_km if most_km else 1.0
    words = _l("driven little lately: %(trips)s trips, %(km)s km in 30 days", trips=car.trips, km=car.km)
    return round(weight * share), words if share > 0.5 else None


def _inspection(car: Candidate, day: date, weight: int) -> Part:
    fresh = car.inspected_until is not None and (car.inspected_until - day).days > FRESH_DAYS
    return (weight if fresh else 0), _l("inspection valid until %(day)s", day=car.inspected_until)


def _way(car: Candidate, weight: int) -> Part:
    return (weight if car.same_way else 0), _l("goes the same way on that day")
