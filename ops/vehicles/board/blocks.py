"""Why a car cannot go for a time: dated blocks, gathered from whoever knows of some. The board knows none by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, select

from ...core.db import db
from ...core.timeslot import Slot
from ..models import Vehicle


class BlockKind(StrEnum):
    """What stands in the way; each has a colour and a word of its own."""

    SEALED = "sealed"
    REPAIR = "repair"
    INSPECTION = "inspection"
    RESERVED = "reserved"
    OFF_REGISTER = "off_register"


BLOCK_WORDS = {
    BlockKind.SEALED: _l("sealed"),
    BlockKind.REPAIR: _l("in repair"),
    BlockKind.INSPECTION: _l("due for inspection"),
    BlockKind.RESERVED: _l("reserved"),
    BlockKind.OFF_REGISTER: _l("off the register"),
}


@dataclass(frozen=True)
class Block:
    """A car's time that is taken by something that is no trip. `note`: what more there is to say, in words."""

    vehicle_id: int
    starts_at: datetime
    ends_at: datetime
    kind: BlockKind
    note: str = ""

    def meets(self, slot: Slot) -> bool:
        return Slot(self.starts_at, self.ends_at).overlaps(slot)


Contributor = Callable[[Slot], Sequence[Block]]


def off_register(period: Slot) -> list[Block]:
    """Cars that come on the register, or leave it, within the period."""
    first, last = period.start.date(), period.end.date()
    comes = and_(Vehicle.registered_on > first, Vehicle.registered_on <= last)
    goes = and_(Vehicle.deregistered_on > first, Vehicle.deregistered_on <= last)
    found = select(Vehicle.id, Vehicle.registered_on, Vehicle.deregistered_on).where(or_(comes, goes))
    made = []
    for key, registered_on, deregistered_on in db.session.execute(found):
        if registered_on > first:
            comes_at = datetime.combine(registered_on, time.min)
            made.append(Block(key, period.start, comes_at, BlockKind.OFF_REGISTER))
        if deregistered_on and deregistered_on <= last:
            goes_at = datetime.combine(deregistered_on, time.min)
            made.append(Block(key, goes_at, period.end, BlockKind.OFF_REGISTER))
    return made


CONTRIBUTORS: tuple[Contributor, ...] = (off_register,)


def blocks(period: Slot) -> list[Block]:
    """Every block that meets the period, of all cars."""
    found = (block for ask in CONTRIBUTORS for block in ask(period))
    return [block for block in found if block.meets(period)]
