"""The verbs of what the section files: office moves, yearly returns, lettings; each can be made void."""

from datetime import date
from decimal import Decimal

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..people.models import Unit
from . import queries, rules
from .models import Letting, LettingVoid, OfficeMove, OfficeMoveVoid, Property, RoomReturn, RoomReturnVoid


def record_move(
    unit_id: int, moved_on: date, from_place: str, to_place: str, ground: str, paper: str, by: Actor
) -> OfficeMove:
    """A unit has moved its office (办公地点调整)."""
    rules.check_past(moved_on, clock.today(), "moved_on")
    move = OfficeMove(unit_id=unit_id, moved_on=moved_on, from_place=from_place, to_place=to_place)
    move.ground, move.paper, move.recorded_by = ground, paper, by.name
    db.session.add(move)
    audit.record("rooms.move.recorded", move, by)
    return move


def file_return(unit_id: int, year: Decimal, filed_on: date, paper: str, by: Actor) -> RoomReturn:
    """A unit has filed its statistics of the year; one stands for each unit and year."""
    hold(Unit, unit_id)
    rules.check_past(filed_on, clock.today(), "filed_on")
    filed = RoomReturn(unit_id=unit_id, year=int(year), filed_on=filed_on, paper=paper or None, recorded_by=by.name)
    db.session.add(filed)
    audit.record("rooms.return.filed", filed, by)
    return filed


def let(
    property_name: str, appraised_on: date, appraised_value: Decimal, tenant_kind: str, tenant_number: str,
    from_on: date, to_on: date, rent: Decimal, by: Actor,
) -> Letting:  # fmt: skip
    """Let a property, known by its name (出租). `appraised_value` in yuan, `rent` in yuan a year."""
    premises = queries.property_named(property_name) or Property(name=property_name)
    db.session.add(premises)
    db.session.flush()
    hold(Property, premises.id)
    rules.check_letting(appraised_on, from_on, to_on, queries.letting_clash(premises.id, from_on, to_on))
    letting = Letting(property_id=premises.id, appraised_on=appraised_on, appraised_value=appraised_value, rent=rent)
    letting.tenant_kind, letting.tenant_number = tenant_kind, tenant_number
    letting.from_on, letting.to_on, letting.recorded_by = from_on, to_on, by.name
    db.session.add(letting)
    audit.record("rooms.letting.made", letting, by)
    return letting


def void_move(move: OfficeMove, reason_given: str, by: Actor) -> OfficeMoveVoid:
    hold(OfficeMove, move.id)
    rules.check_not_void(move.void)
    row = OfficeMoveVoid(record_id=move.id, day=move.moved_on, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("rooms.move.voided", move, by)
    return row


def void_return(filed: RoomReturn, reason_given: str, by: Actor) -> RoomReturnVoid:
    """The unit may file the year anew."""
    hold(RoomReturn, filed.id)
    rules.check_not_void(filed.void)
    row = RoomReturnVoid(record_id=filed.id, day=filed.filed_on, at=clock.now(), by=by.name, reason=reason_given)
    filed.voided_at = row.at
    db.session.add(row)
    audit.record("rooms.return.voided", filed, by)
    return row


def void_letting(letting: Letting, reason_given: str, by: Actor) -> LettingVoid:
    hold(Letting, letting.id)
    rules.check_not_void(letting.void)
    row = LettingVoid(record_id=letting.id, day=letting.from_on, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("rooms.letting.voided", letting, by)
    return row
