"""One driver and one hour, wanted by eight at once: some as the driver, some as the second; exactly one gets him."""

from datetime import timedelta
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.vehicles import service
from ops.vehicles.models import Dispatch, TripRequest
from ops.vehicles.sharing import service as sharing
from tests.factories import AT, make_driver, make_trip_request, make_vehicle
from tests.vehicles.factories import make_dispatch

RACERS, ROUNDS = 8, 12


def test_a_driver_wanted_in_either_seat_goes_to_exactly_one(app: Flask, by: Actor) -> None:
    wanted, others = make_driver().id, [make_driver().id for _ in range(RACERS)]
    cars = [make_vehicle().id for _ in range(RACERS)]
    # each second racer has a trip of another month, which he moves; the others dispatch, alone or for two
    later = [[_later(cars, others, racer, number) for racer in range(RACERS)] for number in range(ROUNDS)]
    asked = [[_ask(number) for _racer in range(RACERS)] for number in range(ROUNDS)]
    along = [[_ask(number) for _racer in range(RACERS)] for number in range(ROUNDS)]
    start, broken = Barrier(RACERS), list[BaseException]()
    won: list[list[int]] = [[] for _round in range(ROUNDS)]

    def reach(number: int, racer: int) -> None:
        seats = (wanted, others[racer]) if racer % 4 < 2 else (others[racer], wanted)
        crew = {"driver_id": seats[0], "second_driver_id": seats[1], "vehicle_id": cars[racer]}
        if racer % 2:
            begins = AT + timedelta(days=number)
            times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
            trip = db.session.get_one(Dispatch, later[number][racer])
            service.move(trip, reason_given="改期", by=by, **times, **crew)  # type: ignore[arg-type]
        elif racer == 0:
            both = [db.session.get_one(TripRequest, key[number][racer]) for key in (asked, along)]
            sharing.dispatch_together(both, by=by, **crew)  # type: ignore[arg-type]
        else:
            service.dispatch(db.session.get_one(TripRequest, asked[number][racer]), by=by, **crew)  # type: ignore[arg-type]

    def run(racer: int) -> None:
        with app.app_context():
            try:
                for number in range(ROUNDS):
                    start.wait(60)
                    try:
                        with transaction():
                            reach(number, racer)
                        won[number].append(racer)
                    except (Rejected, IntegrityError):
                        pass
            except BaseException as error:
                broken.append(error)
                start.abort()

    threads = [Thread(target=run, args=(racer,)) for racer in range(RACERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert broken == []
    assert [len(each) for each in won] == [1] * ROUNDS
    db.session.rollback()
    his = or_(Dispatch.driver_id == wanted, Dispatch.second_driver_id == wanted)
    trips = db.session.scalars(select(Dispatch.day).where(his, Dispatch.released_at.is_(None))).all()
    assert sorted(trips) == [(AT + timedelta(days=number)).date() for number in range(ROUNDS)]
    assert list(audit.verify()) == []


def _later(cars: list[int], drivers: list[int], racer: int, number: int) -> int:
    begins = AT + timedelta(days=60 + number)
    return make_dispatch(begins, 2, vehicle_id=cars[racer], driver_id=drivers[racer]).id if racer % 2 else 0


def _ask(number: int) -> int:
    return make_trip_request(AT + timedelta(days=number), 2, people=1).id
