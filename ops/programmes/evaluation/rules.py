"""May this be graded so, weighed so. Pure verdicts on values."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .scoring import band_points
from .scoring_values import Grade, ScoringSettings
from .weights import printed_weight

Levels = Sequence[tuple[str, str]]  # level 1 and 2 of each row


def check_points(grade: Grade, points: Decimal, weight: Decimal, settings: ScoringSettings) -> None:
    """The points lie in the band of the grade (财预〔2020〕10号, three bands)."""
    band = next(each for each in settings.qualitative_bands.value if each.name == grade)
    if not weight or not band.holds(points / weight):
        lower, upper = band_points(grade, weight, settings)
        message = _l(
            "This grade allows from %(lower)s to %(upper)s points.", lower=f"{lower:.2f}", upper=f"{upper:.2f}"
        )
        raise Rejected(message, "points")


def check_weights(levels: Levels, weights: Sequence[Decimal], execution: Decimal) -> None:
    """Every weight counts, level 3 sums to what level 2 and 1 print, and all of them with the execution to 100."""
    for number, weight in enumerate(weights, 1):
        if weight <= 0:
            raise Rejected(_l("A weight is more than nought."), f"weight{number}")
    total, due = sum(weights, Decimal(0)), 100 - execution
    if total != due:
        message = _l(
            "The weights of the indicators add up to %(given)s instead of %(due)s.", given=f"{total:f}", due=f"{due:f}"
        )
        raise Rejected(message, "weight1")
    for name, number, printed, found in level_gaps(levels, weights):
        message = _l(
            "%(level)s: the rows add up to %(given)s instead of %(due)s.",
            level=name,
            given=f"{found:f}",
            due=f"{printed:f}",
        )
        raise Rejected(message, f"weight{number}")


def level_gaps(levels: Levels, weights: Sequence[Decimal]) -> list[tuple[str, int, Decimal, Decimal]]:
    """(level, its first row, printed weight, sum of its rows) where its rows do not give what a level prints."""
    rows = list(zip(levels, weights, range(1, len(weights) + 1), strict=True))
    found = []
    for key in (_first, _both):
        for name, group in groupby(rows, key):
            members = list(group)
            printed, total = printed_weight(name[-1]), sum((each[1] for each in members), Decimal(0))
            if printed is not None and printed != total:
                found.append((name[-1], members[0][2], printed, total))
    return found


Weighed = tuple[tuple[str, str], Decimal, int]


def _first(row: Weighed) -> tuple[str, ...]:
    return row[0][:1]


def _both(row: Weighed) -> tuple[str, ...]:
    return row[0]


def check_because(because: str) -> None:
    if not because.strip():
        raise Rejected(_l("Say why."), "because")


def check_explained(cause: str, measure: str) -> None:
    """A miss asks for both: why, and what is done about it."""
    if not cause.strip():
        raise Rejected(_l("Say why."), "cause")
    if not measure.strip():
        raise Rejected(_l("Say what is done about it."), "measure")
