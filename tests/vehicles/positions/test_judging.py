"""Positions come in at any time and order: every ten minutes tells what the whole day tells."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.vehicles import service as trips
from ops.vehicles.positions import judge_service, queries, rules, service
from ops.vehicles.positions.models import Alarm, AlarmKind, Position, Tracker
from ops.vehicles.positions.shapes import pushed
from tests.factories import make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.positions.traccar_server import DEVICE, fix, forwarded, recorded_day

AT = datetime(2023, 5, 9, 9)
DAY = AT.date()
TEN = timedelta(minutes=10)
Forwarded = dict[str, Any]


def recorded() -> list[Forwarded]:
    """Twenty minutes parked, six kilometres out and back on a trip, parked, and once more without one."""
    return [forwarded(each) for part in (0, 120) for each in recorded_day(AT + part * timedelta(minutes=1), 100, 6)]


def moment(each: Forwarded) -> datetime:
    return pushed(each, AT + timedelta(days=1))[0].fixed_at


def on_a_trip(by: Actor) -> int:
    """The first drive of the recorded day is a dispatch; the dial moved farther than the positions."""
    car = make_vehicle()
    with transaction():
        service.bind(car.id, str(DEVICE["uniqueId"]), DAY, by)
    made = make_departure(make_dispatch(AT, 1.5, vehicle_id=car.id), odometer=1000)
    with transaction():
        trips.take_back(made, AT + timedelta(minutes=98), 1040, by)
    return car.id


def take(found: Sequence[Forwarded], by: Actor, at: datetime) -> None:
    """They are received at that moment."""
    with transaction():
        service.take(pushed(list(found), datetime(2023, 5, 10)), "push", by)
        db.session.execute(update(Position).where(Position.received_at > datetime(2024, 1, 1)).values(received_at=at))


def told() -> set[tuple[str, int | None]]:
    return {(row.kind, row.dispatch_id) for row in db.session.scalars(select(Alarm))}


def replay(found: Sequence[Forwarded], by: Actor, arrival: Any) -> None:
    """Each position comes in at its own time, and every ten minutes somebody looks."""
    waiting = sorted(found, key=arrival)
    now = AT
    while waiting:
        now += TEN
        come = [each for each in waiting if arrival(each) <= now]
        waiting = waiting[len(come) :]
        if come:
            take(come, by, now)
        judge_service.judge_new(now, by)
    judge_service.judge_new(now + TEN, by)


def punctual(each: Forwarded) -> datetime:
    return moment(each)


def late(each: Forwarded) -> datetime:
    """One in three loses its way for up to an hour; the device sends them out of order."""
    chance = Random(str(each["position"]["fixTime"]))
    return moment(each) + timedelta(minutes=chance.randint(0, 60) if chance.random() < 0.33 else 0)


def all_at_the_end(each: Forwarded) -> datetime:
    """No signal all day; what was buffered comes in one go."""
    return AT + timedelta(hours=4, seconds=moment(each).second)


@pytest.mark.parametrize("arrival", [punctual, late, all_at_the_end])
def test_every_ten_minutes_tell_what_the_whole_day_tells(app: Flask, by: Actor, arrival: Any) -> None:
    car = on_a_trip(by)
    day = [*recorded(), *recorded()[20:40]]  # some come twice
    replay(day, by, arrival)
    whole = rules.findings(queries.watched(car, DAY, AT + timedelta(hours=5)), queries.limits(DAY))
    expected = {(each.kind, each.dispatch_id) for each in whole}
    assert {kind for kind, _trip in expected} >= {AlarmKind.MOVEMENT, AlarmKind.DIAL}
    assert expected <= told(), "nothing that the whole day tells is missed"
    assert told() - expected <= {(AlarmKind.OFFLINE, None)}, "a silence that late positions filled was one"
    assert db.session.scalar(select(func.count()).select_from(Position)) == 200
    before = told()
    judge_service.judge_whole(DAY, by)
    silent_till_midnight = {(AlarmKind.OFFLINE, None)}
    assert told() - before <= silent_till_midnight, "the night finds nothing more"


def test_a_position_of_an_earlier_day_is_judged_with_its_whole_day(app: Flask, by: Actor) -> None:
    on_a_trip(by)
    judge_service.judge_new(AT + timedelta(days=2), by)
    take(recorded(), by, AT + timedelta(days=2))
    judge_service.judge_new(AT + timedelta(days=3), by)
    assert (AlarmKind.MOVEMENT, None) in told()


def test_only_what_came_in_is_looked_at_again(app: Flask, by: Actor) -> None:
    """Work follows what is new, not how long the day has been."""
    car = on_a_trip(by)
    take(recorded()[:150], by, AT + timedelta(minutes=150))
    judge_service.judge_new(AT + timedelta(minutes=170), by)
    assert queries.come_in(queries.judged_upto() or 0, queries.newest()) == {}
    take(recorded()[150:160], by, AT + timedelta(minutes=171))
    fresh = queries.come_in(queries.judged_upto() or 0, queries.newest())
    [(key, first)] = fresh.items()
    assert key == (car, DAY)
    seen = queries.fixes(car, DAY, first - judge_service.LEAD)
    assert len(seen) == 10 + 30 + 1


@pytest.mark.parametrize("wild", [0, 1, 2, 3])
def test_one_wild_fix_before_the_window_moves_no_car(app: Flask, by: Actor, wild: int) -> None:
    """Whichever of the fixes before the window it is: a standing car keeps its resting place."""
    car = on_a_trip(by)
    stood = AT + timedelta(hours=4)
    half = timedelta(seconds=30)
    day = [fix(stood + n * half, north_km=33.4 if n == wild else 0) for n in range(30)]
    take([forwarded(each) for each in day], by, stood + 30 * half)
    since = stood + 4 * half
    seen = queries.fixes(car, DAY, since)
    assert [each.at for each in seen] == [stood + n * half for n in (2 if wild == 3 else 3, *range(4, 30))]
    assert rules.length(seen) == 0
    found = rules.findings(queries.watched(car, DAY, stood + 30 * half, since), queries.limits(DAY))
    assert AlarmKind.MOVEMENT not in {each.kind for each in found}


def test_speeds_and_metres_are_kept_in_our_units(app: Flask, by: Actor) -> None:
    on_a_trip(by)
    take(recorded(), by, AT + timedelta(hours=5))
    first, last = (db.session.scalar(select(each(Position.fixed_at))) for each in (func.min, func.max))
    assert (first, last) == (AT, AT + timedelta(minutes=219))
    speeds = set(db.session.scalars(select(Position.speed)))
    assert {str(each) for each in speeds} == {"0.0", "38.0"}, "20.5 knots are 38 km/h"
    assert db.session.scalar(select(func.max(Position.metres))) == pytest.approx(12_000, abs=2)


def test_a_lower_key_that_is_committed_later_is_not_missed(app: Flask, by: Actor) -> None:
    """Two takings at once: the one that took its keys first is committed last."""
    on_a_trip(by)
    minutes = AT + timedelta(minutes=300)
    judge_service.judge_new(AT, by)
    take(recorded()[:100], by, minutes)
    with transaction():
        db.session.execute(update(Position).values(id=Position.id + 1000))
    judge_service.judge_new(minutes + timedelta(minutes=1), by)
    assert (AlarmKind.MOVEMENT, None) not in told()
    known = set(db.session.scalars(select(Position.id)))
    take(recorded()[100:], by, minutes)
    with transaction():
        late_ones = sorted(set(db.session.scalars(select(Position.id))) - known)
        for place, key in enumerate(late_ones):
            db.session.execute(update(Position).where(Position.id == key).values(id=500 + place))
    judge_service.judge_new(minutes + TEN, by)
    assert (AlarmKind.MOVEMENT, None) in told()
    alarms = db.session.scalar(select(func.count()).select_from(Alarm))
    judge_service.judge_new(minutes + TEN + timedelta(minutes=1), by)
    assert db.session.scalar(select(func.count()).select_from(Alarm)) == alarms, "looking twice tells once"


def test_a_device_that_was_out_of_the_car_was_not_silent_and_its_car_did_not_move(app: Flask, by: Actor) -> None:
    """Bound again in another place after a month: the first fix has nothing before it."""
    car, again = on_a_trip(by), DAY + timedelta(days=30)
    take(recorded(), by, AT + timedelta(hours=5))
    [tracker] = db.session.scalars(select(Tracker))
    with transaction():
        service.unbind(tracker, DAY + timedelta(days=1), by)
        service.bind(car, str(DEVICE["uniqueId"]), again, by)
    far = [forwarded(fix(datetime.combine(again, time()) + n * timedelta(hours=2), north_km=30)) for n in range(12)]
    with transaction():
        service.take(pushed(far, datetime(2023, 7, 1)), "push", by)
    assert rules.findings(queries.watched(car, again, AT + timedelta(days=40)), queries.limits(again)) == []


def heard(by: Actor, *reports: tuple[datetime, float]) -> None:
    """(when, km north): each comes in at its time, and somebody looks then and ten minutes later."""
    for at, north in reports:
        take([forwarded(fix(at, north_km=north))], by, at)
        judge_service.judge_new(at + timedelta(minutes=1), by)
        judge_service.judge_new(at + TEN, by)


def moved() -> list[datetime]:
    return [row.until for row in db.session.scalars(select(Alarm).where(Alarm.kind == AlarmKind.MOVEMENT))]


@pytest.fixture
def bound(app: Flask, by: Actor) -> int:
    car = make_vehicle()
    with transaction():
        service.bind(car.id, str(DEVICE["uniqueId"]), DAY - timedelta(days=30), by)
    return car.id


NIGHT = datetime.combine(DAY, time())
PARKED = [(NIGHT - timedelta(hours=16), 0.0), (NIGHT - timedelta(hours=15), 0.0)]


def test_a_wild_place_after_a_long_silence_raises_no_movement(bound: int, by: Actor) -> None:
    heard(by, *PARKED, (AT, 30), (AT + timedelta(hours=2), 0), (AT + timedelta(hours=4), 0))
    judge_service.judge_whole(DAY, by)
    assert moved() == []


@pytest.mark.parametrize("first", [AT, NIGHT - timedelta(minutes=5)])
def test_the_second_fix_tells_of_the_movement_however_late_it_comes(bound: int, by: Actor, first: datetime) -> None:
    """Also on the next day, when the day of the movement has been judged."""
    heard(by, *PARKED, (first, 30))
    judge_service.judge_whole(first.date(), by)
    assert moved() == []
    heard(by, (first + timedelta(hours=7), 30.01))
    assert moved() == [first]
    judge_service.judge_whole(DAY, by), judge_service.judge_whole(first.date(), by)
    assert moved() == [first]
