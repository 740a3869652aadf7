"""A pack shows records of every feature: those who see all figures may take it, and one role keeps it."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    PACK_READ = "programmes:pack:read"
    PACK_KEEP = "programmes:pack:keep"


GRANTS = {
    **dict.fromkeys(WATCHERS, frozenset({Permission.PACK_READ})),
    Role.PERFORMANCE: frozenset(Permission),
}
