"""Office hours from a day on, and the days that are over and count."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class OfficeHours(Base):
    """办公时间: from `valid_from` on a car can be used from `opens` to `closes` of a working day, and is not sealed."""

    __tablename__ = "office_hours"
    __table_args__ = (CheckConstraint("closes > opens", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(unique=True)
    opens: Mapped[time]
    closes: Mapped[time]
    source: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class FleetDay(Base):
    """计数日: a day that is over, with its office hours. What every car did on it is read from the records.

    Written each night, so that no hour of a day to come is below the line. `weekday`: Monday to Friday; whether it was
    worked says the work calendar.
    """

    __tablename__ = "fleet_day"
    tracked = False

    day: Mapped[date] = mapped_column(primary_key=True)
    weekday: Mapped[bool]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    minutes: Mapped[int]
