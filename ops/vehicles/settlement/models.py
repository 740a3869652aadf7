"""What a unit says of its trips, what a trip costs it, and the monthly statements; frozen rows, corrected by rows."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ..sourced import Sourced


class CarClass(StrEnum):
    """车型: by seats."""

    SEDAN = "sedan"
    VAN = "van"
    MINIBUS = "minibus"
    COACH = "coach"


class Method(StrEnum):
    """计价方式."""

    DAY_HIRE = "day_hire"
    BY_KM = "by_km"


class StatementState(StrEnum):
    ISSUED = "issued"
    OBJECTED = "objected"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"


CAR_CLASSES = {
    CarClass.SEDAN: _l("Small car"),
    CarClass.VAN: _l("Business van"),
    CarClass.MINIBUS: _l("Minibus"),
    CarClass.COACH: _l("Coach"),
}
METHODS = {Method.DAY_HIRE: _l("Day hire and overrun"), Method.BY_KM: _l("By kilometre")}
STATEMENT_STATES = {
    StatementState.ISSUED: ("waiting", _l("waiting for the unit")),
    StatementState.OBJECTED: ("late", _l("the unit objects")),
    StatementState.CORRECTED: ("waiting", _l("corrected, waiting for the unit")),
    StatementState.CONFIRMED: ("done", _l("confirmed by the unit")),
}


class KilometreCheck(Base):
    """里程确认: the unit agrees to the kilometres of its trip, or objects; the latest one counts."""

    __tablename__ = "kilometre_check"
    __table_args__ = (UniqueConstraint("request_id", "number"), Index("ix_kilometre_check_agreed", "agreed"))

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"))
    number: Mapped[int]
    agreed: Mapped[bool]
    kilometres: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    answer: Mapped["KilometreAnswer | None"] = relationship(lazy="joined")


class KilometreAnswer(Base):
    """里程异议答复: what the section found on the unit's objection, once; the unit then looks again."""

    __tablename__ = "kilometre_answer"

    check_id: Mapped[int] = mapped_column(ForeignKey("kilometre_check.id"), primary_key=True)
    kilometres: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class TripRating(Base):
    """用车评价: one to five stars, once; `day` is the day of return."""

    __tablename__ = "trip_rating"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars_range"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    stars: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class Tariff(Sourced, Base):
    """结算标准: what a class of car costs from `valid_from` on, in yuan.

    DAY_HIRE: `day_price` with `base_km` and `base_hours` a day, then `km_price` and `hour_price`.
    BY_KM: `km_price` up to `far_from` kilometres, `far_price` beyond, and at least `least_km`.
    """

    __tablename__ = "tariff"
    __table_args__ = (UniqueConstraint("car_class", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    car_class: Mapped[str]
    method: Mapped[str]
    day_price: Mapped[Decimal] = mapped_column(Fixed(2), default=Decimal(0))
    base_km: Mapped[int] = mapped_column(default=0)
    base_hours: Mapped[int] = mapped_column(default=0)
    km_price: Mapped[Decimal] = mapped_column(Fixed(2))
    hour_price: Mapped[Decimal] = mapped_column(Fixed(2), default=Decimal(0))
    far_from: Mapped[int] = mapped_column(default=0)
    far_price: Mapped[Decimal] = mapped_column(Fixed(2), default=Decimal(0))
    least_km: Mapped[int] = mapped_column(default=0)


class Statement(Base):
    """结算单: a unit's trips up to the end of a month that no statement held before."""

    __tablename__ = "trip_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    first: Mapped[date] = mapped_column(index=True)
    last: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lines: Mapped[list["StatementLine"]] = relationship(order_by="StatementLine.id", lazy="selectin")
    verdicts: Mapped[list["StatementVerdict"]] = relationship(order_by="StatementVerdict.number", lazy="selectin")

    @property
    def no(self) -> str:
        return f"{self.first:%Y%m}-{self.id:05}"

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def state(self) -> StatementState:
        if not self.verdicts:
            return StatementState.ISSUED
        if self.verdicts[-1].agreed:
            return StatementState.CONFIRMED
        answered = any(line.answers == self.verdicts[-1].number for line in self.lines)
        return StatementState.CORRECTED if answered else StatementState.OBJECTED

    @property
    def mark(self) -> str:
        return f"{self.state}-{len(self.lines)}-{len(self.verdicts)}"


class StatementLine(Base):
    """结算明细: a trip with its price as it was at the issue; or a correction, which answers an objection.

    `answers`: the number of the objection that the correction answers; None for a trip.
    """

    __tablename__ = "trip_statement_line"
    __table_args__ = (UniqueConstraint("dispatch_id", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("trip_statement.id"), index=True)
    dispatch_id: Mapped[int | None] = mapped_column(ForeignKey("dispatch.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("trip_request.id"), index=True)
    tariff_id: Mapped[int | None] = mapped_column(ForeignKey("tariff.id"))
    day: Mapped[date]
    plate: Mapped[str]
    destination: Mapped[str]
    kilometres: Mapped[int]
    minutes: Mapped[int]
    share: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    words: Mapped[str]
    answers: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[str]


class StatementVerdict(Base):
    """结算确认: the unit confirms the statement, or objects to it with the reason."""

    __tablename__ = "trip_statement_verdict"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("trip_statement.id"))
    number: Mapped[int]
    agreed: Mapped[bool]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class TripSettlement(Base):
    """结算完成: the unit has confirmed the statement that the trip stands in."""

    __tablename__ = "trip_settlement"

    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"), primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("trip_statement.id"))
    at: Mapped[datetime]
    by: Mapped[str]
