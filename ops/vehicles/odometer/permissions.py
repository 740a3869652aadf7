"""Who reads the dials, and who puts them right."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    READING_READ = "vehicles:reading:read"
    READING_KEEP = "vehicles:reading:keep"


GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DISCIPLINE), frozenset({Permission.READING_READ})),
    Role.DISPATCHER: frozenset(Permission),
    Role.FINANCE: frozenset({Permission.READING_READ}),
}
