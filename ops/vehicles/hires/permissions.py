"""Who reads, asks for, arranges and pays for hired vehicles."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    HIRE_READ = "vehicles:hire:read"
    HIRE_ASK = "vehicles:hire:ask"
    HIRE_ANSWER = "vehicles:hire:answer_for_unit"
    HIRE_RECORD = "vehicles:hire:record"
    HIRE_INVOICE = "vehicles:hire:invoice"
    HIRE_PAY = "vehicles:hire:pay"
    VENDOR_READ = "vehicles:hire_vendor:read"
    VENDOR_KEEP = "vehicles:hire_vendor:keep"
    BUDGET_KEEP = "vehicles:hire_budget:keep"
    RULE_KEEP = "vehicles:hire_rule:keep"


READ = frozenset({Permission.HIRE_READ, Permission.VENDOR_READ})
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DIRECTOR, Role.DISCIPLINE), READ),
    Role.FLEET_HEAD: READ
    | {Permission.HIRE_INVOICE, Permission.VENDOR_KEEP, Permission.BUDGET_KEEP, Permission.RULE_KEEP},
    Role.FINANCE: READ | {Permission.HIRE_INVOICE, Permission.HIRE_PAY, Permission.BUDGET_KEEP},
    Role.DISPATCHER: READ
    | {Permission.HIRE_ASK, Permission.HIRE_RECORD, Permission.HIRE_INVOICE, Permission.VENDOR_KEEP},
    Role.LIAISON: frozenset({Permission.HIRE_READ, Permission.HIRE_ASK, Permission.HIRE_ANSWER}),
    Role.UNIT_APPROVER: frozenset({Permission.HIRE_READ}),
}
