"""The verbs of food safety: check, report, reverse; and planning the days that are to be checked."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from ..core.period import year as whole_year
from ..core.workcalendar import working_days
from ..indicators import stale
from . import queries, rules
from .models import Canteen, OpeningDay, SafetyEntry, SafetyKind, SafetyReversal


def check(canteen_id: int, day: date, well: bool, findings: str | None, measures: str | None, by: Actor) -> SafetyEntry:
    """The day's check (日管控). All well is recorded too: a zero-risk report (零风险报告)."""
    hold(Canteen, canteen_id)
    rules.check_seen(day, clock.today())
    rules.check_outcome(well, findings)
    if queries.check_of(canteen_id, day):
        raise Rejected(_l("This day's check is recorded already. If it is wrong, reverse it first."), "day")
    entry = _entry(canteen_id, SafetyKind.CHECK, day, findings, measures, by)
    audit.record("canteen.safety.checked", entry, by)
    return entry


def report(
    canteen_id: int, day: date, people: int | None, findings: str, measures: str | None, by: Actor
) -> SafetyEntry:
    """An incident (食品安全事故): what happened on that day, how many `people` were affected, what was done."""
    rules.check_seen(day, clock.today())
    entry = _entry(canteen_id, SafetyKind.INCIDENT, day, findings, measures, by)
    entry.people = None if people is None else int(people)
    audit.record("canteen.safety.incident_reported", entry, by)
    return entry


def reverse(entry: SafetyEntry, reason_given: str, by: Actor) -> SafetyReversal:
    """The entry was made in error; it stays readable and does not count."""
    hold(SafetyEntry, entry.id)
    if entry.reversed_at:
        raise Rejected(_l("This entry has been reversed already."))
    row = SafetyReversal(entry_id=entry.id, at=clock.now(), by=by.name, reason=reason_given)
    entry.reversed_at = row.at
    db.session.add(row)
    audit.record("canteen.safety.reversed", entry, by)
    return row


def plan(year: int, by: Actor) -> int:
    """Plan the year's working days as opening days of every canteen; gives how many were not planned already."""
    whole = whole_year(int(year))
    held = hold(Canteen, *(key for key, _name in queries.canteens()))
    known = {
        (canteen_id, day)
        for canteen_id, day in db.session.execute(
            select(OpeningDay.canteen_id, OpeningDay.day).where(OpeningDay.day.between(whole.first, whole.last))
        )
    }
    wanted = [(canteen.id, day) for canteen in held for day in working_days(whole)]
    return _add_days(sorted(set(wanted) - known), int(year), by)


def _add_days(missing: Sequence[tuple[int, date]], year: int, by: Actor) -> int:
    if missing:
        db.session.execute(insert(OpeningDay), [{"canteen_id": key, "day": day} for key, day in missing])
        stale.touch(OpeningDay, {day for _key, day in missing})
        audit.record("canteen.year.planned", "opening_day", by, year=year, days=len(missing))
    return len(missing)


def _entry(
    canteen_id: int, kind: SafetyKind, day: date, findings: str | None, measures: str | None, by: Actor
) -> SafetyEntry:
    entry = SafetyEntry(canteen_id=canteen_id, kind=kind, day=day, entered_at=clock.now(), entered_by=by.name)
    entry.findings, entry.measures = findings or None, measures or None
    db.session.add(entry)
    return entry
