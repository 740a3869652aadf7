"""Who may see where cars were, who settles alarms, and what the positioning server may do."""

from enum import StrEnum

from ...people.roles import WATCHERS, Role


class Permission(StrEnum):
    POSITION_PUSH = "vehicles:position:push"
    TRACK_READ = "vehicles:track:read"
    LOOK_READ = "vehicles:look:read"
    ALARM_READ = "vehicles:alarm:read"
    ALARM_SETTLE = "vehicles:alarm:settle"
    TRACKER_KEEP = "vehicles:tracker:keep"
    POSITION_POLL = "vehicles:position:poll"
    SERVER_SET = "vehicles:positioning_server:set"


GRANTS = {
    **dict.fromkeys((*WATCHERS, Role.DIRECTOR, Role.FINANCE), frozenset({Permission.ALARM_READ})),
    Role.AUDITOR: frozenset({Permission.ALARM_READ, Permission.TRACK_READ, Permission.LOOK_READ}),
    Role.DISCIPLINE: frozenset({Permission.ALARM_READ, Permission.TRACK_READ, Permission.LOOK_READ}),
    Role.DISPATCHER: frozenset(
        {
            Permission.ALARM_READ,
            Permission.ALARM_SETTLE,
            Permission.TRACK_READ,
            Permission.TRACKER_KEEP,
            Permission.POSITION_POLL,
        }
    ),
    Role.FLEET_HEAD: frozenset(
        {Permission.ALARM_READ, Permission.ALARM_SETTLE, Permission.TRACK_READ, Permission.LOOK_READ}
    ),
    Role.ADMINISTRATOR: frozenset({Permission.LOOK_READ, Permission.POSITION_POLL, Permission.SERVER_SET}),
    Role.POSITIONING: frozenset({Permission.POSITION_PUSH}),
}
