"""What driving gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, Job, MenuEntry
from .permissions import DRIVE
from .reminders import remind_now
from .views import bp

PART = Feature(
    name="driving",
    label=_l("Driving"),
    blueprints=(bp,),
    menu=(
        MenuEntry(
            _l("My trips today"),
            "vehicles.driving.driving",
            DRIVE,
            ("vehicles.driving", "vehicles.obligations.mine"),
        ),
    ),
    jobs=(Job("vehicles.overdue", 0, 0, remind_now, every=5),),
)
