"""What an indicator is bound to, and whether that is there: a metric may be absent, and the page says so."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from ..core.feature import Feature
from ..indicators.catalogue import metrics
from ..indicators.metric import ALL, Metric
from ..indicators.metric import Kind as MetricKind
from .models import Binds, Indicator, IndicatorBinding, Programme
from .sources import formulas
from .sources.scopes import scope_called
from .targets.values import Kind

SUGGESTED = Path(__file__).parent / "reference" / "suggested_bindings.json"
OWN = {
    Binds.PAYMENTS: "programmes.paid",
    Binds.PAYMENT_DATE: "programmes.last_payment",
    Binds.PERSONS_PAID: "programmes.persons_paid",
}
COUNTED = frozenset({MetricKind.COUNT, MetricKind.DISTINCT, MetricKind.LEVEL, MetricKind.AMOUNT})
FITS = {
    Kind.COUNT: COUNTED,
    Kind.ZERO: COUNTED,
    Kind.PERCENT: frozenset({MetricKind.RATIO}),
    Kind.MONEY: frozenset({MetricKind.AMOUNT}),
    Kind.RELATIVE: frozenset({MetricKind.AMOUNT}),
    Kind.MONEY_RATE: frozenset({MetricKind.AMOUNT}),
    Kind.DEADLINE: frozenset({MetricKind.LATEST}),
    Kind.RANGE: COUNTED | {MetricKind.RATIO},
}


@dataclass(frozen=True)
class Bound:
    """A binding as it stands now: the metric and scope it leads to, or in words why it leads nowhere."""

    binds: Binds
    metric: Metric | None = None
    scope: int = ALL
    witness: Metric | None = None
    label: str = ""
    absent: object = ""
    formula: str = ""


def resolve(binding: IndicatorBinding | None, programme: Programme) -> Bound:
    """Without a binding the figure is entered by hand."""
    binds = Binds(binding.binds) if binding else Binds.MANUAL
    if binding is None or binds is Binds.MANUAL:
        return Bound(binds)
    if binds is Binds.FORMULA and binding.formula:
        return _formula(binding.formula)
    if binds in OWN:
        metric = metrics()[OWN[binds]]
        return Bound(binds, metric, programme.scope, label=str(metric.label))
    return _metric(binds, binding)


def _metric(binds: Binds, binding: IndicatorBinding) -> Bound:
    name = binding.metric or ""
    metric, part = metrics().get(name), binding.scope_label or ""
    if metric is None:
        return Bound(binds, label=name, absent=_l("The figure %(name)s does not exist here.", name=name))
    label = f"{metric.label} · {part}" if part else str(metric.label)
    scope = scope_called(metric, part) if part else ALL
    if scope is None:
        words = _l("“%(figure)s” has no part called “%(part)s”.", figure=metric.label, part=part)
        return Bound(binds, label=label, absent=words)
    return Bound(binds, metric, scope, metrics().get(binding.witness or ""), label)


def _formula(text: str) -> Bound:
    gone = formulas.missing(text)
    absent = _l("The figure %(name)s does not exist here.", name=gone) if gone else ""
    return Bound(Binds.FORMULA, label=formulas.shown(text), absent=absent, formula=text)


def fits(kind: Kind, metric: Metric) -> bool:
    """Whether the metric gives the kind of value that the target asks for."""
    return metric.kind in FITS.get(kind, frozenset())


def takes_formula(kind: Kind) -> bool:
    """Whether the target is a number that can be calculated."""
    return kind in (Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.RELATIVE, Kind.MONEY_RATE, Kind.RANGE, Kind.ZERO)


def metric_options(kind: Kind, features: Sequence[Feature]) -> list[tuple[str, str, str]]:
    """(name|part, words, feature) of every figure that fits the target, as a whole and by its parts."""
    found = []
    for feature in features:
        for metric in feature.publishes:
            if fits(kind, metric) and metric.name not in OWN.values():
                parts = metric.scopes().values() if metric.scopes else ()
                named = [("", str(metric.label)), *((part, f"{metric.label} · {part}") for part in parts)]
                found += [(f"{metric.name}|{part}", words, str(feature.label)) for part, words in named]
    return found


def suggestion(indicator: Indicator) -> dict[str, Any] | None:
    """The proposed binding of a published row, by project code and row; a person may always bind it otherwise."""
    return _suggestions().get(indicator.programme.code, {}).get(str(indicator.row))


def _suggestions() -> Mapping[str, Mapping[str, dict[str, Any]]]:
    loaded: Mapping[str, Mapping[str, dict[str, Any]]] = json.loads(SUGGESTED.read_text(encoding="utf-8"))
    return loaded
