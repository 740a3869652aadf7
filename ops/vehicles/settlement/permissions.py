"""Who settles, who confirms for a unit, who only reads."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    STATEMENT_READ = "vehicles:statement:read"
    STATEMENT_ALL = "vehicles:statement:read_all"
    STATEMENT_ISSUE = "vehicles:statement:issue"
    STATEMENT_ANSWER = "vehicles:statement:answer_for_unit"
    TRIP_CONFIRM = "vehicles:trip:confirm"
    TARIFF_READ = "vehicles:tariff:read"
    TARIFF_KEEP = "vehicles:tariff:keep"


READ = frozenset({Permission.STATEMENT_READ, Permission.STATEMENT_ALL, Permission.TARIFF_READ})
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DISCIPLINE), READ),
    Role.LIAISON: frozenset(
        {
            Permission.STATEMENT_READ,
            Permission.STATEMENT_ANSWER,
            Permission.TRIP_CONFIRM,
            Permission.TARIFF_READ,
        }
    ),
    Role.UNIT_APPROVER: frozenset({Permission.STATEMENT_READ, Permission.TARIFF_READ}),
    Role.DISPATCHER: READ | {Permission.STATEMENT_ISSUE},
    Role.FLEET_HEAD: READ | {Permission.STATEMENT_ISSUE, Permission.TARIFF_KEEP},
    Role.FINANCE: READ | {Permission.STATEMENT_ISSUE, Permission.TARIFF_KEEP},
    Role.DIRECTOR: READ,
}
