"""What the register comes to."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, select, union_all

from ...indicators.metric import Kind, Metric, Watch, counting
from ...people.models import Unit
from ..models import Vehicle, VehicleCategory
from ..permissions import Permission
from .models import CATEGORY_LABELS, ReformKind, ReformUnit, TransferVoid, VehicleTransfer


def on_register() -> Select[Any]:
    """A car comes on the register (+1) and leaves it (−1); its scope is its category."""
    numbers = {each.value: number for number, each in enumerate(VehicleCategory, 1)}
    place = case(numbers, value=Vehicle.category, else_=0)
    comes = counting(record_id=Vehicle.id, day=Vehicle.registered_on, label=Vehicle.plate, scope=place)
    goes = counting(record_id=Vehicle.id, day=Vehicle.deregistered_on, label=Vehicle.plate, part=-1, scope=place)
    rows = union_all(comes, goes.where(Vehicle.deregistered_on.is_not(None))).subquery()
    return select(*rows.c)


def categories() -> dict[int, str]:
    return {number: str(CATEGORY_LABELS[each]) for number, each in enumerate(VehicleCategory, 1)}


def transferred() -> Select[Any]:
    """A car, once however often it was transferred in the period."""
    label = Vehicle.plate + " " + VehicleTransfer.from_holder + " → " + VehicleTransfer.to_holder
    rows = counting(record_id=Vehicle.id, day=VehicleTransfer.day, label=label, member=Vehicle.id)
    rows = rows.join_from(VehicleTransfer, Vehicle).outerjoin(TransferVoid)
    return rows.where(TransferVoid.transfer_id.is_(None))


def institutions() -> Select[Any]:
    return _under_reform(ReformKind.INSTITUTION)


def enterprises() -> Select[Any]:
    return _under_reform(ReformKind.ENTERPRISE)


def _under_reform(kind: ReformKind) -> Select[Any]:
    """A unit comes under the reform (+1) and leaves it (−1)."""
    comes = counting(record_id=ReformUnit.id, day=ReformUnit.from_on, label=Unit.name)
    goes = counting(record_id=ReformUnit.id, day=ReformUnit.to_on, label=Unit.name, part=-1)
    both = [each.join_from(ReformUnit, Unit).where(ReformUnit.kind == kind) for each in (comes, goes)]
    rows = union_all(both[0], both[1].where(ReformUnit.to_on.is_not(None))).subquery()
    return select(*rows.c)


METRICS = (
    Metric(
        name="vehicles.on_register", kind=Kind.LEVEL, unit=_l("cars"), needs=Permission.FIGURE_READ,
        record="vehicles.register.car", label=_l("Official cars on the register"),
        definition=_l("Cars on the register at the end of the period's last day."),
        select=on_register, scopes=categories, watches=(Watch(Vehicle, ("registered_on", "deregistered_on")),),
    ),
    Metric(
        name="vehicles.transferred", kind=Kind.DISTINCT, unit=_l("cars"), needs=Permission.FIGURE_READ,
        record="vehicles.register.car", label=_l("Cars transferred"),
        definition=_l("Cars that passed from one holder to another, each counted once. Void records do not count."),
        select=transferred, watches=(Watch(VehicleTransfer, ("day",)), Watch(TransferVoid, ("day",))),
    ),
    Metric(
        name="vehicles.institutions", kind=Kind.LEVEL, unit=_l("units"), needs=Permission.FIGURE_READ,
        record="vehicles.register.reform_unit", label=_l("Public institutions under the vehicle reform"),
        definition=_l(
            "Public institutions under the follow-up of the vehicle reform at the end of the period's last "
            "day."
        ),
        select=institutions, watches=(Watch(ReformUnit, ("from_on", "to_on")),),
    ),
    Metric(
        name="vehicles.enterprises", kind=Kind.LEVEL, unit=_l("units"), needs=Permission.FIGURE_READ,
        record="vehicles.register.reform_unit", label=_l("Enterprises under the vehicle reform"),
        definition=_l("Enterprises under the follow-up of the vehicle reform at the end of the period's last day."),
        select=enterprises, watches=(Watch(ReformUnit, ("from_on", "to_on")),),
    ),
)  # fmt: skip
