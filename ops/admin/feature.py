"""What administration gives to the app."""

from flask_babel import lazy_gettext as _l

from ..core.feature import Feature, MenuEntry
from .permissions import GRANTS, Permission
from .views import bp

FEATURE = Feature(
    name="admin",
    label=_l("Administration"),
    blueprints=(bp,),
    menu=(
        MenuEntry(_l("Users"), "admin.users", Permission.USER_WRITE, ("admin.user", "admin.new_user", "admin.tokens")),
        MenuEntry(_l("Who may do what"), "admin.permissions", Permission.MATRIX_READ, ()),
        MenuEntry(
            _l("Audit trail"),
            "admin.audit_trail",
            Permission.AUDIT_READ,
            ("admin.audit_entry", "admin.audit_check"),
        ),
        MenuEntry(_l("Nightly jobs"), "admin.jobs", Permission.AUDIT_READ, ()),
        MenuEntry(_l("Work calendar"), "admin.calendar", Permission.CALENDAR_WRITE, ()),
    ),
    grants=GRANTS,
    records={
        "api_token": _l("Token of a machine"),
        "attachment": _l("Attached file"),
        "calendar_day": _l("Day of the work calendar"),
        "unit": _l("Unit"),
        "user": _l("User of the system"),
    },
)
