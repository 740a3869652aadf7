"""The part of programmes that speaks for the department as a whole."""

from flask_babel import lazy_gettext as _l

from ...core.db import db
from ...core.feature import Feature, MenuEntry
from ...core.period import Period
from ...indicators.metric import Guard
from ..models import Programme
from ..permissions import Permission
from ..targets.models import DutyGoal
from .demo import make
from .views import bp


def duty_period(row: DutyGoal) -> Period | None:
    programme = db.session.get(Programme, row.programme_id)
    return programme.period if programme else None


PART = Feature(
    name="department",
    label=_l("The department as a whole"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("The department as a whole"), "programmes.department.latest", Permission.PROGRAMME_READ),),
    guards=(Guard(DutyGoal, duty_period, _l("Goal of a duty")),),
    demo=make,
)
