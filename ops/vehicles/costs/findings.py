"""Everything that the rules find in dials and fills, in words, with who settled it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from ...core import clock
from ...core.audit import AuditEntry
from ...core.db import db
from ...core.period import Period
from ..models import Vehicle
from ..odometer import queries as dials
from ..odometer.models import FindingSettlement, ReadingConfirmation
from ..odometer.rules import DialFinding, FindingKind
from . import fuel_queries
from .fuel_rules import FuelFinding, FuelFindingKind

BEGINNING = date(2000, 1, 1)
COUNTED = "open_findings"
# deeds after which no finding is another: frequent ones; any other deed makes them be looked for again
BESIDE_IT = (
    *("people.%", "rooms.%", "meetings.%", "canteen.%", "programmes.%", "repairs.%"),
    *("vehicles.request.%", "vehicles.approval.%", "vehicles.dispatch.made"),
)


@dataclass(frozen=True)
class Found:
    """One finding as a page shows it. `cost_id`: the refuelling it is about, if it is about one.

    `dials`: the ends of trips whose dials it compares. `confirmation`: what was said when the dial was read.
    """

    key: str
    vehicle_id: int
    plate: str
    at: datetime
    kind: str
    why: str
    cost_id: int | None = None
    dials: tuple[tuple[int | None, str], ...] = ()
    settlement: FindingSettlement | None = None
    confirmation: ReadingConfirmation | None = None


def of_period(period: Period, vehicle_id: int | None = None) -> list[Found]:
    """Open ones first, then by time."""
    plates = dict(iter(db.session.execute(select(Vehicle.id, Vehicle.plate))))
    found = [*_dial(period, vehicle_id, plates), *_fuel(period, vehicle_id, plates)]
    settled = dials.settlements(each.key for each in found)
    known = [replace(each, settlement=settled.get(each.key)) for each in found]
    return sorted(known, key=lambda each: (each.settlement is not None, each.at, each.key))


def open_ones(period: Period | None = None) -> list[Found]:
    """Those that nobody settled; without a period of all years."""
    return [each for each in of_period(period or _ever()) if each.settlement is None]


def open_count() -> int:
    """How many of all years wait. Every start page asks: they are looked for again only after a deed, or the next day.

    The end of the audit trail tells whether anything was done since, in whichever process.
    """
    deeds = select(AuditEntry.entry_hash).where(*(AuditEntry.action.not_like(each) for each in BESIDE_IT))
    state = db.session.scalar(deeds.order_by(AuditEntry.id.desc()).limit(1)), clock.today()
    known: tuple[object, int] | None = current_app.extensions.get(COUNTED)
    if known is None or known[0] != state:
        known = current_app.extensions[COUNTED] = state, _count(_ever())
    return known[1]


def _count(period: Period) -> int:
    """Without the words of each."""
    keys = {each.key for rows in dials.findings(period.first, period.last).values() for each in rows}
    keys |= {each.key for rows in fuel_queries.findings(period).values() for each in rows}
    return len(keys - dials.settlements(keys).keys())


def _ever() -> Period:
    return Period(BEGINNING, clock.today())


def one(vehicle_id: int, key: str) -> Found | None:
    """The finding, if the records still give it."""
    return next((each for each in of_period(_ever(), vehicle_id) if each.key == key), None)


def _dial(period: Period, vehicle_id: int | None, plates: dict[int, str]) -> Iterator[Found]:
    found = dials.findings(period.first, period.last, vehicle_id)
    said = dials.confirmations([read.id for rows in found.values() for each in rows for read in each.readings])
    for car, rows in found.items():
        for each in rows:
            ends = tuple((read.trip, read.source) for read in each.readings if read.trip)
            words = next((said[read.id] for read in each.readings if read.id in said), None)
            made = Found(each.key, car, plates[car], each.later.at, str(dial_word(each.kind)), _dial_why(each))
            yield replace(made, confirmation=words, dials=ends)


def _fuel(period: Period, vehicle_id: int | None, plates: dict[int, str]) -> Iterator[Found]:
    for car, rows in fuel_queries.findings(period, vehicle_id).items():
        for each in rows:
            why = _fuel_why(each)
            yield Found(each.key, car, plates[car], each.fill.at, fuel_word(each.kind), why, each.fill.id)


def dial_word(kind: FindingKind) -> str:
    words: dict[FindingKind, str] = {
        FindingKind.GAP: _("Kilometres without a trip"),
        FindingKind.BACKWARDS: _("Dial ran backwards"),
        FindingKind.JUMP: _("Dial jumped"),
    }
    return words[kind]


def _dial_why(each: DialFinding) -> str:
    said = {
        "earlier": f"{each.earlier.at:%Y-%m-%d %H:%M} {each.earlier.value:,}",
        "later": f"{each.later.at:%Y-%m-%d %H:%M} {each.later.value:,}",
        "why": each.why,
    }
    return str(_("%(earlier)s km → %(later)s km: %(why)s", **said))


def fuel_word(kind: FuelFindingKind) -> str:
    words: dict[FuelFindingKind, str] = {
        FuelFindingKind.OVER_TANK: _("More than the tank holds"),
        FuelFindingKind.SEALED: _("Filled while it was sealed"),
        FuelFindingKind.NO_TRIP: _("Filled on a day without a trip"),
        FuelFindingKind.OUTLIER: _("Unusual consumption"),
    }
    return words[kind]


def _fuel_why(each: FuelFinding) -> str:
    if each.kind is FuelFindingKind.OVER_TANK:
        return str(_("%(litres)s L into a tank of %(tank)s L", **each.figures))
    if each.kind is FuelFindingKind.OUTLIER:
        return str(_("%(value)s L/100 km; usual for this car %(usual)s, usual deviation %(spread)s", **each.figures))
    return str(_("%(litres)s L", litres=each.fill.litres))
