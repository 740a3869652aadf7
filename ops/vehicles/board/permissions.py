"""Who looks at the board. Changing it is assigning cars: vehicles:trip:dispatch."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    BOARD_READ = "vehicles:board:read"


GRANTS = dict.fromkeys([*WATCHERS, Role.DISPATCHER, Role.DISCIPLINE], frozenset(Permission))
