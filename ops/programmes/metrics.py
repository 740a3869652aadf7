"""What is paid for the programmes. A reversed payment does not count."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from ..core.db import db
from ..indicators.metric import Kind, Metric, Watch, counting
from .models import Payee, PayeeKind, Payment, PaymentReversal, Programme, Source
from .permissions import Permission


def programme_names() -> Mapping[int, str]:
    return {each.id: each.name for each in db.session.execute(select(Programme.id, Programme.name))}


def paid() -> Select[Any]:
    """Each payment, on its day, in yuan."""
    return _standing(part=Payment.amount)


def paid_from(source: Source) -> Callable[[], Select[Any]]:
    """The payments out of one source."""
    return lambda: paid().where(Payment.source == source)


def last_payment() -> Select[Any]:
    return _standing()


def persons_paid() -> Select[Any]:
    """The persons who were paid, each once however often."""
    return _standing(member=Payment.payee_id).where(Payee.kind == PayeeKind.PERSON)


def _standing(**counted: Any) -> Select[Any]:
    label = Payment.voucher + " " + Payee.name
    rows = counting(
        record_id=Payment.id, day=Payment.paid_on, label=label, scope=Payment.programme_id, **counted
    ).select_from(Payment)
    rows = rows.join(Payee, Payee.id == Payment.payee_id)
    return rows.outerjoin(PaymentReversal).where(PaymentReversal.payment_id.is_(None))


WATCHES = (Watch(Payment, ("paid_on",)), Watch(PaymentReversal, ("day",)))
COMMON: dict[str, Any] = {
    "watches": WATCHES,
    "needs": Permission.FIGURE_READ,
    "record": "programmes.payment",
    "scopes": programme_names,
}
METRICS = (
    Metric(
        name="programmes.paid", kind=Kind.AMOUNT, unit=_l("yuan"), places=2, select=paid,
        label=_l("Paid for programmes"),
        definition=_l("Payments that were not reversed, on the day they were paid, from all sources."), **COMMON,
    ),
    Metric(
        name="programmes.paid_carried_over", kind=Kind.AMOUNT, unit=_l("yuan"), places=2,
        select=paid_from(Source.CARRIED_OVER), label=_l("Paid out of funds carried over"),
        definition=_l("Payments that were not reversed, out of funds carried over from last year."), **COMMON,
    ),
    Metric(
        name="programmes.paid_other", kind=Kind.AMOUNT, unit=_l("yuan"), places=2, select=paid_from(Source.OTHER),
        label=_l("Paid out of other funds"),
        definition=_l("Payments that were not reversed, out of other than fiscal funds."), **COMMON,
    ),
    Metric(
        name="programmes.last_payment", kind=Kind.LATEST, unit="", select=last_payment, label=_l("Last payment"),
        definition=_l("The last day in the period on which something was paid."), **COMMON,
    ),
    Metric(
        name="programmes.persons_paid", kind=Kind.DISTINCT, unit=_l("persons"), select=persons_paid,
        label=_l("Persons paid"),
        definition=_l("Different persons who were paid, each counted once; reversed payments do not count."), **COMMON,
    ),
)  # fmt: skip
