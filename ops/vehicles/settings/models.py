"""Settings of dispatching: each value holds from a day on; the later one takes over, the earlier one stays."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class SettingName(StrEnum):
    """What can be set; UNITS says in what."""

    SHARE_MINUTES = "share_minutes"
    REMIND_DRIVER = "remind_driver"
    REMIND_DISPATCHER = "remind_dispatcher"
    WEIGHT_SEATS = "weight_seats"
    WEIGHT_CATEGORY = "weight_category"
    WEIGHT_PLACE = "weight_place"
    WEIGHT_EVEN_USE = "weight_even_use"
    WEIGHT_INSPECTED = "weight_inspected"
    WEIGHT_SAME_WAY = "weight_same_way"
    DIAL_FAR_KM = "dial_far_km"
    DIAL_FAR_TIMES = "dial_far_times"
    ASK_DAYS_AHEAD = "ask_days_ahead"
    EARLY_MINUTES = "early_minutes"


LABELS = {
    SettingName.SHARE_MINUTES: _l("Shared trip: starts may differ by"),
    SettingName.REMIND_DRIVER: _l("Overdue: remind the driver after"),
    SettingName.REMIND_DISPATCHER: _l("Overdue: tell the dispatcher after"),
    SettingName.WEIGHT_SEATS: _l("Suggestion: seats that fit"),
    SettingName.WEIGHT_CATEGORY: _l("Suggestion: category that fits"),
    SettingName.WEIGHT_PLACE: _l("Suggestion: stands where the trip starts"),
    SettingName.WEIGHT_EVEN_USE: _l("Suggestion: used less than others"),
    SettingName.WEIGHT_INSPECTED: _l("Suggestion: freshly inspected"),
    SettingName.WEIGHT_SAME_WAY: _l("Suggestion: goes the same way that day"),
    SettingName.DIAL_FAR_KM: _l("Dial: since the last reading, asked about beyond"),
    SettingName.DIAL_FAR_TIMES: _l("Dial: and beyond so many times what is usual a day"),
    SettingName.ASK_DAYS_AHEAD: _l("Requests: asked for at most so far ahead"),
    SettingName.EARLY_MINUTES: _l("Start: asked about when earlier than planned by more than"),
}
MINUTES = {
    SettingName.SHARE_MINUTES, SettingName.REMIND_DRIVER, SettingName.REMIND_DISPATCHER, SettingName.EARLY_MINUTES,
}  # fmt: skip
UNITS = {
    **dict.fromkeys(SettingName, _l("points")), **dict.fromkeys(MINUTES, _l("minutes")),
    SettingName.DIAL_FAR_KM: _l("km"), SettingName.DIAL_FAR_TIMES: _l("times"), SettingName.ASK_DAYS_AHEAD: _l("days"),
}  # fmt: skip


class DispatchSetting(Base):
    """派车设置: the value of one setting from `valid_from` on, and where it comes from."""

    __tablename__ = "dispatch_setting"
    __table_args__ = (
        UniqueConstraint("name", "valid_from", name="uq_dispatch_setting_name_valid_from"),
        CheckConstraint("value >= 0", name="value_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]

    @property
    def unit(self) -> object:
        return UNITS[SettingName(self.name)]
