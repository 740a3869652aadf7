"""Who files violations and decides them, who explains, who reads."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    VIOLATION_READ = "vehicles:violation:read"
    VIOLATION_FILE = "vehicles:violation:file"
    VIOLATION_EXPLAIN = "vehicles:violation:explain"


READ = frozenset({Permission.VIOLATION_READ})
EXPLAIN = READ | {Permission.VIOLATION_EXPLAIN}
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.FINANCE, Role.DIRECTOR), READ),
    **dict.fromkeys((Role.DISPATCHER, Role.FLEET_HEAD, Role.LIAISON, Role.UNIT_APPROVER), EXPLAIN),
    Role.DISCIPLINE: READ | {Permission.VIOLATION_FILE},
}
