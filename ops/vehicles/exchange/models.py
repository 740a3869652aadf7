"""Lists of cars that were handed in, how far they are weighed, and what went back."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ...core.files import Attachment


class CarIntake(Base):
    """车辆台账导入: a list as it was handed in; from its confirmation on its rows are weighed one after the other.

    `weighed`: how many of its rows are; what became of them stands in the counts.
    """

    __tablename__ = "car_intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    rows: Mapped[int]
    handed_in_at: Mapped[datetime]
    handed_in_by: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    weighed: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    faulty: Mapped[int] = mapped_column(default=0)
    attachment: Mapped[Attachment] = relationship(lazy="joined")

    @property
    def percent(self) -> int:
        return self.weighed * 100 // self.rows if self.rows else 100


class CarIntakeFault(Base):
    """退回单元格: why a row of the list did not land; `place`: its cell from 0, None when it is the row itself."""

    __tablename__ = "car_intake_fault"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("car_intake.id"), index=True)
    line: Mapped[int]
    place: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
