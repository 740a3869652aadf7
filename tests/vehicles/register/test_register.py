"""The register: cars come and go, pass to other holders; units enter and leave the vehicle reform."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db
from ops.core.period import month, year
from ops.indicators.readings import read
from ops.people.models import UnitKind
from ops.people.roles import Role
from ops.vehicles.models import Vehicle
from ops.vehicles.register.life_models import CarFileChange
from ops.vehicles.register.models import ReformUnit, VehicleTransfer
from tests.app_fixtures import SignIn
from tests.factories import make_unit, make_vehicle
from tests.vehicles.factories import make_dispatch, make_reform_unit, make_transfer

PAGES = ("cars", "cars/1", "transfers", "reform", "reform/1")
FORMS = ("cars/new", "cars/1/removal", "transfers/new", "transfers/1/void", "reform/new", "reform/1/end")


def typed(**values: Any) -> dict[str, Any]:
    usual = {"plate": "冀B12345", "category": "other", "model": "轿车", "seats": "5", "registered_on": "2023-05-09"}
    return {**usual, **values}


def rows(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_watchers_read_every_page_and_write_nothing(app: Flask, sign_in: SignIn) -> None:
    make_transfer(vehicle_id=make_vehicle().id)
    make_reform_unit(UnitKind.ENTERPRISE)
    for role in (Role.AUDITOR, Role.LEADER):
        client = sign_in(role)
        assert [client.get(f"/vehicles/{address}").status_code for address in PAGES] == [200] * len(PAGES)
        assert [client.get(f"/vehicles/{address}").status_code for address in FORMS] == [403] * len(FORMS)
        assert [client.post(f"/vehicles/{address}").status_code for address in FORMS] == [403] * len(FORMS)


def test_the_dispatcher_opens_every_form_and_nobody_opens_what_is_not_there(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert [client.get(f"/vehicles/{address}").status_code for address in FORMS if "/1/" in address] == [404] * 3
    make_transfer(vehicle_id=make_vehicle().id)
    make_reform_unit(UnitKind.ENTERPRISE)
    assert [client.get(f"/vehicles/{address}").status_code for address in FORMS] == [200] * len(FORMS)


def test_a_car_comes_on_the_register_under_its_plain_plate(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert client.post("/vehicles/cars/new", data=typed(plate=" 冀b·12345 ")).status_code == 303
    assert db.session.scalars(select(Vehicle.plate)).all() == ["冀B12345"]
    assert read("vehicles.on_register", month(2023, 5)).value == 1
    assert read("vehicles.on_register", month(2023, 4)).value is None
    assert client.post("/vehicles/cars/new", data=typed()).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"plate": "12345"}, {"plate": ""}, {"plate": "冀B1"}, {"seats": "1"}, {"seats": "5.5"}, {"category": "tank"},
     {"registered_on": "2023-02-30"}, {"registered_on": ""}, {"model": ""}],
)  # fmt: skip
def test_a_car_that_cannot_be_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    answer = sign_in(Role.DISPATCHER).post("/vehicles/cars/new", data=typed(**wrong))
    assert answer.status_code == 422
    assert "-error" in answer.get_data(as_text=True)
    assert rows(Vehicle) == 0


def test_a_car_taken_off_counts_until_the_day_before(app: Flask, sign_in: SignIn) -> None:
    car = make_vehicle(registered_on=date(2023, 1, 1))
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/cars/{car.id}/removal"
    assert client.post(address, data={"deregistered_on": "2023-01-01"}).status_code == 422
    assert client.post(address, data={"deregistered_on": "2023-06-01"}).status_code == 303
    assert client.post(address, data={"deregistered_on": "2023-07-01"}).status_code == 422
    assert read("vehicles.on_register", month(2023, 5)).value == 1
    assert read("vehicles.on_register", month(2023, 6)).value == 0
    assert "冀B" in client.get("/vehicles/cars?state=off&category=other&q=冀B&sort=seats&down=1").get_data(as_text=True)


def test_a_car_with_trips_ahead_stays_on_the_register(app: Flask, sign_in: SignIn) -> None:
    dispatch = make_dispatch()
    address = f"/vehicles/cars/{dispatch.vehicle_id}/removal"
    client = sign_in(Role.DISPATCHER)
    assert client.post(address, data={"deregistered_on": "2023-05-09"}).status_code == 422
    assert client.post(address, data={"deregistered_on": "2023-05-10"}).status_code == 303


def test_a_transfer_counts_its_car_once(app: Flask, sign_in: SignIn) -> None:
    car = make_vehicle()
    client = sign_in(Role.DISPATCHER)
    given = {"vehicle_id": car.id, "from_holder": "甲单位", "to_holder": "乙单位"}
    assert client.post("/vehicles/transfers/new", data={**given, "day": "2023-05-09"}).status_code == 303
    assert client.post("/vehicles/transfers/new", data={**given, "day": "2023-05-09"}).status_code == 422
    assert client.post("/vehicles/transfers/new", data={**given, "day": "2023-08-01"}).status_code == 303
    assert client.post("/vehicles/transfers/new", data={**given, "to_holder": "甲单位"}).status_code == 422
    figure = read("vehicles.transferred", year(2023))
    assert (figure.value, figure.records) == (1, 2)
    assert rows(VehicleTransfer) == 2


def test_a_void_transfer_does_not_count(app: Flask, sign_in: SignIn) -> None:
    transfer = make_transfer()
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/transfers/{transfer.id}/void"
    assert read("vehicles.transferred", year(2023)).value == 1
    assert client.post(address, data={"reason_given": ""}).status_code == 422
    assert client.post(address, data={"reason_given": "录错"}).status_code == 303
    assert client.post(address, data={"reason_given": "录错"}).status_code == 422
    assert read("vehicles.transferred", year(2023)).value is None
    assert "录错" in client.get(f"/vehicles/cars/{transfer.vehicle_id}").get_data(as_text=True)


def test_units_under_the_reform_count_by_kind_until_they_leave(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    units = [make_unit(kind=kind) for kind in (UnitKind.INSTITUTION, UnitKind.INSTITUTION, UnitKind.ENTERPRISE)]
    for unit in units:
        given = {"unit_id": unit.id, "from_on": "2023-02-01"}
        assert client.post("/vehicles/reform/new", data=given).status_code == 303
        assert client.post("/vehicles/reform/new", data=given).status_code == 422
    assert client.post("/vehicles/reform/1/end", data={"to_on": "2023-02-01"}).status_code == 422
    assert client.post("/vehicles/reform/1/end", data={"to_on": "2023-06-01"}).status_code == 303
    assert client.post("/vehicles/reform/1/end", data={"to_on": "2023-07-01"}).status_code == 422
    assert [read("vehicles.institutions", month(2023, number)).value for number in (1, 5, 6)] == [None, 2, 1]
    assert read("vehicles.enterprises", year(2023)).value == 1
    assert client.get("/vehicles/reform?kind=enterprise").get_data(as_text=True).count("/vehicles/reform/") == 2


def test_a_government_body_is_not_under_this_reform(app: Flask, sign_in: SignIn) -> None:
    organ = make_unit(kind=UnitKind.ORGAN)
    client = sign_in(Role.DISPATCHER)
    assert client.post("/vehicles/reform/new", data={"unit_id": organ.id, "from_on": "2023-02-01"}).status_code == 422
    assert rows(ReformUnit) == 0


def test_the_register_entry_is_put_right_and_each_change_is_a_row(app: Flask, sign_in: SignIn) -> None:
    car, other, client = make_vehicle(), make_vehicle(), sign_in(Role.FLEET_HEAD)
    address = f"/vehicles/cars/{car.id}/correction"
    sent = {
        "plate": "冀b·z1234",
        "category": "special",
        "model": car.model,
        "seats": "7",
        "registered_on": "2019-12-31",
    }
    assert car.plate in client.get(address).text
    assert client.post(address, data={**sent, "plate": other.plate}).status_code == 422
    assert client.post(address, data={**sent, "seats": "1"}).status_code == 422
    assert client.post(address, data=sent).status_code == 303
    db.session.refresh(car)
    assert (car.plate, car.category, car.seats, car.registered_on) == ("冀BZ1234", "special", 7, date(2019, 12, 31))
    facts = {row.fact for row in db.session.scalars(select(CarFileChange))}
    assert facts == {"plate", "category", "seats", "registered_on"}
    shown = client.get(f"/vehicles/cars/{car.id}/history").text
    assert "特种专业技术用车" in shown
    assert sign_in(Role.AUDITOR).get(address).status_code == 403


def test_a_car_is_registered_no_later_than_its_first_trip(app: Flask, sign_in: SignIn) -> None:
    trip = make_dispatch()
    sent = {"plate": trip.vehicle.plate, "category": "other", "model": "轿车", "seats": "5"}
    address, client = f"/vehicles/cars/{trip.vehicle_id}/correction", sign_in(Role.DISPATCHER)
    assert client.post(address, data={**sent, "registered_on": "2023-05-10"}).status_code == 422
    assert client.post(address, data={**sent, "registered_on": "2023-05-09"}).status_code == 303
