"""Who looks at the board. Changing it is assigning cars: vehicles:trip:dispatch."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    BOARD_READ = "vehicles:board:read"


LOOK_ON = (Role.FLEET_HEAD, Role.DIRECTOR, Role.FINANCE, Role.DISCIPLINE)
GRANTS = dict.fromkeys([*WATCHERS, Role.DISPATCHER, *LOOK_ON], frozenset(Permission))
