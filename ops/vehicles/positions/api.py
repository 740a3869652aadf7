"""The door for the positioning server: it forwards each position as JSON."""

from typing import Any

from flask import request

from ...core import clock
from ...core.access import requires
from ...core.api import act, door
from ...core.json_values import Shown
from . import service
from .permissions import Permission
from .shapes import pushed

positions = door("vehicles", "positions")


class Taken(Shown):
    """How many were kept, how many were there already, and the devices that were in no car."""

    taken: int
    repeated: int
    unknown: list[str]


@positions.post("/positions")
@requires(Permission.POSITION_PUSH)
@positions.output(Taken)
def take() -> dict[str, Any]:
    """Positions as Traccar forwards them: {position, device}, or a list of such. Sent again, they change nothing."""
    found = pushed(request.get_json(), clock.now())
    return act(service.take, positions=found, source="push")
