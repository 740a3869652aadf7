"""Lists of hired vehicles as workbooks."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from ...core import clock
from ...core.listing import Listing
from ...core.period import Period
from ...core.workbook import Field, note_of, workbook
from .models import MONEY_LABELS, MoneyFrom
from .money_queries import NoticeLine
from .states import HIRE_STATES
from .vendor_models import CLASS_LABELS, HiredClass

MOST_ROWS = 20_000


def hires_sheet(found: Listing, reasons: Mapping[str, object]) -> bytes:
    """The rows as they stand in the list."""
    fields = [
        Field(_("Hire number"), lambda row: row[0].no),
        Field(_("Day"), lambda row: row[0].day),
        Field(_("Activity"), lambda row: row[0].activity, 32),
        Field(_("Unit"), lambda row: row[1], 22),
        Field(_("Kind of activity"), lambda row: reasons.get(row[0].reason_class, row[0].reason_class)),
        Field(_("Number of the approval"), lambda row: row[0].paper_no or row[0].no, 18),
        Field(_("Hire company"), lambda row: vendors(row[0]), 24),
        Field(_("Classes"), lambda row: vehicles(row[0]), 22),
        Field(_("Vehicle-trips"), lambda row: row[2], adds=True),
        Field(_("Cost (yuan)"), lambda row: row[3], adds=True),
        Field(_("Paid from"), lambda row: MONEY_LABELS[MoneyFrom(row[0].money_from)]),
        Field(_("State"), lambda row: HIRE_STATES[row[0].state][1], 16),
    ]
    as_of = _("As of %(when)s", when=f"{clock.now():%Y-%m-%d %H:%M}")
    return workbook(_("Hired vehicles"), fields, found.rows, note_of(as_of, len(found.rows), found.total))


def vendors(hire: Any) -> str:
    return "、".join(sorted({trip.vendor for trip in hire.standing}))


def vehicles(hire: Any) -> str:
    """大型客车×2 and so on, the smallest class first."""
    counts = {kind: sum(trip.vehicle_class == kind for trip in hire.standing) for kind in HiredClass}
    return "、".join(f"{CLASS_LABELS[kind]}×{number}" for kind, number in counts.items() if number)


def notice_sheet(lines: Sequence[NoticeLine], period: Period, reasons: Mapping[str, object]) -> bytes:
    """The monthly notice as it is hung up."""
    fields = [
        Field(_("Day"), lambda line: line.hire.day),
        Field(_("Unit"), lambda line: line.unit, 22),
        Field(_("Activity"), lambda line: line.hire.activity, 32),
        Field(_("Kind of activity"), lambda line: reasons.get(line.hire.reason_class, line.hire.reason_class)),
        Field(_("Route"), lambda line: line.hire.route, 24),
        Field(_("Hire company"), lambda line: line.vendors, 24),
        Field(_("Classes"), lambda line: vehicles(line.hire), 22),
        Field(_("Vehicle-trips"), lambda line: line.trips, adds=True),
        Field(_("Cost (yuan)"), lambda line: line.cost, adds=True),
    ]
    trips, cost = sum(line.trips for line in lines), sum(line.cost for line in lines)
    note = _(
        "%(count)s activities, %(trips)s vehicle-trips, %(cost)s yuan", count=len(lines), trips=trips, cost=f"{cost:,}"
    )
    return workbook(_("Monthly notice of hired vehicles, %(month)s", month=period.label), fields, lines, note)
