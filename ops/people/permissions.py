"""What one may do with units and users."""

from enum import StrEnum

from .roles import EVERYONE, WATCHERS, Role


class Permission(StrEnum):
    START_READ = "people:start:read"
    UNIT_READ = "people:unit:read"
    UNIT_WRITE = "people:unit:write"
    USER_WRITE = "people:user:write"


GRANTS = {
    **{role: frozenset({Permission.START_READ}) for role in EVERYONE},
    **{role: frozenset({Permission.START_READ, Permission.UNIT_READ}) for role in WATCHERS},
    Role.PROPERTY: frozenset({Permission.START_READ, Permission.UNIT_READ, Permission.UNIT_WRITE}),
    Role.ADMINISTRATOR: frozenset(Permission),
}
