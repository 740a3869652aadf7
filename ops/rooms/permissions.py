"""What one may do with rooms."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    ROOM_LIST = "rooms:room:list"
    ROOM_READ = "rooms:room:read"
    ROOM_WRITE = "rooms:room:write"
    OWN_READ = "rooms:own:read"
    FIGURE_READ = "rooms:figure:read"
    FIGURE_ANSWER = "rooms:figure:answer"


READ = frozenset({Permission.ROOM_LIST, Permission.ROOM_READ, Permission.FIGURE_READ})
GRANTS = {
    **dict.fromkeys(WATCHERS, READ),
    Role.PROPERTY: READ | {Permission.ROOM_WRITE, Permission.FIGURE_ANSWER},
    Role.LIAISON: frozenset({Permission.ROOM_LIST, Permission.OWN_READ}),
}
