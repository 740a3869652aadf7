"""What one may do in the canteens."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    MEAL_READ = "canteen:meal:read"
    MEAL_WRITE = "canteen:meal:write"
    DINER_READ = "canteen:diner:read"
    DINER_WRITE = "canteen:diner:write"
    SAFETY_READ = "canteen:safety:read"
    SAFETY_WRITE = "canteen:safety:write"
    SETTING_WRITE = "canteen:setting:write"
    FIGURE_READ = "canteen:figure:read"


READ = frozenset({Permission.MEAL_READ, Permission.DINER_READ, Permission.SAFETY_READ, Permission.FIGURE_READ})
GRANTS = {**dict.fromkeys(WATCHERS, READ), Role.CANTEEN: frozenset(Permission)}
