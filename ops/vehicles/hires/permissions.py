"""Who reads, asks for and records hired vehicles."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    HIRE_READ = "vehicles:hire:read"
    HIRE_RECORD = "vehicles:hire:record"


READ = frozenset({Permission.HIRE_READ})
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.FLEET_HEAD, Role.DIRECTOR, Role.DISCIPLINE, Role.FINANCE), READ),
    Role.DISPATCHER: frozenset(Permission),
}
