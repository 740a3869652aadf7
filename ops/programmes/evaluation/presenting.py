"""What the pages of the self-evaluation need beside the rows: where a cell leads, what is said beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from ...core.access import Actor, current_actor
from ...core.page import Event
from ...indicators.models import Adjustment, ManualFigure
from ...indicators.permissions import Permission as Figures
from ...indicators.queries import evidence_url
from ..models import Indicator, Programme
from ..permissions import Permission
from .checks import Finding
from .evaluation import Evaluation, Line, applied_settings, is_explained, owes_reason
from .form import Cell, form_rows
from .messages import FINDINGS, sentence
from .models import FormSignature
from .queries import weights
from .scoring import band_points
from .scoring_values import Grade, ScoringSettings, Step
from .setting_showing import SettingRow, in_force_row
from .setting_specs import SPECS
from .signing import STEP_LABELS


def row_name(programme: Programme, row: int) -> str | None:
    """What a row of the form is called; None when there is no such row."""
    if row == 0:
        return str(gettext("Execution of the budget"))
    names = {each.row: each.level3 for each in programme.indicators}
    return names.get(row)


def bands(indicator: Indicator, settings: ScoringSettings) -> list[tuple[Grade, str]]:
    weight = weights(indicator.programme)[indicator.id]
    limits = {grade: band_points(grade, weight, settings) for grade in Grade}
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
        if self.evaluation.programme.is_department and (url := self._department_url(name, tail, cell)):
            return url
        if name == "actual":
            return self.actual_url(self.by_row[int(tail)])
        if name == "executed" and tail == "all" and cell.number is not None:
            programme = self.evaluation.programme
            return url_for("programmes.payments", id=programme.id)
        writes = self.actor.may(Permission.TARGET_WRITE)
        if name == "deviation" and cell.text and writes:
            return url_for("programmes.evaluation.new_deviation", id=self.evaluation.programme.id, row=int(tail))
        if name == "score" and tail.isdecimal() and int(tail) in self.by_row and writes:
            line = self.by_row[int(tail)]
            graded = line.needs_grade or line.judgement is not None
            return url_for("programmes.evaluation.new_judgement", id=line.indicator.id) if graded else ""
        return ""

    def _department_url(self, name: str, tail: str, cell: Cell) -> str:
        """Its money leads to the payments of all projects or to the basic expenditure, the rest to the narrative."""
        programme = self.evaluation.programme
        if name == "achieved":
            return url_for("programmes.narrative.of_year", year=programme.year)
        if name != "executed" or cell.number is None:
            return ""
        if tail == "projects":
            return url_for("indicators.figure_evidence", name="programmes.paid", period=programme.period.key)
        return url_for("programmes.department.basic", year=programme.year)

    def actual_url(self, line: Line) -> str:
        figure = line.actual.figure
        if figure is not None:
            return evidence_url(figure) if self.actor.may(figure.metric.needs) else ""
        if line.bound.absent:
            may = self.actor.may(Permission.TARGET_WRITE)
            return url_for("programmes.new_binding", id=line.indicator.id) if may else ""
        if line.bound.formula:
            return url_for("programmes.sources.formula", id=line.indicator.id)
        if line.actual.manual or line.bound.metric is None:
            return manual_url(line, self.actor)
        return ""

    def notes(self) -> list[tuple[str, str, str, object]]:
        """What is to be said beside a row: (its name, words, where to act, the word of the act)."""
        return [*self._execution_notes(), *(n for line in self.evaluation.lines for n in self._line_notes(line))]

    def _execution_notes(self) -> Iterator[tuple[str, str, str, object]]:
        made = self.evaluation
        owed = owes_reason(made.execution) and not is_explained(made.execution_deviation)
        said = [*flag_texts(made.execution.flags), *adjustment_texts(made.execution_adjustments)]
        said += [gettext("The full-year budget was not paid out.")] if owed else []
        url = ""
        if owed and self.actor.may(Permission.TARGET_WRITE):
            url = url_for("programmes.evaluation.new_deviation", id=made.programme.id, row=0)
        if said:
            yield row_name(made.programme, 0) or "", " ".join(said), url, gettext("Give cause and measure")

    def _line_notes(self, line: Line) -> Iterator[tuple[str, str, str, object]]:
        name, writes = f"{line.indicator.row}. {line.indicator.level3}", self.actor.may(Permission.TARGET_WRITE)
        said = [line.actual.why if line.is_missing else "", *flag_texts(line.score.flags)]
        said += adjustment_texts(line.adjustments)
        url, word = "", ""
        if line.needs_grade and writes and not line.is_missing:
            url, word = url_for("programmes.evaluation.new_judgement", id=line.indicator.id), gettext("Grade")
        elif line.owes_reason and writes:
            url = url_for("programmes.evaluation.new_deviation", id=line.indicator.programme_id, row=line.indicator.row)
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

    def settings(self) -> list[SettingRow]:
        """The settings that were applied, each with its value, document and clause."""
        return [in_force_row(SPECS[each.name], each) for each in applied_settings(self.evaluation)]

    def by_hand(self) -> list[tuple[Line, ManualFigure, str]]:
        """What was entered by hand: its row, the entry, and where its proof is."""
        entries = ((line, line.actual.manual) for line in self.evaluation.lines)
        return [
            (line, entry, url_for("indicators.attachment", id=entry.attachment_id) if entry.attachment_id else "")
            for line, entry in entries
            if entry
        ]

    def definitions(self) -> list[Line]:
        return [line for line in self.evaluation.lines if line.definition]


@dataclass(frozen=True)
class FindingRow:
    """A finding in words: where, what, and the page where it is mended."""

    where: str
    words: str
    blocks: bool
    url: str


def finding_rows(evaluation: Evaluation, findings: Sequence[Finding]) -> list[FindingRow]:
    """What blocks first."""
    shown = [_finding_row(evaluation, each) for each in findings]
    return sorted(shown, key=lambda row: not row.blocks)


def _finding_row(evaluation: Evaluation, finding: Finding) -> FindingRow:
    programme = evaluation.programme
    where = gettext("The whole form") if finding.row is None else row_name(programme, finding.row) or ""
    if finding.row:
        where = f"{finding.row}. {where}"
    words = gettext(FINDINGS[finding.code]) % finding.values
    return FindingRow(where, words, finding.blocks, _mended_at(evaluation, finding))


MENDED_AT = {
    "weights_differ": "programmes.evaluation.weights",
    "level_differs": "programmes.evaluation.weights",
    "level_shifted": "programmes.evaluation.weights",
    "executed_missing": "programmes.payments",
    "persons_above": "programmes.payments",
    "budget_zero": "programmes.programme",
    "actual_missing": "programmes.bindings",
    "proof_missing": "programmes.bindings",
}
ROW_MENDED_AT = {
    "definition_missing": "programmes.new_definition",
    "not_scored": "programmes.evaluation.new_judgement",
}


def _mended_at(evaluation: Evaluation, finding: Finding) -> str:
    """The page on which the finding is mended, none where it is closed to the reader; else the form."""
    programme, may = evaluation.programme, current_actor().may(Permission.TARGET_WRITE)
    if finding.code in ("reason_missing", "measure_missing", "reason_contradicts"):
        return url_for("programmes.evaluation.new_deviation", id=programme.id, row=finding.row) if may else ""
    line = next((each for each in evaluation.lines if each.indicator.row == finding.row), None)
    if line and finding.code in ROW_MENDED_AT:
        return url_for(ROW_MENDED_AT[finding.code], id=line.indicator.id) if may else ""
    if programme.is_department and finding.code in ("budget_zero", "executed_missing"):
        return url_for("programmes.department.basic", year=programme.year)
    return url_for(MENDED_AT.get(finding.code, "programmes.evaluation.form"), id=programme.id)


def manual_url(line: Line, actor: Actor) -> str:
    """The page where the figure is entered by hand, for those who may; it leads back to the form."""
    if not actor.may(Figures.MANUAL_WRITE):
        return url_for("indicators.attachment", id=line.actual.manual.attachment_id) if line.actual.manual else ""
    programme = line.indicator.programme
    back = url_for("programmes.evaluation.form", id=programme.id)
    key, unit = line.indicator.key, line.target.unit or ""
    named: dict[str, Any] = {"unit": unit, "back": back, "label": line.indicator.level3}
    return url_for("indicators.manual_figure", key=key, period_key=programme.period.key, **named)


def adjustment_texts(changes: Sequence[Adjustment]) -> list[str]:
    """What changed after the closing, signed, with its reason and author."""
    return [f"{each.part.normalize():+,f} {each.reason} ({each.by}, {each.at})" for each in changes]


def flag_texts(codes: Sequence[str]) -> list[str]:
    return [sentence(code, gettext) for code in codes]


def signature_events(signatures: Sequence[FormSignature]) -> list[Event]:
    """Every signature and every withdrawal, in the order in which they were made."""
    made = [
        Event(each.at, each.by, STEP_LABELS[Step(each.step)], "done", each.content_hash[:12]) for each in signatures
    ]
    taken = [(each, each.withdrawal) for each in signatures if each.withdrawal]
    made += [
        Event(gone.at, gone.by, gettext("Withdrawn"), "closed", f"{STEP_LABELS[Step(each.step)]}: {gone.because}")
        for each, gone in taken
    ]
    return sorted(made, key=lambda event: event.at)
