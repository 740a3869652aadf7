"""The rules of vehicles: delivered as data, read by day, a later version added by the head of the section alone."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.audit import AuditEntry
from ops.core.db import db
from ops.people.roles import Role
from ops.vehicles.register import file_queries
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.rulebook import queries
from ops.vehicles.rulebook.book import Version, bound, delivered
from ops.vehicles.rulebook.models import FACTS, RULE_LABELS, RuleVersion
from tests.app_fixtures import SignIn
from tests.factories import AT, make_vehicle, saved

RULES = "/vehicles/rules-of-vehicles"
NEED = f"{RULES}/ceiling.enforcement_need/versions/new"
ADDRESS = re.compile(r"[a-z0-9-]+\.(com|cn|net|org|info)\b")


def typed(**values: str) -> dict[str, str]:
    usual = {"price": "200000", "displacement": "2.0", "valid_from": "2023-05-09", "document": "区管理细则（测试）",
             "clause": "第五条", "source": "原文", "confirmed": "y"}  # fmt: skip
    return {**usual, **values}


def version(day: date, price: str, **values: bool) -> Version:
    return Version("ceiling.usual", day, {"price": price}, "", "", "", True, **values)


@pytest.mark.pure
def test_every_rule_is_named_and_says_known_facts_with_its_document_clause_and_source() -> None:
    assert {each.rule for each in delivered()} == set(RULE_LABELS)
    for each in delivered():
        assert each.document
        assert each.clause
        assert each.source
        assert set(each.values) <= set(FACTS)


@pytest.mark.pure
def test_no_data_of_vehicles_prints_an_address() -> None:
    files = [file for file in Path("ops/vehicles").rglob("data/*.json") if file.parent.parent.name != "exchange"]
    assert len(files) > 8
    assert [file.name for file in files if ADDRESS.search(file.read_text("utf-8"))] == []


@pytest.mark.pure
def test_a_version_holds_from_its_day_until_the_next_one_or_its_end() -> None:
    spring, autumn, gone = date(2023, 3, 1), date(2023, 9, 1), date(2024, 1, 1)
    versions = [version(autumn, "3"), version(spring, "1"), version(spring, "2"), version(gone, "3", ends=True)]
    book = bound(versions)
    days = (date(2017, 12, 4), date(2023, 2, 28), spring, autumn, date(2023, 12, 31), gone)
    found = [book.in_force("ceiling.usual", day) for day in days]
    assert [each and each.values["price"] for each in found] == [None, "180000", "2", "3", "3", None]


def test_a_later_version_judges_what_was_bought_from_its_day_on(app: Flask, sign_in: SignIn) -> None:
    file = {"ceiling_case": "need", "special": "边远执法", "price": Decimal(190000), "displacement": Decimal("1.9")}
    cars = [make_vehicle(category="enforcement") for _day in (8, 9)]
    files = [
        saved(CarFile(vehicle_id=car.id, bought_on=date(2023, 5, day), kept_at=AT, kept_by="测试员", **file))
        for day, car in zip((8, 9), cars, strict=True)
    ]
    client = sign_in(Role.FLEET_HEAD)
    assert 'value="2023' not in client.get(RULES).text
    assert client.post(NEED, data=typed()).status_code == 303
    book = queries.book()
    judged = [file_queries.standard_of(*each, book) for each in zip(cars, files, strict=True)]
    assert [each.is_over for each in judged if each] == [True, False]
    shown = client.get(RULES).text
    assert "区管理细则（测试）" in shown
    assert "200,000 元" in shown
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "vehicles.rule_version.added")) == 1


@pytest.mark.parametrize(("rule", "wrong"), [
    ("ceiling.enforcement_need", {"price": "0"}), ("ceiling.enforcement_need", {"displacement": "1.85"}),
    ("ceiling.enforcement_need", {"valid_from": "2017-12-04"}), ("ceiling.enforcement_need", {"source": ""}),
    ("ceiling.enforcement_need", {"document": ""}), ("renewal.years", {"years": "8.5"}),
    ("classes.seats", {"sedan": "9", "van": "9", "minibus": "19"}), ("violation.luxury", {"chinese": ""}),
])  # fmt: skip
def test_a_version_that_cannot_be_is_refused(app: Flask, sign_in: SignIn, rule: str, wrong: dict[str, str]) -> None:
    answer = sign_in(Role.FLEET_HEAD).post(f"{RULES}/{rule}/versions/new", data=typed(**wrong))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert db.session.scalar(select(func.count()).select_from(RuleVersion)) == 0


def test_the_head_enters_versions_and_those_who_watch_read_them(app: Flask, sign_in: SignIn) -> None:
    for role in (Role.AUDITOR, Role.DISCIPLINE, Role.FINANCE, Role.DISPATCHER):
        client = sign_in(role)
        assert client.get(RULES).status_code == 200
        assert client.get(NEED).status_code == client.post(NEED, data=typed()).status_code == 403
        assert "录入新版本" not in client.get(RULES).text
    assert sign_in(Role.LIAISON).get(RULES).status_code == 403
    head = sign_in(Role.FLEET_HEAD)
    assert head.get(f"{RULES}/ceiling.of_mine/versions/new").status_code == 404
    assert "第七条（三）" in head.get(NEED).text
    assert 'value="180000"' in head.get(NEED).text
    assert "超规格" not in head.get(f"{RULES}/violation.luxury/versions/new").text


def test_the_tariffs_say_by_which_seats_a_car_has_its_class(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FLEET_HEAD)
    assert "小型车不超过5座" in client.get("/vehicles/tariffs").text
    seats = typed(sedan="7", van="12", minibus="22", valid_from="2023-01-01")
    assert client.post(f"{RULES}/classes.seats/versions/new", data=seats).status_code == 303
    assert "小型车不超过7座" in client.get("/vehicles/tariffs").text
