"""Reads of filed violations."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select

from ...core import clock
from ...core.access import Actor
from ...core.db import db
from ...core.page import Event
from ...core.period import Period, month, parse, year
from ...people.models import Unit, User, UserRole
from ...people.roles import Role
from ..hires.models import Hire
from ..models import TripRequest, Vehicle
from ..positions.models import KIND_LABELS, Alarm, AlarmKind
from .models import FILING_STATES, Filing, FilingState, FilingStep
from .permissions import Permission
from .rules import TO_EXPLAIN
from .subjects import Subject, SubjectKind

SPEAKS_FOR_UNIT = (Role.LIAISON, Role.UNIT_APPROVER)


def subject_of(kind: SubjectKind, key: int) -> Subject | None:
    """What is to be filed: what it is called, its day, its unit when it has one."""
    find = {
        SubjectKind.ALARM: _alarm, SubjectKind.TRIP: _trip, SubjectKind.HIRE: _hire, SubjectKind.CAR: _car,
    }[kind]  # fmt: skip
    return find(key)


def _alarm(key: int) -> Subject | None:
    if not (found := db.session.get(Alarm, key)):
        return None
    plate = db.session.get_one(Vehicle, found.vehicle_id).plate
    called = f"{plate} {KIND_LABELS[AlarmKind(found.kind)]} {found.at:%Y-%m-%d %H:%M}"
    return Subject(SubjectKind.ALARM, key, called, found.day, None)


def _trip(key: int) -> Subject | None:
    if not (found := db.session.get(TripRequest, key)):
        return None
    plate = f"{found.carried_by.vehicle.plate} " if found.carried_by else ""
    called = f"{plate}{found.destination} {found.starts_at:%Y-%m-%d %H:%M}"
    return Subject(SubjectKind.TRIP, key, called, found.starts_at.date(), found.unit_id)


def _hire(key: int) -> Subject | None:
    found = db.session.get(Hire, key)
    return Subject(SubjectKind.HIRE, key, f"{found.activity} {found.day}", found.day, found.unit_id) if found else None


def _car(key: int) -> Subject | None:
    found = db.session.get(Vehicle, key)
    return Subject(SubjectKind.CAR, key, found.plate, None, None) if found else None


def same(kind: SubjectKind, key: int, violation: str) -> list[FilingState]:
    """The states of what was filed of the same thing under the same violation."""
    rows = select(Filing).where(getattr(Filing, kind.column) == key, Filing.violation == violation)
    return [each.state for each in db.session.scalars(rows)]


def of_subject(kind: SubjectKind, key: int) -> Sequence[Filing]:
    return db.session.scalars(select(Filing).where(getattr(Filing, kind.column) == key).order_by(Filing.id)).all()


def seen_of_subject(kind: SubjectKind, key: int, actor: Actor) -> Sequence[Filing]:
    mine = select(Filing).where(getattr(Filing, kind.column) == key, _seen_by(actor))
    return db.session.scalars(mine.order_by(Filing.id)).all()


def units() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.name))]


def _last_kind() -> Any:
    last = select(func.max(FilingStep.number)).where(FilingStep.filing_id == Filing.id).correlate(Filing)
    kind = select(FilingStep.kind).where(FilingStep.filing_id == Filing.id, FilingStep.number == last.scalar_subquery())
    return func.coalesce(kind.correlate(Filing).scalar_subquery(), str(FilingState.FILED))


LAST_KIND = _last_kind()


def filings(actor: Actor) -> Select[Any]:
    """(filing, name of the unit that explains or None), as far as the actor may see them."""
    rows = cast(Select[Any], select(Filing, Unit.name).outerjoin(Unit, Unit.id == Filing.unit_id))
    return rows.where(_seen_by(actor))


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Who speaks for a unit sees what his unit has to explain; the others see all."""
    return Filing.unit_id == actor.unit_id if actor.unit_id is not None else Filing.id.is_not(None)


