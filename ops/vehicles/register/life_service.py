"""The verbs of a car's life: mark it, keep its papers, dispose of it, say to whom a transfer takes it."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Vehicle
from . import life_queries, rules, service
from .file_models import CarPaper, Marking, PaperVoid
from .life_models import CarDisposal, DisposalVoid, TransferHolding
from .models import VehicleTransfer


def mark(vehicle: Vehicle, day: date, exempt: bool, words: str, by: Actor) -> Marking:
    """The car carries its marking, or need not and why; the latest row stands."""
    hold(Vehicle, vehicle.id)
    rules.check_happened(day, clock.today(), "day")
    row = Marking(vehicle_id=vehicle.id, day=day, exempt=exempt, words=words.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("vehicles.car.marked", row, by)
    return row


def keep_paper(vehicle: Vehicle, kind: str, number: str, day: date, scan: FileStorage, by: Actor) -> CarPaper:
    hold(Vehicle, vehicle.id)
    rules.check_happened(day, clock.today(), "day")
    row = CarPaper(vehicle_id=vehicle.id, kind=kind, number=(number or "").strip() or None, day=day)
    row.attachment, row.at, row.by = files.keep(scan, "scan", by), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.car_paper.kept", row, by)
    return row


def void_paper(paper: CarPaper, reason_given: str, by: Actor) -> PaperVoid:
    """Kept by mistake, or replaced by a newer one: it stays to be read and does not count."""
    hold(CarPaper, paper.id)
    if paper.void:
        raise Rejected(_l("This record is void already."))
    row = PaperVoid(paper_id=paper.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.car_paper.voided", paper, by)
    return row


def dispose(
    vehicle: Vehicle, day: date, method: str, income: Decimal, paper_no: str, scan: FileStorage | None, by: Actor
) -> CarDisposal:
    """How a car that left the register went. Its income is non-tax revenue."""
    hold(Vehicle, vehicle.id)
    if vehicle.deregistered_on is None:
        raise Rejected(_l("Take the car off the register first."))
    if day < vehicle.deregistered_on:
        raise Rejected(_l("It is disposed of after it left the register."), "day")
    rules.check_happened(day, clock.today(), "day")
    if life_queries.standing_disposal(vehicle.id):
        raise Rejected(_l("Its disposal is recorded already."))
    row = CarDisposal(vehicle_id=vehicle.id, day=day, method=method, income=income, paper_no=paper_no.strip())
    row.attachment = files.keep(scan, "scan", by) if scan and scan.filename else None
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.disposal.recorded", row, by)
    return row


def void_disposal(disposal: CarDisposal, reason_given: str, by: Actor) -> DisposalVoid:
    """Recorded by mistake: it stays to be read and does not count."""
    hold(CarDisposal, disposal.id)
    if disposal.void:
        raise Rejected(_l("This record is void already."))
    row = DisposalVoid(disposal_id=disposal.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.disposal.voided", disposal, by)
    return row


def transfer(
    vehicle_id: int, day: date, from_holder: str, to_holder: str, owner_unit_id: int | None,
    using_unit_id: int | None, platform: str, by: Actor,
) -> VehicleTransfer:  # fmt: skip
    """A car passes to another holder; owner unit, using unit and platform change from that day on."""
    made = service.transfer(vehicle_id, day, from_holder, to_holder, by)
    if owner_unit_id or using_unit_id or platform:
        db.session.flush()
        row = TransferHolding(transfer_id=made.id, owner_unit_id=owner_unit_id, using_unit_id=using_unit_id)
        row.platform = platform or None
        db.session.add(row)
        audit.record("vehicles.transfer.holding_changed", row, by)
    return made
