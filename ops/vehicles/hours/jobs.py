"""The night's work of hours."""

from datetime import date

from flask_babel import lazy_gettext as _l

from ...core.access import system
from ...core.db import transaction
from . import service


def count_day(day: date) -> int:
    """The day is over: its hours count. In a period that was closed just after midnight the reason is said."""
    with transaction(str(_l("The day was counted after the closing."))):
        return service.count_days(day, system())
