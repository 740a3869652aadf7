"""One car, one file: what its papers say, the standard it is held to, its quota."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db
from ops.people.roles import Role
from ops.vehicles.obligations.models import Obligation
from ops.vehicles.register.ceiling_rules import Bought, may_be_renewed, standard, why_unknown
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.rulebook.book import bound
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle

BOUGHT = date(2020, 1, 1)


def bought(
    category: str = "other", body: str = "sedan", energy: str = "petrol", case: str = "usual",
    price: str | None = "100000", litres: str | None = "1.5", on: date = BOUGHT,
) -> Bought:  # fmt: skip
    cost, size = Decimal(price) if price else None, Decimal(litres) if litres else None
    return Bought(category, body, energy, case, cost, size, on)


@pytest.mark.pure
@pytest.mark.parametrize(("category", "body", "energy", "case", "price", "litres", "over"), [
    ("confidential", "sedan", "petrol", "usual", "120000", "1.6", (None, None)),
    ("confidential", "sedan", "petrol", "usual", "120000.01", "1.599", (Decimal("0.01"), None)),
    ("confidential", "small", "petrol", "special", "500000", "3.0", (Decimal(380000), Decimal("1.4"))),
    ("other", "sedan", "petrol", "usual", "180000", "1.8", (None, None)),
    ("emergency", "small", "petrol", "usual", "180000", "2.0", (None, Decimal("0.2"))),
    ("emergency", "sedan", "petrol", "special", "240000", "2.9", (Decimal(60000), Decimal("1.1"))),
    ("enforcement", "sedan", "petrol", "usual", "150000", "1.8", (Decimal(30000), Decimal("0.2"))),
    ("enforcement", "sedan", "petrol", "need", "150000", "1.8", (None, None)),
    ("enforcement", "sedan", "petrol", "need", "180001", "1.8", (Decimal(1), None)),
    ("enforcement", "small", "diesel", "special", "250000", "3.0", (None, None)),
    ("other", "sedan", "petrol", "need", "180000", "1.9", (None, Decimal("0.1"))),
    ("other", "medium", "diesel", "usual", "250001", "3.0", (Decimal(1), None)),
    ("other", "large", "diesel", "special", "460000", "6.0", (Decimal(10000), None)),
    ("confidential", "sedan", "electric", "usual", "180000", None, (None, None)),
])  # fmt: skip
def test_the_ceiling_of_article_7(
    category: str, body: str, energy: str, case: str, price: str, litres: str | None, over: tuple[object, object]
) -> None:
    found = standard(bought(category, body, energy, case, price, litres), bound())
    assert found
    assert (found.over_price, found.over_displacement) == over
    assert found.is_over == any(each is not None for each in over)
    assert "第七条" in found.rule.clause


@pytest.mark.pure
def test_where_there_is_no_ceiling_the_reason_is_said(app: Flask) -> None:
    book = bound()
    cases = [
        (bought("special", "small", price="900000"), "会同财政部门"),
        (bought(body="truck", price="900000"), "未规定该类车辆"),
        (bought(price="900000", on=date(2017, 12, 4)), "2017-12-05起施行"),
    ]
    for car, words in cases:
        assert standard(car, book) is None
        assert words in str(why_unknown(car, book))


@pytest.mark.pure
def test_what_is_not_known_is_not_within_the_ceiling() -> None:
    book = bound()
    missing = [(None, "1.5", "petrol"), ("100000", None, "petrol"), ("100000", "1.5", "petrol")]
    judged = [standard(bought(price=price, litres=litres, energy=energy), book) for price, litres, energy in missing]
    assert [each.missing for each in judged if each] == [True, True, False]


@pytest.mark.pure
def test_over_eight_years_is_a_flag() -> None:
    assert not may_be_renewed(date(2015, 5, 9), date(2023, 5, 9), 8)
    assert may_be_renewed(date(2015, 5, 9), date(2023, 5, 10), 8)


def typed(**values: str) -> dict[str, str]:
    usual = {"vin": "LSVAA49J132047371", "body": "sedan", "energy": "petrol", "displacement": "2.0", "price": "200000",
             "bought_on": "2020-01-01", "first_registered_on": "2020-01-05", "acquired": "bought", "quota": "in",
             "platform": "own", "ceiling_case": "usual"}  # fmt: skip
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
                                   {"displacement": "1.23456"}, {"price": "-1"}, {"quota": "perhaps"},
                                   {"ceiling_case": "special"},
                                   {"ceiling_case": "need", "special": "缉查"}, {"special": "山区道路"}])  # fmt: skip
def test_a_file_that_cannot_be_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    car = make_vehicle()
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/cars/{car.id}/file", data=typed(**wrong))
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(CarFile)) == 0
    assert sign_in(Role.AUDITOR).get(f"/vehicles/cars/{car.id}/file").status_code == 403


def test_the_page_says_by_which_case_a_car_is_within_the_standard(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(category="enforcement"), sign_in(Role.DISPATCHER)
    address, page = f"/vehicles/cars/{car.id}/file", f"/vehicles/cars/{car.id}"
    client.post(address, data=typed(price="150000", displacement="1.8"))
    shown = client.get(page).text
    assert "超标准" in shown
    assert "第七条允许适用较高标准" in shown
    needed = typed(price="150000", displacement="1.8", ceiling_case="need", special="边远乡镇执法，区财政局批复")
    assert client.post(address, data=needed).status_code == 303
    shown = client.get(page).text
    assert "符合配备标准" in shown
    assert "执法执勤工作需要：边远乡镇执法，区财政局批复" in shown
    early = typed(price="900000", bought_on="2017-12-04", first_registered_on="2017-12-05", special="")
    assert client.post(address, data=early).status_code == 303
    assert "无对应标准" in client.get(page).text
