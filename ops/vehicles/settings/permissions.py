"""Who reads the dispatch settings, and who sets them."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    SETTING_READ = "vehicles:dispatch_setting:read"
    SETTING_KEEP = "vehicles:dispatch_setting:keep"


READ = frozenset({Permission.SETTING_READ})
GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DISCIPLINE, Role.DIRECTOR, Role.FINANCE), READ),
    **dict.fromkeys((Role.DISPATCHER, Role.FLEET_HEAD), frozenset(Permission)),
}
