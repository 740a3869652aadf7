"""What units say of their trips."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case

from ...indicators.metric import Kind, Metric, Watch, counting
from ..models import TripRequest
from ..permissions import Permission
from .models import TripRating

SATISFIED = 4


def satisfaction() -> Select[Any]:
    """Four or five stars, on the day of return."""
    satisfied = case((TripRating.stars >= SATISFIED, 1), else_=0)
    rows = counting(record_id=TripRating.request_id, day=TripRating.day, part=satisfied, label=TripRequest.destination)
    return rows.join_from(TripRating, TripRequest)


METRICS = (
    Metric(
        name="vehicles.satisfaction", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="vehicles.trip", label=_l("Satisfaction with trips"),
        definition=_l(
            "Ratings of 4 or 5 stars ÷ all ratings of trips, on the day of return. Who did not rate is in neither."
        ),
        select=satisfaction, watches=(Watch(TripRating, ("day",)),),
    ),
)  # fmt: skip
