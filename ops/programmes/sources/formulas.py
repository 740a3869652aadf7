"""A formula over the figures of the ledger: which figures it names, what each came to, and the result."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...indicators import closing, readings
from ...indicators.catalogue import metrics
from ...indicators.metric import ALL, Metric
from ...indicators.metric import Kind as MetricKind
from ...indicators.models import Closing
from ...indicators.readings import Figure
from ..models import Programme
from .expression import Malformed, Node, Operand, operands, parse, result, written
from .scopes import scope_called

MALFORMED = {
    "too_long": _l("The formula is longer than 500 characters."),
    "too_deep": _l("Too many brackets lie in each other."),
    "sign_unknown": _l("“%(found)s” (character %(place)s) is not understood. Figures stand in square brackets."),
    "left_over": _l("A sign is missing before “%(found)s” (character %(place)s)."),
    "ends_early": _l("The formula ends where a figure or a number should follow."),
    "operand_missing": _l("A figure or a number is missing before “%(found)s” (character %(place)s)."),
    "bracket_open": _l("The bracket opened at character %(place)s is not closed."),
}
NUMBERS = frozenset({MetricKind.COUNT, MetricKind.AMOUNT, MetricKind.RATIO, MetricKind.DISTINCT, MetricKind.LEVEL})


@dataclass(frozen=True)
class Term:
    """A figure of a formula with its part: the metric and the scope that they lead to."""

    metric: Metric
    scope: int
    part: str

    @property
    def label(self) -> str:
        return f"{self.metric.label} · {self.part}" if self.part else str(self.metric.label)


@dataclass(frozen=True)
class Counted:
    """A formula over a period: each figure, and the result (None where one of them has no data)."""

    figures: tuple[tuple[Term, Figure], ...]
    value: Decimal | None


def checked(text: str) -> str:
    """The formula as it is kept, every figure by its name. Raises Rejected beside `formula`."""
    node = read(text)
    if not operands(node):
        raise Rejected(_l("The formula names no figure of the ledger."), "formula")
    return written(node, lambda operand: _kept(_term(operand), operand))


def read(text: str) -> Node:
    try:
        return parse(text)
    except Malformed as error:
        place = {"found": error.found, "place": str(error.place)}
        raise Rejected(str(MALFORMED[error.code]) % place if place else "", "formula") from None


def shown(text: str) -> str:
    """With the labels of the figures; a figure that is gone stands by its name."""
    return written(parse(text), lambda operand: f"[{_label(operand)}]")


def missing(text: str) -> str:
    """The first figure that the formula names and that is not there; "" when all are."""
    for operand in operands(parse(text)):
        try:
            _term(operand)
        except Rejected:
            return f"{operand.name} {operand.part}".strip()
    return ""


def terms(text: str) -> list[Term]:
    """The figures that the formula names. Raises Rejected when one is gone."""
    return [_term(operand) for operand in operands(parse(text))]


def of_figures(text: str, figure: Callable[[str, int], Figure]) -> Decimal | None:
    """The result over whichever period `figure` (metric, scope) is of."""
    return result(parse(text), lambda operand: _number(figure(_term(operand).metric.name, _term(operand).scope)))


def count(text: str, programme: Programme, closed: Closing | None) -> Counted:
    """Over the programme's year: as reported where it is closed. Ratios count as shares: 95 % is 0.95."""
    node = parse(text)
    terms = {operand: _term(operand) for operand in operands(node)}
    figures = {operand: _figure(term, programme, closed) for operand, term in terms.items()}
    value = result(node, lambda operand: _number(figures[operand]))
    return Counted(tuple((terms[each], figures[each]) for each in terms), value)


def _figure(term: Term, programme: Programme, closed: Closing | None) -> Figure:
    kept = closing.reported(closed, term.metric.name, term.scope) if closed else None
    return kept or readings.read(term.metric.name, programme.period, term.scope)


def _number(figure: Figure) -> Decimal | None:
    return figure.value / 100 if figure.value is not None and figure.metric.kind is MetricKind.RATIO else figure.value


def _term(operand: Operand) -> Term:
    found = [m for m in metrics().values() if operand.name in (m.name, str(m.label)) and m.kind in NUMBERS]
    if len(found) != 1:
        raise Rejected(_l("There is no figure called “%(name)s”.", name=operand.name), "formula")
    scope = scope_called(found[0], operand.part) if operand.part else ALL
    if scope is None:
        words = _l("“%(figure)s” has no part called “%(part)s”.", figure=found[0].label, part=operand.part)
        raise Rejected(words, "formula")
    return Term(found[0], scope, operand.part)


def _kept(term: Term, operand: Operand) -> str:
    return f"[{term.metric.name}|{operand.part}]" if operand.part else f"[{term.metric.name}]"


def _label(operand: Operand) -> str:
    metric = metrics().get(operand.name)
    name = str(metric.label) if metric else operand.name
    return f"{name} · {operand.part}" if operand.part else name
