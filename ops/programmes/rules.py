"""May this be paid, bound, judged. Pure verdicts on values."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from .models import Payment
from .scoring import band_points
from .scoring_settings import Grade, ScoringSettings


def check_payment(paid_on: date, amount: Decimal, year: int, today: date) -> None:
    if paid_on.year != year:
        raise Rejected(_l("The programme is of %(year)s; the payment must lie in that year.", year=year), "paid_on")
    if paid_on > today:
        raise Rejected(_l("A payment is recorded when it is made, not before."), "paid_on")
    if amount <= 0:
        raise Rejected(_l("The amount must be more than zero."), "amount")


def check_voucher_free(taken: Payment | None) -> None:
    if taken:
        message = _l(
            "Voucher %(voucher)s is recorded already, on %(day)s.", voucher=taken.voucher, day=str(taken.paid_on)
        )
        raise Rejected(message, "voucher")


def check_reversible(payment: Payment) -> None:
    if payment.reversal:
        raise Rejected(_l("This payment was reversed already."))


def check_change(decided_on: date, change: Decimal, budget: Decimal, year: int) -> None:
    """The full-year budget does not fall to nothing."""
    if decided_on.year != year:
        raise Rejected(_l("The change must lie in the budget year %(year)s.", year=year), "decided_on")
    if change == 0:
        raise Rejected(_l("Enter by how much the budget changes."), "amount")
    if budget + change <= 0:
        raise Rejected(_l("The full-year budget would be %(left)s yuan.", left=f"{budget + change:,}"), "amount")


def check_points(grade: Grade, points: Decimal, weight: Decimal, settings: ScoringSettings) -> None:
    """The points lie in the band of the grade (财预〔2020〕10号, three bands)."""
    band = next(each for each in settings.qualitative_bands.value if each.name == grade)
    if not weight or not band.holds(points / weight):
        lower, upper = band_points(grade, weight, settings)
        message = _l(
            "This grade allows from %(lower)s to %(upper)s points.", lower=f"{lower:.2f}", upper=f"{upper:.2f}"
        )
        raise Rejected(message, "points")
