"""Programmes with their targets, what is paid for them, and what people decided about them.

Decisions (bindings, definitions) are only ever added: the newest counts, the earlier stay.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core import period
from ..core.db import Base, Fixed
from ..indicators.metric import ALL
from .money import in_yuan
from .targets.models import DutyGoal, SettledTarget
from .targets.numerals import amount


class TableKind(StrEnum):
    """Whose targets a table holds: of one budget project, or of the department as a whole (部门整体绩效)."""

    PROJECT = "project"
    DEPARTMENT = "department"


class Spending(StrEnum):
    """部门整体支出 by its nature."""

    BASIC = "basic"
    PROJECTS = "projects"


class Source(StrEnum):
    """资金来源, as the self-evaluation form lists them."""

    FISCAL = "fiscal"
    CARRIED_OVER = "carried_over"
    OTHER = "other"


class Binds(StrEnum):
    """Where an indicator's actual comes from."""

    METRIC = "metric"
    PAYMENTS = "payments"
    PAYMENT_DATE = "payment_date"
    PERSONS_PAID = "persons_paid"
    FORMULA = "formula"
    MANUAL = "manual"


class PayeeKind(StrEnum):
    """收款方类别."""

    UNIT = "unit"
    FIRM = "firm"
    PERSON = "person"


SOURCE_LABELS = {
    Source.FISCAL: _l("This year's fiscal funds"),
    Source.CARRIED_OVER: _l("Carried over from last year"),
    Source.OTHER: _l("Other funds"),
}
PAYEE_LABELS = {PayeeKind.UNIT: _l("Public body"), PayeeKind.FIRM: _l("Firm"), PayeeKind.PERSON: _l("Person")}
BINDS_LABELS = {
    Binds.METRIC: _l("A figure of the ledger"),
    Binds.PAYMENTS: _l("The amount paid"),
    Binds.PAYMENT_DATE: _l("The day of the last payment"),
    Binds.PERSONS_PAID: _l("The persons paid"),
    Binds.FORMULA: _l("A formula of figures"),
    Binds.MANUAL: _l("Entered by hand with a proof"),
}


