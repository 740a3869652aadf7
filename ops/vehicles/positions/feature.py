"""What positions give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, Job, MenuEntry, Todo
from . import api, queries
from .demo import make
from .judge_service import judge_now
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .server_service import fill_and_judge
from .service import load_settings
from .views import bp


def todos(actor: Actor, _day: date) -> list[Todo]:
    if not actor.may(Permission.ALARM_SETTLE):
        return []
    page = url_for("vehicles.positions.alarms", state="open")
    return [Todo(_l("Alarms to settle"), queries.waiting(), page, "late")]


PART = Feature(
    name="positions",
    label=_l("Positions"),
    blueprints=(bp,),
    menu=(
        MenuEntry(_l("Positions and alarms"), "vehicles.positions.alarms", Permission.ALARM_READ),
        MenuEntry(
            _l("Positioning server"),
            "vehicles.positions.server",
            Permission.SERVER_SET,
            ("vehicles.positions.new_poll",),
        ),
    ),
    grants=GRANTS,
    publishes=METRICS,
    todos=(todos,),
    jobs=(
        Job("vehicles.positions_filled", 0, 10, fill_and_judge),
        Job("vehicles.positions_judged", 0, 0, judge_now, every=10),
    ),
    reference=(load_settings,),
    demo=make,
    doors=(api.positions,),
)
