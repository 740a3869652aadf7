"""Where cars were, what the rules noticed about it, and who looked. A wrong alarm is settled, never deleted."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed

OPEN = text("to_on IS NULL")


class AlarmKind(StrEnum):
    """报警类型."""

    MOVEMENT = "movement"
    LATE = "late"
    AREA = "area"
    DIAL = "dial"
    OFFLINE = "offline"
    HOURS = "hours"


KIND_LABELS = {
    AlarmKind.MOVEMENT: _l("Moved without a dispatch"),
    AlarmKind.LATE: _l("Back too late"),
    AlarmKind.AREA: _l("Out of the area"),
    AlarmKind.DIAL: _l("Dial and positions differ"),
    AlarmKind.OFFLINE: _l("Device silent"),
    AlarmKind.HOURS: _l("Used outside working hours"),
}
VALUE_UNITS = {
    AlarmKind.MOVEMENT: _l("m"),
    AlarmKind.LATE: _l("minutes"),
    AlarmKind.AREA: _l("km"),
    AlarmKind.DIAL: _l("km"),
    AlarmKind.OFFLINE: _l("minutes"),
    AlarmKind.HOURS: _l("m"),
}


class SettingName(StrEnum):
    MOVEMENT_METRES = "movement_metres"
    LATE_MINUTES = "late_minutes"
    AREA_LATITUDE = "area_latitude"
    AREA_LONGITUDE = "area_longitude"
    AREA_RADIUS = "area_radius"
    DIAL_PERCENT = "dial_percent"
    DIAL_KM = "dial_km"
    OFFLINE_MINUTES = "offline_minutes"
    WORK_STARTS = "work_starts"
    WORK_ENDS = "work_ends"


SETTING_LABELS = {
    SettingName.MOVEMENT_METRES: (_l("Movement without a dispatch: from"), _l("m")),
    SettingName.LATE_MINUTES: (_l("Late return: allowed"), _l("minutes")),
    SettingName.AREA_LATITUDE: (_l("Area: latitude of its centre"), "°"),
    SettingName.AREA_LONGITUDE: (_l("Area: longitude of its centre"), "°"),
    SettingName.AREA_RADIUS: (_l("Area: radius"), _l("km")),
    SettingName.DIAL_PERCENT: (_l("Dial and positions: tolerance in percent"), "%"),
    SettingName.DIAL_KM: (_l("Dial and positions: tolerance at least"), _l("km")),
    SettingName.OFFLINE_MINUTES: (_l("Device silent: from"), _l("minutes")),
    SettingName.WORK_STARTS: (_l("Working hours: start"), _l("o'clock")),
    SettingName.WORK_ENDS: (_l("Working hours: end"), _l("o'clock")),
}
RULE_OF_KIND = {
    AlarmKind.MOVEMENT: (SettingName.MOVEMENT_METRES,),
    AlarmKind.LATE: (SettingName.LATE_MINUTES,),
    AlarmKind.AREA: (SettingName.AREA_RADIUS, SettingName.AREA_LATITUDE, SettingName.AREA_LONGITUDE),
    AlarmKind.DIAL: (SettingName.DIAL_PERCENT, SettingName.DIAL_KM),
    AlarmKind.OFFLINE: (SettingName.OFFLINE_MINUTES,),
    AlarmKind.HOURS: (SettingName.WORK_STARTS, SettingName.WORK_ENDS, SettingName.MOVEMENT_METRES),
}  # the settings that an alarm of the kind is raised by


class Tracker(Base):
    """车载定位终端: a device, called as the positioning server calls it, in a car on [from_on, to_on)."""

    __tablename__ = "tracker"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("uq_tracker_device_now", "device", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("uq_tracker_vehicle_now", "vehicle_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    device: Mapped[str] = mapped_column(index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[str]


class Position(Base):
    """车辆定位: where a device was at a moment of the site's wall clock. Thousands a day: the trail names their number.

    `speed` km/h; `metres` is the distance that the device has counted in all; `valid`: the device trusts it.
    """

    __tablename__ = "position"
    __table_args__ = (
        UniqueConstraint("device", "fixed_at", name="uq_position_device_fixed_at"),
        Index("ix_position_vehicle_fixed", "vehicle_id", "fixed_at"),
    )
    tracked = False

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    device: Mapped[str]
    fixed_at: Mapped[datetime]
    latitude: Mapped[Decimal] = mapped_column(Fixed(6))
    longitude: Mapped[Decimal] = mapped_column(Fixed(6))
    speed: Mapped[Decimal] = mapped_column(Fixed(1))
    metres: Mapped[int | None]
    valid: Mapped[bool]
    source: Mapped[str]
    received_at: Mapped[datetime]


class PositionSetting(Base):
    """定位报警设置: the value of one setting from `valid_from` on, and where it comes from.

    `confirmed`: a paper of the house says so; else it was taken over from elsewhere or set at first.
    """

    __tablename__ = "position_setting"
    __table_args__ = (UniqueConstraint("name", "valid_from", name="uq_position_setting_name_valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Fixed(6))
    valid_from: Mapped[date]
    document: Mapped[str] = mapped_column(default="", server_default="")
    clause: Mapped[str] = mapped_column(default="", server_default="")
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=False, server_default="0")
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class PositioningServer(Base):
    """定位服务器: where lost positions are fetched. The latest row counts; an empty address names none.

    `token_secret` is what the server gave out, locked (core/lockbox): no page and no trail ever shows it.
    """

    __tablename__ = "positioning_server"
    unspoken = ("token_secret",)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    token_secret: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class PositionsJudged(Base):
    """How far the judging of every ten minutes has come: up to the position with this key nothing is missing."""

    __tablename__ = "positions_judged"
    tracked = False

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int]
    at: Mapped[datetime]


class Alarm(Base):
    """定位报警: what a rule noticed between `at` and `until`; `value` in the unit of its kind."""

    __tablename__ = "alarm"
    __table_args__ = (UniqueConstraint("vehicle_id", "kind", "at", name="uq_alarm_vehicle_kind_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    kind: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    until: Mapped[datetime]
    value: Mapped[int]
    dispatch_id: Mapped[int | None] = mapped_column(ForeignKey("dispatch.id"), index=True)
    raised_at: Mapped[datetime]
    raised_on: Mapped[date] = mapped_column(index=True)
    settlement: Mapped["AlarmSettlement | None"] = relationship(lazy="selectin")


class AlarmSettlement(Base):
    """报警处理: somebody looked into it and says what it was."""

    __tablename__ = "alarm_settlement"

    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarm.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class TrackLook(Base):
    """轨迹查看记录: who looked at where a car was on a day; `role`: the roles he had then, with commas between."""

    __tablename__ = "track_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[str]
    role: Mapped[str]
