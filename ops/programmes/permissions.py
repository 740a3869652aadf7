"""What one may do with budget programmes."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    PROGRAMME_READ = "programmes:programme:read"
    FIGURE_READ = "programmes:figure:read"
    TARGET_WRITE = "programmes:target:write"
    PAYMENT_WRITE = "programmes:payment:write"


READ = frozenset({Permission.PROGRAMME_READ, Permission.FIGURE_READ})
GRANTS = {
    **dict.fromkeys(WATCHERS, READ),
    Role.PERFORMANCE: READ | {Permission.TARGET_WRITE},
    Role.FINANCE: READ | {Permission.PAYMENT_WRITE},
}
