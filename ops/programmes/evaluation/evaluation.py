"""The self-evaluation (绩效自评) of a programme: every target with its actual, where that comes from, and its score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...indicators.catalogue import metrics
from ...indicators.closing import closing_of
from ...indicators.models import Adjustment, Closing
from ...indicators.queries import adjustments
from .. import queries
from ..actuals import Found, figures_of, find
from ..binding import Bound, resolve
from ..models import Definition, Indicator, Programme, Source, Spending
from ..spending import spending
from ..targets.stored import target_of
from ..targets.values import Kind, TargetValue
from . import scoring
from .checks import OWES_REASON, says_nothing
from .models import DeviationReason, Judgement
from .number_rules import Score
from .queries import deviations, judgements, settings_for, weights
from .scoring import Total
from .scoring_values import Grade, ScoringSettings, Setting
from .weights import execution_weight, level_of, weights_in_force

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Funds:
    """项目资金 of one source, or in all when `source` is None: in yuan, None where nothing is known."""

    source: Source | Spending | None
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """执行率 in percent of the full-year budget."""
        return self.executed / self.budget * HUNDRED if self.executed is not None and self.budget else None


@dataclass(frozen=True)
class Line:
    """One indicator: target, actual, score, and the cause and measure where it was missed."""

    indicator: Indicator
    target: TargetValue
    bound: Bound
    actual: Found
    weight: Decimal
    score: Score
    deviation: DeviationReason | None
    definition: Definition | None
    judgement: Judgement | None
    adjustments: Sequence[Adjustment]

    @property
    def is_missing(self) -> bool:
        """No actual yet; a grade still to be given is another thing."""
        return self.actual.value is None and not self.actual.text

    @property
    def owes_reason(self) -> bool:
        """Cause and measure both: one without the other is not an answer."""
        return owes_reason(self.score) and not is_explained(self.deviation)

    @property
    def needs_grade(self) -> bool:
        return "grade_needed" in self.score.flags


@dataclass(frozen=True)
class Evaluation:
    """项目支出绩效自评表. `closed`: the closing whose reported figures are used, None while the year is open."""

    programme: Programme
    funds: tuple[Funds, ...]
    weight: Decimal
    execution: Score
    execution_deviation: DeviationReason | None
    execution_adjustments: Sequence[Adjustment]
    lines: tuple[Line, ...]
    total: Total
    settings: ScoringSettings
    closed: Closing | None

    @property
    def missing(self) -> int:
        return sum(line.is_missing for line in self.lines)

    @property
    def reached(self) -> int:
        return sum(line.score.points is not None and not line.score.missed for line in self.lines)

    @property
    def missed(self) -> int:
        return sum(line.score.missed for line in self.lines)

    @property
    def reasons_owed(self) -> int:
        execution = owes_reason(self.execution) and not is_explained(self.execution_deviation)
        return sum(line.owes_reason for line in self.lines) + execution


def evaluate(programme: Programme) -> Evaluation:
    """Score the programme's year. What has no actual is shown missing and is not scored."""
    closed = closing_of(programme.period)
    settings = settings_for(programme.period.last)
    funds = _funds(programme, closed)
    weight = execution_weight([each.level1 for each in programme.indicators], settings)
    execution = scoring.execution_score(funds[0].executed, funds[0].budget or Decimal(0), weight, settings)
    explained = deviations(programme)
    lines = _lines(programme, settings, closed, explained)
    return Evaluation(
        programme,
        funds,
        weight,
        execution,
        explained.get(0),
        adjustments(metrics()["programmes.paid"], programme.period, programme.scope) if closed else (),
        lines,
        scoring.total([execution, *(line.score for line in lines)], settings, funds[0].rate),
        settings,
        closed,
    )


def is_explained(deviation: DeviationReason | None) -> bool:
    return deviation is not None and not (says_nothing(deviation.cause) or says_nothing(deviation.measure))


