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


READ = frozenset(
    {
        Permission.REQUEST_READ,
        Permission.REQUEST_LIST,
        Permission.FIGURE_READ,
    }
)
GRANTS = {
    **dict.fromkeys(WATCHERS, READ),
    Role.DISPATCHER: frozenset(Permission),
    Role.LIAISON: frozenset({Permission.REQUEST_ASK, Permission.REQUEST_LIST}),
    Role.UNIT_APPROVER: frozenset({Permission.REQUEST_LIST}),
    Role.FLEET_HEAD: READ,
    Role.DIRECTOR: READ,
    Role.DISCIPLINE: READ,
    Role.FINANCE: READ,
    Role.DRIVER: frozenset({Permission.TRIP_DRIVE, Permission.REQUEST_LIST}),
}
