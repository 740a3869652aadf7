"""Holiday sealing: from the work calendar, who stands sealed, leave to use a car, nobody drives a sealed one."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.approvals.models import ApprovalRule
from ops.vehicles.costs import fuel_queries
from ops.vehicles.costs.fuel_rules import FuelFindingKind
from ops.vehicles.models import TripRequest
from ops.vehicles.register import demo_pictures
from ops.vehicles.sealing import queries, service
from ops.vehicles.sealing.models import Sealing, SealingHoliday
from tests.app_fixtures import SignIn
from tests.factories import make_unit, make_vehicle, saved
from tests.vehicles.costs.factories import make_fill
from tests.vehicles.factories import make_dispatch

NATIONAL_DAY = (datetime(2023, 9, 28, 17, 30), datetime(2023, 10, 7, 8, 30))
IN_IT = datetime(2023, 10, 2, 9)


def make_holiday(by: Actor) -> SealingHoliday:
    with transaction():
        service.plan_year(Decimal(2023), by)
    return db.session.scalars(select(SealingHoliday).where(SealingHoliday.starts_at == NATIONAL_DAY[0])).one()


def seal(holiday: SealingHoliday, cars: list[int], by: Actor, **values: Any) -> list[Sealing]:
    usual: dict[str, Any] = {
        "exempt": "",
        "reason_given": "",
        "place": "机关大院",
        "key_holder": "值班员",
    }
    with transaction():
        return service.seal(holiday, cars, **{**usual, **values}, dial=None, photograph=None, by=by)


def test_holidays_come_from_the_calendar_with_its_make_up_days(app: Flask, by: Actor) -> None:
    holiday = make_holiday(by)
    assert (holiday.starts_at, holiday.ends_at) == NATIONAL_DAY
    found = {each.starts_at.date(): each.name for each in db.session.scalars(select(SealingHoliday))}
    assert date(2023, 1, 20) in found
    assert date(2023, 6, 21) in found
    names = [each.name for each in db.session.scalars(select(SealingHoliday).order_by(SealingHoliday.starts_at))]
    assert names == ["春节", "清明节", "劳动节", "端午节", "国庆节", "元旦"]
    with pytest.raises(Rejected):
        make_holiday(by)


def test_a_holiday_on_a_weekend_is_named_by_its_days_in_lieu(app: Flask) -> None:
    found = {each.slot.start.date(): each.name for each in queries.breaks_of(2022)}
    assert (
        found[date(2022, 4, 29)] == "劳动节"
    )  # 1 May was a Sunday: the table holds one day in lieu and two swapped ones
    assert found[date(2022, 9, 9)] == "中秋节"
    assert not [name for name in found.values() if "（" in name or "休息日" in name]


def test_a_sealed_car_stays_and_an_exempt_one_goes(app: Flask, by: Actor) -> None:
    holiday, sealed, exempt = make_holiday(by), make_vehicle(), make_vehicle()
    seal(holiday, [sealed.id], by)
    seal(holiday, [exempt.id], by, exempt="duty", reason_given="值班")
    with pytest.raises(Rejected) as refusal:
        make_dispatch(IN_IT, vehicle_id=sealed.id)
    assert refusal.value.field == "vehicle_id"
    make_dispatch(IN_IT, vehicle_id=exempt.id)
    make_dispatch(holiday.ends_at, vehicle_id=sealed.id)
    assert queries.missing(holiday) == []


def test_leave_covers_its_own_time_only_and_ends_with_sealing_again(app: Flask, by: Actor) -> None:
    holiday, car = make_holiday(by), make_vehicle()
    [row] = seal(holiday, [car.id], by)
    with transaction():
        leave = service.allow(row, IN_IT, IN_IT + timedelta(hours=5), "主任", "抢险", by)
    make_dispatch(IN_IT, vehicle_id=car.id)
    with pytest.raises(Rejected):
        make_dispatch(IN_IT + timedelta(days=1), vehicle_id=car.id)
    with transaction():
        service.seal_again(leave, None, by)
    with pytest.raises(Rejected), transaction():
        service.seal_again(leave, None, by)


@pytest.mark.parametrize(("wrong", "field"), [
    ({"place": ""}, "place"), ({"key_holder": ""}, "key_holder"), ({"exempt": "duty"}, "reason_given"),
])  # fmt: skip
def test_a_line_without_place_key_or_reason_is_refused(app: Flask, by: Actor, wrong: Any, field: str) -> None:
    holiday = make_holiday(by)
    with pytest.raises(Rejected) as refusal:
        seal(holiday, [make_vehicle().id], by, **wrong)
    assert refusal.value.field == field
    assert db.session.scalars(select(Sealing)).all() == []


def test_what_is_printed_as_a_photograph_is_a_picture_and_a_list_names_its_cars(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(), sign_in(Role.DISPATCHER)
    assert client.post("/vehicles/sealing/new", data={"year": "2023"}).status_code == 303
    line = {"exempt": "", "place": "大院", "key_holder": "值班员"}
    nobody = client.post("/vehicles/sealing/1/cars/new", data=line)
    assert (nobody.status_code, "请至少选择一辆车" in nobody.get_data(as_text=True)) == (422, True)
    line |= {"vehicle_ids": str(car.id)}
    letter = client.post("/vehicles/sealing/1/cars/new", data=line | {"photograph": (BytesIO(b"text"), "letter.txt")})
    assert (letter.status_code, "请上传PNG或JPEG格式的照片" in letter.get_data(as_text=True)) == (422, True)
    assert db.session.scalars(select(Sealing)).all() == []
    shot = {"photograph": (BytesIO(b"picture"), "yard.jpg")}
    assert client.post("/vehicles/sealing/1/cars/new", data=line | shot).status_code == 303


def test_the_pages_open_and_the_forms_work(app: Flask, sign_in: SignIn) -> None:
    car, client = make_vehicle(), sign_in(Role.DISPATCHER)
    at = "/vehicles/sealing"
    assert client.post(f"{at}/new", data={"year": "2023"}).status_code == 303
    assert client.post(f"{at}/new", data={"year": "2023"}).status_code == 422
    line = {"vehicle_ids": [str(car.id)], "exempt": "", "place": "大院", "key_holder": "值班员", "dial": "1200"}
    assert client.post(f"{at}/1/cars/new", data={**line, "place": ""}).status_code == 422
    assert client.post(f"{at}/1/cars/new", data=line).status_code == 303
    holiday = db.session.get_one(SealingHoliday, 1)
    leave = {"starts_at": f"{holiday.starts_at:%Y-%m-%dT%H:%M}", "ends_at": f"{holiday.ends_at:%Y-%m-%dT%H:%M}",
             "approver": "主任", "reason_given": "抢险"}  # fmt: skip
    assert client.post(f"{at}/cars/1/leave", data={**leave, "approver": ""}).status_code == 422
    assert client.post(f"{at}/cars/1/leave", data=leave).status_code == 303
    assert client.post(f"{at}/leaves/1/resealing", data={"dial": "1300", "dial_reason": "moved"}).status_code == 303
    shown = client.get(f"{at}/1").get_data(as_text=True)
    assert car.plate in shown
    assert "主任" in shown
    watcher = sign_in(Role.AUDITOR)
    assert [watcher.get(at + each).status_code for each in ("", "/1")] == [200, 200]
    assert [watcher.get(at + each).status_code for each in ("/new", "/1/cars/new", "/cars/1/leave")] == [403] * 3


def test_leave_is_needed_for_the_sealed_part_of_a_trip_only_and_is_used_up_once_sealed_again(
    app: Flask, by: Actor
) -> None:
    holiday, car = make_holiday(by), make_vehicle()
    [row] = seal(holiday, [car.id], by)
    last_hours = holiday.ends_at - timedelta(hours=2)
    with transaction():
        leave = service.allow(row, last_hours, holiday.ends_at, "主任", "接站", by)
    trip = make_dispatch(last_hours, hours=6, vehicle_id=car.id)
    with transaction():
        trips.cancel(trip, "改期", by)
    with transaction():
        service.seal_again(leave, None, by)
    with pytest.raises(Rejected):
        make_dispatch(last_hours, hours=6, vehicle_id=car.id)


def test_a_fill_of_a_sealed_car_is_found_and_one_under_leave_is_not(app: Flask, by: Actor) -> None:
    holiday, car = make_holiday(by), make_vehicle()
    [row] = seal(holiday, [car.id], by)
    with transaction():
        service.allow(row, IN_IT, IN_IT + timedelta(hours=5), "主任", "抢险", by)
    make_fill(IN_IT + timedelta(hours=1), vehicle_id=car.id)
    caught = make_fill(IN_IT + timedelta(days=1), vehicle_id=car.id)
    found = fuel_queries.findings(year(2023))[car.id]
    assert [each.fill.id for each in found if each.kind is FuelFindingKind.SEALED] == [caught.id]


def test_a_car_that_is_given_to_a_trip_in_that_time_is_not_sealed_over_it_until_the_trip_has_another(
    app: Flask, by: Actor
) -> None:
    holiday, trip, other = make_holiday(by), make_dispatch(IN_IT), make_vehicle()
    with pytest.raises(Rejected) as refusal:
        seal(holiday, [other.id, trip.vehicle_id], by)
    assert refusal.value.field == "vehicle_ids"
    assert f"{trip.vehicle.plate} 10-02 09:00" in str(refusal.value.message)
    assert db.session.scalars(select(Sealing)).all() == []
    seal(holiday, [other.id], by)
    with transaction():
        trips.reassign(trip, make_vehicle().id, trip.driver_id, "该车节日封存", by)
    assert len(seal(holiday, [trip.vehicle_id], by)) == 1


def test_where_every_car_that_fits_is_sealed_the_approvals_of_a_sealed_car_are_asked_without_the_tick(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    holiday, small, bus = make_holiday(by), make_vehicle(), make_vehicle(seats=19)
    seal(holiday, [small.id], by)

    def conditions(people: int) -> set[str]:
        with transaction():
            asked = trips.ask(make_unit().id, "值班", "市区", people, IN_IT, IN_IT + timedelta(hours=2), by, "补录")
        return {reason.rule.condition for step in asked.steps for reason in step.reasons}

    assert "sealed_car" not in conditions(2)
    seal(holiday, [bus.id], by)
    assert "sealed_car" in conditions(2)
    assert "sealed_car" not in conditions(40)
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/requests/{db.session.query(TripRequest).count()}").text
    assert "当时封存" in shown
    assert f"{holiday.name}：2辆" in shown


def test_a_trip_is_not_moved_or_extended_into_a_sealing_past_the_approvals_of_a_sealed_car(
    app: Flask, by: Actor
) -> None:
    """Every rule but that of a sealed car is met by the time before as well, or has ended."""
    with transaction():
        for rule in db.session.scalars(select(ApprovalRule).where(ApprovalRule.condition != "sealed_car")):
            rule.to_on = rule.valid_from + timedelta(days=1)
        audit.record("test.arranged", "approval_rule", by)
    holiday, before = make_holiday(by), datetime(2023, 9, 28, 9)
    trip = make_dispatch(before)
    [row] = seal(holiday, [trip.vehicle_id], by)
    with transaction():
        service.allow(row, before, IN_IT + timedelta(hours=5), "主任", "抢险", by)
    said = {"limits_reason": "应急任务"}
    with pytest.raises(Rejected, match="封存") as refusal, transaction():
        trips.move(trip, trip.vehicle_id, trip.driver_id, IN_IT, IN_IT + timedelta(hours=2), "改期", by, **said)
    assert refusal.value.field == "starts_at"
    late = before.replace(hour=20)
    with pytest.raises(Rejected, match="封存") as refusal, transaction():
        trips.extend(trip, late, "延长", by, **said)
    assert refusal.value.field == "oral_by"
    with transaction():
        trips.extend(trip, late, "延长", by, oral_by="张处", oral_at=IN_IT, **said)
    assert {reason.rule.condition for step in trip.request.steps for reason in step.reasons} == {"sealed_car"}
    with transaction():  # what it was asked about is not asked again
        trips.move(trip, trip.vehicle_id, trip.driver_id, IN_IT, IN_IT + timedelta(hours=2), "改期", by, **said)


def test_the_record_is_printed_with_its_photographs_and_lines_to_sign(app: Flask, by: Actor, sign_in: SignIn) -> None:
    """One photograph of several cars is shown once, numbered, at once and not only when somebody scrolls there."""
    holiday, cars = make_holiday(by), [make_vehicle() for _n in range(3)]
    picture = FileStorage(BytesIO(demo_pictures.car((90, 90, 90))), "place.png")
    with transaction():
        service.seal(holiday, [cars[0].id, cars[1].id], "", "", "机关大院", "保管员", None, picture, by)
    seal(holiday, [cars[2].id], by)
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/sealing/{holiday.id}").text
    images = re.findall(r"<img [^>]*>", shown)
    assert len(images) == 1
    assert "lazy" not in images[0]
    assert "照片 1 · 机关大院 · 2辆" in shown
    assert shown.count(">照片&nbsp;1</a>") == 2
    assert "封存3辆，免封存0辆" in shown
    signed = shown.partition('class="signatures')[2]
    for line in ("封存人", "钥匙保管人", "检查人", "单位负责人"):
        assert line in signed


def test_a_car_whose_leave_has_ended_waits_on_the_start_page_until_it_is_sealed_again(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    now, hour = clock.now().replace(second=0, microsecond=0), timedelta(hours=1)
    going_on = saved(SealingHoliday(name="防汛封存", starts_at=now - 30 * hour, ends_at=now + 30 * hour))
    used, still_used = make_vehicle(), make_vehicle()
    [row], [other] = seal(going_on, [used.id], by), seal(going_on, [still_used.id], by)
    with transaction():
        leave = service.allow(row, now - 5 * hour, now - hour, "主任", "抢险", by)
        service.allow(other, now - 5 * hour, now + hour, "主任", "抢险", by)
    client = sign_in(Role.DISPATCHER)
    start = client.get("/").text
    assert "用毕待重新封存的车辆" in start
    assert used.plate in start
    assert still_used.plate not in start
    assert "用毕待重新封存的车辆" not in sign_in(Role.AUDITOR).get("/").text
    assert client.post(f"/vehicles/sealing/leaves/{leave.id}/resealing", data={"dial": ""}).status_code == 303
    assert "用毕待重新封存的车辆" not in client.get("/").text
