"""The verbs of places out of the district: put one on the list or take it off, and hold a request against the list."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db
from ...core.errors import Rejected
from . import queries, rules
from .models import FarPlace

FIRST_PLACES = Path(__file__).parent / "data" / "places.json"
IN_FORCE_FROM = date(2020, 1, 1)


def way(destination: str, out_of_district: bool, km: int | None, in_district: bool, day: date) -> int | None:
    """How far a request goes one way, once it says rightly whether it goes out of the district."""
    place = rules.named_in(destination, queries.places(day))
    return rules.check_way(place, out_of_district, km, in_district)


def set_place(
    name: str, outside: bool, km: Decimal | None, valid_from: date, source: str, confirmed: bool, by: Actor
) -> FarPlace:
    """From that day on the place lies outside, or within."""
    called = name.strip()
    if db.session.scalar(select(FarPlace.id).filter_by(name=called, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = FarPlace(name=called, outside=outside, km=int(km) if km else None, valid_from=valid_from)
    row.source, row.confirmed, row.set_at, row.set_by = source.strip(), confirmed, clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.far_place.set", row, by)
    return row


def load_places() -> None:
    """The first list, when there is none; what the house has set since stays."""
    if db.session.scalar(select(FarPlace.id).limit(1)):
        return
    by = system("reference data")
    for each in json.loads(FIRST_PLACES.read_text("utf-8")):
        row = FarPlace(**each, outside=True, valid_from=IN_FORCE_FROM, confirmed=False)
        row.set_at, row.set_by = clock.now(), by.name
        db.session.add(row)
    audit.record("vehicles.far_places.loaded", "far_place", by)
