"""The programmes' figures, counted by hand."""

from ops.programmes.models import Payee, Payment, PaymentReversal
from tests.recounts.counted import Counted, rows


def paid() -> list[Counted]:
    return [_counted(row) for row in _standing()]


def paid_carried_over() -> list[Counted]:
    return [_counted(row) for row in _standing() if row.source == "carried_over"]


def paid_other() -> list[Counted]:
    return [_counted(row) for row in _standing() if row.source == "other"]


def last_payment() -> list[Counted]:
    return [Counted(row.paid_on, scope=row.programme_id) for row in _standing()]


def persons_paid() -> list[Counted]:
    persons = {row.id for row in rows(Payee) if row.kind == "person"}
    paid = [row for row in _standing() if row.payee_id in persons]
    return [Counted(row.paid_on, scope=row.programme_id, member=row.payee_id) for row in paid]


def _counted(row: Payment) -> Counted:
    return Counted(row.paid_on, row.amount, scope=row.programme_id)


def _standing() -> list[Payment]:
    gone = {row.payment_id for row in rows(PaymentReversal)}
    return [row for row in rows(Payment) if row.id not in gone]
