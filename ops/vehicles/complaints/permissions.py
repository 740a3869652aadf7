"""Who records complaints about cars and deals with them, who reads them."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    COMPLAINT_READ = "vehicles:complaint:read"
    COMPLAINT_KEEP = "vehicles:complaint:keep"
    COMPLAINANT_READ = "vehicles:complainant:read"


GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.FINANCE, Role.DIRECTOR), frozenset({Permission.COMPLAINT_READ})),
    Role.DISCIPLINE: frozenset({Permission.COMPLAINT_READ, Permission.COMPLAINANT_READ}),
    **dict.fromkeys((Role.DISPATCHER, Role.FLEET_HEAD), frozenset(Permission)),
}
