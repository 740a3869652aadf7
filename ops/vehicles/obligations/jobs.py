"""The night's work about what is owed."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from ...core.db import transaction
from . import reminding


def note_and_remind(day: date) -> None:
    """Note what lapsed on the day; remind of what comes, as the day after it sees it."""
    with transaction(str(_l("It was not done by the end of its day, which a closed period contains."))):
        reminding.note_lapses(day)
        reminding.remind(day + timedelta(days=1))
