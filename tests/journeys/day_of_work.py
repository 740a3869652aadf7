"""People at work on one day, each through the pages of his role, and what they leave in the ledger."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from time_machine import travel

from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import canteen, make_diner
from tests.factories import make_driver, make_unit, make_user, make_vehicle
from tests.meetings.factories import booking_form, make_venue

ABROAD = timedelta(hours=8)  # the site's wall clock is so far ahead of the travelled one


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """The wall clock of the site shows `moment` and stands still."""
    with travel(moment - ABROAD, tick=False):
        yield moment


def posted(client: FlaskClient, address: str, **typed: Any) -> str:
    """Send a form that is to be taken; the address that it leads to."""
    answer = client.post(address, data=typed)
    assert answer.status_code == 303, (address, re.findall(r'-error">([^<]+)<', answer.text) or answer.text[-2000:])
    return str(answer.location)


class Day:
    """2023-05-09 and what happens on it. Who acts signs in when he comes: no sign-in outlives the day."""

    morning = datetime(2023, 5, 9, 8)

    def __init__(self, sign_in: SignIn) -> None:
        self.sign_in = sign_in
        self.unit = make_unit()
        self.car = make_vehicle()
        self.venue, self.diner = make_venue(), make_diner(unit_id=self.unit.id)

    def __call__(self, role: Role) -> FlaskClient:
        own = role in (Role.LIAISON, Role.UNIT_APPROVER)
        return self.sign_in(role, unit_id=self.unit.id if own else None)

    def trip(self) -> str:
        """Out of the district: asked, approved by two, dispatched, driven, brought back. The page of the request."""
        when = {"starts_at": "2023-05-09T09:00", "ends_at": "2023-05-09T15:00"}
        who = {"unit_id": self.unit.id, "people": 2, "contact": "联络员", "phone": "0315-0000000"}
        with at(self.morning):
            asked = {**when, **who, "purpose": "调研", "destination": "市区", "out_of_district": "y"}
            asked |= {"one_way_km": "59"}
            page = posted(self(Role.LIAISON), "/vehicles/requests/new", **asked)
            for role in (Role.UNIT_APPROVER, Role.FLEET_HEAD):
                posted(self(role), f"{page}/approval", verdict="yes", words="同意")
            driver, wheel = make_driver(), self(Role.DISPATCHER)
            posted(wheel, f"{page}/dispatch", vehicle_id=self.car.id, driver_id=driver.id)
            drive = re.findall(r"(/vehicles/dispatches/\d+)/departure", wheel.get(page).text)[0]
        with at(self.morning + timedelta(minutes=65)):
            posted(self(Role.DISPATCHER), f"{drive}/departure", at="2023-05-09T09:05", odometer="1000")
        with at(self.morning.replace(hour=15)):
            posted(self(Role.DISPATCHER), f"{drive}/return", at="2023-05-09T14:50", odometer="1118")
        return page

    def meal(self) -> str:
        """One card at lunch."""
        with at(self.morning.replace(hour=12)):
            return posted(self(Role.CANTEEN), "/canteen/meals/new", canteen_id=canteen().id, who=self.diner.card)

    def meeting(self) -> str:
        """Booked by the unit, prepared line by line of its checklist, held, tidied, rated."""
        begins = self.morning + timedelta(days=3)
        with at(self.morning):
            typed = booking_form(self.venue, begins, unit_id=self.unit.id)
            page = posted(self(Role.LIAISON), "/meetings/new", **typed)
        with at(begins):
            for phase in ("before", "during"):
                posted(self(Role.MEETING), f"{page}/phases/{phase}/tick")
        with at(begins + timedelta(hours=3)):
            staff = self(Role.MEETING)
            posted(staff, f"{page}/phases/after/tick")
            times = {"began_at": f"{begins:%Y-%m-%dT%H:%M}", "ended_at": f"{begins:%Y-%m-%dT10:00}"}
            posted(staff, f"{page}/held", people="12", **times)
            posted(self(Role.LIAISON), f"{page}/rating", score="5")
        return page

    def repair(self) -> str:
        """Reported, accepted, assigned, attended, finished, confirmed, rated: all within the hour."""
        worker = make_user(Role.REPAIR)
        words = {"place": "主楼 203室", "trade": "water", "urgency": "normal", "description": "水龙头漏水"}
        with at(self.morning):
            liaison, staff = self(Role.LIAISON), self(Role.REPAIR)
            page = posted(liaison, "/repairs/tickets/new", unit_id=self.unit.id, contact="联络员", **words)
            posted(staff, f"{page}/acceptance")
            posted(staff, f"{page}/assignment", worker_id=worker.id)
            posted(staff, f"{page}/attendance")
            posted(staff, f"{page}/completion", note="换阀芯", materials="阀芯", cost="35.50")
            posted(liaison, f"{page}/confirmation")
            posted(liaison, f"{page}/rating", stars="5")
        return page

    def payment(self, programme_id: int, amount: str) -> str:
        """The page of the payment."""
        with at(self.morning):
            finance, paid = self(Role.FINANCE), {"paid_on": "2023-05-09", "source": "fiscal", "payee_kind": "firm"}
            address = f"/programmes/{programme_id}/payments"
            posted(finance, f"{address}/new", amount=amount, payee="供应单位01", voucher="V-1", note="", **paid)
            return re.findall(r"/programmes/payments/\d+", finance.get(address).text)[0]
