"""What hiring goes by, as dated rows with their source: kinds of activity, classes of vehicle, other limits."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, Fixed
from ..sourced import Sourced
from .models import REASON_LABELS


class HireReasonClass(Sourced, Base):
    """租车事由类别: activities for which one may hire, on [valid_from, to_on). `needs_paper`: not without its paper."""

    __tablename__ = "hire_reason_class"
    __table_args__ = (CheckConstraint("to_on > valid_from", name="ends_later"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    needs_paper: Mapped[bool]
    to_on: Mapped[date | None]

    @property
    def label(self) -> object:
        """In the reader's language as far as the house began with it."""
        return {str(code): label for code, label in REASON_LABELS.items()}.get(self.code, self.name)


class HireClassRule(Sourced, Base):
    """租车标准: passengers a class seats, and 元 a day it may cost, from `valid_from` on."""

    __tablename__ = "hire_class_rule"
    __table_args__ = (UniqueConstraint("vehicle_class", "valid_from", name="uq_hire_class_rule_class_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_class: Mapped[str]
    seats: Mapped[int]
    day_ceiling: Mapped[Decimal] = mapped_column(Fixed(2))


class HireSettingName(StrEnum):
    LEAD_DAYS = "lead_days"
    LIABILITY_LEAST = "liability_least"
    SEAT_COVER_LEAST = "seat_cover_least"


HIRE_SETTING_LABELS = {
    HireSettingName.LEAD_DAYS: (_l("Hires are to be asked for ahead by"), _l("days")),
    HireSettingName.LIABILITY_LEAST: (_l("Third-party cover of the vendor at least"), _l("× 10,000 yuan")),
    HireSettingName.SEAT_COVER_LEAST: (_l("Cover of each seat at least"), _l("× 10,000 yuan")),
}


class HireSetting(Base):
    """租车管理设置: holds from `valid_from` on, with where it comes from."""

    __tablename__ = "hire_setting"
    __table_args__ = (UniqueConstraint("name", "valid_from", name="uq_hire_setting_name_valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Fixed(2))
    valid_from: Mapped[date]
    source: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]
