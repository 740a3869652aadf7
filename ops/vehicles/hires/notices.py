"""What the one is told whose verdict on a hire is asked now, and the unit of what was said."""

from flask_babel import lazy_gettext as _l

from ...core import notify
from ...core.db import db
from ...people.roles import Role
from ..approvals import queries as approvals
from ..approvals.models import Approver
from . import rules
from .models import Hire


def tell(hire: Hire) -> None:
    """The approver of the step that is asked now finds it at his bell, once."""
    step = rules.next_step(hire.steps)
    db.session.flush()
    if step is not None:
        words = _l("A hire waits for your verdict: %(what)s", what=f"{hire.no} {hire.activity}")
        told = approvals.approvers(Approver(step.approver), hire.unit_id, hire.asked_by_id)
        notify.send(told, words, f"/vehicles/hires/{hire.id}", f"hire.{hire.id}.{step.number}")


def tell_unit(hire: Hire, refused_why: str | None) -> None:
    """The unit's liaison, once the last one has agreed, or somebody has refused."""
    what, link = f"{hire.no} {hire.activity}", f"/vehicles/hires/{hire.id}"
    if refused_why is not None:
        words = _l("Hire refused: %(what)s. Reason: %(why)s", what=what, why=refused_why.strip())
        notify.send_to_role(Role.LIAISON, words, link, f"hire.{hire.id}.refused", hire.unit_id)
    elif rules.next_step(hire.steps) is None:
        words = _l("Hire approved: %(what)s", what=what)
        notify.send_to_role(Role.LIAISON, words, link, f"hire.{hire.id}.approved", hire.unit_id)
