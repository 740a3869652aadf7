"""The verbs of monitoring: say something of a row, hand in a sheet, set a rule."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ..models import Programme
from . import queries, rules
from .models import MonitoringNote, MonitoringSetting, MonitoringVersion
from .monitoring import sheet
from .sheet import frozen


def note(
    programme: Programme,
    month: int,
    row_number: int,
    causes: Sequence[str],
    explanation: str,
    expected: str,
    likelihood: str,
    remark: str,
    by: Actor,
) -> MonitoringNote:
    """Give cause, likelihood and forecast of a row at the month's end; row 0 is the execution of the budget."""
    rules.check_note(causes, explanation.strip(), likelihood or "")
    row = MonitoringNote(programme_id=programme.id, month=month, row=row_number, causes=",".join(causes))
    row.explanation, row.expected, row.remark = explanation.strip(), expected.strip(), remark.strip()
    row.likelihood, row.at, row.by = likelihood or "", clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.monitoring.noted", row, by)
    return row


def hand_in(programme: Programme, month: int, by: Actor) -> MonitoringVersion:
    """Freeze the sheet as it stands, as the next version of its month."""
    hold(Programme, programme.id)
    rules.check_month_over(programme.year, month, clock.today())
    made = sheet(programme, month)
    names = {0: "预算执行"} | {each.row: each.level3 for each in made.rows}
    rules.check_complete(made, [names[each] for each in made.owed])
    same = (MonitoringVersion.programme_id == programme.id, MonitoringVersion.month == month)
    last = db.session.scalar(select(func.max(MonitoringVersion.version)).where(*same)) or 0
    row = MonitoringVersion(programme_id=programme.id, month=month, version=last + 1, content=frozen(made))
    row.light, row.submitted_at, row.submitted_by = made.light, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.monitoring.handed_in", row, by)
    return row


def set_rule(
    name: str, value: str, valid_from: date, document: str, clause: str, confirmed: bool, by: Actor
) -> MonitoringSetting:
    """Put a later version beside a rule of monitoring; in force from the day on."""
    rules.check_setting(name, value.strip(), queries.settings_on(valid_from))
    row = MonitoringSetting(name=name, value=value.strip(), document=document.strip(), clause=clause.strip())
    row.confirmed, row.valid_from, row.at, row.by = confirmed, valid_from, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.monitoring_setting.set", row, by)
    return row
