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
from ..obligations import term_queries as terms
from ..obligations.rules import CarFacts, scrapping_rules
from ..odometer import queries as dials
from ..rulebook import queries as rulebook
from ..rulebook.book import Book, Version
from . import file_queries
from .ceiling_rules import RENEWAL, may_be_renewed
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


@dataclass(frozen=True)
class Use:
    """How a car was used and inspected: its facts, the earliest inspection still owed, its kilometres."""

    facts: CarFacts | None
    missed: date | None
    kilometres: int | None


def flags_of(vehicle: Vehicle, file: CarFile | None, day: date) -> list[Flag]:
    if file is None:
        return []
    driven = dials.shown_at(vehicle.id)
    missed = obligations.missed_inspection(vehicle.id, day)
    use = Use(obligations.car_facts(vehicle.id), missed, driven[-1][1] if driven else None)
    return _flags(vehicle, file, use, rulebook.book(), day)


def _flags(vehicle: Vehicle, file: CarFile, use: Use, book: Book, day: date) -> list[Flag]:
    return [*_over(vehicle, file, book), *_old(file, book.in_force(RENEWAL, day), day), *_to_scrap(use, day)]


def flagged(day: date) -> list[tuple[Vehicle, list[Flag]]]:
    """Cars on the register on the day that have something to look at, by plate; as many statements for any number."""
    stays = or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > day)
    found = select(Vehicle, CarFile).join(CarFile, CarFile.vehicle_id == Vehicle.id)
    rows: Sequence[Any] = db.session.execute(
        found.where(Vehicle.registered_on <= day, stays).order_by(Vehicle.plate)
    ).all()
    facts, missed, driven = obligations.facts_of_cars(), obligations.missed_inspections(day), dials.shown_last(day)
    uses = {car.id: Use(facts.get(car.id), missed.get(car.id), driven.get(car.id)) for car, _file in rows}
    book = rulebook.book()
    judged = ((vehicle, _flags(vehicle, file, uses[vehicle.id], book, day)) for vehicle, file in rows)
    return [(vehicle, flags) for vehicle, flags in judged if flags]


def _over(vehicle: Vehicle, file: CarFile, book: Book) -> list[Flag]:
    found = file_queries.standard_of(vehicle, file, book)
    if found is None or not found.is_over:
        return []
    price = f"{found.over_price:,.2f} {_('yuan')}" if found.over_price else ""
    litres = f"{found.over_displacement.normalize():f} {_('litres')}" if found.over_displacement else ""
    return [Flag(_l("over the standard"), "late", basis_of(found.rule), "+" + " +".join(filter(None, (price, litres))))]


def _old(file: CarFile, rule: Version | None, day: date) -> list[Flag]:
    """Used since it was bought or, when that is not known, since it was first registered."""
    since, label = (file.bought_on, _("Bought on")) if file.bought_on else (
        file.first_registered_on, _("First registered on")
    )  # fmt: skip
    if rule is None or since is None or not may_be_renewed(since, day, int(rule.values["years"])):
        return []
    word = _l("more than %(years)s years: may be renewed", years=rule.values["years"])
    return [Flag(word, "waiting", basis_of(rule), f"{label} {since}")]


def basis_of(rule: Version) -> Mapping[str, Any]:
    return {"document": rule.document, "clause": rule.clause, "source": rule.source}


def _to_scrap(use: Use, day: date) -> list[Flag]:
    if use.facts is None:
        return []
    details = {
        "scrapping.marks": _("missed since %(day)s", day=str(use.missed)),
        "scrapping.mileage": f"{use.kilometres or 0:,} {_('km')}",
    }
    return [
        Flag(*SCRAPPING[rule], terms.basis(rule, day) or {}, details[rule])
        for rule in scrapping_rules(use.facts, use.missed, use.kilometres, day)
    ]
