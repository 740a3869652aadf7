"""What the obligations come to."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, case, or_, select

from ...core.db import db
from ...indicators.metric import Kind, Metric, Watch, counting
from ..models import Driver, Vehicle
from ..odometer import queries as dials
from ..odometer.models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal
from ..odometer.rules import Read, goes_beyond
from ..permissions import Permission
from .lapsing import met_in_time, noted
from .models import Closing, LapseVoid, Obligation, ObligationLapse


def met_on_time() -> Select[Any]:
    """On the day it fell due: done, in time or late, or noted as lapsed; what was waived in time is not owed."""
    done = Obligation.closed_as == Closing.DONE
    label = case((Vehicle.id.is_not(None), Vehicle.plate), else_=Driver.name)
    part = case((met_in_time(), 1), else_=0)
    rows = counting(record_id=Obligation.id, day=Obligation.due_on, part=part, label=label).select_from(Obligation)
    rows = rows.outerjoin(Vehicle, Vehicle.id == Obligation.vehicle_id)
    rows = rows.outerjoin(Driver, Driver.id == Obligation.driver_id)
    return rows.where(or_(done, noted()))


def days_of_lapse(row: ObligationLapse) -> list[date]:
    return list(db.session.scalars(select(Obligation.due_on).where(Obligation.id == row.obligation_id)))


def days_of_void(row: LapseVoid) -> list[date]:
    of_lapse = select(Obligation.due_on).join(ObligationLapse, ObligationLapse.obligation_id == Obligation.id)
    return list(db.session.scalars(of_lapse.where(ObligationLapse.id == row.lapse_id)))


def days_of_reading(row: OdometerReading | ReadingReversal) -> list[date]:
    """Of what was done by kilometres after the reading or with it, and stands beyond them by it."""
    read = row if isinstance(row, OdometerReading) else db.session.get(OdometerReading, row.reading_id)
    if read is None:
        return []
    replaced = dials.replaced_by_car().get(read.vehicle_id, ())
    this = Read(read.at, read.value)
    closed = Obligation.closed_on >= read.at.date()
    return [due_on for due_on, km, since in _by_km(read.vehicle_id, closed) if goes_beyond(this, replaced, km, since)]


def days_of_dial(row: DialReplacement | ReplacementReversal) -> list[date]:
    """Of what was done by kilometres after the dial was replaced, or was due by a number of a later dial."""
    dial = row if isinstance(row, DialReplacement) else db.session.get(DialReplacement, row.replacement_id)
    if dial is None:
        return []
    moved = or_(Obligation.closed_on >= dial.at.date(), Obligation.km_at >= dial.at)
    return [due_on for due_on, _km, _since in _by_km(dial.vehicle_id, moved)]


def _by_km(vehicle_id: int, *where: ColumnElement[bool]) -> list[Any]:
    """(due on, kilometres, of the dial that was in the car when) of what was done by kilometres."""
    rows = select(Obligation.due_on, Obligation.due_km, Obligation.km_at).where(Obligation.vehicle_id == vehicle_id)
    return list(
        db.session.execute(rows.where(Obligation.due_km.is_not(None), Obligation.closed_on.is_not(None), *where))
    )


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
            Watch(LapseVoid, days=days_of_void),
            *(Watch(model, days=days_of_reading) for model in (OdometerReading, ReadingReversal)),
            *(Watch(model, days=days_of_dial) for model in (DialReplacement, ReplacementReversal)),
        ),
    ),
)  # fmt: skip
