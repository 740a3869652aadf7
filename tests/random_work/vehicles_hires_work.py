"""Hired vehicles, transfers between holders, and the units under the vehicle reform."""

from hypothesis import strategies as st

from ops.vehicles.hires import service as hire_service
from ops.vehicles.hires.models import Hire
from ops.vehicles.models import Vehicle
from ops.vehicles.register import service as register_service
from ops.vehicles.register.models import ReformUnit, VehicleTransfer
from tests.random_work.steps import BY, Deed, Draw, a_unit, days, money, some


def arrange() -> None:
    """The units and cars of the trips are there."""


def hire(draw: Draw) -> Deed | None:
    unit, day, how_many, price = a_unit(draw), draw(days), draw(st.integers(1, 3)), money(draw)
    return lambda: hire_service.record(
        unit, "现场会", day, "conference", "", BY, "租赁公司01", "coach", how_many, price, ""
    )


def hire_more(draw: Draw) -> Deed | None:
    if not (activity := some(Hire, draw)):
        return None
    how_many, price = draw(st.integers(1, 3)), money(draw)
    return lambda: hire_service.add_trips(activity, "租赁公司02", "van", how_many, price, "", BY)


def void_hire(draw: Draw) -> Deed | None:
    activity = some(Hire, draw)
    return activity and (lambda: hire_service.void(activity, "重复登记", BY))


def transfer(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    day, to = draw(days), draw(st.sampled_from(["乙单位", "丙单位", "甲单位"]))
    return lambda: register_service.transfer(car.id, day, "甲单位", to, BY)


def void_transfer(draw: Draw) -> Deed | None:
    made = some(VehicleTransfer, draw)
    return made and (lambda: register_service.void_transfer(made, "重复登记", BY))


def enter_reform(draw: Draw) -> Deed | None:
    unit, day = a_unit(draw), draw(days)
    return lambda: register_service.enter_reform(unit, day, BY)


def leave_reform(draw: Draw) -> Deed | None:
    if not (member := some(ReformUnit, draw)):
        return None
    day = draw(days)
    return lambda: register_service.leave_reform(member, day, BY)


STEPS = (
    *(hire, hire, hire_more, void_hire, void_hire, transfer, transfer, void_transfer, void_transfer),
    *(enter_reform, enter_reform, leave_reform, leave_reform),
)
