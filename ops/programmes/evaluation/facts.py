"""The form as facts for the checks, read from what is printed as a reviewer reads it, and its findings."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ..presenting import naming_remarks
from ..targets import deadlines
from ..targets.numerals import amount, plain
from ..targets.values import Kind
from . import scoring
from .checks import Finding, FormFacts, FormRow, check
from .evaluation import Evaluation, Line
from .scoring import Actual
from .scoring_values import ScoringSettings
from .weights import level_of, level_shares

NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
READABLE = (Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.MONEY_RATE, Kind.RELATIVE, Kind.RANGE, Kind.ZERO)


def findings_of(evaluation: Evaluation) -> list[Finding]:
    return check(facts_of(evaluation))


def facts_of(evaluation: Evaluation) -> FormFacts:
    fund, why = evaluation.funds[0], evaluation.execution_deviation
    levels = [line.indicator.level1 for line in evaluation.lines]
    unsettled = naming_remarks(evaluation.programme)
    return FormFacts(
        budget=fund.budget,
        executed=fund.executed,
        execution_weight=evaluation.weight,
        execution_cap=evaluation.settings.execution_cap.value,
        execution_given=evaluation.execution.points,
        execution_cause=why.cause if why else "",
        execution_measure=why.measure if why else "",
        rows=[_row(line, unsettled[line.indicator.row], evaluation.settings) for line in evaluation.lines],
        total_given=evaluation.total.points,
        level_shares=level_shares(levels, evaluation.settings) if all(map(level_of, levels)) else {},
    )


def _row(line: Line, remarks: Sequence[str], settings: ScoringSettings) -> FormRow:
    manual, why = line.actual.manual, line.deviation
    return FormRow(
        row=line.indicator.row,
        levels=(line.indicator.level1, line.indicator.level2),
        weight=line.weight,
        actual_text="" if line.is_missing else line.actual.text,
        given=line.score.points,
        due=line.score,
        read_again=_read_again(line, settings),
        cause=why.cause if why else "",
        measure=why.measure if why else "",
        by_hand=manual is not None,
        has_proof=manual is not None and manual.attachment_id is not None,
        remarks=tuple(remarks) if line.definition is None else (),
    )


def _read_again(line: Line, settings: ScoringSettings) -> Decimal | None:
    """The score that a reader of the printed form comes to; None where it cannot be read from it alone."""
    actual = printed_actual(line.actual.text, line.target.kind)
    if actual is None or line.score.points is None or (line.score.rule == "T" and line.score.missed):
        return None
    satisfies = level_of(line.indicator.level1) == "satisfaction"
    return scoring.score(line.target, actual, line.weight, settings, satisfaction=satisfies).points


def printed_actual(text: str, kind: Kind) -> Actual:
    """The number or the day of an actual as printed: 93.75% → 93.75, 2023年12月31日 → that day."""
    if kind is Kind.DEADLINE:
        found = deadlines.read(plain(text), 0)
        return found.day if found else None
    number = NUMBER.match(text)
    return amount(number[0]) if number and kind in READABLE else None
