"""The roles of the house, and what each is called."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Role(StrEnum):
    """角色: what someone is in the house. A person may have several."""

    DISPATCHER = "dispatcher"
    DRIVER = "driver"
    LIAISON = "liaison"
    UNIT_APPROVER = "unit_approver"
    FLEET_HEAD = "fleet_head"
    DIRECTOR = "director"
    PROPERTY = "property"
    CANTEEN = "canteen"
    MEETING = "meeting"
    REPAIR = "repair"
    FINANCE = "finance"
    FINANCE_WATCH = "finance_watch"
    PERFORMANCE = "performance"
    LEADER = "leader"
    AUDITOR = "auditor"
    DISCIPLINE = "discipline"
    POSITIONING = "positioning"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.DISPATCHER: _l("Vehicle dispatcher"),
    Role.DRIVER: _l("Driver"),
    Role.LIAISON: _l("Unit liaison"),
    Role.UNIT_APPROVER: _l("Unit approver"),
    Role.FLEET_HEAD: _l("Head of the vehicle section"),
    Role.DIRECTOR: _l("Director in charge"),
    Role.PROPERTY: _l("Property staff"),
    Role.CANTEEN: _l("Canteen staff"),
    Role.MEETING: _l("Meeting staff"),
    Role.REPAIR: _l("Repair staff"),
    Role.FINANCE: _l("Finance"),
    Role.FINANCE_WATCH: _l("Finance supervision (read only)"),
    Role.PERFORMANCE: _l("Performance officer"),
    Role.LEADER: _l("Leader"),
    Role.AUDITOR: _l("Auditor (read only)"),
    Role.DISCIPLINE: _l("Discipline inspection"),
    Role.POSITIONING: _l("Positioning server"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

ROLE_HINTS = {
    Role.DISPATCHER: _l("assigns cars and drivers"),
    Role.DRIVER: _l("starts and ends trips"),
    Role.LIAISON: _l("asks for cars, meeting rooms and repairs for a unit"),
    Role.UNIT_APPROVER: _l("approves a unit's requests for cars"),
    Role.FLEET_HEAD: _l("approves requests and repairs for the vehicle section, keeps its rules and prices"),
    Role.DIRECTOR: _l("approves long, sealed and hired journeys"),
    Role.PROPERTY: _l("keeps rooms, allotments and lettings"),
    Role.CANTEEN: _l("records meals and checks"),
    Role.MEETING: _l("books and serves meetings"),
    Role.REPAIR: _l("attends to repairs"),
    Role.FINANCE: _l("records payments and costs, settles, approves repairs"),
    Role.FINANCE_WATCH: _l("reads every record and figure, not tracks and the audit trail; changes nothing"),
    Role.PERFORMANCE: _l("keeps targets, closes the year, makes the report"),
    Role.LEADER: _l("sees every figure"),
    Role.AUDITOR: _l("sees everything, changes nothing"),
    Role.DISCIPLINE: _l("reads everything of the vehicle section and files violations"),
    Role.POSITIONING: _l("a machine: hands in positions by token, sees nothing"),
    Role.ADMINISTRATOR: _l("keeps users and reads the audit trail"),
}

EVERYONE = frozenset(Role)
WATCHERS = frozenset({Role.LEADER, Role.AUDITOR, Role.FINANCE_WATCH, Role.PERFORMANCE, Role.ADMINISTRATOR})
