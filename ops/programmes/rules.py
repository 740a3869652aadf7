"""May this be paid, may the budget be changed. Pure verdicts on values."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from .models import Payment


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
