"""The files of cars and drivers and what is owed stay in step: renewed licences, corrected cars, what is owed again."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles.costs import repair_service
from ops.vehicles.models import Driver, Vehicle
from ops.vehicles.obligations import driver_files, planning, queries, service
from ops.vehicles.obligations.models import Obligation
from ops.vehicles.register import file_views, views
from ops.vehicles.register.file_models import CarFile, DriverFile
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_vehicle, saved
from tests.vehicles.obligations.test_obligations import open_ones

LICENSED, ENDS, TODAY = date(2021, 1, 20), date(2027, 1, 20), date(2026, 11, 26)


def licensed(by: Actor, until: date | None = ENDS, driver: Driver | None = None, **values: Any) -> Driver:
    driver = driver or make_driver()
    given: dict[str, Any] = {"licence_class": "C1", "first_licensed_on": LICENSED, "born_on": None, "phone": ""}
    with transaction():
        driver_files.keep(driver, licence_until=until, day=TODAY, by=by, **{**given, **values})
    return driver


def renewal() -> Obligation:
    found = select(Obligation).where(Obligation.kind == "licence", Obligation.closed_on.is_(None))
    return db.session.scalars(found).one()


def renew(by: Actor, until: date | None, for_life: bool = False) -> Any:
    with transaction():
        return service.record_done(renewal(), TODAY, "已换证", until, None, None, None, TODAY, by, for_life)


def test_a_renewed_licence_stands_in_the_file_and_another_telephone_number_changes_nothing(
    app: Flask, by: Actor
) -> None:
    driver = licensed(by)
    renew(by, date(2037, 1, 20))
    assert db.session.get_one(DriverFile, driver.id).licence_until == date(2037, 1, 20)
    licensed(by, date(2037, 1, 20), driver, phone="0315-0000002")
    assert open_ones() == [("licence", date(2037, 1, 20))]
    licensed(by, date(2036, 1, 20), driver)
    assert open_ones() == [("licence", date(2036, 1, 20))]
    licensed(by, None, driver)
    assert open_ones() == []


def test_a_licence_for_life_is_recorded_and_nothing_follows(app: Flask, by: Actor) -> None:
    driver = licensed(by)
    for until, for_life in ((None, False), (date(2037, 1, 20), True)):
        with pytest.raises(Rejected) as refusal:
            renew(by, until, for_life)
        assert refusal.value.field == "valid_until"
    done = renew(by, None, for_life=True)
    assert (open_ones(), db.session.get_one(DriverFile, driver.id).licence_until) == ([], None)
    with transaction():
        service.reverse_done(done, "录错", by)
    assert (open_ones(), db.session.get_one(DriverFile, driver.id).licence_until) == ([("licence", ENDS)], ENDS)


def test_what_was_taken_back_and_done_once_more_is_followed_again(app: Flask, by: Actor) -> None:
    licensed(by)
    done = renew(by, date(2037, 1, 20))
    with transaction():
        service.reverse_done(done, "录错", by)
    assert open_ones() == [("licence", ENDS)]
    renew(by, date(2037, 1, 20))
    assert open_ones() == [("licence", date(2037, 1, 20))]
    with transaction():
        service.waive(renewal(), "驾驶员调离", by)
    assert open_ones() == []


def test_a_licence_that_has_run_out_already_is_owed(app: Flask, by: Actor) -> None:
    licensed(by, date(2026, 10, 1))
    assert open_ones() == [("licence", date(2026, 10, 1))]


def test_the_next_licence_is_proposed_by_the_rule_and_not_after_twelve_points(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    driver, client = licensed(by), sign_in(Role.DISPATCHER)
    address = f"/vehicles/obligations/{renewal().id}/done"
    shown = client.get(address).text
    assert 'value="2037-01-20"' in shown
    assert "依次换发" in shown
    with transaction():
        for day in (3, 4):
            at = AT.replace(year=2025, day=day)
            repair_service.record_violation(make_vehicle().id, driver.id, at, "路口", "超速", 6, 200, by)
    shown = client.get(address).text
    assert 'value="2037-01-20"' not in shown
    assert "记满12分" in shown
    typed = {"done_on": "2026-11-20", "result": "已换证", "valid_until": ""}
    assert "请填写新驾驶证有效期" in client.post(address, data=typed).text


def test_reviews_follow_the_class_and_the_day_of_the_first_licence(app: Flask, by: Actor) -> None:
    driver = licensed(by, None, licence_class="A1")
    assert open_ones() == [("review", date(2027, 2, 19))]
    licensed(by, None, driver, licence_class="A1", first_licensed_on=date(2021, 3, 20))
    assert open_ones() == [("review", date(2026, 4, 19))]
    licensed(by, None, driver, licence_class="C1", first_licensed_on=date(2021, 3, 20))
    assert open_ones() == []


def filed(first: date, by: Actor, **facts: Any) -> Vehicle:
    car = make_vehicle()
    saved(CarFile(vehicle_id=car.id, first_registered_on=first, kept_at=AT, kept_by="测试员", **facts))
    with transaction():
        planning.plan_car(car.id, TODAY, by)
    return car


def correct(car: Vehicle, by: Actor, **facts: Any) -> None:
    before = queries.car_facts(car.id)
    with transaction():
        file = db.session.get_one(CarFile, car.id)
        for name, value in facts.items():
            setattr(file, name, value)
        audit.record("vehicles.car_file.kept", file, by)
        db.session.flush()
        planning.plan_car(car.id, TODAY, by, before)


def test_a_corrected_registration_brings_the_inspection_that_was_missed(app: Flask, by: Actor) -> None:
    car = filed(date(2021, 4, 4), by)
    assert open_ones() == [("inspection_test", date(2027, 4, 4))]
    correct(car, by, first_registered_on=date(2020, 6, 10))
    assert open_ones() == [("inspection_test", date(2026, 6, 10))]
    correct(car, by, first_registered_on=date(2021, 4, 4))
    assert open_ones() == [("inspection_test", date(2027, 4, 4))]
    correct(car, by, brand="某品牌")
    assert open_ones() == [("inspection_test", date(2027, 4, 4))]


def test_another_body_or_the_old_cycle_plans_anew_and_what_was_entered_by_hand_stays(app: Flask, by: Actor) -> None:
    car = filed(date(2019, 6, 10), by)
    assert open_ones() == [("inspection_mark", date(2027, 6, 10))]
    correct(car, by, old_cycle=True)
    assert open_ones() == [("inspection_test", date(2027, 6, 10))]
    correct(car, by, body="large", old_cycle=False)
    assert open_ones() == [("inspection_test", date(2026, 6, 10)), ("scrapping", date(2039, 6, 10))]
    correct(car, by, body="sedan")
    assert [kind for kind, _day in open_ones()] == ["inspection_mark"]
    other = make_vehicle()
    saved(CarFile(vehicle_id=other.id, first_registered_on=date(2019, 6, 10), kept_at=AT, kept_by="测试员"))
    with transaction():
        by_hand = service.owe(other.id, "inspection_test", date(2028, 1, 1), None, by)
    correct(other, by, first_registered_on=date(2018, 6, 10))
    assert by_hand.closed_on is None


def test_what_was_done_under_the_former_file_stays_done(app: Flask, by: Actor) -> None:
    car = filed(date(2022, 10, 8), by)
    [obligation] = db.session.scalars(select(Obligation)).all()
    assert obligation.due_on == date(2028, 10, 8)
    correct(car, by, first_registered_on=date(2016, 12, 8))
    assert open_ones() == [("inspection_test", date(2026, 12, 8))]
    [planned] = db.session.scalars(select(Obligation).where(Obligation.closed_on.is_(None)))
    with transaction():
        service.record_done(planned, date(2026, 11, 20), "合格", None, None, None, None, TODAY, by)
    correct(car, by, body="minivan")
    assert open_ones() == [("inspection_test", date(2027, 12, 8))]


def test_the_page_of_the_file_plans_anew(app: Flask, by: Actor, sign_in: SignIn) -> None:
    car, client = filed(date(2021, 4, 4), by), sign_in(Role.DISPATCHER)
    typed = {"body": "sedan", "energy": "petrol", "acquired": "bought", "quota": "in", "platform": "own"}
    given = {**typed, "first_registered_on": "2020-06-10"}
    assert client.post(f"/vehicles/cars/{car.id}/file", data=given).status_code == 303
    assert open_ones() == [("inspection_test", date(2026, 6, 10))]
    seats = {"plate": car.plate, "category": car.category, "model": car.model, "seats": "19",
             "registered_on": str(car.registered_on)}  # fmt: skip
    assert client.post(f"/vehicles/cars/{car.id}/correction", data=seats).status_code == 303
    assert [kind for kind, _day in open_ones()] == ["inspection_test", "scrapping"]


def test_an_inspection_is_not_done_before_its_three_months(app: Flask, by: Actor) -> None:
    filed(date(2021, 2, 20), by)
    [planned] = db.session.scalars(select(Obligation))
    with pytest.raises(Rejected) as refusal, transaction():
        service.record_done(planned, date(2026, 11, 19), "合格", None, None, None, None, TODAY, by)
    assert refusal.value.field == "done_on"
    assert "第四十九条" in str(refusal.value.message)
    with transaction():
        service.record_done(planned, date(2026, 11, 20), "合格", None, None, None, None, TODAY, by)
    assert open_ones() == [("inspection_mark", date(2029, 2, 20))]


@pytest.mark.parametrize("pages", [file_views, views])
def test_what_the_file_said_is_read_when_the_car_is_held(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch, pages: Any
) -> None:
    """Or else two who correct at once both plan anew from what stood before the first of them."""
    car, seen = make_vehicle(), []

    def hold_it(model: type, *ids: int) -> None:
        seen.append((model, *ids))

    def facts(vehicle_id: int) -> None:
        seen.append(("read", vehicle_id))

    monkeypatch.setattr(pages, "hold", hold_it, raising=False)
    monkeypatch.setattr(pages.obligations, "car_facts", facts)
    typed = {"plate": car.plate, "category": "other", "model": "轿车", "seats": 5, "registered_on": LICENSED}
    monkeypatch.setattr(file_views.file_service, "keep", lambda **_typed: None)
    with transaction():
        pages._keep(car, by) if pages is file_views else pages._correct(car, by, **typed)
    assert seen[:2] == [(Vehicle, car.id), ("read", car.id)]
