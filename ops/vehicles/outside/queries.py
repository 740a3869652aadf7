"""Which places lie out of the district on a day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from ...core.db import db
from .models import FarPlace
from .rules import Place


def in_force(day: date) -> dict[str, FarPlace]:
    """By name the latest row that has begun by the day, of places that lie outside then."""
    rows = select(FarPlace).where(FarPlace.valid_from <= day).order_by(FarPlace.valid_from)
    latest = {each.name: each for each in db.session.scalars(rows)}
    return {name: each for name, each in latest.items() if each.outside}


def places(day: date) -> list[Place]:
    return [Place(each.name, each.km) for each in in_force(day).values()]


def all_places() -> Sequence[FarPlace]:
    """Every row there was and will be, by name, newest first."""
    return db.session.scalars(select(FarPlace).order_by(FarPlace.name, FarPlace.valid_from.desc())).all()
