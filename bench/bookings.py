"""Cars dispatched through their page against the empty page of the same server, on both databases."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert

from ops.app import create_app
from ops.core import audit
from ops.core.access import system
from ops.core.config import Settings
from ops.core.db import db, transaction
from ops.people import service as people
from ops.people.models import Unit
from ops.people.roles import Role
from ops.prepare import load_reference
from ops.vehicles.models import Driver, TripRequest, Vehicle
from tests.databases import KINDS, open_databases, run_folder
from tests.server import Visitor, serving, side_by_side

from . import floor
from .measuring import Line, in_turns

CLIENTS, ROUNDS, RUNS, LEAST, FLOOR_ROUNDS = 4, 40, 8, 0.3, 200
# bookings a second through their own signed-in page with 4 clients, each measured alone on two quiet cores, where
# Flask served so many empty pages a second: what they come to here follows from what it serves here
PEERS = {"MRBS 1.12": 151, "LibreBooking 2.8": 72, "Indico 3.2": 46}
THEIR_FLOOR = 2428
EMPTY, PASSWORD = "/closings", "a long password"


def ratios() -> Iterator[Line]:
    for kind in KINDS:
        with run_folder(kind) as folder, tempfile.TemporaryDirectory() as instance:
            databases = open_databases(kind, folder)
            databases.make_template(lambda url, instance=instance: _build(url, Path(instance)))  # type: ignore[misc]
            with serving(databases.fresh("bench")) as base:
                yield from _dispatches(kind, base)
            databases.close()


def _build(url: str, instance: Path) -> None:
    """A unit, a car and a driver for each client, and a request for each day that it will dispatch."""
    with create_app(Settings(instance, url, "bench", demo=False)).app_context():
        upgrade()
        load_reference()
        with transaction():
            by = system("bench")
            people.add_user("dispatcher", "派车员", PASSWORD, [Role.DISPATCHER, Role.LEADER], by)
            unit = people.add_unit("U1", "单位01", "organ", by)
            for number in range(1, CLIENTS + 1):
                db.session.add(Vehicle(plate=f"冀B{number:05}", model="轿车", seats=5, registered_on=date(2020, 1, 1)))
                db.session.add(Driver(name=f"司机{number:02}"))
            db.session.flush()
            db.session.execute(insert(TripRequest), [_request(unit, day) for day in range(ROUNDS * RUNS * CLIENTS)])
            audit.record("bench.arranged", "trip_request", by)
        db.session.remove()
        db.engine.dispose()


def _request(unit: Unit, number: int) -> dict[str, object]:
    start = datetime.combine(date(2023, 1, 1) + timedelta(days=number // CLIENTS), time(8))
    return {
        "unit_id": unit.id, "purpose": "测速", "destination": "市区", "people": 2, "starts_at": start,
        "ends_at": start + timedelta(hours=2), "asked_at": start, "asked_by": "测速",
    }  # fmt: skip


def _dispatches(kind: str, base: str) -> Iterator[Line]:
    clients = [Visitor(base).sign_in("dispatcher", PASSWORD) for _client in range(CLIENTS)]
    for client in clients:
        client.get("/vehicles/requests/new")
    done = [0] * CLIENTS

    def dispatch(_round: int, runner: int) -> int:
        done[runner] += 1
        request = (done[runner] - 1) * CLIENTS + runner + 1
        wanted = {"vehicle_id": runner + 1, "driver_id": runner + 1}
        status = clients[runner].post(f"/vehicles/requests/{request}/dispatch", wanted).status
        if status != 303:
            raise RuntimeError(f"a dispatch was refused: {status}")
        return status

    def look(_round: int, runner: int) -> int:
        return clients[runner].get(EMPTY).status

    with floor.served(CLIENTS, FLOOR_ROUNDS) as empty:
        looked, dispatched, floored = in_turns(
            lambda: side_by_side(CLIENTS, ROUNDS, look), lambda: side_by_side(CLIENTS, ROUNDS, dispatch), empty,
            runs=RUNS - 1,
        )  # fmt: skip
    what = f"{kind}: cars dispatched a second, 4 clients ÷ empty pages a second"
    yield Line(what, looked / dispatched, LEAST, at_least=True)
    a_second, speed = CLIENTS * ROUNDS / dispatched, CLIENTS * FLOOR_ROUNDS / floored / THEIR_FLOOR
    for peer, its in PEERS.items():
        what = f"{kind}: {a_second:.0f} cars dispatched a second ÷ {its * speed:.0f} bookings of {peer}"
        yield Line(what, a_second / (its * speed), 1, at_least=True)
