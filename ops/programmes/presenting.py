"""What the pages of programmes need beside the rows: remarks in words, bindings in words, where a cell leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ..core.access import Actor
from ..indicators.catalogue import metrics
from ..indicators.models import Adjustment
from ..indicators.permissions import Permission as Figures
from ..indicators.queries import evidence_url
from . import queries
from .binding import Bound, resolve, suggestion
from .evaluation import Evaluation, Line, owes_reason
from .evaluation_form import Cell, form_rows
from .importing import Document
from .messages import sentence
from .models import BINDS_LABELS, Binds, Indicator, IndicatorBinding, Programme
from .permissions import Permission
from .remarks import find_remarks, remark_texts, value_of
from .scoring import band_points
from .scoring_settings import Grade, ScoringSettings, Setting
from .stored import table_of
from .targets import IndicatorRow, TargetTable
from .values import Kind, TargetValue
from .weights import weights_in_force

KIND_WORDS = {
    Kind.COUNT: _l("count"),
    Kind.PERCENT: _l("percentage"),
    Kind.MONEY: _l("money"),
    Kind.MONEY_RATE: _l("money per head"),
    Kind.DEADLINE: _l("deadline"),
    Kind.ZERO: _l("no event"),
    Kind.QUALITATIVE: _l("in words"),
    Kind.COMPOUND: _l("several measures"),
    Kind.RELATIVE: _l("within the budget"),
    Kind.RANGE: _l("range"),
    Kind.APPROXIMATE: _l("approximate"),
    Kind.UNKNOWN: _l("not understood"),
}


@dataclass(frozen=True)
class ReadRow:
    """A row of a document with how its value was read and what is odd about it."""

    row: IndicatorRow
    read: str
    remarks: list[str]


@dataclass(frozen=True)
class ReadTable:
    table: TargetTable
    remarks: list[str]
    rows: list[ReadRow]


def tables(document: Document) -> list[ReadTable]:
    found = find_remarks(document.tables, year=document.year)
    return [
        ReadTable(
            table,
            remark_texts(remarks.programme, gettext),
            [
                ReadRow(row, reading_text(value_of(row, table, year=document.year)), remark_texts(of_row, gettext))
                for row, of_row in zip(table.indicators, remarks.rows, strict=True)
            ],
        )
        for table, remarks in zip(document.tables, found, strict=True)
    ]


def reading_text(value: TargetValue) -> str:
    """How a cell was read: its kind, operator, number and unit."""
    if value.kind is Kind.COMPOUND:
        said = "、".join(reading_text(part) for part in value.parts)
    elif value.date:
        said = f"{value.operator} {value.date}"
    else:
        numbers = "~".join(text for text in (value.number_text, value.upper_text) if text)
        sign = "" if value.kind is Kind.RANGE else value.operator or ""
        said = " ".join(part for part in (sign, numbers, value.unit or "") if part)
    kind = str(KIND_WORDS[value.kind])
    return f"{kind}: {said}" if said else kind


def remarks(programme: Programme) -> dict[int, list[str]]:
    """The remarks of each row in words, and under 0 those of the programme; compared with the year's other tables."""
    siblings = queries.programmes(programme.year)
    found = find_remarks([table_of(each) for each in siblings], year=programme.year)
    mine = found[[each.id for each in siblings].index(programme.id)]
    return {0: remark_texts(mine.programme, gettext)} | {
        number: remark_texts(of_row, gettext) for number, of_row in enumerate(mine.rows, 1)
    }


def plan_text(programme: Programme) -> str:
    return "，".join(f"{point.label} {point.percent_text}" for point in programme.points)


@dataclass(frozen=True)
class BindingRow:
    indicator: Indicator
    bound: Bound
    binding: IndicatorBinding | None
    suggested: bool


def binding_rows(programme: Programme) -> list[BindingRow]:
    bindings = queries.bindings(programme)
    return [
        BindingRow(each, resolve(bindings.get(each.id), programme), bindings.get(each.id), suggestion(each) is not None)
        for each in programme.indicators
    ]


def bound_so_far(past: Sequence[IndicatorBinding]) -> dict[str, str]:
    """The newest binding as the form's values."""
    if not past:
        return {"binds": Binds.MANUAL}
    newest = past[0]
    figure = f"{newest.metric}|{newest.scope_label or ''}" if newest.metric else ""
    return {"binds": newest.binds, "figure": figure, "witness": newest.witness or ""}


def labels(past: Sequence[IndicatorBinding]) -> list[str]:
    """Each binding of the past in words."""
    return [" · ".join(filter(None, (str(BINDS_LABELS[Binds(b.binds)]), b.metric, b.scope_label))) for b in past]


def witnesses() -> list[tuple[str, str]]:
    return [(metric.name, str(metric.label)) for metric in metrics().values()]


def row_name(programme: Programme, row: int) -> str | None:
    """What a row of the form is called; None when there is no such row."""
    if row == 0:
        return str(gettext("Execution of the budget"))
    names = {each.row: each.level3 for each in programme.indicators}
    return names.get(row)


def bands(indicator: Indicator, settings: ScoringSettings) -> list[tuple[Grade, str]]:
    limits = {grade: band_points(grade, indicator.weight, settings) for grade in Grade}
    return [(grade, f"{lower:.2f} – {upper:.2f}") for grade, (lower, upper) in limits.items()]


