"""Sixteen people reach for one car, one driver and one slot in the same moment, through every door there is.

The page, the JSON door, a move (what dragging on the board sends), an extension of the morning's trip, an approval
with the dispatch that follows it, and an import: exactly one gets the slot, the others read why not.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from ops.core import audit
from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.period import Period
from ops.core.timeslot import Slot, overlapping
from ops.core.workcalendar import working_days
from ops.indicators import stale
from ops.indicators.readings import read
from ops.people import service as people
from ops.people.roles import Role
from ops.vehicles.approvals.models import ApprovalStep, ApprovalVerdict
from ops.vehicles.models import Dispatch, DispatchCancellation, TripRequest
from tests.factories import make_driver, make_unit, make_vehicle
from tests.server import Visitor, at_once, serving

RACERS, ROUNDS, BETWEEN = 16, 200, 20
SLOWEST_SECONDS, TIMES_EMPTY = 1.0, 10
PASSWORD = "a long password"
# which door each racer comes through; the two who approve then reach for the car as well
DOORS = ("page",) * 4 + ("api",) * 3 + ("move",) * 3 + ("extension",) * 2 + ("import",) * 2 + ("approval",) * 2
# in every other round all press in one moment; in those between, one kind of door in turn is this much ahead, for the
# quickest door would win them all where the machine is at rest
AHEAD_SECONDS, KINDS = 0.05, tuple(dict.fromkeys(DOORS))


@dataclass
class Slots:
    """What is raced for: the car and driver, and per round the day and what each door needs."""

    vehicle_id: int
    driver_id: int
    plate: str
    driver: str
    unit: str
    days: list[date]
    requests: dict[tuple[int, int], int]
    dispatches: dict[tuple[int, int], int]
    approved: dict[int, int]

    def slot(self, number: int) -> Slot:
        start = datetime.combine(self.days[number], datetime.min.time()) + timedelta(hours=8)
        return Slot(start, start + timedelta(hours=4))


@pytest.fixture
def racers(app: Flask, by: Actor) -> Iterator[list[Visitor]]:
    roles = [Role.DISPATCHER, Role.FLEET_HEAD]
    with transaction():
        for number in range(RACERS):
            people.add_user(f"racer{number}", f"派车员{number:02}", PASSWORD, roles, by)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as url:
        visitors = [Visitor(url).sign_in(f"racer{number}", PASSWORD) for number in range(RACERS)]
        yield visitors
        for visitor in visitors:
            visitor.close()


def arrange() -> Slots:
    """Requests and dispatches of each round, written at once."""
    unit, car, driver = make_unit(), make_vehicle(), make_driver()
    others = [(make_vehicle().id, make_driver().id) for _number in range(4)]
    days = working_days(Period(date(2023, 1, 3), date(2023, 12, 29)))[:ROUNDS]
    slots = Slots(car.id, driver.id, car.plate, driver.name, unit.name, days, {}, {}, {})
    usual = {"unit_id": unit.id, "purpose": "调研", "destination": "市区", "people": 2, "asked_by": "联络员"}
    wanted: list[tuple[int, int, dict[str, Any]]] = []
    for number in range(ROUNDS):
        slot = slots.slot(number)
        for racer, door in enumerate(DOORS):
            if door != "import":
                early = door == "extension"
                moved = timedelta(days=365) if door == "move" else timedelta(0)
                start = slot.start - timedelta(hours=2) if early else slot.start + moved
                end = slot.start if early else slot.end + moved
                wanted.append((number, racer, {**usual, "starts_at": start, "ends_at": end, "asked_at": start}))
    with transaction():
        rows = [row for _number, _racer, row in wanted]
        keys = db.session.scalars(insert(TripRequest).returning(TripRequest.id, sort_by_parameter_order=True), rows)
        slots.requests = {(number, racer): key for (number, racer, _row), key in zip(wanted, keys, strict=True)}
        _give_cars(slots, wanted, others)
        both = [(number, slots.requests[number, RACERS - 1]) for number in range(ROUNDS)]
        slots.approved = dict(both)
        db.session.execute(
            insert(ApprovalStep), [{"request_id": key, "number": 1, "approver": "section"} for _number, key in both]
        )
        audit.record("test.arranged", "trip_request", system("test"))
    return slots


def _give_cars(slots: Slots, wanted: list[tuple[int, int, dict[str, Any]]], others: list[tuple[int, int]]) -> None:
    """The morning's trip of the car, one for each round; and the trips that will be moved, on cars of their own."""
    made: list[tuple[int, int, dict[str, Any]]] = []
    first_extender = DOORS.index("extension")
    for number, racer, row in wanted:
        if racer == first_extender or DOORS[racer] == "move":
            car, driver = others[racer - DOORS.index("move")] if DOORS[racer] == "move" else (None, others[3][1])
            given = {"vehicle_id": car or slots.vehicle_id, "driver_id": driver}
            times = {"starts_at": row["starts_at"], "ends_at": row["ends_at"], "due_at": row["ends_at"]}
            made.append((number, racer, {
                **given, **times, "request_id": slots.requests[number, racer], "day": row["starts_at"].date(),
                "dispatched_at": row["starts_at"], "dispatched_by": "派车员",
            }))  # fmt: skip
    rows = [row for _number, _racer, row in made]
    keys = db.session.scalars(insert(Dispatch).returning(Dispatch.id, sort_by_parameter_order=True), rows)
    slots.dispatches = {(number, racer): key for (number, racer, _row), key in zip(made, keys, strict=True)}
    stale.touch(Dispatch, {row["day"] for row in rows})


