"""May the basic expenditure be entered so. Pure verdicts on values."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected


def check_basic(initial: Decimal, budget: Decimal, executed: Decimal | None) -> None:
    if initial <= 0:
        raise Rejected(_l("The amount must be more than zero."), "initial")
    if budget <= 0:
        raise Rejected(_l("The amount must be more than zero."), "budget")
    if executed is not None and executed > budget:
        raise Rejected(_l("More cannot have been executed than the full-year budget allows."), "executed")
