"""Evidence adds up to the reading, opens a page, and a written day is counted again."""

from datetime import timedelta

from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import year
from ops.indicators import evidence
from ops.indicators.catalogue import metrics
from ops.indicators.readings import read
from ops.indicators.verification import drifts
from ops.people.models import UnitKind
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.hires import service as hire_service
from ops.vehicles.hires.metrics import METRICS as OF_HIRES
from ops.vehicles.metrics import METRICS as OF_TRIPS
from ops.vehicles.register import service as register_service
from ops.vehicles.register.metrics import METRICS as OF_REGISTER
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY
from tests.vehicles.factories import make_departure, make_dispatch, make_hire, make_reform_unit, make_transfer

PERIOD = year(2023)
METRICS = (*OF_TRIPS, *OF_REGISTER, *OF_HIRES)


def work_a_day(by: Actor) -> None:
    """Something of everything, and something of it undone."""
    made = [make_dispatch(AT + timedelta(days=number)) for number in range(3)]
    transfers, hires = [make_transfer(), make_transfer()], [make_hire(), make_hire()]
    reform = [make_reform_unit(kind) for kind in (UnitKind.INSTITUTION, UnitKind.INSTITUTION, UnitKind.ENTERPRISE)]
    make_departure(made[0])
    with transaction():
        service.take_back(made[0], AT + timedelta(hours=5), 1080, by)
        service.cancel(made[1], "改期", by)
        register_service.void_transfer(transfers[0], "录错", by)
        register_service.leave_reform(reform[0], DAY + timedelta(days=1), by)
        hire_service.void(hires[0], "重复登记", by)


def test_every_figure_equals_the_foot_of_its_evidence(app: Flask, by: Actor) -> None:
    work_a_day(by)
    expected = {
        "dispatches": 2, "kilometres": 80, "returns_on_time": 0, "on_register": 5, "transferred": 1,
        "institutions": 1, "enterprises": 1, "hired_activities": 1, "hired_trips": 2, "hired_cost": 2401,
    }  # fmt: skip
    for name, value in expected.items():
        metric = metrics()[f"vehicles.{name}"]
        figure, foot = read(metric.name, PERIOD), evidence.foot(metric, PERIOD, 0)
        assert figure.value == value, name
        assert (figure.part, figure.whole, figure.records) == (foot.part, foot.whole, foot.records), name
    assert set(expected) == {metric.name.removeprefix("vehicles.") for metric in METRICS}


def test_figures_that_were_read_before_the_work_was_undone_are_counted_again(app: Flask, by: Actor) -> None:
    dispatch, transfer, hire, reform = make_dispatch(), make_transfer(), make_hire(), make_reform_unit("enterprise")
    for metric in METRICS:
        read(metric.name, PERIOD)
    with transaction():
        service.cancel(dispatch, "改期", by)
        register_service.void_transfer(transfer, "录错", by)
        hire_service.void(hire, "重复登记", by)
        register_service.leave_reform(reform, DAY + timedelta(days=1), by)
        register_service.deregister(transfer.vehicle, DAY, by)
    for metric in METRICS:
        read(metric.name, PERIOD)
    assert list(drifts()) == []


def test_each_line_of_evidence_opens_its_record(app: Flask, by: Actor, sign_in: SignIn) -> None:
    work_a_day(by)
    client = sign_in(Role.PERFORMANCE)
    for metric in METRICS:
        page = client.get(f"/figures/{metric.name}/evidence?period=2023")
        assert page.status_code == 200
        links = [part.split('"')[0] for part in page.get_data(as_text=True).split('href="')[1:]]
        records = {link for link in links if link.startswith("/vehicles/") and link.rsplit("/", 1)[1].isdigit()}
        assert records, metric.name
        assert {client.get(link).status_code for link in records} == {200}, metric.name
