"""Taking in one row: asked and dispatched by the verbs of every other door."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db
from ...core.errors import Rejected
from ...core.sheets import Cells, Line
from ...people.models import Unit
from .. import service as trips
from ..models import Dispatch, Driver, TripState, Vehicle
from .models import DispatchOrigin
from .rows import COLUMNS, Row


def take_row(row: Row, by: Actor) -> Dispatch | None:
    """The dispatch of the row; None when its number came in before."""
    if db.session.get(DispatchOrigin, row.number) is not None:
        return None
    unit_id, vehicle_id, driver_id, second = _known(row)
    said: dict[str, Any] = {"oral_by": row.oral_by, "oral_at": row.oral_at}
    over = row.ends_at <= clock.now()
    why = str(_l("from another ledger, number %(number)s there", number=row.number)) if over else ""
    more: dict[str, Any] = {**said, "on_paper": over, "afterwards": why}
    request = trips.enter(unit_id, row.purpose, row.destination, row.people, row.starts_at, row.ends_at, by, **more)
    if request.state is TripState.IN_APPROVAL:
        who, when = (column.label for column in COLUMNS if column.key in said)
        raise Rejected(
            _l("This trip needs approval: “%(who)s” and “%(when)s” say who gave it and when.", who=who, when=when),
            "oral_by",
        )
    made = trips.dispatch(request, vehicle_id, driver_id, by, second_driver_id=second, quietly=over)
    db.session.add(DispatchOrigin(number=row.number, dispatch_id=made.id, at=clock.now(), by=by.name))
    audit.record("vehicles.dispatch.taken_in", made, by)
    return made


def _known(row: Row) -> tuple[int, int, int, int | None]:
    """The unit, the car and the drivers that the row names. Raises Misfit with all that there are not."""
    cells = Cells(Line(0, (), {key: getattr(row, key) for key in ("unit", "plate", "driver", "second_driver")}))
    unit_id, vehicle_id = cells.read("unit", _unit, 0), cells.read("plate", _car, 0)
    driver_id = cells.read("driver", _driver, 0)
    second = cells.read("second_driver", _driver, 0) if row.second_driver else None
    cells.check()
    return unit_id, vehicle_id, driver_id, second


def _unit(name: str) -> int:
    found = db.session.scalar(select(Unit.id).where(Unit.name == name))
    if found is None:
        raise Rejected(_l("There is no unit “%(unit)s”.", unit=name))
    return found


def _car(plate: str) -> int:
    found = db.session.scalar(select(Vehicle.id).where(Vehicle.plate == plate))
    if found is None:
        raise Rejected(_l("There is no car “%(plate)s”.", plate=plate))
    return found


def _driver(name: str) -> int:
    found = db.session.scalar(select(Driver.id).where(Driver.name == name))
    if found is None:
        raise Rejected(_l("There is no driver “%(name)s”.", name=name))
    return found
