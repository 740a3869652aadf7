"""The part of programmes that monitors in the year: what it gives to the feature."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from .. import queries as programmes
from ..permissions import Permission as Reading
from . import queries
from .demo import make
from .permissions import GRANTS, Permission
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    """Monitoring sheets of the newest year that are due: in the month that the settings name, late after it."""
    years = programmes.years()
    if not years or not actor.may(Permission.MONITORING_WRITE):
        return []
    due = int(queries.settings_on(day)["due_month"])
    if day < date(years[0], due, 1):
        return []
    found = programmes.programmes(years[0])
    handed_in = queries.handed_in([each.id for each in found], due - 1)
    waiting = [each for each in found if each.id not in handed_in]
    url = url_for("programmes.monitoring.monitorings", year=years[0], month=due - 1)
    state = "late" if (day.year, day.month) > (years[0], due) else "waiting"
    words = "、".join(each.name for each in waiting)
    return [Todo(_l("Monitoring sheets to hand in"), len(waiting), url, state, words)]


PART = Feature(
    name="monitoring",
    label=_l("Monitoring"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Monitoring"), "programmes.monitoring.monitorings", Reading.PROGRAMME_READ),),
    grants=GRANTS,
    todos=(todos,),
    refusals={
        "uq_monitoring_version_programme_id_month_version": _l("This sheet has just been handed in."),
        "monitoring_version.programme_id, monitoring_version.month": _l("This sheet has just been handed in."),
    },
    demo=make,
)
