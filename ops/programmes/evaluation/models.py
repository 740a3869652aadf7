"""What people decide when a year is evaluated: grades, causes and measures. Only ever added: the newest counts."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, Fixed


class Judgement(Base):
    """定性评分: the grade of a target in words or of a late one, and points within the grade's band."""

    __tablename__ = "judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    grade: Mapped[str]
    points: Mapped[Decimal] = mapped_column(Fixed(2))
    at: Mapped[datetime]
    by: Mapped[str]


class DeviationReason(Base):
    """偏差原因分析及改进措施 of one row; row 0 is the execution of the budget."""

    __tablename__ = "deviation_reason"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    row: Mapped[int]
    cause: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]
