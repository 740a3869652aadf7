"""The kilometres at which something is due, of the dial that is in the car: sorted by, and given to the platform."""

from datetime import timedelta

from flask import Flask

from ops.core.access import Actor
from ops.core.db import db
from ops.core.period import year
from ops.people.roles import Role
from ops.vehicles.exchange import platform_work
from tests.app_fixtures import SignIn
from tests.factories import AT
from tests.vehicles.costs.factories import make_job
from tests.vehicles.obligations.test_kilometres import KM
from tests.vehicles.obligations.test_over_dials import owed_at, replaced


def test_the_list_is_sorted_by_the_kilometres_it_shows(app: Flask, by: Actor, sign_in: SignIn) -> None:
    far, near = owed_at(by, km=KM - 5_000), owed_at(by)
    replaced(near, by, AT - timedelta(days=1), old_last=KM - 900)
    db.session.expire_all()
    assert (far.shown_km, near.shown_km) == (5_000, 900)
    plates = [near.subject, far.subject]
    for order, expected in (("km", plates), ("km&down=1", plates[::-1])):
        shown = sign_in(Role.DISPATCHER).get(f"/vehicles/obligations?show=open&sort={order}").text
        assert sorted(plates, key=shown.index) == expected


def test_the_platform_reads_the_number_of_the_dial_that_is_in_the_car(app: Flask, by: Actor) -> None:
    owed = owed_at(by)
    make_job(vehicle_id=owed.vehicle_id)
    replaced(owed, by, AT - timedelta(days=1), old_last=KM - 900)
    db.session.expire_all()
    assert [row["next_km"] for row in platform_work.repairs(year(2023))] == [900]
