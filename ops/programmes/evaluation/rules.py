"""May this be graded so. Pure verdicts on values."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .scoring import band_points
from .scoring_settings import Grade, ScoringSettings


def check_points(grade: Grade, points: Decimal, weight: Decimal, settings: ScoringSettings) -> None:
    """The points lie in the band of the grade (财预〔2020〕10号, three bands)."""
    band = next(each for each in settings.qualitative_bands.value if each.name == grade)
    if not weight or not band.holds(points / weight):
        lower, upper = band_points(grade, weight, settings)
        message = _l(
            "This grade allows from %(lower)s to %(upper)s points.", lower=f"{lower:.2f}", upper=f"{upper:.2f}"
        )
        raise Rejected(message, "points")