def applied_settings(evaluation: Evaluation) -> list[Setting[Any]]:
    """The settings that this form's scores rest on."""
    settings, rules = evaluation.settings, {line.score.rule for line in evaluation.lines}
    levels = [line.indicator.level1 for line in evaluation.lines]
    found: list[Setting[Any]] = [weights_in_force(levels, settings), settings.execution_cap]
    found += [settings.ceiling_formula] if rules & {"B1", "B2"} else []
    found += [settings.over_fulfilment] if "A" in rules else []
    found += [settings.over_reduction] if "A" in rules and settings.over_reduction.value else []
    found += [settings.range_above] if "range" in rules else []
    found += [settings.compound] if "compound" in rules else []
    found += [settings.satisfaction_bands] if "S" in rules else []
    found += [settings.qualitative_bands] if rules & {"Q", "T"} else []
    found += [settings.late_proposal] if any("late" in line.score.flags for line in evaluation.lines) else []
    found += [settings.execution_limits] if settings.execution_limits.value else []
    return [*found, settings.grade_bands]


def owes_reason(score: Score) -> bool:
    """偏差原因 is due for a miss, and for what lies far above its target."""
    return score.missed or bool(OWES_REASON & set(score.flags))


def _funds(programme: Programme, closed: Closing | None) -> tuple[Funds, ...]:
    """The whole, then source by source; fiscal funds are what the other two leave."""
    paid_for = figures_of([f"programmes.paid{tail}" for tail in ("_carried_over", "_other", "")], programme, closed)
    carried, other, every = (each.value for each in paid_for)
    if programme.is_department:
        rows = spending(programme, every).items()
        return tuple(Funds(part, each.initial, each.budget, each.executed) for part, each in rows)
    fiscal = None if every is None else every - (carried or 0) - (other or 0)
    changes = queries.budget_changes(programme)
    paid = {None: every, Source.FISCAL: fiscal, Source.CARRIED_OVER: carried, Source.OTHER: other}
    return tuple(_fund(programme, source, changes, executed) for source, executed in paid.items())


def _fund(
    programme: Programme, source: Source | None, changes: Mapping[Source | None, Decimal], executed: Decimal | None
) -> Funds:
    initial, change = programme.initial(source), changes.get(source)
    budget = None if initial is None and change is None else (initial or Decimal(0)) + (change or Decimal(0))
    return Funds(source, initial, budget, executed)


def _lines(
    programme: Programme, settings: ScoringSettings, closed: Closing | None, explained: Mapping[int, DeviationReason]
) -> tuple[Line, ...]:
    bindings, judged = queries.bindings(programme), judgements(programme)
    definitions, weighed = queries.definitions(programme), weights(programme)
    made = []
    for indicator in programme.indicators:
        target, bound = target_of(indicator), resolve(bindings.get(indicator.id), programme)
        actual, judgement = find(indicator, target, bound, closed), judged.get(indicator.id)
        weight, satisfies = weighed[indicator.id], level_of(indicator.level1) == "satisfaction"
        score = _score(target, actual, weight, settings, judgement, satisfies)
        changed = adjustments(bound.metric, programme.period, bound.scope) if bound.metric and closed else ()
        made.append(
            Line(
                indicator,
                target,
                bound,
                actual,
                weight,
                score,
                explained.get(indicator.row),
                definitions.get(indicator.id),
                judgement,
                changed,
            )
        )
    return tuple(made)


def _score(
    target: TargetValue,
    actual: Found,
    weight: Decimal,
    settings: ScoringSettings,
    judged: Judgement | None,
    satisfies: bool,
) -> Score:
    """A target in words needs what was reached in words before anybody can grade it."""
    if target.kind is Kind.QUALITATIVE and not actual.text:
        return Score(None, flags=("actual_missing",), rule="Q")
    judgement = scoring.Judgement(Grade(judged.grade), judged.points) if judged else None
    try:
        return scoring.score(target, actual.value, weight, settings, judgement=judgement, satisfaction=satisfies)
    except scoring.OutsideBand:  # the weight or the bands have changed since: it has to be judged anew
        return scoring.score(target, actual.value, weight, settings, satisfaction=satisfies)
