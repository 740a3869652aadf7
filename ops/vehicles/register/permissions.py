"""What one may do with the register."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    REGISTER_READ = "vehicles:register:read"
    REGISTER_KEEP = "vehicles:register:keep"


GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DISCIPLINE), frozenset({Permission.REGISTER_READ})),
    Role.DISPATCHER: frozenset(Permission),
}
