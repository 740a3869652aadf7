"""The property section's figures, counted by hand."""

from collections import defaultdict
from itertools import pairwise

from ops.rooms.models import (
    Letting,
    LettingVoid,
    OfficeMove,
    OfficeMoveVoid,
    RoomMeasurement,
    RoomReturn,
    RoomReturnVoid,
)
from tests.recounts.counted import Counted, rows


def units_moved() -> list[Counted]:
    void = {row.record_id for row in rows(OfficeMoveVoid)}
    return [Counted(row.moved_on, member=row.unit_id) for row in rows(OfficeMove) if row.id not in void]


def returns_filed() -> list[Counted]:
    void = {row.record_id for row in rows(RoomReturnVoid)}
    return [Counted(row.filed_on) for row in rows(RoomReturn) if row.id not in void]


def properties_let() -> list[Counted]:
    void = {row.record_id for row in rows(LettingVoid)}
    return [Counted(row.from_on, member=row.property_id) for row in rows(Letting) if row.id not in void]


def office_area() -> list[Counted]:
    """Each room's measurements one after the other: what it adds while an office, and takes away when it ends."""
    rooms = defaultdict(list)
    for row in sorted(rows(RoomMeasurement), key=lambda row: row.from_on):
        rooms[row.room_id].append(row)
    counted = [Counted(row.from_on, row.area) for each in rooms.values() for row in each if row.room_class == "office"]
    for each in rooms.values():
        counted += [Counted(after.from_on, -row.area) for row, after in pairwise(each) if row.room_class == "office"]
    return counted
