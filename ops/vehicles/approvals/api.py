"""The JSON door of approvals."""

from typing import Any

from ...core.access import current_actor, requires
from ...core.api import act, door
from ...core.json_values import text
from .. import queries as trips
from ..api import RequestShown, Step, shown
from . import service
from .permissions import Permission

approvals = door("vehicles", "approvals")


class VerdictGiven(Step):
    approved: bool
    words: text(500, least=0) = ""  # type: ignore[valid-type]


@approvals.post("/requests/<int:id>/approval")
@requires(Permission.APPROVAL_GIVE)
@approvals.input(VerdictGiven)
@approvals.output(RequestShown, status_code=201)
def decide(id: int, json_data: VerdictGiven) -> dict[str, Any]:
    """Agree to the step that is asked now, or refuse it with the reason."""
    request = trips.visible_request(id, current_actor())
    act(service.decide, json_data, request=request)
    return shown(request)
