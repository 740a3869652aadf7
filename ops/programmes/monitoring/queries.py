"""Reads of monitoring: notes, versions, settings; for one programme or for all of a year at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select

from ...core.db import db
from ...core.period import Period
from ...indicators.models import ManualFigure
from ..models import Indicator, IndicatorBinding, Programme
from .models import MonitoringNote, MonitoringSetting, MonitoringVersion
from .settings import Setting, Settings, in_force


def settings_on(day: date) -> Settings:
    return in_force(day, [setting_of(each) for each in setting_rows()])


def setting_rows() -> Sequence[MonitoringSetting]:
    return db.session.scalars(select(MonitoringSetting).order_by(MonitoringSetting.id)).all()


def setting_of(row: MonitoringSetting) -> Setting:
    return Setting(row.name, row.value, row.document, row.clause, row.confirmed, row.valid_from)


def notes(ids: Sequence[int], month: int) -> Mapping[tuple[int, int], MonitoringNote]:
    """The newest note of each (programme, row) at the month's end."""
    rows = select(MonitoringNote).where(MonitoringNote.programme_id.in_(ids), MonitoringNote.month == month)
    found = db.session.scalars(rows.order_by(MonitoringNote.id))
    return {(each.programme_id, each.row): each for each in found}


def notes_of(programme: Programme, month: int, row: int) -> Sequence[MonitoringNote]:
    """Every note on the row, newest first."""
    same = (MonitoringNote.programme_id == programme.id, MonitoringNote.month == month, MonitoringNote.row == row)
    return db.session.scalars(select(MonitoringNote).where(*same).order_by(MonitoringNote.id.desc())).all()


def bindings(ids: Sequence[int]) -> dict[int, IndicatorBinding]:
    """The newest binding of each indicator of the programmes, by its id."""
    rows = select(IndicatorBinding).join(Indicator, Indicator.id == IndicatorBinding.indicator_id)
    rows = rows.where(Indicator.programme_id.in_(ids)).order_by(IndicatorBinding.id)
    return {each.indicator_id: each for each in db.session.scalars(rows)}


def entries(keys: Sequence[str], period: Period) -> dict[str, ManualFigure]:
    """The newest figure entered by hand for each key over the period."""
    rows = select(ManualFigure).where(ManualFigure.key.in_(keys), ManualFigure.first == period.first)
    rows = rows.where(ManualFigure.last == period.last).order_by(ManualFigure.id)
    return {each.key: each for each in db.session.scalars(rows)}


def versions(year: int) -> Select[MonitoringVersion]:
    """What was handed in for the year."""
    return select(MonitoringVersion).join(Programme).where(Programme.year == year)


def newest(ids: Sequence[int], month: int) -> Mapping[int, MonitoringVersion]:
    """The newest version of the month, by programme."""
    rows = select(MonitoringVersion).where(MonitoringVersion.programme_id.in_(ids), MonitoringVersion.month == month)
    return {each.programme_id: each for each in db.session.scalars(rows.order_by(MonitoringVersion.version))}


def taken_out(ids: Sequence[int]) -> dict[int, list[Indicator]]:
    """Indicators that left their tables in the year, by programme."""
    found: dict[int, list[Indicator]] = {}
    for each in db.session.scalars(select(Indicator).where(Indicator.programme_id.in_(ids), Indicator.row < 0)):
        found.setdefault(each.programme_id, []).append(each)
    return found


def handed_in(ids: Sequence[int], month: int) -> set[int]:
    """The programmes whose sheet of the month was handed in."""
    rows = select(MonitoringVersion.programme_id).where(MonitoringVersion.programme_id.in_(ids))
    return set(db.session.scalars(rows.where(MonitoringVersion.month == month)))


def before(programme_id: int, month: int, version: int | None = None) -> MonitoringVersion | None:
    """The one handed in before: of the same month an earlier version (any, without one), else of an earlier month."""
    rows = select(MonitoringVersion).where(MonitoringVersion.programme_id == programme_id)
    rows = rows.order_by(MonitoringVersion.month.desc(), MonitoringVersion.version.desc())
    found = db.session.scalars(rows.where(MonitoringVersion.month <= month))
    return next((each for each in found if each.month < month or version is None or each.version < version), None)