def run(slots: Slots, visitors: list[Visitor], number: int, racer: int) -> tuple[str, bool, int]:
    """(door, whether it got what it wanted, the status that says so)."""
    door, visitor, slot = DOORS[racer], visitors[racer], slots.slot(number)
    car = {"vehicle_id": slots.vehicle_id, "driver_id": slots.driver_id}
    request = slots.requests.get((number, racer))
    if door == "page":
        status = visitor.post(f"/vehicles/requests/{request}/dispatch", car).status
        return door, status == 303, status
    if door == "api":
        status = visitor.post_json(f"/api/vehicles/requests/{request}/dispatch", car).status
        return door, status == 201, status
    if door == "move":
        moved = {**car, "starts_at": slot.start.isoformat(), "ends_at": slot.end.isoformat(), "reason_given": "拖动"}
        answer = visitor.post_json(f"/api/vehicles/dispatches/{slots.dispatches[number, racer]}/move", moved)
        return door, answer.status == 201, answer.status
    if door == "extension":
        morning = slots.dispatches[number, DOORS.index("extension")]
        later = {"due_at": f"{slot.start + timedelta(hours=1):%Y-%m-%dT%H:%M}", "reason_given": "会议延长"}
        status = visitor.post(f"/vehicles/dispatches/{morning}/extension", later).status
        return door, status == 303, status
    if door == "import":
        head = "单号,用车单位,事由,目的地,人数,出车时间,返回时间,车牌号,驾驶员"
        line = f"{number}-{racer},{slots.unit},调研,市区,2,{slot.start},{slot.end},{slots.plate},{slots.driver}"
        answer = visitor.send_file("/vehicles/dispatch-intake", "file", "台账.csv", f"{head}\n{line}\n".encode())
        landed = re.search(r"<dd>(\d+)</dd>", answer.text)
        return door, landed is not None and landed[1] == "1", answer.status
    return door, *_approve_and_take(slots, visitor, number, car)


def _approve_and_take(slots: Slots, visitor: Visitor, number: int, car: dict[str, int]) -> tuple[bool, int]:
    """Both approve the same request, one of them does; then each asks for the car with it."""
    address = f"/api/vehicles/requests/{slots.approved[number]}"
    said = visitor.post_json(f"{address}/approval", {"approved": True}).status
    taken = visitor.post_json(f"{address}/dispatch", car).status
    return taken == 201, said if said not in (201, 422) else taken


