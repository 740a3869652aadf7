"""The verbs of the money: keep and take in a file of payments, assign a held one or set it aside."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...core.files import Attachment
from ...core.sheets import upload_bytes
from ...indicators import stale
from .. import rules, service
from ..models import Payment, Programme
from ..uploads import Purpose, hand_in
from . import payment_sheet, queries
from .judging import Judged, Verdict, judge
from .models import HeldDecision, HeldPayment, PaymentFault, PaymentFile


def keep(file: FileStorage, by: Actor) -> Attachment:
    """Keep an uploaded list of payments that can be read, so that its preview can be looked at in peace."""
    payment_sheet.read(upload_bytes(file, "file"))
    file.stream.seek(0)
    kept = files.keep(file, "file", by)
    hand_in(kept, Purpose.PAYMENTS, by)
    audit.record("programmes.payment_file.read", kept, by)
    return kept


def take_in(kept: Attachment, by: Actor) -> PaymentFile:
    """Record the good rows, hold those of unknown codes, keep why the others go back."""
    hold(Programme, *queries.programme_ids())
    judged = judge(payment_sheet.read(kept.path.read_bytes()))
    count = Counter(each.verdict for each in judged)
    row = PaymentFile(attachment_id=kept.id, added=count[Verdict.NEW], already=count[Verdict.ALREADY])
    row.held, row.faulty, row.taken_at, row.taken_by = count[Verdict.HELD], count[Verdict.FAULT], clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    _record([each for each in judged if each.verdict is Verdict.NEW], by)
    db.session.add_all(_held(row, each) for each in judged if each.verdict is Verdict.HELD)
    faults = [each for each in judged if each.verdict is Verdict.FAULT]
    db.session.add_all(PaymentFault(file_id=row.id, line=each.line.number, reason=each.words) for each in faults)
    audit.record("programmes.payment_file.taken_in", row, by, added=row.added, held=row.held, faulty=row.faulty)
    return row


def assign(held: HeldPayment, programme_id: int, by: Actor) -> HeldDecision:
    """The held payment was for this programme: it is recorded there and counts from now on."""
    hold(Programme, programme_id)
    _hold_undecided(held)
    programme = db.session.get(Programme, programme_id)
    if programme is None:
        raise Rejected(_l("Choose one of the list."), "programme_id")
    given = held.paid_on, held.amount, held.source, held.payee_kind, held.payee, held.voucher, held.note
    try:
        payment = service.pay(programme, *given, by)
    except Rejected as refusal:
        raise Rejected(refusal.message, "programme_id") from None
    db.session.flush()
    return _decided(held, payment.id, "", by)


def set_aside(held: HeldPayment, reason_given: str, by: Actor) -> HeldDecision:
    """The held payment is none of this house's programmes."""
    _hold_undecided(held)
    return _decided(held, None, reason_given.strip(), by)


def _hold_undecided(held: HeldPayment) -> None:
    hold(HeldPayment, held.id)
    if held.decision:
        raise Rejected(_l("This payment was decided about already."))


def _decided(held: HeldPayment, payment_id: int | None, why: str, by: Actor) -> HeldDecision:
    row = HeldDecision(held_id=held.id, payment_id=payment_id, reason=why, at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.held_payment.decided", held, by)
    return row


def _record(judged: Sequence[Judged], by: Actor) -> None:
    """Bulk: the payments and their stale days."""
    rows = [_payment(each, by) for each in judged]
    if rows:
        db.session.execute(insert(Payment), rows)
        stale.touch(Payment, {row["paid_on"] for row in rows})


def _payment(judged: Judged, by: Actor) -> dict[str, Any]:
    row, programme = judged.row, judged.programme
    if row is None or programme is None:
        raise ValueError("only a row that has a programme is recorded")
    rules.check_payment(row.paid_on, row.amount, programme.year, clock.today())
    return {
        "programme_id": programme.id,
        "paid_on": row.paid_on,
        "amount": row.amount,
        "source": row.source,
        "payee_id": service.payee_called(row.payee_kind, row.payee).id,
        "voucher": row.voucher,
        "note": row.note,
        "at": clock.now(),
        "by": by.name,
    }


def _held(file: PaymentFile, judged: Judged) -> HeldPayment:
    row = judged.row
    if row is None:
        raise ValueError("a row that cannot be read is not held")
    held = HeldPayment(file_id=file.id, code=row.code, name=row.name, paid_on=row.paid_on, amount=row.amount)
    held.source, held.payee_kind, held.payee = row.source, row.payee_kind, row.payee
    held.voucher, held.note = row.voucher, row.note
    return held
