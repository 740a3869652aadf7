"""What the obligations come to."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, case, or_, select

from ...core.db import db
from ...indicators.metric import Kind, Metric, Watch, counting
from ..models import Driver, Vehicle
from ..odometer.models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal
from ..permissions import Permission
from .lapsing import met_in_time
from .models import Closing, Obligation, ObligationLapse


def met_on_time() -> Select[Any]:
    """On the day it fell due: done, in time or late, or noted as lapsed; what was waived in time is not owed."""
    done = Obligation.closed_as == Closing.DONE
    label = case((Vehicle.id.is_not(None), Vehicle.plate), else_=Driver.name)
    part = case((met_in_time(), 1), else_=0)
    rows = counting(record_id=Obligation.id, day=Obligation.due_on, part=part, label=label).select_from(Obligation)
    rows = rows.outerjoin(Vehicle, Vehicle.id == Obligation.vehicle_id)
    rows = rows.outerjoin(Driver, Driver.id == Obligation.driver_id)
    rows = rows.outerjoin(ObligationLapse, ObligationLapse.obligation_id == Obligation.id)
    return rows.where(or_(done, ObligationLapse.obligation_id.is_not(None)))


def days_of_lapse(row: ObligationLapse) -> list[date]:
    return list(db.session.scalars(select(Obligation.due_on).where(Obligation.id == row.obligation_id)))


def days_of_reading(row: OdometerReading | ReadingReversal) -> list[date]:
    """Of what was done by kilometres after the reading or with it, and stands beyond them by it."""
    read = row if isinstance(row, OdometerReading) else db.session.get(OdometerReading, row.reading_id)
    if read is None:
        return []
    return _driven(read.vehicle_id, read.at.date(), Obligation.due_km < read.value)


def days_of_dial(row: DialReplacement | ReplacementReversal) -> list[date]:
    """Of what was done by kilometres after the dial was replaced."""
    dial = row if isinstance(row, DialReplacement) else db.session.get(DialReplacement, row.replacement_id)
    return _driven(dial.vehicle_id, dial.at.date()) if dial else []


def _driven(vehicle_id: int, since: date, *where: ColumnElement[bool]) -> list[date]:
    rows = select(Obligation.due_on).where(Obligation.vehicle_id == vehicle_id, Obligation.due_km.is_not(None), *where)
    return list(db.session.scalars(rows.where(Obligation.closed_on >= since)))


METRICS = (
    Metric(
        name="vehicles.obligations_met", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="vehicles.obligations.obligation", label=_l("Obligations met on time"),
        definition=_l(
            "Inspections, insurance, maintenance, licences: done on or before their day, and before the car was driven "
            "further than it was to be ÷ all that fell due, on the day they fell due. What was waived before it lapsed "
            "does not count."
        ),
        select=met_on_time, watches=(
            Watch(Obligation, ("due_on",)), Watch(ObligationLapse, days=days_of_lapse),
            *(Watch(model, days=days_of_reading) for model in (OdometerReading, ReadingReversal)),
            *(Watch(model, days=days_of_dial) for model in (DialReplacement, ReplacementReversal)),
        ),
    ),
)  # fmt: skip
