"""A driver who signs in here is told at the bell of each trip that is given to him, changed, or taken from him."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.notify import Notice
from ops.people.models import User
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.models import Driver
from ops.vehicles.sharing import service as sharing
from tests.factories import AT, make_driver, make_trip_request, make_user
from tests.vehicles.factories import make_dispatch
from tests.vehicles.factories import newly_told as told


def signed_in() -> tuple[User, Driver]:
    user = make_user(Role.DRIVER)
    return user, make_driver(user_id=user.id)


def tomorrow() -> datetime:
    return (clock.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


def test_a_driver_is_told_once_of_a_trip_and_led_to_its_day(app: Flask) -> None:
    (user, driver), starts_at = signed_in(), tomorrow()
    trip = make_dispatch(starts_at, driver_id=driver.id)
    when = f"{starts_at:%Y-%m-%d %H:%M}–13:00"
    assert told(user) == [f"已派您出车，前往市区：轿车 {trip.vehicle.plate} · {driver.name} · {when}"]
    link = db.session.scalars(select(Notice.link).where(Notice.user_id == user.id)).one()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(user.id), True
    assert trip.vehicle.plate in client.get(link).text


def test_a_change_is_told_to_who_drives_on_who_drives_now_and_who_drives_no_more(app: Flask, by: Actor) -> None:
    (first, driver), (second, other) = signed_in(), signed_in()
    trip = make_dispatch(tomorrow(), driver_id=driver.id)
    told(first)
    with transaction():
        service.extend(trip, trip.due_at + timedelta(hours=1), "路上耽搁", by)
    assert [each.split("：")[0] for each in told(first)] == ["您前往市区的行程有变更"]
    with transaction():
        trip = service.reassign(trip, trip.vehicle_id, other.id, "调班", by)
    assert told(first) == [f"您的出车任务已取消：{trip.starts_at:%Y-%m-%d %H:%M} 市区。原因：调班"]
    assert [each.split("：")[0] for each in told(second)] == ["已派您出车，前往市区"]
    with transaction():
        service.cancel(trip, "单位取消", by)
    assert (told(first), [each.split("。")[1] for each in told(second)]) == ([], ["原因：单位取消"])


def test_who_rides_along_is_no_second_trip_and_both_drivers_are_told(app: Flask, by: Actor) -> None:
    (first, driver), (second, other) = signed_in(), signed_in()
    trip = make_dispatch(tomorrow(), driver_id=driver.id, second_driver_id=other.id, request={"people": 1})
    assert (len(told(first)), len(told(second))) == (1, 1)
    with transaction():
        sharing.join(make_trip_request(trip.starts_at, people=1), trip, by)
    assert (told(first), told(second)) == ([], [])


def test_nobody_is_told_to_drive_what_is_over(app: Flask) -> None:
    user, driver = signed_in()
    make_dispatch(AT, driver_id=driver.id)
    assert told(user) == []
