"""Cars to look at: over the standard, old enough, to be scrapped; each flag with its rule, none decides anything."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import event

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people.roles import Role
from ops.vehicles.obligations import service as obligations
from ops.vehicles.odometer import replacing
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import Source
from ops.vehicles.register import flag_queries
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.rulebook import service as rulebook
from tests.app_fixtures import SignIn
from tests.factories import AT, make_vehicle, saved

TODAY = date(2023, 5, 9)


def car_with(**facts: Any) -> tuple[Any, CarFile]:
    car = make_vehicle(registered_on=date(2010, 1, 4))
    return car, saved(CarFile(vehicle_id=car.id, kept_at=AT, kept_by="测试员", **facts))


def words(car: Any, file: CarFile, day: date = TODAY) -> list[str]:
    return [str(each.word) for each in flag_queries.flags_of(car, file, day)]


def test_a_car_that_missed_three_cycles_must_go_from_the_next_day_on(app: Flask, by: Actor) -> None:
    car, file = car_with(first_registered_on=date(2010, 3, 15), bought_on=date(2016, 1, 4))
    with transaction():
        missed = obligations.owe(car.id, "inspection_test", date(2020, 3, 15), None, by)
    assert words(car, file, date(2023, 3, 15)) == []
    [flag] = flag_queries.flags_of(car, file, date(2023, 3, 16))
    assert (str(flag.word), flag.state, flag.detail) == (
        "连续三个检验周期未取得检验合格标志，应强制报废",
        "late",
        "自2020-03-15起逾期",
    )
    assert "第四条" in flag.basis["clause"]
    with transaction():
        obligations.waive(missed, "已补检", by)
    assert words(car, file, date(2023, 3, 16)) == []


def test_scrapping_is_advised_by_what_was_driven_whatever_the_dial_shows(app: Flask, by: Actor) -> None:
    car, file = car_with(first_registered_on=date(2018, 3, 15), bought_on=date(2015, 5, 9))
    moments = [datetime(2023, 1, day, 8) for day in (1, 2, 3)]
    with transaction():
        odometer.record(car.id, 500_000, moments[0], Source.MANUAL, "", by, "misread")
        replacing.replace_dial(car.id, moments[1], 500_000, 0, "维修单01", None, by, "misread")
        odometer.record(car.id, 99_999, moments[2], Source.MANUAL, "", by, "misread")
    assert words(car, file) == []
    assert words(car, file, date(2023, 5, 10)) == ["使用超过8年，可以更新"]
    with transaction():
        odometer.record(car.id, 100_000, datetime(2023, 1, 4, 8), Source.MANUAL, "", by, "misread")
    assert words(car, file) == ["行驶里程达到引导报废里程"]


def test_the_page_lists_them_with_document_clause_and_source(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FLEET_HEAD)
    assert "暂无需关注车辆" in client.get("/vehicles/flags").text
    car, _file = car_with(bought_on=date(2012, 1, 4), price=200000)
    make_vehicle()
    shown = client.get("/vehicles/flags").text
    assert car.plate in shown
    assert "第二十二条" in shown
    assert "超标准" not in client.get(f"/vehicles/cars/{car.id}").text  # no ceiling before December 2017
    assert sign_in(Role.LIAISON).get("/vehicles/flags").status_code == 403


def test_all_cars_are_judged_as_each_alone_in_as_many_statements_as_one(app: Flask, by: Actor) -> None:
    def statements() -> int:
        seen: list[str] = []
        note = lambda _connection, _cursor, statement, *_rest: seen.append(statement)  # noqa: E731
        db.session.rollback()
        db.session.expire_all()
        event.listen(db.engine, "before_cursor_execute", note)
        flag_queries.flagged(TODAY)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    def old_car() -> tuple[Any, CarFile]:
        car, file = car_with(first_registered_on=date(2010, 3, 15), bought_on=date(2012, 1, 4), price=200000)
        with transaction():
            obligations.owe(car.id, "inspection_test", date(2019, 3, 15), None, by)
            odometer.record(car.id, 400_000, datetime(2023, 1, 1, 8), Source.MANUAL, "", by, "misread")
            replacing.replace_dial(car.id, datetime(2023, 1, 2, 8), 500_000, 0, "维修单01", None, by, "misread")
            odometer.record(car.id, 150_000, datetime(2023, 1, 3, 8), Source.MANUAL, "", by, "misread")
        return car, file

    made = [old_car()]
    alone = statements()
    made += [old_car() for _number in range(4)]
    assert statements() == alone
    together = {car.id: flags for car, flags in flag_queries.flagged(TODAY)}
    for car, file in made:
        single = flag_queries.flags_of(car, file, TODAY)
        assert len(single) == 3
        assert [(str(each.word), each.detail) for each in together[car.id]] == [
            (str(each.word), each.detail) for each in single
        ]


def test_a_car_whose_purchase_nobody_knows_is_old_by_its_first_registration(app: Flask) -> None:
    car, file = car_with(first_registered_on=date(2010, 3, 15))
    [flag] = flag_queries.flags_of(car, file, TODAY)
    assert (str(flag.word), flag.detail) == ("使用超过8年，可以更新", "注册登记日期 2010-03-15")


def test_the_years_of_renewal_are_those_of_the_rule_on_the_day(app: Flask, by: Actor) -> None:
    car, file = car_with(bought_on=date(2012, 1, 4))
    paper = {"document": "区公务用车管理细则（测试）", "clause": "第九条", "source": "原文", "confirmed": True}
    with transaction():
        rulebook.add_version("renewal.years", date(2023, 5, 9), False, **paper, by=by, years=Decimal(12))
    assert words(car, file, date(2023, 5, 8)) == ["使用超过8年，可以更新"]
    assert words(car, file) == []
    [flag] = flag_queries.flags_of(car, file, date(2024, 1, 5))
    assert (str(flag.word), flag.basis["clause"]) == ("使用超过12年，可以更新", "第九条")
