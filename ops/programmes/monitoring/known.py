"""Everything the sheets of a year need, read at once: a dozen statements for all programmes together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext

from ...core import period
from ...indicators.cumulative import Key, by_months
from ...indicators.models import ManualFigure
from ...indicators.readings import Figure
from ..actuals import Found, Origin, by_hand, calculated, counted, looks
from ..binding import Bound, fits, resolve
from ..funds import queries as funds
from ..funds.account import PAID, SourceLine, split
from ..models import FundingPoint, Indicator, Programme
from ..progress import planned_on
from ..sources import formulas
from ..targets import deadlines
from ..targets.numerals import plain
from ..targets.stored import rows_in, target_in, target_of
from ..targets.tables import IndicatorRow, TargetTable
from ..targets.values import TargetValue
from ..targets.versions import tables_on
from . import queries
from .models import MonitoringNote
from .settings import Settings


@dataclass(frozen=True)
class Known:
    """`figures` holds for each key its twelve figures up to the end of a month; the rest is as of `month`."""

    year: int
    month: int
    period: period.Period
    settings: Settings
    programmes: Sequence[Programme]
    rows: Mapping[int, Sequence[tuple[Indicator, IndicatorRow]]]
    plans: Mapping[int, Sequence[FundingPoint]]
    targets: Mapping[int, TargetValue]
    bounds: Mapping[int, Bound]
    figures: Mapping[Key, Sequence[Figure]]
    entries: Mapping[str, ManualFigure]
    changes: Mapping[int, funds.Sums]
    notes: Mapping[tuple[int, int], MonitoringNote]

    def figure(self, name: str, scope: int, month: int | None = None) -> Figure:
        return self.figures[name, scope][(month or self.month) - 1]

    def actual(self, indicator: Indicator, month: int | None = None) -> Found:
        """The actual from the first of January to the end of the month; by hand only for the month itself."""
        bound, target = self.bounds[indicator.id], self.targets[indicator.id]
        if bound.absent:
            return Found(Origin.MISSING, why=str(bound.absent))
        if bound.formula:
            number = formulas.of_figures(bound.formula, lambda name, scope: self.figure(name, scope, month))
            return calculated(number, target)
        if bound.metric is None:
            return by_hand(self.entries.get(indicator.key), target)
        if not fits(target.kind, bound.metric):
            return Found(Origin.MISSING, why=gettext("The figure is not of the kind that the target asks for."))
        return counted(self.figure(bound.metric.name, bound.scope, month), target, self._looked(bound, month))

    def _looked(self, bound: Bound, month: int | None) -> int:
        if bound.witness is None:
            return 0
        return looks(self.figure(bound.witness.name, _witness_scope(bound), month))

    def sources(self, programme: Programme, month: int | None = None) -> tuple[SourceLine, ...]:
        paid = {source: self.figure(name, programme.id, month).value for source, name in PAID.items()}
        return split(programme, self.changes[programme.id], paid)

    def planned(self, programme: Programme, month: int | None = None) -> Decimal:
        """In percent of the budget, at the month's end."""
        return planned_on(self.plans[programme.id], programme.period.months()[(month or self.month) - 1].last)


def gather(programmes: Sequence[Programme], year: int, month: int) -> Known:
    """What is known of the programmes of one year, from 1 January to the end of the month."""
    ids = [each.id for each in programmes]
    months = period.year(year).months()
    until = period.Period(months[0].first, months[month - 1].last)
    tables, gone = tables_on(programmes, until.last), queries.taken_out(ids)
    rows = {each.id: rows_in(each, gone.get(each.id, ()), tables[each.id]) for each in programmes}
    in_force = [indicator for of_programme in rows.values() for indicator, _row in of_programme]
    indicators = list(dict.fromkeys([*in_force, *(each for programme in programmes for each in programme.indicators)]))
    found = queries.bindings(ids)
    bounds = {each.id: resolve(found.get(each.id), each.programme) for each in indicators}
    return Known(
        year=year,
        month=month,
        period=until,
        settings=queries.settings_on(until.last),
        programmes=programmes,
        rows=rows,
        plans={each.id: _plan(each, tables[each.id]) for each in programmes},
        targets={each.id: target_of(each) for each in indicators}
        | {
            indicator.id: target_in(indicator, row, tables[each.id], year)
            for each in programmes
            for indicator, row in rows[each.id]
        },
        bounds=bounds,
        figures=by_months(_keys(programmes, list(bounds.values())), year),
        entries=queries.entries([each.key for each in indicators], until),
        changes=funds.changes_until(ids, until.last),
        notes=queries.notes(ids, month),
    )


def _plan(programme: Programme, table: TargetTable) -> Sequence[FundingPoint]:
    """The funding plan as the table in force had it."""
    if [point.label for point in table.funding_plan] == [point.label for point in programme.points] and [
        point.cumulative_pct for point in table.funding_plan
    ] == [point.percent for point in programme.points]:
        return programme.points
    read = [(each, deadlines.read(plain(each.label), programme.year)) for each in table.funding_plan]
    return [
        FundingPoint(number=number, label=each.label, day=found.day, percent=each.cumulative_pct)
        for number, (each, found) in enumerate(read, 1)
        if found and found.day
    ]


def _keys(programmes: Sequence[Programme], bounds: Sequence[Bound]) -> set[Key]:
    keys = {(name, programme.id) for name in PAID.values() for programme in programmes}
    for bound in bounds:
        if bound.metric:
            keys.add((bound.metric.name, bound.scope))
        if bound.formula and not bound.absent:
            keys |= {(term.metric.name, term.scope) for term in formulas.terms(bound.formula)}
        if bound.witness:
            keys.add((bound.witness.name, _witness_scope(bound)))
    return keys


def _witness_scope(bound: Bound) -> int:
    return bound.scope if bound.witness and bound.witness.scopes else 0
