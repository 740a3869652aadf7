"""May a cost, a repair or a payment be recorded. Pure verdicts on values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import CostKind, PolicyPart
from .repair_models import Payer, RepairState, Violation

OWN_REPAIR = _l("You asked for this repair yourself: somebody else approves it.")
OWN_QUOTE = _l("You entered this quote yourself: somebody else approves it.")
OWN_APPROVAL = _l("You approved this repair yourself: somebody else enters the invoice.")
MOST_YUAN = Decimal(10_000_000)
# groups with a page of their own: a fill has litres, a policy its parts, a repair its approval
OWN_PAGE = {CostKind.ENERGY, CostKind.MAINTENANCE, CostKind.INSURANCE}
NEXT = {
    RepairState.ASKED: {RepairState.QUOTED, RepairState.REFUSED},
    RepairState.QUOTED: {RepairState.QUOTED, RepairState.APPROVED, RepairState.REFUSED},
    RepairState.APPROVED: {RepairState.QUOTED, RepairState.FINISHED},
    RepairState.FINISHED: {RepairState.QUOTED, RepairState.INVOICED},
    RepairState.REFUSED: {RepairState.QUOTED},
    RepairState.INVOICED: set[RepairState](),
}


def check_amount(amount: Decimal, field: str = "amount") -> None:
    if not 0 < amount <= MOST_YUAN:
        raise Rejected(_l("Enter an amount above 0 and up to %(most)s yuan.", most=MOST_YUAN), field)


def check_day(day: date, today: date, registered_on: date, field: str = "day") -> None:
    """Not to come yet, and not before the car was there; a car that is gone may still get a late bill."""
    if day > today:
        raise Rejected(_l("That day is still to come."), field)
    if day < registered_on:
        raise Rejected(_l("The car came on the register on %(day)s only.", day=str(registered_on)), field)


def check_reversible(is_reversal: bool, is_reversed: bool) -> None:
    if is_reversal:
        raise Rejected(_l("This row is a reversal itself. Record the cost again if it was right."))
    if is_reversed:
        raise Rejected(_l("This record is reversed already."))


def check_premiums(premiums: Mapping[PolicyPart, tuple[Decimal | None, Decimal]]) -> Decimal:
    """What the parts of a policy add up to."""
    if not premiums:
        raise Rejected(_l("Enter the premium of at least one part."), "premiums")
    for part, (_insured, premium) in premiums.items():
        check_amount(premium, f"{part}_premium")
    return sum((premium for _insured, premium in premiums.values()), Decimal(0))


def check_step(state: RepairState, to: RepairState) -> None:
    if to not in NEXT[state]:
        raise Rejected(_l("The repair has moved on since the page was opened. Look again."))


def needs_decision(amount: Decimal, limit: Decimal | None) -> bool:
    """Above the limit in force a repair is decided together."""
    return limit is not None and amount > limit


def check_approval(amount: Decimal, limit: Decimal | None, decision: str) -> None:
    """Above the limit the paper of the collective decision is named."""
    if needs_decision(amount, limit) and not decision:
        message = _l(
            "%(amount)s yuan is above %(limit)s: name the paper of the collective decision.",
            amount=amount,
            limit=limit,
        )
        raise Rejected(message, "decision")


def check_invoice(amount: Decimal, approved: Decimal | None) -> None:
    """Never more than was approved: the excess is quoted and approved first."""
    check_amount(amount)
    if approved is None or amount > approved:
        message = _l(
            "The invoice is above the %(approved)s yuan that were approved. Enter a new quote with the reason and have "
            "it approved first.",
            approved=approved or 0,
        )
        raise Rejected(message, "amount")


def check_unpaid(violation: Violation) -> None:
    if violation.payment or violation.void:
        raise Rejected(_l("This violation is paid or void already."))


def check_counts(violation: Violation) -> None:
    if violation.void:
        raise Rejected(_l("This record is void already."))


def check_payer(payer: str) -> None:
    """A fine is the fault of who drove; public money never pays it."""
    if payer == Payer.PUBLIC:
        raise Rejected(
            _l("A fine is paid by whoever was at fault and never from public money. Have it paid back first."), "payer"
        )
