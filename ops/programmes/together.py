"""Several tables at once: what each of them asks about itself is asked for all of them together."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from ..core.once import once
from ..core.period import year
from ..indicators.ahead import entered_ahead, read_ahead
from . import queries
from .binding import OWN
from .evaluation import queries as evaluations
from .evaluation.models import DeviationReason, FormSignature, WeightRevision
from .models import Definition, IndicatorBinding, Programme
from .narrative.telling import told_names
from .sources.expression import Malformed, operands, parse

PAID = ("programmes.paid", "programmes.paid_carried_over", "programmes.paid_other")


def ask_together(tables: Sequence[Programme]) -> None:
    """Within a block of `once`: decisions, figures and entries of tables of one year."""
    ids = [each.id for each in tables]
    with once() as answers:
        bindings = queries.newest(IndicatorBinding, ids)
        _keep(answers, "bindings", bindings)
        _keep(answers, "definitions", queries.newest(Definition, ids))
        if any(("budget changes", each.id) not in answers for each in tables if not each.is_department):
            _keep(answers, "budget changes", queries.changes_by_source(ids))
        _keep(answers, "judgements", evaluations.judgements_by_table(ids))
        _keep(answers, DeviationReason, evaluations.by_table(DeviationReason, ids))
        _keep(answers, WeightRevision, evaluations.by_table(WeightRevision, ids))
        _keep(answers, FormSignature, evaluations.by_table(FormSignature, ids))
        for period in {each.period for each in tables}:
            of_year = [each for each in tables if each.period == period]
            bound = [row for each in of_year for row in bindings[each.id].values()]
            told = told_names(period.first.year) if any(each.is_department for each in of_year) else set()
            read_ahead({*PAID, *OWN.values(), *_named(bound), *told}, period)
            before = year(period.first.year - 1)
            read_ahead(told, before)
            entered_ahead({*(row.key for each in of_year for row in each.indicators), *told}, period, before)


def _keep(answers: dict[Hashable, Any], name: Hashable, found: Mapping[int, object]) -> None:
    answers.update({(name, programme): rows for programme, rows in found.items()})


def _named(bindings: Iterable[IndicatorBinding]) -> set[str]:
    """The figures that the bindings lead to, their witnesses and those of their formulas."""
    found = {name for each in bindings for name in (each.metric, each.witness) if name}
    for each in bindings:
        try:
            found |= {operand.name for operand in operands(parse(each.formula))} if each.formula else set()
        except Malformed:
            continue
    return found
