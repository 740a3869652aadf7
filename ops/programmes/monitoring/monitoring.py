"""Making the sheets: every indicator with its actual, its forecast, its lights, and what people said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..actuals import MONEY, Found, number_text
from ..binding import Bound
from ..funds.account import SourceLine
from ..funds.forecasting import Forecast, forecast
from ..models import Binds, Indicator, Programme
from ..money import from_yuan
from ..targets.tables import IndicatorRow
from ..targets.values import Kind, TargetValue
from . import lights_rules, outlook_rules
from .known import Known, gather
from .lights_rules import Light
from .models import MonitoringNote
from .outlook_rules import Judged
from .sheet import Cause, FundRow, Likelihood, Method, Row, Rule, Said, Sheet, Warned

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Money:
    """The money of a programme at the month's end: its lines, its plan in percent, its forecast."""

    lines: tuple[SourceLine, ...]
    planned: Decimal
    budget: Decimal
    forecast: Forecast | None


def sheets(programmes: Sequence[Programme], month: int) -> list[Sheet]:
    """The sheets of programmes of one year, in their order."""
    if not programmes:
        return []
    known = gather(programmes, programmes[0].year, month)
    return [make(known, each) for each in programmes]


def sheet(programme: Programme, month: int) -> Sheet:
    return sheets([programme], month)[0]


def make(known: Known, programme: Programme) -> Sheet:
    money, settings = money_of(known, programme), known.settings
    rows = tuple(_row(known, indicator, of_form, money) for indicator, of_form in known.rows[programme.id])
    rate = _rate(money.lines[0], settings["rate_of"])
    plan, months = lights_rules.plan_share(money.planned), lights_rules.months_share(known.month)
    return Sheet(
        programme_id=programme.id,
        year=programme.year,
        month=known.month,
        code=programme.code,
        name=programme.name,
        unit=programme.unit_name,
        goals=programme.goals,
        basis=settings["light_basis"],
        planned=money.planned,
        funds=tuple(_fund(line, money, settings["rate_of"]) for line in money.lines),
        funds_plan=lights_rules.execution(rate, plan, settings.bounds),
        funds_months=lights_rules.execution(rate, months, settings.bounds),
        funds_said=_said(known.notes.get((programme.id, 0)), Said()),
        rows=rows,
        warnings=tuple(Warned(*each) for each in lights_rules.warnings(settings, known.month, rate, _attainment(rows))),
        rules=_rules(known),
    )


def money_of(known: Known, programme: Programme) -> Money:
    lines, planned = known.sources(programme), known.planned(programme)
    budget = lines[0].budget or Decimal(0)
    return Money(lines, planned, budget, forecast(lines[0].paid, budget, planned))


def _rules(known: Known) -> tuple[Rule, ...]:
    found = [Rule(each.document, each.clause, each.confirmed) for each in known.settings.by_name.values()]
    calendar = known.settings.calendar
    return (*found, Rule(calendar["document"], calendar["clause"], False)) if calendar else tuple(found)


def _rate(line: SourceLine, of: str) -> Decimal | None:
    whole = line.initial if of == "initial" else line.budget
    return line.paid / whole * HUNDRED if line.paid is not None and whole else None


def _fund(line: SourceLine, money: Money, of: str) -> FundRow:
    """Every source goes on at its own pace along the same plan."""
    found = forecast(line.paid, line.budget or Decimal(0), money.planned)
    expected = found.shown if found else None
    return FundRow(str(line.source or ""), line.initial, line.budget, line.paid, _rate(line, of), expected)


def _attainment(rows: Sequence[Row]) -> Decimal | None:
    """目标完成进度: the mean of what was reached of the whole year's targets, each at most 100 percent."""
    shares = [min(row.value / row.wanted * HUNDRED, HUNDRED) for row in rows if _has_reach(row)]  # type: ignore[operator]
    return sum(shares, Decimal(0)) / len(shares) if shares else None


