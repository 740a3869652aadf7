"""What people decide when they monitor. Only ever added: the newest counts, a version that was handed in stays."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ..models import Programme


class MonitoringSetting(Base):
    """监控规则: a value of a rule with its source, in force from a day until a later one of the same name."""

    __tablename__ = "monitoring_setting"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    value: Mapped[str]
    document: Mapped[str]
    clause: Mapped[str]
    confirmed: Mapped[bool]
    valid_from: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]


class MonitoringNote(Base):
    """监控意见: what a person says of one row at a month's end; row 0 is the execution of the budget."""

    __tablename__ = "monitoring_note"
    __table_args__ = (Index("ix_monitoring_note_programme_id_month", "programme_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[int]
    row: Mapped[int]
    causes: Mapped[str]
    explanation: Mapped[str] = mapped_column(Text)
    expected: Mapped[str]
    likelihood: Mapped[str]
    remark: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class MonitoringVersion(Base):
    """监控表 as it was handed in: `content` is the whole sheet, frozen."""

    __tablename__ = "monitoring_version"
    __table_args__ = (UniqueConstraint("programme_id", "month", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[int]
    version: Mapped[int]
    light: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[str]
    programme: Mapped[Programme] = relationship(lazy="joined")
