"""Measured areas, seats, standards, moves, returns and lettings. Every span is half-open: [from_on, to_on)."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from ..core.db import Base, Fixed
from ..people.models import Staff, Unit
from ..places.models import Room


class Subject(StrEnum):
    """What a row of the standard sets: an office cap for each rank, or a number of its formulas."""

    OFFICE = "office"
    SERVICE = "service"
    PLANT = "plant"
    BUILDING = "building"


class RoomStandard(Base):
    """办公用房标准: one number of a rule from a document, valid from a day until a later row for the same item.

    `clause` is None while nobody has read the article's number in the document; pages say so.
    """

    __tablename__ = "room_standard"
    __table_args__ = (UniqueConstraint("level", "subject", "item", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str]
    clause: Mapped[str | None]
    level: Mapped[str]
    subject: Mapped[str]
    item: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Fixed(2))
    valid_from: Mapped[date]
    confidence: Mapped[str]
    source: Mapped[str]


class RoomMeasurement(Base):
    """面积核定: usable area and class of a room from a day until the next row; the latest is the room's own."""

    __tablename__ = "room_measurement"
    __table_args__ = (UniqueConstraint("room_id", "from_on"), CheckConstraint("area > 0", name="area_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    from_on: Mapped[date] = mapped_column(index=True)
    room_class: Mapped[str]
    area: Mapped[Decimal] = mapped_column(Fixed(2))
    note: Mapped[str]
    by: Mapped[str]
    room: Mapped[Room] = relationship()


class Occupancy(Base):
    """使用: someone sits in a room. `second_post`: the approved other post for which he may have a second room."""

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="has_length"),
        Index("ix_occupancy_staff_from", "staff_id", "from_on"),
        Index("ix_occupancy_room_from", "room_id", "from_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    second_post: Mapped[str | None]
    allotted_by: Mapped[str]
    vacated_by: Mapped[str | None]
    staff: Mapped[Staff] = relationship()
    room: Mapped[Room] = relationship()


class OfficeMove(Base):
    """办公地点调整: a unit moves its office."""

    __tablename__ = "office_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    moved_on: Mapped[date] = mapped_column(index=True)
    from_place: Mapped[str]
    to_place: Mapped[str]
    ground: Mapped[str]
    paper: Mapped[str]
    recorded_by: Mapped[str]
    unit: Mapped[Unit] = relationship()
    void: Mapped["OfficeMoveVoid | None"] = relationship(lazy="selectin")


class RoomReturn(Base):
    """办公用房信息统计上报: a unit's statistics of its rooms for a year; one that stands for each unit and year."""

    __tablename__ = "room_return"
    __table_args__ = (
        Index(
            "uq_room_return_standing", "unit_id", "year", unique=True,
            sqlite_where=text("voided_at IS NULL"), postgresql_where=text("voided_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    filed_on: Mapped[date] = mapped_column(index=True)
    paper: Mapped[str | None]
    recorded_by: Mapped[str]
    voided_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship()
    void: Mapped["RoomReturnVoid | None"] = relationship(lazy="selectin")


class Property(Base):
    """出租房产: premises that are let to others, known by name and address."""

    __tablename__ = "property"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class TenantKind(StrEnum):
    """承租方类别. Tenants are called by kind and number."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    PERSON = "person"


TENANT_LABELS = {
    TenantKind.ENTERPRISE: _l("Enterprise"),
    TenantKind.INSTITUTION: _l("Public institution"),
    TenantKind.PERSON: _l("Private person"),
}


class Letting(Base):
    """出租: a property is appraised and let for [from_on, to_on). Money in yuan, `rent` for a year."""

    __tablename__ = "letting"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="has_length"),
        CheckConstraint("appraised_value > 0 AND rent >= 0", name="money_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"), index=True)
    appraised_on: Mapped[date]
    appraised_value: Mapped[Decimal] = mapped_column(Fixed(2))
    tenant_kind: Mapped[str]
    tenant_number: Mapped[str]
    from_on: Mapped[date] = mapped_column(index=True)
    to_on: Mapped[date]
    rent: Mapped[Decimal] = mapped_column(Fixed(2))
    recorded_by: Mapped[str]
    property: Mapped[Property] = relationship()
    void: Mapped["LettingVoid | None"] = relationship(lazy="selectin")


class _Void:
    """A record is made void: who, when, why. `day` is the business day on which the record no longer counts."""

    record_table = ""

    @declared_attr
    def record_id(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(ForeignKey(f"{cls.record_table}.id"), primary_key=True)

    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class OfficeMoveVoid(_Void, Base):
    """作废办公地点调整."""

    __tablename__, record_table = "office_move_void", "office_move"


class RoomReturnVoid(_Void, Base):
    """作废上报."""

    __tablename__, record_table = "room_return_void", "room_return"


class LettingVoid(_Void, Base):
    """作废出租."""

    __tablename__, record_table = "letting_void", "letting"
