"""What one may do with the register."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    REGISTER_READ = "vehicles:register:read"
    REGISTER_KEEP = "vehicles:register:keep"


GRANTS = {
    **dict.fromkeys(WATCHERS, frozenset({Permission.REGISTER_READ})),
    **dict.fromkeys((Role.DIRECTOR, Role.DISCIPLINE, Role.FINANCE), frozenset({Permission.REGISTER_READ})),
    **dict.fromkeys((Role.DISPATCHER, Role.FLEET_HEAD), frozenset(Permission)),
}