class Programme(Base):
    """项目 (预算项目): one target table of one budget year, its texts kept as they stand in the form.

    The department's own table of the year is of another `kind`; its money is what its projects and `BasicExpenditure`
    come to, so its own texts of money stay blank.
    """

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("year", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    code: Mapped[str]
    kind: Mapped[str] = mapped_column(default=TableKind.PROJECT, server_default=TableKind.PROJECT)
    name: Mapped[str]
    seq: Mapped[int]
    title: Mapped[str]
    bookmark: Mapped[str | None]
    part: Mapped[str]
    unit_line: Mapped[str]
    amount_unit: Mapped[str]
    total_text: Mapped[str]
    fiscal_text: Mapped[str | None]
    other_text: Mapped[str | None]
    fund_use: Mapped[str] = mapped_column(Text)
    goals: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    points: Mapped[list["FundingPoint"]] = relationship(
        order_by="FundingPoint.number", lazy="selectin", cascade="all, delete-orphan"
    )
    indicators: Mapped[list["Indicator"]] = relationship(
        primaryjoin="and_(Programme.id == Indicator.programme_id, Indicator.row > 0)",
        order_by="Indicator.row",
        lazy="selectin",
        back_populates="programme",
    )
    duties: Mapped[list[DutyGoal]] = relationship(DutyGoal, order_by=DutyGoal.position, cascade="all, delete-orphan")

    @property
    def is_department(self) -> bool:
        return self.kind == TableKind.DEPARTMENT

    @property
    def scope(self) -> int:
        """The part of what is paid that is its own: the department's is all of it."""
        return ALL if self.is_department else self.id

    @property
    def period(self) -> period.Period:
        return period.year(self.year)

    @property
    def unit_name(self) -> str:
        return self.unit_line.lstrip("0123456789")

    def initial(self, source: Source | None = None) -> Decimal | None:
        """年初预算数 in yuan, of one source or in all; None where the form is blank."""
        texts = {Source.FISCAL: self.fiscal_text, Source.OTHER: self.other_text, None: self.total_text}
        number = amount(texts.get(source) or "")
        return None if number is None else in_yuan(number, self.amount_unit)


class FundingPoint(Base):
    """资金支出计划: by the end of `day` this share of the budget is to be paid, in percent."""

    __tablename__ = "funding_point"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    day: Mapped[date]
    percent_text: Mapped[str]
    percent: Mapped[Decimal] = mapped_column(Fixed(4))


class Indicator(Base):
    """绩效指标: a row of the target table; its value is kept as text and read anew each time.

    `doubts` are codes about its place in the file that it came from.
    """

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("programme_id", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    row: Mapped[int]
    level1: Mapped[str]
    level2: Mapped[str]
    level3: Mapped[str]
    description: Mapped[str] = mapped_column(Text)
    value_text: Mapped[str]
    basis: Mapped[str]
    weight: Mapped[Decimal] = mapped_column(Fixed(2))
    sign_text: Mapped[str] = mapped_column(default="")
    unit_text: Mapped[str] = mapped_column(default="")
    duty: Mapped[str] = mapped_column(default="", server_default="")
    doubts: Mapped[str] = mapped_column(default="", server_default="")
    programme: Mapped[Programme] = relationship(back_populates="indicators")
    settled: Mapped[list[SettledTarget]] = relationship(SettledTarget, order_by=SettledTarget.id, lazy="selectin")

    @property
    def key(self) -> str:
        """Under which a figure entered by hand is kept."""
        return f"programmes.{self.programme.code}.{self.row}"


class HandedIn(Base):
    """待核文件: a file that is looked at before it is taken over."""

    __tablename__ = "handed_in"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    purpose: Mapped[str]
    user_id: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[str]


class IndicatorBinding(Base):
    """指标数据来源. `scope_label` names a part of the metric; `witness` is a metric that shows that someone looked."""

    __tablename__ = "indicator_binding"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    binds: Mapped[str]
    metric: Mapped[str | None]
    scope_label: Mapped[str | None]
    witness: Mapped[str | None]
    formula: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class Definition(Base):
    """指标口径说明: what the indicator counts, as a person settled it."""

    __tablename__ = "definition"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class Payee(Base):
    """收款方; a person by number, never by name."""

    __tablename__ = "payee"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]


class Payment(Base):
    """支付: `amount` in yuan, counted on `paid_on`."""

    __tablename__ = "payment"
    __table_args__ = (UniqueConstraint("programme_id", "voucher"), CheckConstraint("amount > 0", name="positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    paid_on: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    source: Mapped[str] = mapped_column(default=Source.FISCAL)
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"))
    voucher: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    programme: Mapped[Programme] = relationship()
    payee: Mapped[Payee] = relationship(lazy="joined")
    reversal: Mapped["PaymentReversal | None"] = relationship(lazy="selectin")


class PaymentReversal(Base):
    """冲销支付: the payment no longer counts. `day` is the day that it counted on."""

    __tablename__ = "payment_reversal"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), primary_key=True)
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class BudgetChange(Base):
    """预算调整: added to (or taken off) the budget of the year, in yuan."""

    __tablename__ = "budget_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    decided_on: Mapped[date]
    source: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    document: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    at: Mapped[datetime]
    by: Mapped[str]


class BasicExpenditure(Base):
    """基本支出 of the department's year, in yuan, as the paper beside it says; the newest row counts."""

    __tablename__ = "basic_expenditure"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    initial: Mapped[Decimal] = mapped_column(Fixed(2))
    budget: Mapped[Decimal] = mapped_column(Fixed(2))
    executed: Mapped[Decimal | None] = mapped_column(Fixed(2))
    document: Mapped[str]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
