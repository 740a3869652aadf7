"""The night's work about what is owed."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from ...core.db import transaction
from . import by_policy, reminding


def note_and_remind(day: date) -> None:
    """Meet what is insured from the day after; note what lapsed on the day; remind, as the day after it sees it."""
    with transaction(str(_l("It was not done by the end of its day, which a closed period contains."))):
        by_policy.meet_begun(day + timedelta(days=1))
        reminding.note_lapses(day)
        reminding.remind(day + timedelta(days=1))
