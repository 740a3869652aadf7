"""What the key tasks come to."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, select

from ...core.db import db
from ...indicators.metric import Kind, Metric, Watch, counting
from ...people.models import Section
from .models import KeyTask, Milestone, MilestoneCompletion, MilestoneWaiver
from .permissions import Permission


def tasks_on_time() -> Select[Any]:
    """A milestone that was not waived, on the day it was due; it counts above the line when done by then."""
    on_time = case((MilestoneCompletion.done_on <= Milestone.due_on, 1), else_=0)
    label = KeyTask.title + " · " + Milestone.title
    rows = counting(
        record_id=Milestone.task_id, day=Milestone.due_on, scope=Milestone.section_id, part=on_time, label=label
    )
    rows = rows.select_from(Milestone).join(KeyTask, KeyTask.id == Milestone.task_id)
    rows = rows.outerjoin(MilestoneCompletion).outerjoin(MilestoneWaiver)
    return rows.where(MilestoneWaiver.milestone_id.is_(None))


def section_names() -> Mapping[int, str]:
    return {key: name for key, name in db.session.execute(select(Section.id, Section.name))}  # noqa: C416


METRICS = (
    Metric(
        name="programmes.tasks_on_time", kind=Kind.RATIO, unit="%", needs=Permission.SECTION_READ,
        record="programmes.sections.task", label=_l("Milestones of key tasks done on time"), scopes=section_names,
        definition=_l(
            "Milestones of key tasks done by the day they were due ÷ all that were due, on that day. Waived ones do "
            "not count; one that is not done stays in the denominator."
        ),
        select=tasks_on_time,
        watches=(
            Watch(Milestone, ("due_on",)), Watch(MilestoneCompletion, ("due_on",)), Watch(MilestoneWaiver, ("due_on",)),
        ),
    ),
)  # fmt: skip
