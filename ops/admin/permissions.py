"""What one may do with the house itself."""

from enum import StrEnum

from ..people.roles import Role


class Permission(StrEnum):
    AUDIT_READ = "admin:audit:read"
    MATRIX_READ = "admin:matrix:read"
    USER_WRITE = "admin:user:write"
    TOKEN_WRITE = "admin:token:write"
    CALENDAR_WRITE = "admin:calendar:write"


GRANTS = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.AUDITOR: frozenset({Permission.AUDIT_READ, Permission.MATRIX_READ}),
    Role.LEADER: frozenset({Permission.AUDIT_READ, Permission.MATRIX_READ}),
}
