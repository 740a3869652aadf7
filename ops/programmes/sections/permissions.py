"""Who sets and reports key tasks."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    SECTION_READ = "programmes:section:read"
    TASK_WRITE = "programmes:task:write"
    MEASURE_WRITE = "programmes:measure:write"


GRANTS = {
    **dict.fromkeys(WATCHERS, frozenset({Permission.SECTION_READ})),
    Role.FINANCE: frozenset({Permission.SECTION_READ}),
    Role.PERFORMANCE: frozenset(Permission),
}
