"""What the register comes to."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, func, inspect, select, union_all

from ...indicators.metric import Kind, Metric, Watch, counting
from ...people.models import Unit
from ..models import Vehicle, VehicleCategory
from ..permissions import Permission
from . import queries
from .models import (
    CATEGORY_LABELS,
    CategoryChange,
    CategoryVoid,
    ReformKind,
    ReformUnit,
    TransferVoid,
    VehicleTransfer,
)

NUMBERS = {each.value: number for number, each in enumerate(VehicleCategory, 1)}


def on_register() -> Select[Any]:
    """A car comes on the register (+1) and leaves it (−1); its scope is its category on the day of each: on the day
    its category changes it leaves the one (−1) for the other (+1)."""
    day = CategoryChange.day
    first, last = _edge(CategoryChange.before, day), _edge(CategoryChange.after, day.desc())
    car = {"record_id": Vehicle.id, "label": Vehicle.plate}
    came, went = func.coalesce(first, Vehicle.category), func.coalesce(last, Vehicle.category)
    goes = counting(**car, day=Vehicle.deregistered_on, part=-1, scope=_number(went))
    rows = [
        counting(**car, day=Vehicle.registered_on, scope=_number(came)),
        goes.where(Vehicle.deregistered_on.is_not(None)),
        _changed(counting(**car, day=day, part=-1, scope=_number(CategoryChange.before))),
        _changed(counting(**car, day=day, scope=_number(CategoryChange.after))),
    ]
    every = union_all(*rows).subquery()
    return select(*every.c)


def _number(category: Any) -> Any:
    return case(NUMBERS, value=category, else_=0)


def _edge(category: Any, order: Any) -> Any:
    """The category before the first change that counts, or after the last; nothing without one."""
    found = select(category).outerjoin(CategoryVoid).where(CategoryVoid.change_id.is_(None))
    return found.where(CategoryChange.vehicle_id == Vehicle.id).order_by(order).limit(1).scalar_subquery()


def _changed(rows: Select[Any]) -> Select[Any]:
    joined = rows.join_from(CategoryChange, Vehicle, Vehicle.id == CategoryChange.vehicle_id).outerjoin(CategoryVoid)
    return joined.where(CategoryVoid.change_id.is_(None))


def of_car(row: Vehicle) -> set[date]:
    """The days it came and left, before and after the write; of a category that changed from a day on only the last."""
    state = inspect(row)
    if state.attrs.category.history.deleted and queries.standing_change(row.id):
        changed = {each.key for each in state.attrs if each.history.has_changes()}
        if changed == {"category"}:
            return {row.deregistered_on} if row.deregistered_on else set()
    return Watch(Vehicle, ("registered_on", "deregistered_on")).touched(row)


def categories() -> dict[int, str]:
    return {number: str(CATEGORY_LABELS[VehicleCategory(each)]) for each, number in NUMBERS.items()}


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
        definition=_l("Cars on the register at the end of the period's last day, each in the category it had then."),
        select=on_register, scopes=categories, watches=(
            Watch(Vehicle, days=of_car), Watch(CategoryChange, ("day",)), Watch(CategoryVoid, ("day",)),
        ),
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
