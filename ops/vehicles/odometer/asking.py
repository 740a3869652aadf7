"""The one question before a reading is taken: does it fit those beside it, and is it not far beyond what is usual.

Every door that takes a reading comes here: trips, refuellings, repairs, what is due, sealing, replaced dials, by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from ...core.errors import Rejected
from ..settings.models import SettingName
from ..settings.queries import in_force
from . import queries, rules
from .models import DIAL_REASONS, DialReplacement, Source
from .rules import DialFinding, Read, Replaced, Usual

LOOKED_BACK, KNOWN_AFTER = timedelta(days=365), timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """What the reading did not fit, and why it is right all the same."""

    beside: int
    why: str


def ask(
    vehicle_id: int, new: Read, dial_reason: str | None, instead_of: int = 0, without: DialReplacement | None = None
) -> Answer | None:
    """None where nothing is in doubt; refused with the question where something is and no reason was given.

    What an old dial showed last is a reading too. `instead_of`: the reading, `without`: the replaced dial that it is
    to take the place of.
    """
    known, changes = queries.beside(vehicle_id, new, instead_of, without)
    if new.source == rules.REPLACED:  # what comes after it is of the new dial, or of one after that
        known = [each for each in known if each.order < new.order]
        changes = [each for each in changes if each.at < new.at]
    return _asked(vehicle_id, new, new, dial_reason, lambda usual: rules.doubt(known, changes, new, usual))


def ask_of_dial(vehicle_id: int, put_in: Replaced, after: Read | None, dial_reason: str | None) -> Answer | None:
    """The same of what a new dial showed first, beside what it was read at next."""
    if after is None:
        return None
    new, found = put_in.reading, partial(rules.doubt_of_dial, put_in.reading, after)
    return _asked(vehicle_id, new, after, dial_reason, found)


def _asked(
    vehicle_id: int, new: Read, later: Read, dial_reason: str | None, doubted: Callable[[Usual], DialFinding | None]
) -> Answer | None:
    """`later`: the reading that may be too far on."""
    usual = Usual() if later.source == Source.RETURN else _limits(later.at)
    if doubted(usual) is None:
        return None
    usual = Usual(_a_day(vehicle_id, new.at), usual.times, usual.least)
    found = doubted(usual)
    if found is None:
        return None
    if dial_reason not in DIAL_REASONS:
        raise Rejected(rules.question(found, new, usual), "dial_reason")
    beside = found.earlier if new == found.later else found.later
    return Answer(beside.value, str(dial_reason))


def _limits(at: datetime) -> Usual:
    """Before it is known what is usual for the car: whatever is beyond the kilometres that are never asked about."""
    limits = in_force(at.date())
    return Usual(0, limits[SettingName.DIAL_FAR_TIMES], limits[SettingName.DIAL_FAR_KM])


def _a_day(vehicle_id: int, at: datetime) -> int | None:
    """Kilometres that the car goes a day, from its readings of the last year; None while these are too few."""
    first = (at - LOOKED_BACK).date()
    readings = queries.reads(first, at.date(), vehicle_id).get(vehicle_id, [])
    shown = rules.through(readings, queries.replaced_of(vehicle_id, readings))
    known = [(each.at, km) for each, km in shown if first <= each.at.date() and each.at < at]
    if not known or known[-1][0] - known[0][0] < KNOWN_AFTER:
        return None
    moved = sum(max(0, after - before) for (_at, before), (_then, after) in pairwise(known))
    return round(moved / ((known[-1][0] - known[0][0]) / timedelta(days=1)))
