"""Keeping the file of a driver: what is owed follows from it."""

from datetime import date

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Driver
from ..register.file_models import DriverFile
from . import planning, queries


def keep(
    driver: Driver, licence_class: str, first_licensed_on: date, licence_until: date | None, born_on: date | None,
    phone: str, day: date, by: Actor,
) -> DriverFile:  # fmt: skip
    """The licence as it is now."""
    hold(Driver, driver.id)
    if licence_until and licence_until <= first_licensed_on:
        raise Rejected(_l("The licence is valid beyond the day it was given."), "licence_until")
    if born_on and born_on >= first_licensed_on:
        raise Rejected(_l("Nobody is licensed before he is born."), "born_on")
    before = queries.driver_facts(driver.id)
    row = db.session.get(DriverFile, driver.id) or DriverFile(driver_id=driver.id)
    row.licence_class, row.first_licensed_on = licence_class.strip().upper(), first_licensed_on
    row.licence_until, row.born_on, row.phone = licence_until, born_on, (phone or "").strip() or None
    row.kept_at, row.kept_by = clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    planning.plan_driver(driver.id, day, by, before)
    audit.record("vehicles.driver_file.kept", row, by)
    return row
