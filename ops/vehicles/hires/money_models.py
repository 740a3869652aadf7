"""Invoices for hired vehicles, budgets, ratings and the monthly notice as it was published."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment
from .models import HiredTrip
from .vendor_models import HireVendor

STANDING = text("released_at IS NULL")


class HireInvoice(Base):
    """租车发票: of one vendor, its number never taken twice; covers vehicle-trips of one or several activities."""

    __tablename__ = "hire_invoice"
    __table_args__ = (UniqueConstraint("vendor_id", "number", name="uq_hire_invoice_vendor_id_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("hire_vendor.id"))
    number: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    words: Mapped[str]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    vendor: Mapped[HireVendor] = relationship(lazy="joined")
    attachment: Mapped[Attachment | None] = relationship(lazy="selectin")
    lines: Mapped[list["HireInvoiceLine"]] = relationship(order_by="HireInvoiceLine.trip_id", lazy="selectin")
    back: Mapped["HireInvoiceReturn | None"] = relationship(lazy="selectin")


class HireInvoiceLine(Base):
    """发票明细: a vehicle-trip that the invoice covers, at its fee then; free again when the invoice was given back."""

    __tablename__ = "hire_invoice_line"
    __table_args__ = (
        Index("uq_hire_invoice_line_trip_now", "trip_id", unique=True, sqlite_where=STANDING,
              postgresql_where=STANDING),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("hire_invoice.id"), index=True)
    trip_id: Mapped[int] = mapped_column(ForeignKey("hired_trip.id"))
    fee: Mapped[Decimal] = mapped_column(Fixed(2))
    released_at: Mapped[datetime | None]
    trip: Mapped[HiredTrip] = relationship(lazy="joined")


class HireInvoiceReturn(Base):
    """发票退回: given back to the vendor; its number stays taken."""

    __tablename__ = "hire_invoice_return"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("hire_invoice.id"), primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class HireBudget(Base):
    """租车预算: 元 a year for a unit, or for the centre itself (no unit); the latest row of a year stands."""

    __tablename__ = "hire_budget"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    year: Mapped[int] = mapped_column(index=True)
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    source: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class HireRating(Base):
    """租车评价: one to five stars from the unit, once for each activity."""

    __tablename__ = "hire_rating"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five"),)

    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), primary_key=True)
    day: Mapped[date]
    stars: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class HireNotice(Base):
    """租车公示: a month as it was published; published anew, the latest row stands."""

    __tablename__ = "hire_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(index=True)
    activities: Mapped[int]
    trips: Mapped[int]
    cost: Mapped[Decimal] = mapped_column(Fixed(2))
    at: Mapped[datetime]
    by: Mapped[str]
