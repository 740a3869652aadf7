"""What the one is told whose verdict on a hire is asked now."""

from flask_babel import lazy_gettext as _l

from ...core import notify
from ...core.db import db
from ..approvals import queries as approvals
from ..approvals.models import Approver
from . import rules
from .models import Hire


def tell(hire: Hire) -> None:
    """The approver of the step that is asked now finds it at his bell, once."""
    step = rules.next_step(hire.steps)
    if step is not None:
        db.session.flush()
        words = _l("A hire waits for your verdict: %(what)s", what=f"{hire.no} {hire.activity}")
        told = approvals.approvers(Approver(step.approver), hire.unit_id, hire.asked_by_id)
        notify.send(told, words, f"/vehicles/hires/{hire.id}", f"hire.{hire.id}.{step.number}")
