"""What one may do with the monitoring in the year."""

from enum import StrEnum

from ...people.roles import Role


class Permission(StrEnum):
    MONITORING_WRITE = "programmes:monitoring:write"


GRANTS = {Role.PERFORMANCE: frozenset(Permission)}
