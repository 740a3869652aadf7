"""Who reads the rules with their sources, and who enters a later version."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    RULEBOOK_READ = "vehicles:rulebook:read"
    RULEBOOK_KEEP = "vehicles:rulebook:keep"


READ = frozenset({Permission.RULEBOOK_READ})
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DIRECTOR, Role.DISCIPLINE, Role.FINANCE, Role.DISPATCHER), READ),
    Role.FLEET_HEAD: frozenset(Permission),
}