def _has_reach(row: Row) -> bool:
    return row.reach_plan is not None and row.value is not None and bool(row.wanted)


def _row(known: Known, indicator: Indicator, of_form: IndicatorRow, money: Money) -> Row:
    """By the table in force at the month's end."""
    target, bound = known.targets[indicator.id], known.bounds[indicator.id]
    found, wanted = known.actual(indicator), wanted_of(target, money.budget)
    growing = outlook_rules.grows(target, bound.metric.kind if bound.metric else None)
    expected, method = outlook_rules.expected(
        _single(found), known.month, growing, target.kind is Kind.COUNT, _by_funds(bound, target, money)
    )
    plan, months = (_judged(known, target, wanted, found, share) for share in _shares(known, money, growing))
    proposed = Said(likelihood=outlook_rules.likely(_chosen(known, plan, months), target, expected, wanted))
    note = known.notes.get((indicator.programme_id, of_form.row))
    said = _said(note, _with_cause(proposed, known, money, _chosen(known, plan, months)))
    says = outlook_rules.by_likelihood(said.likelihood)
    words = "" if expected is None else number_text(expected, target)
    return Row(
        row=of_form.row,
        level1=of_form.level1,
        level2=of_form.level2,
        level3=of_form.level3,
        target=of_form.value_text,
        actual=found.text,
        value=found.value if isinstance(found.value, Decimal) else None,
        wanted=wanted,
        why_missing=found.why,
        expected=note.expected if note and note.expected else words,
        method=Method.PERSON if note and note.expected else method,
        reach_plan=plan.reach,
        reach_months=months.reach,
        light_plan=plan.light or says,
        light_months=months.light or says,
        said=said,
    )


def _shares(known: Known, money: Money, growing: bool) -> tuple[Fraction, Fraction]:
    if not growing:
        return Fraction(1), Fraction(1)
    return lights_rules.plan_share(money.planned), lights_rules.months_share(known.month)


def _judged(known: Known, target: TargetValue, wanted: Decimal | None, found: Found, share: Fraction) -> Judged:
    return outlook_rules.judged(target, wanted, _single(found), known.period.last, share, known.settings.bounds)


def _single(found: Found) -> Decimal | date | None:
    """A target of several measures is judged by a person, not by one number."""
    return found.value if isinstance(found.value, Decimal | date) else None


def _chosen(known: Known, plan: Judged, months: Judged) -> Light:
    return plan.light if known.settings["light_basis"] == "plan" else months.light


def wanted_of(target: TargetValue, budget: Decimal) -> Decimal | None:
    """The number that the target asks for, in its unit; 不超预算 asks for the budget in force."""
    if target.kind is Kind.RELATIVE and target.number is None:
        return from_yuan(budget, target.unit or "元")
    return Decimal(0) if target.kind is Kind.ZERO else target.number


def _by_funds(bound: Bound, target: TargetValue, money: Money) -> Decimal | None:
    if bound.binds is not Binds.PAYMENTS or money.forecast is None or target.kind not in MONEY:
        return None
    return from_yuan(money.forecast.shown, target.unit or "元")


def _said(note: MonitoringNote | None, proposed: Said) -> Said:
    if note is None:
        return proposed
    causes = tuple(Cause(each) for each in note.causes.split(",") if each)
    likelihood = Likelihood(note.likelihood) if note.likelihood else None
    return Said(causes, note.explanation, likelihood, note.remark, note.by)


def _with_cause(proposed: Said, known: Known, money: Money, light: Light) -> Said:
    """Where the money is late too, funding is the cause that is proposed."""
    rate = money.lines[0].rate
    late = lights_rules.execution(rate, lights_rules.plan_share(money.planned), known.settings.bounds)
    is_behind = light in (Light.RED, Light.YELLOW) and late in (Light.RED, Light.YELLOW)
    return Said((Cause.FUNDS,), likelihood=proposed.likelihood) if is_behind else proposed
