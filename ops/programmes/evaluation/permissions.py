"""What one may do with the self-evaluation: change its rules and weights, sign each step."""

from enum import StrEnum

from ...people.roles import Role


class Permission(StrEnum):
    RULE_WRITE = "programmes:rule:write"
    WEIGHT_WRITE = "programmes:weight:write"
    FORM_SIGN = "programmes:form:sign"
    FORM_FILL = "programmes:form:fill"
    FORM_CHECK = "programmes:form:check"
    FORM_APPROVE = "programmes:form:approve"


GRANTS = {
    Role.PERFORMANCE: frozenset(
        {Permission.RULE_WRITE, Permission.WEIGHT_WRITE, Permission.FORM_SIGN, Permission.FORM_FILL}
    ),
    Role.FINANCE: frozenset({Permission.FORM_SIGN, Permission.FORM_CHECK}),
    Role.LEADER: frozenset({Permission.FORM_SIGN, Permission.FORM_APPROVE}),
}
