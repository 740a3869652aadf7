"""Keeping the list of vendors: companies, contracts, prices, the end of a contract."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold_row
from ...core.errors import Rejected
from . import pricing_rules
from .vendor_models import ContractPrice, HireContract, HireContractEnd, HiredClass, HireVendor, PriceMethod


def enter(name: str, credit_code: str, contact: str, phone: str, by: Actor) -> HireVendor:
    """A company in the list; vehicles are ordered of it by a contract."""
    name = name.strip()
    if db.session.scalar(select(HireVendor.id).filter_by(name=name)):
        raise Rejected(_l("This company is in the list already."), "name")
    row = HireVendor(name=name, credit_code=(credit_code or "").strip(), contact=(contact or "").strip())
    row.phone, row.at, row.by = (phone or "").strip(), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire_vendor.entered", row, by)
    return row


def sign(
    vendor: HireVendor, number: str, valid_from: date, valid_to: date, liability: Decimal, seat_cover: Decimal,
    scan: FileStorage | None, by: Actor,
) -> HireContract:  # fmt: skip
    """A contract with the vendor, and the insurance it names (万元)."""
    hold_row(vendor)
    if valid_to < valid_from:
        raise Rejected(_l("It cannot end before it began."), "valid_to")
    number = number.strip()
    if any(each.number == number for each in vendor.contracts):
        raise Rejected(_l("This vendor has a contract of this number already."), "number")
    row = HireContract(number=number, valid_from=valid_from, valid_to=valid_to, liability=liability)
    row.seat_cover, row.at, row.by = seat_cover, clock.now(), by.name
    row.attachment = files.keep(scan, "scan", by) if scan and scan.filename else None
    vendor.contracts.append(row)
    audit.record("vehicles.hire_contract.signed", row, by)
    return row


def end(contract: HireContract, from_on: date, reason_given: str, by: Actor) -> HireContractEnd:
    """Ended early; what was ordered by it before stays."""
    hold_row(contract)
    if contract.end:
        raise Rejected(_l("This contract was ended already."))
    if not contract.valid_from <= from_on <= contract.valid_to:
        raise Rejected(_l("The day lies outside the contract."), "from_on")
    row = HireContractEnd(from_on=from_on, reason=reason_given.strip(), at=clock.now(), by=by.name)
    contract.end = row
    audit.record("vehicles.hire_contract.ended", contract, by)
    return row


def set_price(
    contract: HireContract, vehicle_class: str, method: str, price: Decimal, base_km: int, base_hours: int,
    km_price: Decimal, hour_price: Decimal, valid_from: date, by: Actor,
) -> ContractPrice:  # fmt: skip
    """What a class costs by the contract from that day on; what was ordered before keeps its price."""
    hold_row(contract)
    pricing_rules.check_price(method, price, km_price)
    if not contract.valid_from <= valid_from <= contract.valid_to:
        raise Rejected(_l("The day lies outside the contract."), "valid_from")
    if any((each.vehicle_class, each.valid_from) == (vehicle_class, valid_from) for each in contract.prices):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = ContractPrice(vehicle_class=HiredClass(vehicle_class), method=PriceMethod(method), price=price)
    row.base_km, row.base_hours, row.km_price, row.hour_price = int(base_km), int(base_hours), km_price, hour_price
    row.valid_from, row.at, row.by = valid_from, clock.now(), by.name
    contract.prices.append(row)
    audit.record("vehicles.contract_price.set", row, by)
    return row
