"""One car, one file: what its papers say, the standard it is held to, its quota."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db
from ops.people.roles import Role
from ops.vehicles.obligations.models import Obligation
from ops.vehicles.register.ceiling_rules import may_be_renewed, standard
from ops.vehicles.register.file_models import CarFile
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle

BOUGHT = date(2020, 1, 1)


@pytest.mark.pure
@pytest.mark.parametrize(("category", "body", "energy", "special", "price", "litres", "over"), [
    ("confidential", "sedan", "petrol", False, "120000", "1.6", (None, None)),
    ("confidential", "sedan", "petrol", False, "120000.01", "1.599", (Decimal("0.01"), None)),
    ("other", "sedan", "petrol", False, "180000", "1.8", (None, None)),
    ("emergency", "small", "petrol", False, "180000", "2.0", (None, Decimal("0.2"))),
    ("enforcement", "small", "diesel", True, "250000", "3.0", (None, None)),
    ("other", "large", "diesel", True, "460000", "6.0", (Decimal(10000), None)),
    ("confidential", "sedan", "electric", False, "180000", None, (None, None)),
    ("enforcement", "sedan", "petrol", True, "180000", "1.8", (None, None)),
    ("enforcement", "sedan", "petrol", True, "190000", "1.8", (Decimal(10000), None)),
    ("emergency", "sedan", "petrol", True, "240000", "2.0", (Decimal(60000), Decimal("0.2"))),
    ("confidential", "small", "petrol", True, "130000", "1.6", (Decimal(10000), None)),
    ("other", "truck", "diesel", True, "200000", "1.8", (Decimal(20000), None)),
])  # fmt: skip
def test_the_ceiling_of_article_7(
    category: str, body: str, energy: str, special: bool, price: str, litres: str | None, over: tuple[object, object]
) -> None:
    found = standard(category, body, energy, special, Decimal(price), Decimal(litres) if litres else None, BOUGHT)
    assert found
    assert (found.over_price, found.over_displacement) == over
    assert found.is_over == any(each is not None for each in over)
    assert "第七条" in found.clause


@pytest.mark.pure
def test_no_ceiling_for_special_cars_nor_before_the_rule() -> None:
    assert standard("special", "small", "petrol", False, Decimal(900000), None, BOUGHT) is None
    assert standard("other", "sedan", "petrol", False, Decimal(900000), None, date(2017, 12, 4)) is None


@pytest.mark.pure
def test_over_eight_years_is_a_flag() -> None:
    assert not may_be_renewed(date(2015, 5, 9), date(2023, 5, 9))
    assert may_be_renewed(date(2015, 5, 9), date(2023, 5, 10))


def typed(**values: str) -> dict[str, str]:
    usual = {"vin": "LSVAA49J132047371", "body": "sedan", "energy": "petrol", "displacement": "2.0", "price": "200000",
             "bought_on": "2020-01-01", "first_registered_on": "2020-01-05", "acquired": "bought", "quota": "in",
             "platform": "own"}  # fmt: skip
    return {**usual, **values}


def test_the_file_is_kept_shows_what_is_over_and_plans_the_inspection(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(), sign_in(Role.DISPATCHER)
    address = f"/vehicles/cars/{car.id}/file"
    assert client.post(address, data=typed()).status_code == 303
    assert client.post(address, data=typed(colour="白")).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Obligation)) == 1
    shown = client.get(f"/vehicles/cars/{car.id}").get_data(as_text=True)
    assert "第七条" in shown
    assert "LSVAA49J132047371" in shown
    assert client.get("/vehicles/quota").status_code == 200
    other = make_vehicle()
    assert client.post(f"/vehicles/cars/{other.id}/file", data=typed()).status_code == 422


@pytest.mark.parametrize("wrong", [{"vin": "123"}, {"vin": "LSVAA49J13204737I"}, {"first_registered_on": "2019-12-31"},
                                   {"displacement": "1.23456"}, {"price": "-1"}, {"quota": "perhaps"}])  # fmt: skip
def test_a_file_that_cannot_be_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    car = make_vehicle()
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/cars/{car.id}/file", data=typed(**wrong))
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(CarFile)) == 0
    assert sign_in(Role.AUDITOR).get(f"/vehicles/cars/{car.id}/file").status_code == 403
