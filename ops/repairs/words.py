"""What the states, trades and urgencies of a ticket are called on a page."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from .models import LimitKind, StepKind, Trade, Urgency

STATES: Mapping[StepKind | None, tuple[str, object]] = {
    None: ("waiting", _l("waiting to be accepted")),
    StepKind.ACCEPTED: ("waiting", _l("accepted")),
    StepKind.ASSIGNED: ("progress", _l("assigned to a worker")),
    StepKind.ATTENDED: ("progress", _l("on site")),
    StepKind.FINISHED: ("waiting", _l("finished, to be confirmed")),
    StepKind.CONFIRMED: ("done", _l("confirmed by the reporter")),
    StepKind.RATED: ("done", _l("rated")),
    StepKind.RETURNED: ("waiting", _l("returned as not fixed")),
    StepKind.VOIDED: ("closed", _l("void")),
}
HAPPENED = {**STATES, StepKind.REASSIGNED: ("progress", _l("given to another worker"))}
DEEDS = {
    StepKind.ACCEPTED: _l("Accept the ticket"),
    StepKind.ASSIGNED: _l("Assign a worker"),
    StepKind.REASSIGNED: _l("Assign another worker"),
    StepKind.ATTENDED: _l("I am on site"),
    StepKind.FINISHED: _l("Finish the work"),
    StepKind.CONFIRMED: _l("Confirm the repair"),
    StepKind.RATED: _l("Rate the repair"),
    StepKind.RETURNED: _l("Not fixed"),
    StepKind.VOIDED: _l("Void the ticket"),
}
TRADES = {
    Trade.WATER: _l("Plumbing"),
    Trade.POWER: _l("Electrics"),
    Trade.HEATING: _l("Heating system"),
    Trade.WOODWORK: _l("Woodwork"),
    Trade.MASONRY: _l("Masonry"),
    Trade.DOORS: _l("Doors and windows"),
    Trade.COOLING: _l("Air conditioning"),
    Trade.LIFT: _l("Lifts"),
    Trade.WEAK_CURRENT: _l("Weak current"),
    Trade.FIRE: _l("Fire protection"),
}
URGENCIES = {
    Urgency.URGENT: _l("Urgent repair"),
    Urgency.NORMAL: _l("Ordinary repair"),
    Urgency.PLANNED: _l("Planned repair"),
}
LIMITS = {
    LimitKind.RESPONSE: _l("Response (acceptance)"),
    LimitKind.ON_SITE: _l("On site"),
    LimitKind.FINISH: _l("Finished"),
    LimitKind.FIRST_FIX: _l("Return counts against the first fix"),
}
RATINGS = {
    5: _l("5 very satisfied"),
    4: _l("4 satisfied"),
    3: _l("3 fair"),
    2: _l("2 dissatisfied"),
    1: _l("1 very dissatisfied"),
}


def duration(minutes: int) -> str:
    """A limit as people say it: whole days from two on, else whole hours, else minutes."""
    if minutes % 1440 == 0 and minutes > 1440:
        return str(gettext("%(count)s days", count=minutes // 1440))
    if minutes % 60 == 0:
        return str(gettext("%(count)s hours", count=minutes // 60))
    return str(gettext("%(count)s minutes", count=minutes))
