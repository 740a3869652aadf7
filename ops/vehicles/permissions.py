"""What one may do with cars."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    REQUEST_ASK = "vehicles:request:ask"
    REQUEST_READ = "vehicles:request:read"
    REQUEST_LIST = "vehicles:request:list"
    TRIP_DISPATCH = "vehicles:trip:dispatch"
    TRIP_DRIVE = "vehicles:trip:drive"
    FIGURE_READ = "vehicles:figure:read"


READ = frozenset({Permission.REQUEST_READ, Permission.REQUEST_LIST, Permission.FIGURE_READ})
GRANTS = {
    **{role: READ for role in WATCHERS},
    Role.DISPATCHER: READ | {Permission.REQUEST_ASK, Permission.TRIP_DISPATCH, Permission.TRIP_DRIVE},
    Role.LIAISON: frozenset({Permission.REQUEST_ASK, Permission.REQUEST_LIST}),
    Role.DRIVER: frozenset({Permission.TRIP_DRIVE, Permission.REQUEST_LIST}),
}
