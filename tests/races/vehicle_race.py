"""Sixteen people reach for one car, one driver and one slot in the same moment, through every door there is.

The page, the JSON door, a move (what dragging on the board sends), an extension of the morning's trip, an approval
with the dispatch that follows it, and an import: exactly one gets the slot, the others read why not.
"""

import re
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import insert

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.core.period import Period
from ops.core.timeslot import Slot
from ops.core.workcalendar import working_days
from ops.indicators import stale
from ops.people import service as people
from ops.people.roles import Role
from ops.vehicles.approvals.models import ApprovalStep
from ops.vehicles.models import Dispatch, TripRequest
from tests.factories import make_driver, make_unit, make_vehicle
from tests.server import Answer, Visitor, at_once, serving

RACERS, ROUNDS, BETWEEN = 16, 200, 20
PASSWORD = "a long password"
# which door each racer comes through; the two who approve then reach for the car as well
DOORS = ("page",) * 4 + ("api",) * 3 + ("move",) * 3 + ("extension",) * 2 + ("import",) * 2 + ("approval",) * 2
# in every other round all press in one moment; in those between, one kind of door in turn is this much ahead, for the
# quickest door would win them all where the machine is at rest
AHEAD_SECONDS, KINDS = 0.05, tuple(dict.fromkeys(DOORS))


class Outcome(NamedTuple):
    """Through which door, whether it got what it wanted, and the status that says so."""

    door: str
    won: bool
    status: int


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


@dataclass
class Race:
    """What came of it: the outcomes of each round, the seconds of each answer and of empty pages between rounds."""

    slots: Slots
    rounds: list[list[Outcome]]
    waits: list[float]
    calm: list[float]

    @property
    def worst(self) -> float:
        return max(self.waits)

    def __str__(self) -> str:
        ranked, count = sorted(self.waits), len(self.waits)
        usual = f"median {ranked[count // 2]:.3f} s, 95 % within {ranked[count * 95 // 100]:.3f} s"
        return f"{usual}, worst {self.worst:.3f} s; slowest empty page {max(self.calm):.3f} s"


class Racer(Visitor):
    """Somebody who notes how long each answer takes."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self.took: list[float] = []

    def _send(self, *sent: Any) -> Answer:
        began = time.perf_counter()
        answer = super()._send(*sent)
        self.took.append(time.perf_counter() - began)
        return answer


def hold_race(url: str) -> Race:
    """All the rounds over that database, whose application the caller stands in, by the server as it is run."""
    race = Race(arrange(), [], [], [])
    with serving(url) as base:
        racers = [Racer(base) for _racer in range(RACERS)]
        for number, racer in enumerate(racers):
            racer.sign_in(f"racer{number}", PASSWORD)
        for first in range(0, ROUNDS, BETWEEN):  # the machine may be busy with other things at any moment of the race
            _drain(racers)
            at_once(RACERS, 3, lambda _number, racer: racers[racer].get("/closings").status)
            race.calm += _drain(racers)
            race.rounds += at_once(RACERS, BETWEEN, partial(_press, race.slots, racers, first))
            race.waits += _drain(racers)
        for racer in racers:
            racer.close()
    return race


def _drain(racers: list[Racer]) -> list[float]:
    took = [seconds for racer in racers for seconds in racer.took]
    for racer in racers:
        racer.took.clear()
    return took


def _press(slots: Slots, racers: list[Racer], first: int, later: int, racer: int) -> Outcome:
    number = first + later
    if number % 2 and DOORS[racer] != KINDS[number // 2 % len(KINDS)]:
        time.sleep(AHEAD_SECONDS)
    return run(slots, racers[racer], number, racer)


def arrange() -> Slots:
    """Sixteen users; requests and dispatches of each round, written at once."""
    with transaction():
        for number in range(RACERS):
            name, roles = f"派车员{number:02}", [Role.DISPATCHER, Role.FLEET_HEAD]
            people.add_user(f"racer{number}", name, PASSWORD, roles, system("race"))
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


def run(slots: Slots, visitor: Visitor, number: int, racer: int) -> Outcome:
    door, slot = DOORS[racer], slots.slot(number)
    car = {"vehicle_id": slots.vehicle_id, "driver_id": slots.driver_id}
    request = slots.requests.get((number, racer))
    if door == "page":
        status = visitor.post(f"/vehicles/requests/{request}/dispatch", car).status
        return Outcome(door, status == 303, status)
    if door == "api":
        status = visitor.post_json(f"/api/vehicles/requests/{request}/dispatch", car).status
        return Outcome(door, status == 201, status)
    if door == "move":
        moved = {**car, "starts_at": slot.start.isoformat(), "ends_at": slot.end.isoformat(), "reason_given": "拖动"}
        answer = visitor.post_json(f"/api/vehicles/dispatches/{slots.dispatches[number, racer]}/move", moved)
        return Outcome(door, answer.status == 201, answer.status)
    if door == "extension":
        morning = slots.dispatches[number, DOORS.index("extension")]
        later = {"due_at": f"{slot.start + timedelta(hours=1):%Y-%m-%dT%H:%M}", "reason_given": "会议延长"}
        status = visitor.post(f"/vehicles/dispatches/{morning}/extension", later).status
        return Outcome(door, status == 303, status)
    if door == "import":
        head = "单号,用车单位,事由,目的地,人数,出车时间,返回时间,车牌号,驾驶员"
        line = f"{number}-{racer},{slots.unit},调研,市区,2,{slot.start},{slot.end},{slots.plate},{slots.driver}"
        answer = visitor.send_file("/vehicles/dispatch-intake", "file", "台账.csv", f"{head}\n{line}\n".encode())
        landed = re.search(r"<dd>(\d+)</dd>", answer.text)
        return Outcome(door, landed is not None and landed[1] == "1", answer.status)
    return Outcome(door, *_approve_and_take(slots, visitor, number, car))


def _approve_and_take(slots: Slots, visitor: Visitor, number: int, car: dict[str, int]) -> tuple[bool, int]:
    """Both approve the same request, one of them does; then each asks for the car with it."""
    address = f"/api/vehicles/requests/{slots.approved[number]}"
    said = visitor.post_json(f"{address}/approval", {"approved": True}).status
    taken = visitor.post_json(f"{address}/dispatch", car).status
    return taken == 201, said if said not in (201, 422) else taken