def test_one_slot_goes_to_exactly_one_of_sixteen_through_every_door(app: Flask, racers: list[Visitor]) -> None:
    slots, waits, calm, rounds = arrange(), [], [], []

    def look(_number: int, racer: int) -> int:
        began = time.perf_counter()
        status = racers[racer].get("/closings").status
        calm.append(time.perf_counter() - began)
        return status

    def press(number: int, racer: int) -> tuple[str, bool, int]:
        if number % 2 and DOORS[racer] != KINDS[number // 2 % len(KINDS)]:
            time.sleep(AHEAD_SECONDS)
        began = time.perf_counter()
        outcome = run(slots, racers, number, racer)
        waits.append((time.perf_counter() - began) / (2 if DOORS[racer] == "approval" else 1))
        return outcome

    for first in range(0, ROUNDS, BETWEEN):  # the machine may be busy with other things at any moment of the race
        at_once(RACERS, 3, look)
        rounds += at_once(RACERS, BETWEEN, lambda number, racer, first=first: press(first + number, racer))  # type: ignore[misc]
    wins = Counter(door for outcomes in rounds for door, won, _status in outcomes if won)
    ranked = sorted(waits)
    median, most, worst = ranked[len(ranked) // 2], ranked[len(ranked) * 95 // 100], ranked[-1]
    print(f"\n{ROUNDS} rounds, won by {dict(wins)}")
    print(f"median {median:.3f} s, 95 % within {most:.3f} s, worst {worst:.3f} s; empty page {max(calm):.3f} s")
    statuses = Counter(status for outcomes in rounds for _door, _won, status in outcomes)
    assert set(statuses) <= {200, 201, 303, 422}, statuses
    assert [sum(won for _door, won, _status in outcomes) for outcomes in rounds] == [1] * ROUNDS
    assert len(wins) > 2, f"the doors were not mixed: {wins}"
    assert_ledger_holds_each_slot_once(slots)
    # on a machine that is busy with other things even an empty page takes long: then that is the measure
    assert worst < max(SLOWEST_SECONDS, TIMES_EMPTY * max(calm))


def assert_ledger_holds_each_slot_once(slots: Slots) -> None:
    db.session.rollback()
    for number in range(ROUNDS):
        slot = slots.slot(number)
        standing = (Dispatch.released_at.is_(None), overlapping(Dispatch.starts_at, Dispatch.ends_at, slot))
        of_car = select(func.count()).select_from(Dispatch).where(*standing, Dispatch.vehicle_id == slots.vehicle_id)
        assert db.session.scalar(of_car) == 1, slot
    # nothing half-written: one standing dispatch a request, a released one has its cancellation, a step one word
    standing = select(Dispatch.request_id, func.count()).where(Dispatch.released_at.is_(None))
    assert {count for _key, count in db.session.execute(standing.group_by(Dispatch.request_id))} == {1}
    released = select(func.count()).select_from(Dispatch).where(Dispatch.released_at.is_not(None))
    assert db.session.scalar(released) == db.session.scalar(select(func.count()).select_from(DispatchCancellation))
    assert db.session.scalar(select(func.count()).select_from(ApprovalVerdict)) == ROUNDS
    given = select(Dispatch.request_id)
    alone = select(TripRequest.id).where(TripRequest.asked_by.like("派车员%"), TripRequest.id.not_in(given))
    assert db.session.scalars(alone).all() == [], "an imported row left its request without its dispatch"
    assert list(audit.verify()) == []
    total = db.session.scalar(select(func.count()).select_from(Dispatch).where(Dispatch.released_at.is_(None)))
    assert read("vehicles.dispatches", Period(date(2023, 1, 1), date(2024, 12, 31))).value == total
