"""Readings and what keeps them honest: stale days, closings, adjustments, manual figures."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, Fixed
from ..core.period import Period


class Reading(Base):
    """数: what a metric came to on one day in one scope.

    `members`: for distinct metrics the day's members as a bit set (bit n = member n); any period is one OR away.
    """

    __tablename__ = "reading"
    tracked = False

    metric: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    scope: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[Decimal] = mapped_column(Fixed(4))
    whole: Mapped[Decimal] = mapped_column(Fixed(4))
    records: Mapped[int]
    members: Mapped[bytes | None] = mapped_column(LargeBinary)


class DayDigest(Base):
    """日依据摘要: SHA-256 over the records that a metric counts on one day in one scope (0: in all of them).

    Made before a period is closed, thrown away with the day's reading; so that a closing need not read every record.
    """

    __tablename__ = "day_digest"
    tracked = False

    metric: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    scope: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]


class StaleDay(Base):
    """待重算: a write touched this day of this metric. Only appended, so that writers never wait for each other."""

    __tablename__ = "stale_day"
    __table_args__ = (Index("ix_stale_day_metric_day", "metric", "day"), {"sqlite_autoincrement": True})
    tracked = False

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    metric: Mapped[str]
    day: Mapped[date]


class MetricFingerprint(Base):
    """口径指纹: by which SELECT the readings of a metric were counted."""

    __tablename__ = "metric_fingerprint"
    tracked = False

    metric: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]


ROLLUP, CLOSING = 1, 2


class RollupTurn(Base):
    """Two rows to queue at.

    ROLLUP is held while readings are replaced, so that an older count never overwrites a newer one;
    CLOSING is held alone while a period is closed, and shared by every counted write.
    """

    __tablename__ = "rollup_turn"
    tracked = False

    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Closing(Base):
    """结账: a period whose figures are reported and no longer move; `number` tells a second closing from the first."""

    __tablename__ = "closing"
    __table_args__ = (UniqueConstraint("first", "last", "number"), CheckConstraint("first <= last", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date]
    number: Mapped[int] = mapped_column(default=1)
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]
    reopening: Mapped["Reopening | None"] = relationship(lazy="joined")

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)


class Reopening(Base):
    """反结账: the period is open again, with who and why; what was reported stays, and is still told apart from now."""

    __tablename__ = "reopening"

    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class ClosedFigure(Base):
    """已报数: a metric's figure as reported, with the hash of the evidence behind it."""

    __tablename__ = "closed_figure"
    tracked = False

    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[Decimal] = mapped_column(Fixed(4))
    whole: Mapped[Decimal] = mapped_column(Fixed(4))
    records: Mapped[int]
    evidence_hash: Mapped[str]


class Adjustment(Base):
    """调整: a signed change to a closed figure, with its reason and author. Never edited."""

    __tablename__ = "adjustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), index=True)
    metric: Mapped[str]
    scope: Mapped[int]
    part: Mapped[Decimal] = mapped_column(Fixed(4))
    whole: Mapped[Decimal] = mapped_column(Fixed(4))
    records: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class LateDecision(Base):
    """期后变更: a decision that a closed report rests on (a binding, a figure by hand) was changed afterwards, and why.

    `record` is table:id; `words` says what it is.
    """

    __tablename__ = "late_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), index=True)
    record: Mapped[str]
    words: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class ManualFigure(Base):
    """填报数: a figure no feature counts yet, entered by a person with the reason and, where demanded, a proof.

    A later entry for the same key and period replaces it in reports; the earlier one stays.
    """

    __tablename__ = "manual_figure"
    __table_args__ = (Index("ix_manual_figure_key_first_last", "key", "first", "last"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Fixed(4))
    words: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
