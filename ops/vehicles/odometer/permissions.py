"""Who reads the dials, and who puts them right."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    READING_READ = "vehicles:reading:read"
    READING_KEEP = "vehicles:reading:keep"


LOOK_ON = (Role.FLEET_HEAD, Role.DIRECTOR, Role.FINANCE, Role.DISCIPLINE)
GRANTS = {
    **dict.fromkeys((*WATCHERS, *LOOK_ON), frozenset({Permission.READING_READ})),
    Role.DISPATCHER: frozenset(Permission),
}
