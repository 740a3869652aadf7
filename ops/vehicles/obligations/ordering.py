"""How overdue something is: days and kilometres on one scale, so that what is most overdue comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor
from typing import Any

from sqlalchemy import case, select

from ...core.db import db
from ..odometer import queries as dials
from . import term_queries
from .lapsing import is_open
from .models import Obligation

DAYS_A_MONTH = 365 / 12
USUAL_KM_A_DAY = 50  # where no term says so many months or so many kilometres


@dataclass(frozen=True)
class ByKm:
    """An open obligation by kilometres: how many are left (below 0: over), and the day that they come to."""

    left: int
    day: date


def by_km(today: date, now: datetime) -> dict[int, ByKm]:
    """By obligation; a car whose dial nobody has read has none."""
    wanted: list[Any] = [Obligation.id, Obligation.vehicle_id, Obligation.kind, Obligation.shown_km,
                         Obligation.is_beyond]  # fmt: skip
    rows = db.session.execute(select(*wanted).where(is_open(), Obligation.due_km.is_not(None))).all()
    shown = dials.latest_of({car for _key, car, *_rest in rows}, now)
    rates = {kind: km_a_day(kind, today) for kind in {kind for _key, _car, kind, *_rest in rows}}
    found = {}
    for key, car, kind, due_km, is_beyond in rows:
        if car in shown:
            left = min(due_km - shown[car], -1) if is_beyond else due_km - shown[car]
            found[key] = ByKm(left, today + timedelta(days=floor(left / rates[kind])))
    return found


def km_a_day(kind: str, day: date) -> float:
    """The kilometres of the term in force for each day of its months: what comes first counts."""
    term = term_queries.term(kind, day)
    return term.km / (term.months * DAYS_A_MONTH) if term and term.km else USUAL_KM_A_DAY


def due_order(known: Mapping[int, ByKm]) -> Any:
    """A column to sort by: its day, or the day that its kilometres come to where that is earlier."""
    if not known:
        return Obligation.due_on
    days = {key: each.day for key, each in known.items()}
    by_day = case(days, value=Obligation.id, else_=Obligation.due_on)
    return case((by_day < Obligation.due_on, by_day), else_=Obligation.due_on)
