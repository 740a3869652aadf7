"""What one may do with figures. Seeing a metric needs the permission that the metric names."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    FIGURE_READ = "indicators:figure:read"
    MANUAL_WRITE = "indicators:manual:write"
    PERIOD_CLOSE = "indicators:period:close"


GRANTS = {
    **{role: frozenset({Permission.FIGURE_READ}) for role in (*WATCHERS, Role.FINANCE)},
    Role.PERFORMANCE: frozenset(Permission),
}
