"""What the pages of programmes need beside the rows: remarks in words, bindings in words, where a cell leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from ..core.forms import option
from ..core.once import remembered
from ..indicators.catalogue import metrics
from ..indicators.closing import ledger
from . import queries
from .binding import Bound, metric_options, resolve, suggestion
from .models import BINDS_LABELS, Binds, Indicator, IndicatorBinding, Programme
from .sources.scopes import scope_called
from .targets.messages import DOUBTS
from .targets.remarks import Remark, TableRemarks, find_remarks, remark_texts
from .targets.stored import table_of, text_of
from .targets.values import Kind

NAMING = {
    "unit_does_not_fit_name",
    "rate_valued_by_date",
    "rate_valued_by_amount",
    "value_repeats_name",
    "outcome_valued_by_percent",
}


def remarks(programme: Programme) -> dict[int, list[str]]:
    """The remarks of each row in words, and under 0 those of the programme; compared with the year's other tables."""
    mine = _found(programme)
    rows = zip(programme.indicators, mine.rows, strict=True)
    return {0: remark_texts(mine.programme, gettext)} | {
        each.row: remark_texts(_open(each, of_row), gettext) for each, of_row in rows
    }


def _found(programme: Programme) -> TableRemarks:
    """The tables of one document are compared with each other once, for all of them."""
    siblings = queries.alongside(programme)
    ids = tuple(each.id for each in siblings)
    found = remembered(
        ("remarks", ids), lambda: find_remarks([table_of(each) for each in siblings], year=programme.year)
    )
    return found[ids.index(programme.id)]


def _open(indicator: Indicator, remarks: Sequence[Remark]) -> list[Remark]:
    """Without the doubts about the value that a person has settled."""
    settled = any(each.of_text == text_of(indicator) for each in indicator.settled)
    return [each for each in remarks if not (settled and each.code in DOUBTS)]


def naming_remarks(programme: Programme) -> dict[int, list[str]]:
    """Of each row the remarks that ask for a definition: how its name does not fit its value."""
    mine = _found(programme)
    return {
        each.row: remark_texts([remark for remark in of_row if remark.code in NAMING], gettext)
        for each, of_row in zip(programme.indicators, mine.rows, strict=True)
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
    figure = f"{newest.metric}|{_part(newest)}" if newest.metric else ""
    return {"binds": newest.binds, "figure": figure, "formula": _written(newest), "witness": newest.witness or ""}


def _part(binding: IndicatorBinding) -> str:
    """The part as the list of figures names it today; the binding may know it by a shorter name."""
    metric, part = metrics().get(binding.metric or ""), binding.scope_label or ""
    scope = scope_called(metric, part) if metric and part else None
    return metric.scopes().get(scope, part) if metric and metric.scopes and scope is not None else part


def _written(binding: IndicatorBinding) -> str:
    return binding.formula or ""


def labels(past: Sequence[IndicatorBinding]) -> list[str]:
    """Each binding of the past in words."""
    return [
        " · ".join(filter(None, (str(BINDS_LABELS[Binds(b.binds)]), _named(b), b.scope_label, b.formula))) for b in past
    ]


def _named(binding: IndicatorBinding) -> str:
    """What the bound figure is called; its bare name when it is counted here no longer."""
    metric = metrics().get(binding.metric or "")
    return str(metric.label) if metric else binding.metric or ""


def figure_options(kind: Kind) -> list[Any]:
    """The figures that fit, each with the feature it belongs to: found by its name or by that of the feature."""
    options = metric_options(kind, ledger().features)
    return [option(value, words, **{"data-note": feature}) for value, words, feature in options]


def witnesses() -> list[Any]:
    of_features = [(metric, str(feature.label)) for feature in ledger().features for metric in feature.publishes]
    return [option(metric.name, str(metric.label), **{"data-note": feature}) for metric, feature in of_features]
