"""A list asks the database as often for ten rows as for two: the register, hires, statements. Assigning asks little."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from ops.core.db import db, transaction
from ops.core.period import month
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.hires import money_service
from ops.vehicles.register import life_service, service
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.settlement import service as statements
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_driver, make_trip_request, make_unit, make_vehicle, saved
from tests.vehicles.factories import (
    BY,
    approve_hire,
    drive_hire,
    invoice_hire,
    make_asked_hire,
    make_departure,
    make_dispatch,
    make_reform_unit,
    make_transfer,
    make_vendor,
    order_hire,
)

MORE = 8


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def listen(*told: Any) -> None:
        statements.append(told[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def a_car() -> None:
    car = make_vehicle(registered_on=DAY - timedelta(days=9 * 366))
    saved(CarFile(vehicle_id=car.id, bought_on=car.registered_on, price=Decimal(300_000), kept_at=AT, kept_by="管理员"))


def a_disposed_car() -> None:
    car = make_vehicle()
    with transaction():
        service.deregister(car, DAY, BY)
        life_service.dispose(car, DAY, "auction", Decimal(100), "处置1号", None, BY)


def a_hire() -> None:
    invoice_hire(drive_hire(order_hire(approve_hire(make_asked_hire()), make_vendor({"coach": 1300}))))


def a_statement() -> None:
    """Of a unit whose trip is back."""
    unit = make_unit()
    trip = make_departure(make_dispatch(request={"unit_id": unit.id}))
    with transaction():
        trips.take_back(trip, trip.starts_at + timedelta(hours=3), 1100, BY)
    with transaction():
        statements.issue(unit.id, month(2023, 5), BY)


def a_budget() -> None:
    hire = make_asked_hire()
    with transaction():
        money_service.set_budget(hire.unit_id, DAY.year, Decimal(5000), "预算批复", BY)


PAGES: dict[str, tuple[Callable[[], object], int]] = {
    "/vehicles/cars": (a_car, 6),
    "/vehicles/flags": (a_car, 9),
    "/vehicles/quota": (a_car, 5),
    "/vehicles/cars?state=off": (a_disposed_car, 6),
    "/vehicles/transfers": (make_transfer, 7),
    "/vehicles/reform": (lambda: make_reform_unit("institution"), 6),
    "/vehicles/hires": (a_hire, 20),
    "/vehicles/hire-invoices": (a_hire, 14),
    "/vehicles/hire-vendors": (a_hire, 9),
    "/vehicles/hire-budgets?year=2023": (a_budget, 8),
    "/vehicles/hire-notice?period=2023-05": (a_hire, 18),
    "/vehicles/statements": (a_statement, 10),
}


@pytest.mark.parametrize("address", PAGES)
def test_a_list_takes_as_many_statements_for_ten_rows_as_for_two(app: Flask, sign_in: SignIn, address: str) -> None:
    make, most = PAGES[address]
    client, counts = sign_in(Role.DISPATCHER), []
    for number in (2, MORE):
        for _row in range(number):
            make()
        client.get(address)  # what is read once in the life of the app is read now
        db.session.rollback()
        with counted() as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], "\n".join(sorted(asked))
    assert counts[1] <= most


def test_a_car_is_assigned_with_few_statements(app: Flask, sign_in: SignIn) -> None:
    client, car, driver = sign_in(Role.DISPATCHER), make_vehicle(), make_driver()
    for day in (1, 2):
        address = f"/vehicles/requests/{make_trip_request(AT + timedelta(days=day)).id}/dispatch"
        given = {"vehicle_id": car.id, "driver_id": driver.id}
        db.session.rollback()
        with counted() as asked:
            assert client.post(address, data=given).status_code == 303
    assert len(asked) <= 20, "\n".join(asked)
