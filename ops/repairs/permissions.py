"""What one may do with repairs."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    TICKET_LIST = "repairs:ticket:list"
    TICKET_READ = "repairs:ticket:read"
    TICKET_REPORT = "repairs:ticket:report"
    TICKET_WORK = "repairs:ticket:work"
    TICKET_CONFIRM = "repairs:ticket:confirm"
    TICKET_RATE = "repairs:ticket:rate"
    LIMIT_SET = "repairs:limit:set"
    FIGURE_READ = "repairs:figure:read"


READ = frozenset({Permission.TICKET_LIST, Permission.TICKET_READ, Permission.FIGURE_READ})
WORK = READ | {Permission.TICKET_REPORT, Permission.TICKET_WORK}
GRANTS = {
    **dict.fromkeys(WATCHERS, READ),
    Role.REPAIR: WORK,
    Role.PROPERTY: WORK | {Permission.TICKET_CONFIRM, Permission.LIMIT_SET},
    Role.LIAISON: frozenset(
        {Permission.TICKET_LIST, Permission.TICKET_REPORT, Permission.TICKET_CONFIRM, Permission.TICKET_RATE}
    ),
}
