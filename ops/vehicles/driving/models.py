"""What the driver's phone sends beside the dial, and the reminders of late returns."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, Fixed


class ExpenseKind(StrEnum):
    TOLL = "toll"
    PARKING = "parking"
    FUEL = "fuel"
    OTHER = "other"


EXPENSES = {
    ExpenseKind.TOLL: _l("Toll"),
    ExpenseKind.PARKING: _l("Parking"),
    ExpenseKind.FUEL: _l("Fuel on the way"),
    ExpenseKind.OTHER: _l("Other expense"),
}


NOT_CHECKED = _l("telephone not verified")


class TripExpense(Base):
    """途中费用: what the driver paid on the way; only fuel has litres. It is taken over into the costs.

    They are read by joining `dispatch` (its car, its request); `at` is when it was paid, as the driver pressed or typed
    it.
    """

    __tablename__ = "trip_expense"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), index=True)
    kind: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    litres: Mapped[Decimal | None] = mapped_column(Fixed(2))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]


class DialPhoto(Base):
    """里程表照片: the dial at the start or the end of a trip; `source` is the odometer's word for the occasion."""

    __tablename__ = "dial_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), index=True)
    source: Mapped[str]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]


class KilometreSignature(Base):
    """用车人确认里程: the user of the car enters name and the end of his telephone number on the driver's phone.

    `is_checked`: the digits were held against the telephone in the request; without one there is nothing to check.
    """

    __tablename__ = "kilometre_signature"

    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), primary_key=True)
    name: Mapped[str]
    phone_tail: Mapped[str]
    is_checked: Mapped[bool] = mapped_column(default=False, server_default=false())
    kilometres: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]

    @property
    def remark(self) -> object:
        """What whoever reads it has to know of it."""
        return "" if self.is_checked else NOT_CHECKED

    @property
    def words(self) -> str:
        """As it stands with the unit's confirmations."""
        return f"{self.name} ****{self.phone_tail}"


class SentOnce(Base):
    """已收到: a deed of a phone's outbox by its key; the same key again changes nothing."""

    __tablename__ = "sent_once"

    key: Mapped[str] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class OverdueReminder(Base):
    """超时提醒: somebody was told that a car is not back; once for each time it was to be back."""

    __tablename__ = "overdue_reminder"
    __table_args__ = (UniqueConstraint("dispatch_id", "whom", "due_at", name="uq_overdue_reminder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"))
    whom: Mapped[str]
    due_at: Mapped[datetime]
    at: Mapped[datetime]
