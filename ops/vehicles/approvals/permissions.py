"""Who approves, and who keeps the table of rules."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role
from .models import Approver


class Permission(StrEnum):
    APPROVE_UNIT = "vehicles:approval:give_for_unit"
    APPROVE_SECTION = "vehicles:approval:give_for_section"
    APPROVE_DIRECTOR = "vehicles:approval:give_as_director"
    APPROVAL_GIVE = "vehicles:approval:give"
    RULE_READ = "vehicles:approval_rule:read"
    RULE_KEEP = "vehicles:approval_rule:keep"


APPROVES = {
    Approver.UNIT_LEADER: Permission.APPROVE_UNIT,
    Approver.SECTION: Permission.APPROVE_SECTION,
    Approver.DIRECTOR: Permission.APPROVE_DIRECTOR,
}
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DISCIPLINE, Role.FINANCE), frozenset({Permission.RULE_READ})),
    Role.DISPATCHER: frozenset({Permission.RULE_READ}),
    Role.LIAISON: frozenset({Permission.RULE_READ}),
    Role.UNIT_APPROVER: frozenset({Permission.APPROVAL_GIVE, Permission.APPROVE_UNIT, Permission.RULE_READ}),
    Role.FLEET_HEAD: frozenset(
        {Permission.APPROVAL_GIVE, Permission.APPROVE_SECTION, Permission.RULE_READ, Permission.RULE_KEEP}
    ),
    Role.DIRECTOR: frozenset({Permission.APPROVAL_GIVE, Permission.APPROVE_DIRECTOR, Permission.RULE_READ}),
}
