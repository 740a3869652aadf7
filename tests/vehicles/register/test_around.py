"""The rest of a car's file: one row of links with counts, each for those who may open it, each opening so many rows."""

import re
from decimal import Decimal

from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.people.roles import Role
from ops.vehicles.costs import ledger as costs
from ops.vehicles.costs.models import CostKind
from ops.vehicles.odometer import service as odometer
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_vehicle
from tests.vehicles.costs.factories import make_job
from tests.vehicles.sealing.test_sealing import make_holiday, seal

LINK = re.compile(r'<a href="([^"]+)">([^<]+?)(?: <span class="number">(\d+)</span>)?</a>')


def places(page: str) -> dict[str, tuple[str, str]]:
    row = page.split('<p class="places">')[1].split("</p>", maxsplit=1)[0]
    return {label: (address.replace("&amp;", "&"), count) for address, label, count in LINK.findall(row)}


def test_the_page_of_a_car_leads_to_the_rest_of_its_file_with_counts(app: Flask, sign_in: SignIn, by: Actor) -> None:
    car, other = make_vehicle(), make_vehicle()
    make_job(vehicle_id=car.id, day=DAY)
    with transaction():
        costs.enter(car.id, CostKind.TOLLS, DAY, Decimal(25), by, payee="高速公路", paper_no="T1", note="")
        costs.enter(other.id, CostKind.TOLLS, DAY, Decimal(31), by, payee="高速公路", paper_no="T2", note="")
        odometer.record(car.id, 900, AT, "manual", "", by)
    [row] = seal(make_holiday(by), [car.id], by)
    client = sign_in(Role.AUDITOR)
    found = places(client.get(f"/vehicles/cars/{car.id}").text)
    counts = {label: count for label, (_address, count) in found.items()}
    assert {"明细账": "1", "保险": "0", "里程读数": "1", "车辆维修": "1", "节假日封存": "1"}.items() <= counts.items()
    assert (counts["单车核算"], counts["当日轨迹"]) == ("", "")
    for address, _count in found.values():
        assert client.get(address).status_code == 200, address
    rows = client.get(found["明细账"][0]).text
    assert "25.00" in rows
    assert "31.00" not in rows
    assert f'href="/vehicles/sealing/{row.holiday_id}"' in client.get(found["节假日封存"][0]).text


def test_a_car_that_was_never_sealed_leads_to_no_holidays(app: Flask, sign_in: SignIn, by: Actor) -> None:
    """The list would show the holidays of all the others."""
    sealed, never = make_vehicle(), make_vehicle()
    seal(make_holiday(by), [sealed.id], by)
    client = sign_in(Role.AUDITOR)
    page = client.get(f"/vehicles/cars/{never.id}").text
    assert "节假日封存" not in places(page)
    assert '<span>节假日封存 <span class="number">0</span></span>' in page
    assert "节假日封存" in places(client.get(f"/vehicles/cars/{sealed.id}").text)


def test_only_what_the_role_may_open_stands_there(app: Flask, sign_in: SignIn) -> None:
    address = f"/vehicles/cars/{make_vehicle().id}"
    director, leader = sign_in(Role.DIRECTOR), sign_in(Role.FLEET_HEAD)
    assert "当日轨迹" not in places(director.get(address).text)
    assert "当日轨迹" in places(leader.get(address).text)
    for label, (link, _count) in places(director.get(address).text).items():
        assert director.get(link).status_code == 200, label
