"""What a person should look at in a car's file: over the standard, old enough to be renewed, to be scrapped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from ...core.db import db
from ..models import Vehicle
from ..obligations import queries as obligations
from ..obligations.rules import scrapping_rules
from ..odometer import queries as dials
from . import file_queries
from .ceiling_rules import may_be_renewed, renewal
from .file_models import CarFile

SCRAPPING = {
    "scrapping.marks": (_l("three inspection cycles without a mark: must be scrapped"), "late"),
    "scrapping.mileage": (_l("driven so far that scrapping is advised"), "waiting"),
}


@dataclass(frozen=True)
class Flag:
    """Something to look at, with the rule behind it; it decides nothing by itself."""

    word: object
    state: str
    basis: Mapping[str, Any]
    detail: str = ""


def flags_of(vehicle: Vehicle, file: CarFile | None, day: date) -> list[Flag]:
    return [*_over(vehicle, file), *_old(file, day), *_to_scrap(vehicle.id, day)] if file else []


def flagged(day: date) -> list[tuple[Vehicle, list[Flag]]]:
    """Cars on the register on the day that have something to look at, by plate."""
    stays = or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > day)
    found = select(Vehicle, CarFile).join(CarFile, CarFile.vehicle_id == Vehicle.id)
    rows: Sequence[Any] = db.session.execute(
        found.where(Vehicle.registered_on <= day, stays).order_by(Vehicle.plate)
    ).all()
    judged = ((vehicle, flags_of(vehicle, file, day)) for vehicle, file in rows)
    return [(vehicle, flags) for vehicle, flags in judged if flags]


def _over(vehicle: Vehicle, file: CarFile) -> list[Flag]:
    found = file_queries.standard_of(vehicle, file)
    if found is None or not found.is_over:
        return []
    price = f"{found.over_price:,.2f} {_('yuan')}" if found.over_price else ""
    litres = f"{found.over_displacement.normalize():f} {_('litres')}" if found.over_displacement else ""
    basis = {"document": found.document, "clause": found.clause, "source": found.source}
    return [Flag(_l("over the standard"), "late", basis, "+" + " +".join(filter(None, (price, litres))))]


def _old(file: CarFile, day: date) -> list[Flag]:
    if file.bought_on is None or not may_be_renewed(file.bought_on, day):
        return []
    return [
        Flag(_l("more than 8 years: may be renewed"), "waiting", renewal(day), f"{_('Bought on')} {file.bought_on}")
    ]


def _to_scrap(vehicle_id: int, day: date) -> list[Flag]:
    facts = obligations.car_facts(vehicle_id)
    if facts is None:
        return []
    driven = dials.shown_at(vehicle_id)
    missed, km = obligations.missed_inspection(vehicle_id, day), driven[-1][1] if driven else None
    details = {
        "scrapping.marks": _("missed since %(day)s", day=str(missed)),
        "scrapping.mileage": f"{km or 0:,} {_('km')}",
    }
    return [
        Flag(*SCRAPPING[rule], obligations.basis(rule) or {}, details[rule])
        for rule in scrapping_rules(facts, missed, km, day)
    ]
