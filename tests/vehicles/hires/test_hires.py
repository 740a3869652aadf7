"""Vehicles hired from outside for activities."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.hires.models import Hire, HiredTrip
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.vehicles.factories import make_hire

MAY = month(2023, 5)


def typed(**values: Any) -> dict[str, Any]:
    usual = {
        "activity": "业务培训", "day": "2023-05-09", "reason_class": "training", "paper_no": "租审1号",
        "vendor": "租赁企业01", "vehicle_class": "coach", "how_many": "3", "price": "1,200.50", "plates": "冀b1 冀B2",
    }  # fmt: skip
    return {**usual, **values}


def figures() -> list[Decimal | None]:
    return [read(name, MAY).value for name in ("vehicles.hired_activities", "vehicles.hired_trips")]


def test_an_activity_is_recorded_with_its_vehicle_trips(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert client.get("/vehicles/hires/new").status_code == 200
    answer = client.post("/vehicles/hires/new", data=typed(unit_id=make_unit().id))
    assert answer.status_code == 303
    assert figures() == [1, 3]
    plates = db.session.scalars(select(HiredTrip.plate).order_by(HiredTrip.id)).all()
    assert plates == ["冀B1", "冀B2", None]
    assert "3,601.50" in client.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [{"plates": "A B C D"}, {"how_many": "0"}, {"price": "-1"}, {"price": "1.005"}, {"price": "viel"},
     {"reason_class": "holiday"}, {"day": "09.05.2023"}, {"activity": ""}, {"unit_id": "999"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    answer = sign_in(Role.DISPATCHER).post("/vehicles/hires/new", data=typed(**{"unit_id": make_unit().id, **wrong}))
    assert answer.status_code == 422
    assert "租赁企业01" in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Hire)) == 0
    assert figures() == [None, None]


def test_more_vehicles_are_added_to_the_activity(app: Flask, sign_in: SignIn) -> None:
    hire = make_hire()
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/hires/{hire.id}/trips/new"
    assert client.get(address).status_code == 200
    given = {"vendor": "租赁企业02", "vehicle_class": "sedan", "how_many": "1", "price": "300", "plates": ""}
    assert client.post(address, data=given).status_code == 303
    assert client.post(address, data={**given, "vendor": ""}).status_code == 422
    assert figures() == [1, 3]


def test_a_void_activity_stays_to_be_read_and_does_not_count(app: Flask, sign_in: SignIn) -> None:
    hire, other = make_hire(), make_hire()
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/hires/{hire.id}/void"
    assert figures() == [2, 4]
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": " "}).status_code == 422
    assert client.post(address, data={"reason_given": "重复登记"}).status_code == 303
    assert client.post(address, data={"reason_given": "重复登记"}).status_code == 422
    assert figures() == [1, 2]
    assert "重复登记" in client.get(f"/vehicles/hires/{hire.id}").get_data(as_text=True)
    voided = client.get("/vehicles/hires?state=void&reason=training&sort=cost").get_data(as_text=True)
    assert f'/vehicles/hires/{hire.id}"' in voided
    assert f'/vehicles/hires/{other.id}"' not in voided


def test_only_the_dispatcher_records_and_watchers_read(app: Flask, sign_in: SignIn) -> None:
    hire = make_hire()
    watcher, driver = sign_in(Role.LEADER), sign_in(Role.DRIVER)
    assert watcher.get("/vehicles/hires").status_code == 200
    assert watcher.get(f"/vehicles/hires/{hire.id}").status_code == 200
    assert watcher.get("/vehicles/hires/99").status_code == 404
    for address in ("new", f"{hire.id}/trips/new", f"{hire.id}/void"):
        assert watcher.get(f"/vehicles/hires/{address}").status_code == 403
        assert driver.post(f"/vehicles/hires/{address}").status_code == 403
