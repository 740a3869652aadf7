"""The verbs: pay, reverse, change the budget; bind, define."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from ..indicators.catalogue import metrics
from . import queries, rules
from .binding import OWN, fits, suggestion, takes_formula
from .models import (
    Binds,
    BudgetChange,
    Definition,
    Indicator,
    IndicatorBinding,
    Payee,
    Payment,
    PaymentReversal,
    Programme,
    Source,
)
from .sources import formulas
from .targets.stored import target_of


def pay(
    programme: Programme,
    paid_on: date,
    amount: Decimal,
    source: str,
    payee_kind: str,
    payee: str,
    voucher: str,
    note: str,
    by: Actor,
) -> Payment:
    """Record a payment (支付), in yuan. A voucher number is used once in a programme."""
    hold(Programme, programme.id)
    rules.check_payment(paid_on, amount, programme.year, clock.today())
    rules.check_voucher_free(db.session.scalar(queries.payments(programme).where(Payment.voucher == voucher.strip())))
    row = Payment(programme_id=programme.id, paid_on=paid_on, amount=amount, source=Source(source))
    row.payee_id, row.voucher, row.note = payee_called(payee_kind, payee.strip()).id, voucher.strip(), note.strip()
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.payment.made", row, by)
    return row


def payee_called(kind: str, name: str) -> Payee:
    found = db.session.scalar(select(Payee).where(Payee.kind == kind, Payee.name == name))
    if found is None:
        found = Payee(kind=kind, name=name)
        db.session.add(found)
        db.session.flush()
    return found


def reverse(payment: Payment, reason_given: str, by: Actor) -> PaymentReversal:
    """The payment no longer counts (冲销); it stays on record."""
    hold(Programme, payment.programme_id)
    hold(Payment, payment.id)
    rules.check_reversible(payment)
    row = PaymentReversal(payment_id=payment.id, day=payment.paid_on, reason=reason_given.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.payment.reversed", payment, by)
    return row


def change_budget(
    programme: Programme,
    decided_on: date,
    source: str,
    amount: Decimal,
    document: str,
    by: Actor,
    reason_given: str = "",
) -> BudgetChange:
    """Add to the budget of the year, or take off it (预算调整), in yuan; in force from the day it is decided on."""
    hold(Programme, programme.id)
    rules.check_change(decided_on, amount, queries.full_budget(programme), programme.year)
    row = BudgetChange(programme_id=programme.id, decided_on=decided_on, source=Source(source), amount=amount)
    row.document, row.reason, row.at, row.by = document.strip(), reason_given.strip(), clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.budget.changed", row, by)
    return row


def bind(
    indicator: Indicator, binds: str, figure: str | None, witness: str | None, by: Actor, formula: str = ""
) -> IndicatorBinding:
    """Say where the indicator's actual comes from. `figure` is `metric|part`; the part may be blank."""
    kind = Binds(binds)
    if kind is Binds.FORMULA:
        return _bind(indicator, kind, None, None, None, by, _checked_formula(indicator, formula))
    name, _bar, part = (figure or "").partition("|")
    _check_fits(indicator, kind, OWN.get(kind, name))
    own = kind is Binds.METRIC
    return _bind(indicator, kind, name if own else None, part if own else None, (witness or None) if own else None, by)


def bind_as_suggested(programme: Programme, by: Actor) -> int:
    """Bind the rows that nobody has bound yet as proposed for this project; gives how many."""
    hold(Programme, programme.id)
    bound, made = queries.bindings(programme), 0
    for indicator in programme.indicators:
        proposed = suggestion(indicator)
        if proposed and indicator.id not in bound:
            kind, metric = Binds(proposed["binds"]), proposed.get("metric")
            _bind(indicator, kind, metric, proposed.get("scope_label"), proposed.get("witness"), by)
            made += 1
    return made


def define(indicator: Indicator, text: str, by: Actor) -> Definition:
    """Settle what the indicator counts (指标口径)."""
    row = Definition(indicator_id=indicator.id, text=text.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.indicator.defined", row, by)
    return row


def _check_fits(indicator: Indicator, kind: Binds, name: str) -> None:
    if kind is Binds.MANUAL:
        return
    if name not in metrics():
        raise Rejected(_l("Choose a figure."), "figure")
    target = target_of(indicator)
    if not fits(target.kind, metrics()[name]):
        label = metrics()[name].label
        message = _l("“%(figure)s” is not of the kind that “%(target)s” asks for.", figure=label, target=target.text)
        raise Rejected(message, "figure" if kind is Binds.METRIC else "binds")


def _checked_formula(indicator: Indicator, formula: str) -> str:
    target = target_of(indicator)
    if not takes_formula(target.kind):
        raise Rejected(_l("“%(target)s” is not a number; a formula cannot reach it.", target=target.text), "binds")
    return formulas.checked(formula)


def _bind(
    indicator: Indicator,
    kind: Binds,
    metric: str | None,
    part: str | None,
    witness: str | None,
    by: Actor,
    formula: str | None = None,
) -> IndicatorBinding:
    row = IndicatorBinding(indicator_id=indicator.id, binds=kind, metric=metric, scope_label=part or None)
    row.formula = formula
    row.witness, row.at, row.by = witness, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.indicator.bound", row, by)
    return row
