"""Canteens, diners, meals and the food-safety log. Meals are never edited: they are reversed and entered anew."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, inspect, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, Fixed


class Canteen(Base):
    """机关食堂."""

    __tablename__ = "canteen"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)


class Sitting(Base):
    """餐别: a meal of the day, told by the clock from `starts` until before `ends`.

    `price` in yuan; `source` says whose rule it is.
    """

    __tablename__ = "sitting"
    __table_args__ = (CheckConstraint("ends > starts", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    starts: Mapped[time]
    ends: Mapped[time]
    price: Mapped[Decimal] = mapped_column(Fixed(2))
    source: Mapped[str]

    @property
    def label(self) -> object:
        return SITTING_LABELS[self.code]


SITTING_LABELS = {"breakfast": _l("Breakfast"), "lunch": _l("Lunch"), "dinner": _l("Dinner")}


class Terminal(Base):
    """刷卡终端: a card terminal stands in one canteen; its serials identify its swipes."""

    __tablename__ = "terminal"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"))
    canteen: Mapped[Canteen] = relationship()


class Diner(Base):
    """就餐人员: someone who may eat, called by number; `card` is the number that the terminal reads."""

    __tablename__ = "diner"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    card: Mapped[str | None] = mapped_column(unique=True)


class SubsidyGrant(Base):
    """补助对象: the diner eats in the canteen under its subsidy, from `from_on` to `to_on`, both included."""

    __tablename__ = "subsidy_grant"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="order"),
        Index("ix_subsidy_grant_diner_id_canteen_id_from_on", "diner_id", "canteen_id", "from_on", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    diner_id: Mapped[int] = mapped_column(ForeignKey("diner.id"))
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str]
    canteen: Mapped[Canteen] = relationship()
    stop: Mapped["GrantStop | None"] = relationship()

    def touched_days(self) -> Iterator[date]:
        """Every day on which the grant, as it was or as it is, decides whether a meal was subsidised.

        All days, not only those with meals: a meal that another transaction is just writing is not to be seen yet.
        """
        first, last = (inspect(self).attrs[name].history for name in ("from_on", "to_on"))
        start = min([self.from_on, *first.deleted])
        end = max([self.to_on, *last.deleted])
        return (start + timedelta(days=n) for n in range((end - start).days + 1))


class GrantStop(Base):
    """停止补助: a grant ended early; `was_to_on` is what it would have run to."""

    __tablename__ = "grant_stop"

    grant_id: Mapped[int] = mapped_column(ForeignKey("subsidy_grant.id"), primary_key=True)
    was_to_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class IntakeKind(StrEnum):
    """What a file brings."""

    MEALS = "meals"
    DINERS = "diners"


class Intake(Base):
    """批量导入: one file as it was taken in, what landed of it and what did not. `head` and the faults hand it back."""

    __tablename__ = "intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    head: Mapped[str] = mapped_column(Text)
    added: Mapped[int]
    already: Mapped[int]
    repeated: Mapped[int]
    faulty: Mapped[int]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str]


class IntakeFault(Base):
    """未入账行: a row of a file that did not land, with its line and the reason. `cells` is the row as JSON."""

    __tablename__ = "intake_fault"
    tracked = False

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"), index=True)
    line: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    cells: Mapped[str] = mapped_column(Text)


class Meal(Base):
    """就餐记录: one meal of one diner. From a terminal (`terminal_id`, `serial`, `intake_id`) or by hand (`entry`).

    Narrow on purpose, a year has 700,000. The first index answers every figure by itself; its days come in order.
    """

    __tablename__ = "meal"
    __table_args__ = (
        UniqueConstraint("terminal_id", "serial", name="uq_meal_terminal_serial"),
        Index("ix_meal_day_canteen_diner", "day", "canteen_id", "diner_id"),
        Index("ix_meal_diner_day_sitting", "diner_id", "day", "sitting_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"))
    diner_id: Mapped[int] = mapped_column(ForeignKey("diner.id"))
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    terminal_id: Mapped[int | None] = mapped_column(ForeignKey("terminal.id"))
    serial: Mapped[int | None] = mapped_column(BigInteger)
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake.id"))
    canteen: Mapped[Canteen] = relationship()
    diner: Mapped[Diner] = relationship()
    sitting: Mapped[Sitting] = relationship()
    terminal: Mapped[Terminal | None] = relationship()
    intake: Mapped[Intake | None] = relationship()
    entry: Mapped["MealEntry | None"] = relationship(foreign_keys="MealEntry.meal_id")
    reversal: Mapped["MealReversal | None"] = relationship()


class MealEntry(Base):
    """人工登记: a meal recorded by hand; with a reason a back-entry (补录), with `replaces_id` a correction (更正)."""

    __tablename__ = "meal_entry"

    meal_id: Mapped[int] = mapped_column(ForeignKey("meal.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("meal.id"), unique=True)


class MealReversal(Base):
    """冲正: the meal does not count; `day` is the meal's."""

    __tablename__ = "meal_reversal"

    meal_id: Mapped[int] = mapped_column(ForeignKey("meal.id"), primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class OpeningDay(Base):
    """计划供餐日: a day on which the canteen is to be open; what rates of days are measured against."""

    __tablename__ = "opening_day"
    __table_args__ = (UniqueConstraint("day", "canteen_id", name="uq_opening_day_day_canteen"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"))
    day: Mapped[date]
    canteen: Mapped[Canteen] = relationship()


class SafetyKind(StrEnum):
    """What the food-safety log holds: daily checks (日管控) and incidents (事故)."""

    CHECK = "check"
    INCIDENT = "incident"


STANDING_CHECK = text("kind = 'check' AND reversed_at IS NULL")


class SafetyEntry(Base):
    """食品安全台账: a daily check or an incident of a canteen on a day. No findings in a check is 零风险报告.

    Duty: 《集中用餐单位落实食品安全主体责任监督管理规定》(2025). An absent day is a finding, an all-well day a record.
    """

    __tablename__ = "safety_entry"
    __table_args__ = (
        Index(
            "uq_safety_entry_check",
            "day",
            "canteen_id",
            unique=True,
            sqlite_where=STANDING_CHECK,
            postgresql_where=STANDING_CHECK,
        ),
        Index("ix_safety_entry_day_canteen_id", "day", "canteen_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"))
    kind: Mapped[str]
    day: Mapped[date]
    findings: Mapped[str | None] = mapped_column(Text)
    measures: Mapped[str | None] = mapped_column(Text)
    people: Mapped[int | None]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
    reversed_at: Mapped[datetime | None]
    canteen: Mapped[Canteen] = relationship()
    reversal: Mapped["SafetyReversal | None"] = relationship()

    @property
    def state(self) -> tuple[str, object]:
        if self.reversed_at:
            return "closed", _l("reversed")
        if self.kind == SafetyKind.INCIDENT:
            return "late", _l("incident")
        return ("waiting", _l("findings")) if self.findings else ("done", _l("zero risk"))


class SafetyReversal(Base):
    """冲正: an entry of the log that was made in error."""

    __tablename__ = "safety_reversal"

    entry_id: Mapped[int] = mapped_column(ForeignKey("safety_entry.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
