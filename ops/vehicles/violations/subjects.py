"""What can be filed under a violation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l


class SubjectKind(StrEnum):
    """Each names the column that holds its key."""

    ALARM = "alarm"
    TRIP = "trip"
    HIRE = "hire"
    CAR = "car"

    @property
    def column(self) -> str:
        return {"alarm": "alarm_id", "trip": "request_id", "hire": "hire_id", "car": "vehicle_id"}[self]

    @property
    def endpoint(self) -> str:
        pages = {"alarm": "positions.alarm", "trip": "trip", "hire": "hires.hire", "car": "register.car"}
        return f"vehicles.{pages[self]}"

    @property
    def needs(self) -> str:
        """Who may open its page."""
        kept = {"alarm": "alarm", "trip": "request", "hire": "hire", "car": "register"}
        return f"vehicles:{kept[self]}:read"


SUBJECT_LABELS = {
    SubjectKind.ALARM: _l("An alarm"),
    SubjectKind.TRIP: _l("A trip"),
    SubjectKind.HIRE: _l("A hire"),
    SubjectKind.CAR: _l("A car"),
}


@dataclass(frozen=True)
class Subject:
    """`day`: when it happened, None where one has to say; `unit_id`: whose it is, None for the vehicle section."""

    kind: SubjectKind
    key: int
    called: str
    day: date | None
    unit_id: int | None