def visible(filing_id: int, actor: Actor) -> Filing | None:
    return db.session.scalar(select(Filing).where(Filing.id == filing_id, _seen_by(actor)))


def of_violation(code: str) -> ColumnElement[bool]:
    return Filing.violation == code


TO_BE_EXPLAINED, OVERDUE = "to_be_explained", "overdue"


def in_state(state: str) -> ColumnElement[bool]:
    """That of its last step; or it is still to be explained, or was not in time."""
    if state in (TO_BE_EXPLAINED, OVERDUE):
        late = Filing.explain_by < clock.today()
        still: ColumnElement[bool] = LAST_KIND.in_([str(each) for each in TO_EXPLAIN])
        return still & late if state == OVERDUE else still
    return cast(ColumnElement[bool], state == LAST_KIND)


def of_unit(unit: str) -> ColumnElement[bool]:
    return Filing.unit_id.is_(None) if unit == "0" else Filing.unit_id == int(unit)


def of_period(key: str) -> ColumnElement[bool]:
    period = parse(key)
    return Filing.day.between(period.first, period.last)


def periods(today: date) -> list[Period]:
    """The years that something was filed of, newest first, and the months of the latest."""
    first, last = db.session.execute(select(func.min(Filing.day), func.max(Filing.day))).one()
    newest, oldest = (last or today).year, (first or today).year
    years = [year(number) for number in range(newest, oldest - 1, -1)]
    return [*years, *(month(newest, number) for number in range(1, 13))]


def asked_units() -> Sequence[tuple[str, str]]:
    """Units that something was filed of."""
    rows = select(Unit.id, Unit.name).where(Unit.id.in_(select(Filing.unit_id))).order_by(Unit.name)
    return [(str(key), name) for key, name in db.session.execute(rows)]


def is_theirs(filing: Filing, actor: Actor) -> bool:
    """Is the actor the one who has to explain: his unit's liaison, or the vehicle section?"""
    if not actor.may(Permission.VIOLATION_EXPLAIN):
        return False
    return filing.unit_id == actor.unit_id


def to_explain(actor: Actor, today: date, late: bool) -> int:
    rows = select(func.count(Filing.id)).where(LAST_KIND.in_([str(each) for each in TO_EXPLAIN]))
    rows = rows.where(Filing.unit_id == actor.unit_id if actor.unit_id is not None else Filing.unit_id.is_(None))
    return db.session.scalar(rows.where(Filing.explain_by < today if late else Filing.explain_by >= today)) or 0


def in_states(*states: FilingState) -> int:
    rows = select(func.count(Filing.id)).where(LAST_KIND.in_([str(each) for each in states]))
    return db.session.scalar(rows) or 0


def overdue(today: date) -> int:
    """Not explained in time: may be decided on without."""
    rows = select(func.count(Filing.id)).where(LAST_KIND.in_([str(each) for each in TO_EXPLAIN]))
    return db.session.scalar(rows.where(Filing.explain_by < today)) or 0


def speakers(unit_id: int) -> list[int]:
    """The users who speak for the unit."""
    rows = select(User.id).join(UserRole, UserRole.user_id == User.id).where(User.unit_id == unit_id)
    rows = rows.where(UserRole.role.in_([str(each) for each in SPEAKS_FOR_UNIT]), User.disabled_at.is_(None))
    return list(db.session.scalars(rows.distinct()))


def history(filing: Filing) -> list[Event]:
    """Everything that happened to a filing, oldest first."""
    found = [Event(filing.filed_at, filing.filed_by, _l("filed"), "waiting", filing.facts)]
    for step in filing.steps:
        state, word = FILING_STATES[FilingState(step.kind)]
        note = " · ".join(part for part in (step.words, step.measure) if part)
        found.append(Event(step.at, step.by, word, state, note))
    return found


def unit_name(filing: Filing) -> str | None:
    return db.session.get_one(Unit, filing.unit_id).name if filing.unit_id is not None else None
