"""What the register knows of its cars, as the list of cars tells it: read once for a whole list, car by car anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select

from ...core import clock
from ...core.db import db
from ...core.errors import Rejected
from ...people.models import Unit
from ..models import Vehicle
from ..register.file_models import CarFile
from ..register.life_queries import Says, named_by_transfers
from .columns import FACTS, NO, OF_CAR, OF_FILE, YES, Fact, Kind


@dataclass(frozen=True)
class Car:
    """A car with its facts as values, and as they would be typed into the forms."""

    id: int
    facts: dict[str, Any]

    @property
    def typed(self) -> dict[str, str]:
        return {fact.key: text(self.facts[fact.key]) for fact in FACTS if self.facts[fact.key] is not None}


class Known:
    """Cars by plate, units by name; `first` remembers which line of a list named a plate first."""

    def __init__(self) -> None:
        self.units = {name: key for key, name in db.session.execute(select(Unit.id, Unit.name))}
        self.unit_names = {key: name for name, key in self.units.items()}
        self.cars = {str(car.facts["plate"]): car for car in read_cars()}
        self.holders = {car.facts["vin"]: plate for plate, car in self.cars.items() if car.facts["vin"]}
        self.first: dict[str, int] = {}

    def car(self, plate: str) -> Car | None:
        return self.cars.get(plate)

    def read_anew(self, plate: str) -> None:
        """After a car was written, or held."""
        for car in read_cars(Vehicle.plate == plate):
            self.cars[plate] = car
            self.holders.update({car.facts["vin"]: plate} if car.facts["vin"] else {})

    def first_line(self, plate: str, line: int) -> int | None:
        """The earlier line with this plate; None when this is the first."""
        first = self.first.setdefault(plate, line)
        return first if first != line else None

    def check_vin_is_free(self, vin: str, plate: str) -> None:
        """Refused when another car has it, or another row of the list before this one."""
        if vin and self.holders.setdefault(vin, plate) != plate:
            raise Rejected(_l("Another car has this number."), "vin")

    def word(self, fact: Fact, value: Any) -> str:
        """The value as the list shows it."""
        if fact.key == "old_cycle":
            return str(fact.labels[YES if value else NO]) if value is not None else ""
        if value in (None, ""):
            return ""
        if fact.kind is Kind.CHOICE:
            return str(fact.labels.get(value, value))
        return self.unit_names.get(value, "") if fact.kind is Kind.UNIT else text(value)


def read_cars(*where: ColumnElement[bool]) -> Sequence[Car]:
    rows = select(Vehicle, CarFile).outerjoin(CarFile, CarFile.vehicle_id == Vehicle.id).where(*where)
    named = named_by_transfers(clock.today())
    return [_car(car, file, named.get(car.id, {})) for car, file in db.session.execute(rows.order_by(Vehicle.plate))]


def on_register(day: date) -> tuple[ColumnElement[bool], ...]:
    return Vehicle.registered_on <= day, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > day)


def _car(vehicle: Vehicle, file: CarFile | None, named: Says) -> Car:
    of_file = {fact.key: getattr(named.get(fact.key, file), fact.key, None) for fact in OF_FILE}
    return Car(vehicle.id, {**{fact.key: getattr(vehicle, fact.key) for fact in OF_CAR}, **of_file})


def text(value: Any) -> str:
    """As typed into a form: numbers without needless zeros, days as 2023-05-09."""
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
