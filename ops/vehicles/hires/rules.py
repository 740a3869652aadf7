"""What makes a sound record of hired vehicles. Pure verdicts on values."""

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import Hire


def listed_plates(plates: str, how_many: int) -> list[str | None]:
    """One entry for each vehicle-trip, None where the plate is not known; never more plates than vehicles."""
    given = plates.replace("，", " ").replace("、", " ").replace(",", " ").upper().split()
    if len(given) > how_many:
        message = _l("%(plates)s plates for %(trips)s vehicle-trips.", plates=len(given), trips=how_many)
        raise Rejected(message, "plates")
    return [*given, *[None] * (how_many - len(given))]


def check_stands(hire: Hire) -> None:
    if hire.void:
        raise Rejected(_l("This record is void already."))
