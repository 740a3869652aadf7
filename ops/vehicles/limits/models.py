"""How long a driver may be assigned: dated limits, and what was assigned beyond them, by whom and why."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ..models import Dispatch
from ..sourced import Cited


class LimitName(StrEnum):
    """The first two are the law for everyone; the others are for passenger transport, and followed here by choice."""

    CONTINUOUS = "continuous"
    REST = "rest"
    DAY = "day"
    NIGHT = "night"
    WEEK = "week"
    STOP = "stop"
    DISTANCE = "distance"


LIMITS = {
    LimitName.CONTINUOUS: _l("Without a rest"),
    LimitName.REST: _l("A rest lasts at least"),
    LimitName.DAY: _l("Within 24 hours"),
    LimitName.NIGHT: _l("Without a rest, at night"),
    LimitName.WEEK: _l("Within 7 days"),
    LimitName.STOP: _l("In the hours of the night when cars stand"),
    LimitName.DISTANCE: _l("One way with one driver"),
}
BINDING = (LimitName.CONTINUOUS, LimitName.REST)
OF_HOURS = (LimitName.NIGHT, LimitName.STOP)


def in_words(name: str, amount: int) -> str:
    """Hours and minutes, or kilometres for the way."""
    return f"{amount} {_l('km')}" if name == LimitName.DISTANCE else lasting(amount)


def lasting(minutes: int) -> str:
    """As people say it: 20 minutes, 9 hours, 1 hour 30 minutes."""
    hours, rest = divmod(minutes, 60)
    words = str(ngettext("%(num)s minute", "%(num)s minutes", rest))
    if not hours:
        return words
    said = str(ngettext("%(num)s hour", "%(num)s hours", hours))
    return str(_l("%(hours)s %(minutes)s", hours=said, minutes=words)) if rest else said


class DriverLimit(Cited, Base):
    """驾驶时限: so many minutes, or kilometres (DISTANCE), from `valid_from` on.

    NIGHT and STOP between `from_hour` and `to_hour`.
    """

    __tablename__ = "driver_limit"
    __table_args__ = (
        UniqueConstraint("name", "valid_from", name="uq_driver_limit_name_valid_from"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("(from_hour IS NULL) = (to_hour IS NULL)", name="both_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    amount: Mapped[int]
    from_hour: Mapped[int | None]
    to_hour: Mapped[int | None]

    @property
    def said(self) -> str:
        return in_words(self.name, self.amount)

    @property
    def binding(self) -> bool:
        return self.name in BINDING


class LimitOverride(Base):
    """超时限派车: a trip was assigned beyond a limit: `amount` where `most` is allowed, and who said why."""

    __tablename__ = "limit_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), index=True)
    name: Mapped[str]
    amount: Mapped[int]
    most: Mapped[int]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    dispatch: Mapped[Dispatch] = relationship()
