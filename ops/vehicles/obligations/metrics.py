"""What the obligations come to."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, case, or_

from ...indicators.metric import Kind, Metric, Watch, counting
from ..models import Driver, Vehicle
from ..permissions import Permission
from .models import Closing, Obligation, ObligationLapse


def met_on_time() -> Select[Any]:
    """On the day it fell due: done, in time or late, or its day ended without; what was waived in time is not owed."""
    done = Obligation.closed_as == Closing.DONE
    part = case((and_(done, Obligation.closed_on <= Obligation.due_on), 1), else_=0)
    label = case((Vehicle.id.is_not(None), Vehicle.plate), else_=Driver.name)
    rows = counting(record_id=Obligation.id, day=Obligation.due_on, part=part, label=label).select_from(Obligation)
    rows = rows.outerjoin(Vehicle, Vehicle.id == Obligation.vehicle_id)
    rows = rows.outerjoin(Driver, Driver.id == Obligation.driver_id)
    rows = rows.outerjoin(ObligationLapse, ObligationLapse.obligation_id == Obligation.id)
    return rows.where(or_(done, ObligationLapse.obligation_id.is_not(None)))


METRICS = (
    Metric(
        name="vehicles.obligations_met", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="vehicles.obligations.obligation", label=_l("Obligations met on time"),
        definition=_l(
            "Inspections, insurance, maintenance, licences: done on or before their day ÷ all that fell due, on the "
            "day they fell due. What was waived before its day ended does not count."
        ),
        select=met_on_time, watches=(Watch(Obligation, ("due_on",)), Watch(ObligationLapse, ("day",))),
    ),
)  # fmt: skip
