"""What the pages of monitoring need beside the sheet: where a cell leads, lights in words, rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.period import Period, year
from ...indicators.permissions import Permission as Figures
from ..evaluation.form import Cell
from ..funds.account import payments_until
from ..models import Programme
from .form import form_rows
from .known import Known
from .lights_rules import Light
from .models import MonitoringVersion
from .permissions import Permission
from .settings import BOUNDS, CHOICES, LABELS, Setting, Settings
from .sheet import Sheet

LIGHTS = {
    Light.RED: ("late", _l("red")),
    Light.YELLOW: ("waiting", _l("yellow")),
    Light.GREEN: ("done", _l("green")),
    Light.BLUE: ("progress", _l("blue, far ahead")),
    Light.NONE: ("closed", _l("no light")),
}


def until(of: int, month: int) -> Period:
    """1 January to the end of the month."""
    return Period(year(of).first, year(of).months()[month - 1].last)


@dataclass(frozen=True)
class Shown:
    """A sheet as a page draws it. `known` is what it was counted from; a version that was handed in has none."""

    sheet: Sheet
    programme: Programme
    actor: Actor
    known: Known | None = None

    @property
    def rows(self) -> list[list[Cell]]:
        return form_rows(self.sheet)

    def url(self, cell: Cell) -> str | None:
        """An actual opens its records, what a person has to say opens its form."""
        name, _sep, row = cell.name.partition(":")
        if name == "executed" and row == "all":
            return payments_until(self.programme, until(self.sheet.year, self.sheet.month).last)
        if name == "actual" and self.known:
            return self._evidence(int(row))
        if name in ("explanation", "funds") and self.known and self.actor.may(Permission.MONITORING_WRITE):
            return self.note_url(int(row))
        return None

    def prompt(self, cell: Cell) -> str:
        """What stands, on the screen alone, where a person may say something; what is owed says so."""
        is_owed = int(cell.name.partition(":")[2]) in self.sheet.owed
        return str(gettext("to fill in") if is_owed else gettext("add a word"))

    def note_url(self, row: int) -> str:
        return url_for("programmes.monitoring.new_note", id=self.programme.id, month=self.sheet.month, row=row)

    def _evidence(self, row: int) -> str | None:
        indicator = next(each for each in self.programme.indicators if each.row == row)
        if self.known is None:
            return None
        bound, period = self.known.bounds[indicator.id], self.known.period
        if bound.metric is not None:
            if not self.actor.may(bound.metric.needs):
                return None
            scope = bound.scope or None
            return url_for("indicators.figure_evidence", name=bound.metric.name, period=period.key, scope=scope)
        if not self.actor.may(Figures.MANUAL_WRITE):
            return None
        back = url_for("programmes.monitoring.form", id=self.programme.id, month=self.sheet.month)
        unit = self.known.targets[indicator.id].unit or None
        return url_for("indicators.manual_figure", key=indicator.key, period_key=period.key, back=back, unit=unit)


def row_name(sheet: Sheet, row: int) -> str:
    names = {each.row: each.level3 for each in sheet.rows}
    return names.get(row) or str(gettext("Execution of the budget"))


@dataclass(frozen=True)
class SettingRow:
    """A rule in words, with every value it had."""

    name: str
    label: object
    value: object
    setting: Setting
    later: Sequence[Setting]


def setting_rows(settings: Settings, versions: Sequence[Setting]) -> list[SettingRow]:
    return [
        SettingRow(name, label, value_words(name, settings[name]), settings.by_name[name], of_name(versions, name))
        for name, label in LABELS.items()
    ]


def of_name(versions: Sequence[Setting], name: str) -> list[Setting]:
    return [each for each in versions if each.name == name]


def value_words(name: str, value: str) -> object:
    return CHOICES[name][value] if name in CHOICES else value


def is_number(name: str) -> bool:
    return name in BOUNDS


@dataclass(frozen=True)
class Standing:
    """One programme in the list of a month: its sheet, and what was handed in of it."""

    sheet: Sheet
    version: MonitoringVersion | None
