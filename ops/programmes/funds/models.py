"""Files of payments from the finance system, and the payments whose project nobody knows yet."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment


class PaymentFile(Base):
    """支付明细文件: a file that was taken in, and what became of its rows."""

    __tablename__ = "payment_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    added: Mapped[int]
    already: Mapped[int]
    held: Mapped[int]
    faulty: Mapped[int]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")


class PaymentFault(Base):
    """退回行: a row that did not land, by its line number in the file, and why."""

    __tablename__ = "payment_fault"

    file_id: Mapped[int] = mapped_column(ForeignKey("payment_file.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)


class HeldPayment(Base):
    """待认领支付: a payment to a code that no programme has. It counts nowhere until a person assigns it."""

    __tablename__ = "held_payment"
    __table_args__ = (UniqueConstraint("code", "voucher"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("payment_file.id"))
    code: Mapped[str]
    name: Mapped[str]
    paid_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    source: Mapped[str]
    payee_kind: Mapped[str]
    payee: Mapped[str]
    voucher: Mapped[str]
    note: Mapped[str]
    decision: Mapped["HeldDecision | None"] = relationship(lazy="selectin")


class HeldDecision(Base):
    """认领: the payment that it became; without one it is none of this house's programmes, with the reason."""

    __tablename__ = "held_decision"

    held_id: Mapped[int] = mapped_column(ForeignKey("held_payment.id"), primary_key=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]
