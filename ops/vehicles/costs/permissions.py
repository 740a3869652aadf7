"""Who reads what the cars cost, who records it, and who approves repairs."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    COST_READ = "vehicles:cost:read"
    COST_RECORD = "vehicles:cost:record"
    REPAIR_LIST = "vehicles:repair:list"
    REPAIR_ASK = "vehicles:repair:ask"
    REPAIR_APPROVE = "vehicles:repair:approve"
    SETTING_KEEP = "vehicles:cost_setting:keep"


READ = frozenset({Permission.COST_READ, Permission.REPAIR_LIST})
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DISCIPLINE, Role.DIRECTOR), READ),
    Role.DISPATCHER: frozenset(Permission),
    Role.FLEET_HEAD: READ | {Permission.REPAIR_APPROVE, Permission.SETTING_KEEP},
    Role.FINANCE: READ | {Permission.COST_RECORD, Permission.REPAIR_APPROVE},
    Role.DRIVER: frozenset({Permission.REPAIR_LIST, Permission.REPAIR_ASK}),
}
