"""What one may do with meetings."""

from enum import StrEnum

from ..people.roles import WATCHERS, Role


class Permission(StrEnum):
    MEETING_BOOK = "meetings:meeting:book"
    MEETING_LIST = "meetings:meeting:list"
    MEETING_READ = "meetings:meeting:read"
    MEETING_SERVE = "meetings:meeting:serve"
    MEETING_RATE = "meetings:meeting:rate"
    VENUE_WRITE = "meetings:venue:write"
    FIGURE_READ = "meetings:figure:read"


READ = frozenset({Permission.MEETING_LIST, Permission.MEETING_READ, Permission.FIGURE_READ})
GRANTS = {
    **dict.fromkeys(WATCHERS, READ),
    Role.MEETING: READ | {Permission.MEETING_BOOK, Permission.MEETING_SERVE, Permission.VENUE_WRITE},
    Role.LIAISON: frozenset({Permission.MEETING_BOOK, Permission.MEETING_LIST, Permission.MEETING_RATE}),
}
