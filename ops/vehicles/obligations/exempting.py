"""Reviews without points are exempt (无记分免审): by one press, for the records hold the points of official cars only.

A driver may have scored in a car of his own; whoever presses has looked at his licence.
"""

from datetime import date

from flask_babel import lazy_gettext as _l

from ...core import audit
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Driver
from . import judging, planning, points_queries, queries, rules
from .models import Obligation, ObligationKind, ObligationWaiver


def exempt(review: Obligation, today: date, by: Actor) -> ObligationWaiver:
    """Not owed for the scoring period that is over, with the rule as the reason; the next one follows."""
    if review.driver_id is None or review.kind != ObligationKind.REVIEW:
        raise Rejected(_l("Only the review of a driver's licence is exempt without points."))
    hold(Driver, review.driver_id)
    hold(Obligation, review.id)
    judging.check_open(review)
    first, last = rules.scoring_period(review.due_on)
    judging.check_exempt(last, points_queries.points_of(review), today)
    rule = rules.in_force("licence.review", review.due_on)
    reason = _l("No points are recorded from %(first)s to %(last)s: exempt (%(document)s, %(clause)s).",
                first=str(first), last=str(last), document=rule["document"], clause=rule["clause"])  # fmt: skip
    row = planning.drop(review, str(reason), by)
    facts = queries.driver_facts(review.driver_id)
    if facts and (due := rules.review(facts, review.due_on)):
        planning.stand(due, by, driver_id=review.driver_id, follows=review)
    return row


def exempt_all(today: date, by: Actor) -> list[ObligationWaiver]:
    """Every review without points whose scoring period is over."""
    made = [exempt(each.review, today, by) for each in points_queries.unscored(today)]
    db.session.flush()
    audit.record("vehicles.obligation.exempted", "obligation", by, count=len(made))
    return made
