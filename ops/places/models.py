"""Campuses, buildings and rooms."""

from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, Fixed


class RoomClass(StrEnum):
    """房间类别: the four functional classes of 发改投资〔2014〕2674号, article 10."""

    OFFICE = "office"
    SERVICE = "service"
    PLANT = "plant"
    ANCILLARY = "ancillary"


ROOM_CLASS_LABELS = {
    RoomClass.OFFICE: _l("Office room"),
    RoomClass.SERVICE: _l("Service room"),
    RoomClass.PLANT: _l("Plant room"),
    RoomClass.ANCILLARY: _l("Ancillary room"),
}


class Campus(Base):
    """院区."""

    __tablename__ = "campus"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Building(Base):
    """楼栋."""

    __tablename__ = "building"

    id: Mapped[int] = mapped_column(primary_key=True)
    campus_id: Mapped[int] = mapped_column(ForeignKey("campus.id"))
    name: Mapped[str] = mapped_column(unique=True)
    campus: Mapped[Campus] = relationship()


class Room(Base):
    """房间: with its usable area in square metres."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("building_id", "number"), CheckConstraint("area > 0", name="area_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    floor: Mapped[int]
    number: Mapped[str]
    room_class: Mapped[str] = mapped_column(default=RoomClass.OFFICE)
    area: Mapped[Decimal] = mapped_column(Fixed(2))
    building: Mapped[Building] = relationship()

    @property
    def label(self) -> str:
        return f"{self.building.name} {self.number}"
