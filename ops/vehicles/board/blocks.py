"""Why a car cannot go for a time: dated blocks, each of a kind with a colour and a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from ...core.timeslot import Slot


class BlockKind(StrEnum):
    """What stands in the way; each has a colour and a word of its own."""

    SEALED = "sealed"
    REPAIR = "repair"
    INSPECTION = "inspection"
    LAPSED = "lapsed"
    RESERVED = "reserved"
    OFF_REGISTER = "off_register"


BLOCK_WORDS = {
    BlockKind.SEALED: _l("sealed"),
    BlockKind.REPAIR: _l("in repair"),
    BlockKind.INSPECTION: _l("due for inspection"),
    BlockKind.LAPSED: _l("lapsed"),
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


def remaining(slot: Slot, away: Iterable[Slot]) -> list[Slot]:
    """What is left of the slot when others are cut out of it."""
    left = [slot]
    for gone in away:
        left = [part for each in left for part in _cut(each, gone)]
    return left


def _cut(slot: Slot, gone: Slot) -> list[Slot]:
    if not slot.overlaps(gone):
        return [slot]
    before, after = Slot(slot.start, gone.start), Slot(gone.end, slot.end)
    return [each for each in (before, after) if each.start < each.end]
