"""What the one is told whose verdict is asked now."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from ...core import notify
from ...core.db import db
from ..models import TripRequest
from . import queries, rules
from .models import ApprovalStep, Approver


def tell(request: TripRequest, steps: Sequence[ApprovalStep]) -> None:
    """The approver of the step that is asked now finds it at his bell, once."""
    db.session.flush()
    step = rules.next_step(steps)
    if step is not None:
        what = f"{request.starts_at:%Y-%m-%d %H:%M} {request.destination}"
        words = _l("A request for a car waits for your verdict: %(what)s", what=what)
        told = queries.approvers(Approver(step.approver), request.unit_id, request.asked_by_id)
        notify.send(told, words, f"/vehicles/requests/{request.id}", f"approval.{step.id}")
