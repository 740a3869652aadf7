"""The demo years of the costs: the same each time, adding up, with something to settle."""

import time

from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people import demo as people
from ops.vehicles import demo as vehicles
from ops.vehicles.costs import account, demo, findings
from ops.vehicles.costs.models import InsurancePolicy, PolicyPremium, VehicleCost
from ops.vehicles.costs.repair_models import RepairJob, RepairState


def test_two_demo_years_add_up_and_have_something_to_settle(app: Flask) -> None:
    taken = 0.0
    for number in (2022, 2023):
        made = DemoYear(number, working_days(year(number)))
        for part in (people, vehicles):
            with transaction():
                part.make(made)
        began = time.process_time()
        with transaction():
            demo.make(made)
        taken += time.process_time() - began
    assert taken < 3
    refresh()
    assert list(drifts()) == []
    cars = account.all_cars(year(2023))
    assert len(cars) == 74
    assert all(car.amounts["insurance"] > 0 and car.amounts["maintenance"] > 0 for car in cars)
    assert 5 < float(read("vehicles.fuel_per_100km", year(2023)).value or 0) < 14
    premiums = db.session.scalar(select(func.sum(PolicyPremium.premium)))
    paid = select(func.sum(VehicleCost.amount)).join(InsurancePolicy, InsurancePolicy.cost_id == VehicleCost.id)
    assert db.session.scalar(paid) == premiums
    states = {job.state for job in db.session.scalars(select(RepairJob))}
    assert RepairState.INVOICED in states
    found = findings.of_period(year(2023))
    assert {each.settlement is None for each in found} == {True, False}
