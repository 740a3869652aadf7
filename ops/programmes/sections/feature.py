"""The part of programmes that assesses the sections."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from . import demo, queries, service
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .views import bp

SOON = timedelta(days=7)


def todos(actor: Actor, day: date) -> list[Todo]:
    """Milestones that are overdue or due within a week."""
    if not actor.may(Permission.TASK_WRITE):
        return []
    found = []
    for each in queries.open_milestones(day + SOON):
        late = each.due_on < day
        words = _l("Overdue milestone") if late else _l("Milestone due soon")
        url = url_for("programmes.sections.task", id=each.task_id)
        found.append(Todo(words, 1, url, "late" if late else "waiting", f"{each.due_on} {each.title}"))
    return found


PART = Feature(
    name="sections",
    label=_l("Assessment of the sections"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Assessment of the sections"), "programmes.sections.latest", Permission.SECTION_READ),),
    grants=GRANTS,
    publishes=METRICS,
    todos=(todos,),
    reference=(service.load_measures,),
    demo=demo.make,
)