class Shown:
    """The form on the page: where its cells lead, for the one who looks."""

    def __init__(self, evaluation: Evaluation, actor: Actor) -> None:
        self.evaluation, self.actor = evaluation, actor
        self.rows: list[list[Cell]] = form_rows(evaluation)
        self.by_row = {line.indicator.row: line for line in evaluation.lines}

    def url(self, cell: Cell) -> str:
        """What a cell opens: the records behind it, or the page where it is entered; "" for plain words."""
        name, _colon, tail = cell.name.partition(":")
        if name == "actual":
            return self.actual_url(self.by_row[int(tail)])
        if name == "executed" and tail == "all" and cell.number is not None:
            programme = self.evaluation.programme
            return url_for("programmes.payments", id=programme.id)
        writes = self.actor.may(Permission.TARGET_WRITE)
        if name == "deviation" and cell.text and writes:
            return url_for("programmes.new_deviation", id=self.evaluation.programme.id, row=int(tail))
        if name == "score" and tail.isdecimal() and int(tail) in self.by_row and writes:
            line = self.by_row[int(tail)]
            graded = line.needs_grade or line.judgement is not None
            return url_for("programmes.new_judgement", id=line.indicator.id) if graded else ""
        return ""

    def actual_url(self, line: Line) -> str:
        figure = line.actual.figure
        if figure is not None:
            return evidence_url(figure) if self.actor.may(figure.metric.needs) else ""
        if line.bound.absent:
            may = self.actor.may(Permission.TARGET_WRITE)
            return url_for("programmes.new_binding", id=line.indicator.id) if may else ""
        if line.actual.manual or line.bound.metric is None:
            return manual_url(line, self.actor)
        return ""

    def notes(self) -> list[tuple[str, str, str, object]]:
        """What is to be said beside a row: (its name, words, where to act, the word of the act)."""
        return [*self._execution_notes(), *(n for line in self.evaluation.lines for n in self._line_notes(line))]

    def _execution_notes(self) -> Iterator[tuple[str, str, str, object]]:
        made = self.evaluation
        owed = owes_reason(made.execution) and made.execution_deviation is None
        said = [*flag_texts(made.execution.flags), *adjustment_texts(made.execution_adjustments)]
        said += [gettext("The full-year budget was not paid out.")] if owed else []
        url = ""
        if owed and self.actor.may(Permission.TARGET_WRITE):
            url = url_for("programmes.new_deviation", id=made.programme.id, row=0)
        if said:
            yield row_name(made.programme, 0) or "", " ".join(said), url, gettext("Give cause and measure")

    def _line_notes(self, line: Line) -> Iterator[tuple[str, str, str, object]]:
        name, writes = f"{line.indicator.row}. {line.indicator.level3}", self.actor.may(Permission.TARGET_WRITE)
        said = [line.actual.why if line.is_missing else "", *flag_texts(line.score.flags)]
        said += [f"{line.definition.text} ({line.definition.by})"] if line.definition else []
        said += adjustment_texts(line.adjustments)
        url, word = "", ""
        if line.needs_grade and writes and not line.is_missing:
            url, word = url_for("programmes.new_judgement", id=line.indicator.id), gettext("Grade")
        elif line.owes_reason and writes:
            url = url_for("programmes.new_deviation", id=line.indicator.programme_id, row=line.indicator.row)
            word = gettext("Give cause and measure")
        elif line.is_missing:
            url, word = (
                self.actual_url(line),
                gettext("Bind otherwise") if line.bound.absent else gettext("Enter the figure"),
            )
            url, word = ("", "") if line.bound.metric else (url, word)
        if line.owes_reason and not line.score.flags:
            said.append(gettext("The target was missed."))
        if any(said):
            yield name, " ".join(filter(None, said)), url, word

    def settings(self) -> list[Setting[Any]]:
        """The settings that were applied, each with document and clause."""
        settings, rules = self.evaluation.settings, {line.score.rule for line in self.evaluation.lines}
        levels = [line.indicator.level1 for line in self.evaluation.lines]
        found: list[Setting[Any]] = [weights_in_force(levels, settings)]
        found += [settings.ceiling_formula] if rules & {"B1", "B2"} else []
        found += [settings.over_fulfilment]
        found += [settings.qualitative_bands] if rules & {"Q", "T"} else []
        return [*found, settings.grade_bands]


def manual_url(line: Line, actor: Actor) -> str:
    """The page where the figure is entered by hand, for those who may; it leads back to the form."""
    if not actor.may(Figures.MANUAL_WRITE):
        return url_for("indicators.attachment", id=line.actual.manual.attachment_id) if line.actual.manual else ""
    programme = line.indicator.programme
    back = url_for("programmes.evaluation", id=programme.id)
    key, unit = line.indicator.key, line.target.unit or ""
    named: dict[str, Any] = {"unit": unit, "back": back, "label": line.indicator.level3}
    return url_for("indicators.manual_figure", key=key, period_key=programme.period.key, **named)


def adjustment_texts(changes: Sequence[Adjustment]) -> list[str]:
    """What changed after the closing, signed, with its reason and author."""
    return [f"{each.part.normalize():+,f} {each.reason} ({each.by}, {each.at})" for each in changes]


def flag_texts(codes: Sequence[str]) -> list[str]:
    return [sentence(code, {}, gettext) for code in codes]
