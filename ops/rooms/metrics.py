"""What the property section's work comes to.

Rooms over the standard are no metric: whether a room is over turns on areas, seats, ranks and the standard in force
together, which are not signed changes by day. They are a list with an as-of day (`over.py`).
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, String, case, cast, func, literal, select, union_all

from ..core.db import Fixed
from ..indicators.metric import Kind, Metric, Watch, counting
from ..people.models import Unit
from ..places.models import Building, Room, RoomClass
from .models import (
    Letting,
    LettingVoid,
    OfficeMove,
    OfficeMoveVoid,
    Property,
    RoomMeasurement,
    RoomReturn,
    RoomReturnVoid,
)
from .permissions import Permission


def units_moved() -> Select[Any]:
    """A unit, on each day it moved."""
    rows = counting(record_id=OfficeMove.id, day=OfficeMove.moved_on, member=OfficeMove.unit_id, label=Unit.name)
    rows = rows.join_from(OfficeMove, Unit).outerjoin(OfficeMoveVoid)
    return rows.where(OfficeMoveVoid.record_id.is_(None))


def returns_filed() -> Select[Any]:
    """A standing return, on the day it was filed."""
    label = Unit.name + literal(" ") + cast(RoomReturn.year, String)
    rows = counting(record_id=RoomReturn.id, day=RoomReturn.filed_on, label=label)
    return rows.join_from(RoomReturn, Unit).outerjoin(RoomReturnVoid).where(RoomReturnVoid.record_id.is_(None))


def properties_let() -> Select[Any]:
    """A property, on the day a letting of it begins."""
    rows = counting(record_id=Letting.id, day=Letting.from_on, member=Letting.property_id, label=Property.name)
    return rows.join_from(Letting, Property).outerjoin(LettingVoid).where(LettingVoid.record_id.is_(None))


def office_area() -> Select[Any]:
    """Each measurement adds the room's area while it is an office room, and takes the earlier one away."""
    m = RoomMeasurement
    until = func.lead(m.from_on).over(partition_by=m.room_id, order_by=m.from_on)
    rows = select(m.room_id, m.from_on, m.room_class, m.area, until.label("until")).subquery()
    label = Building.name + literal(" ") + Room.number
    nothing = literal(0, Fixed(2))
    office = rows.c.room_class == RoomClass.OFFICE
    area = case((office, rows.c.area), else_=nothing)
    begins = counting(record_id=rows.c.room_id, day=rows.c.from_on, part=area, label=label)
    ends = counting(
        record_id=rows.c.room_id, day=rows.c.until, part=case((office, -rows.c.area), else_=nothing), label=label
    )
    begins, ends = (
        each.join_from(rows, Room, Room.id == rows.c.room_id).join(Building, Building.id == Room.building_id)
        for each in (begins.where(office), ends.where(office, rows.c.until.is_not(None)))
    )
    changes = union_all(begins, ends).subquery()
    return select(*changes.c)


METRICS = (
    Metric(
        name="rooms.units_moved",
        kind=Kind.DISTINCT,
        unit=_l("units"),
        needs=Permission.FIGURE_READ,
        record="rooms.move",
        label=_l("Units whose office moved"),
        definition=_l(
            "Different units with at least one office move in the period; a unit that moved twice counts once. "
            "Void moves do not count."
        ),
        select=units_moved,
        watches=(Watch(OfficeMove, ("moved_on",)), Watch(OfficeMoveVoid, ("day",))),
    ),
    Metric(
        name="rooms.returns_filed",
        kind=Kind.COUNT,
        unit=_l("filings"),
        needs=Permission.FIGURE_READ,
        record="rooms.room_return",
        label=_l("Office-room returns filed"),
        definition=_l(
            "Yearly office-room returns that stand, each counted on the day it was filed, whichever year it is for."
        ),
        select=returns_filed,
        watches=(Watch(RoomReturn, ("filed_on",)), Watch(RoomReturnVoid, ("day",))),
    ),
    Metric(
        name="rooms.properties_let",
        kind=Kind.DISTINCT,
        unit=_l("properties"),
        needs=Permission.FIGURE_READ,
        record="rooms.letting",
        label=_l("Properties let"),
        definition=_l(
            "Different properties of which a letting begins in the period; one that is let twice counts once. "
            "Lettings that run on from earlier do not count."
        ),
        select=properties_let,
        watches=(Watch(Letting, ("from_on",)), Watch(LettingVoid, ("day",))),
    ),
    Metric(
        name="rooms.office_area",
        kind=Kind.LEVEL,
        unit="m²",
        needs=Permission.FIGURE_READ,
        record="rooms.room",
        places=2,
        label=_l("Usable area of office rooms"),
        definition=_l(
            "Usable area of all rooms that are office rooms at the end of the period's last day, occupied or idle."
        ),
        select=office_area,
        watches=(Watch(RoomMeasurement, ("from_on",)),),
    ),
)
