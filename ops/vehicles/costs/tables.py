"""Columns and sheets of the cost pages."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.listing import Column
from ...core.workbook import Field, workbook
from ..models import Vehicle
from .account import Sums
from .models import COST_LABELS, FuelCard, VehicleCost
from .notice import Notice
from .queries import BALANCE
from .repair_models import RepairJob, Violation

YUAN = _l("yuan")


def _known(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Sorts what is no data below everything."""

    def order(row: Any) -> tuple[bool, Any]:
        found = value(row)
        return found is not None, found or 0

    return order


def _kind(kind: str) -> Callable[[Any], Any]:
    return lambda row: row.amounts.get(kind)


CAR_COLUMNS = (
    Column("plate", _l("Car"), lambda row: row.plate),
    Column("km", _l("Kilometres"), _known(lambda row: row.kilometres), "end", _l("km")),
    Column("total", _l("Cost"), _known(lambda row: row.total), "end", YUAN),
    Column("per_km", _l("Cost per km"), _known(lambda row: row.per_km), "end", YUAN),
    Column("per_100", _l("Fuel per 100 km"), _known(lambda row: row.per_100), "end", _l("L")),
    *(Column(kind, label, _known(_kind(kind)), "end", YUAN) for kind, label in COST_LABELS.items()),
)
ENTRY_COLUMNS = (
    Column("day", _l("Day"), VehicleCost.day),
    Column("car", _l("Car"), Vehicle.plate),
    Column("kind", _l("Kind of cost"), VehicleCost.kind),
    Column("payee", _l("Payee of the cost"), VehicleCost.payee),
    Column("paper", _l("Number of the receipt"), VehicleCost.paper_no),
    Column("state", _l("State")),
    Column("amount", _l("Amount"), VehicleCost.amount, "end", YUAN),
)
CARD_COLUMNS = (
    Column("number", _l("Card number"), FuelCard.number),
    Column("car", _l("Car"), Vehicle.plate),
    Column("since", _l("In use since"), FuelCard.opened_on),
    Column("balance", _l("Balance"), BALANCE, "end", YUAN),
)
JOB_COLUMNS = (
    Column("day", _l("Day"), RepairJob.day),
    Column("car", _l("Car"), Vehicle.plate),
    Column("problem", _l("What is to be done"), RepairJob.problem),
    Column("workshop", _l("Workshop"), RepairJob.workshop),
    Column("quoted", _l("Quoted"), None, "end", YUAN),
    Column("state", _l("State")),
)
VIOLATION_COLUMNS = (
    Column("at", _l("Time"), Violation.at),
    Column("car", _l("Car"), Vehicle.plate),
    Column("driver", _l("Driver")),
    Column("place", _l("Place"), Violation.place),
    Column("what", _l("Violation"), Violation.what),
    Column("points", _l("Penalty points"), Violation.points, "end"),
    Column("fine", _l("Fine"), Violation.fine, "end", YUAN),
    Column("paid", _l("Fine paid by")),
)


def car_cells(car: Sums, urls: Mapping[str, str]) -> list[tuple[str | None, str | None]]:
    """The figures of a car in the order of their columns, each with where it leads; None where there is none."""
    entries = f"{urls['entries']}&vehicle={car.id}"
    plain = [(None if each is None else str(each), None) for each in (car.per_km, car.per_100)]
    kinds = [(_grouped(car.amounts.get(kind)), f"{entries}&kind={kind}") for kind in COST_LABELS]
    return [
        (_grouped(car.kilometres), f"{urls['km']}&scope={car.id}"),
        (_grouped(car.total), entries),
        *plain,
        *kinds,
    ]


def _grouped(value: Decimal | int | None) -> str | None:
    return None if value is None else f"{value:,}"


def cars_sheet(rows: Sequence[Sums], total: Sums, label: str) -> bytes:
    """All cars of a period with their foot, as the page has them."""
    kinds = [Field(label, _kind(kind), 12) for kind, label in COST_LABELS.items()]
    fields = [
        Field(_l("Car"), lambda row: row.plate or _("Total")), Field(_l("Model"), lambda row: row.model, 18),
        Field(_l("Kilometres"), lambda row: row.kilometres, 10), Field(_l("Cost"), lambda row: row.total),
        Field(_l("Cost per km"), lambda row: row.per_km, 10), Field(_l("Fuel per 100 km"), lambda row: row.per_100, 10),
        *kinds,
    ]  # fmt: skip
    return workbook(_("Costs of cars %(period)s", period=label), fields, [*rows, total], _("Amounts in yuan"))


def notice_sheet(notice: Notice) -> bytes:
    """The notice with its six items, a line for each trip."""
    fields = [
        Field(_l("Car"), lambda row: row.plate), Field(_l("Time"), lambda row: row.left),
        Field(_l("Purpose"), lambda row: row.purpose, 24), Field(_l("Destination"), lambda row: row.place, 20),
        Field(_l("Kilometres"), lambda row: row.kilometres, 10), Field(_l("Fuel in litres"), lambda row: row.fuel, 12),
        Field(_l("Fuel in yuan, reckoned"), lambda row: row.energy, 14),
        Field(_l("Tolls and parking in yuan"), lambda row: row.others, 14),
        Field(_l("Cost of the trip in yuan"), lambda row: row.cost, 14),
    ]  # fmt: skip
    title = _("Use of official cars %(period)s", period=notice.period.label)
    return workbook(title, fields, notice.lines, fuel_note())


def entries_sheet(rows: Sequence[VehicleCost], label: str) -> bytes:
    """Rows of the ledger with what their group records of its own: the mapping of an export to a platform."""
    fields = [
        Field(_l("Plate"), lambda row: row.vehicle.plate), Field(_l("Kind of cost"), lambda row: COST_LABELS[row.kind]),
        Field(_l("Day"), lambda row: row.day), Field(_l("Amount"), lambda row: row.amount),
        Field(_l("Litres"), lambda row: row.fill.litres if row.fill else None),
        Field(_l("Odometer"), lambda row: row.fill.odometer if row.fill else None),
        Field(_l("Number of the policy"), lambda row: row.policy.policy_no if row.policy else None),
        Field(_l("Insured to"), lambda row: row.policy.to_on if row.policy else None),
        Field(_l("Payee of the cost"), lambda row: row.payee, 20),
        Field(_l("Number of the receipt"), lambda row: row.paper_no),
        Field(_l("Note"), lambda row: row.note, 20), Field(_l("Reason of the reversal"), lambda row: row.reason, 20),
    ]  # fmt: skip
    return workbook(_("Rows of the cost ledger %(period)s", period=label), fields, rows)


def fuel_note() -> str:
    note: str = _(
        "Fuel of a trip is reckoned by the litres per 100 km: its kilometres at what the car burnt and paid in the "
        "year up to this month. A tank filled on the way is not the trip's own; it stands in the ledger."
    )
    return note
