"""Who looks on: the head of the section, finance, discipline, audit and leaders read the pages; none of them writes."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from ops.people.roles import Role
from ops.vehicles.costs.repair_models import RepairState
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle
from tests.vehicles.costs.test_repairs import quoted
from tests.vehicles.factories import make_dispatch

READERS = (Role.FLEET_HEAD, Role.DIRECTOR, Role.FINANCE, Role.FINANCE_WATCH, Role.DISCIPLINE, Role.AUDITOR, Role.LEADER)
READ_ONLY = (Role.FINANCE_WATCH, Role.AUDITOR, Role.LEADER, Role.PERFORMANCE)
PAGES = (
    *("board", "driver-limits", "dispatch-settings", "positions/alarms", "costs", "repairs"),
    *("requests", "statements", "tariffs", "obligations", "filed-violations", "approval-rules"),
)
FILINGS = {f"vehicles.violations.{name}" for name in ("new_filing", "question", "outcome", "withdrawal")}


def writes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of everything that can be handed in to vehicles, for records by the number 1."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
        if rule.rule.startswith(("/vehicles", "/api/vehicles")) and methods:
            values = {name: 1 if name not in ("kind", "key") else "trip" for name in rule.arguments}
            for method in methods:
                yield rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)


@pytest.mark.parametrize("role", READERS)
def test_those_who_look_on_read_the_pages_of_vehicles(app: Flask, sign_in: SignIn, role: Role) -> None:
    dispatch, client = make_dispatch(), sign_in(role)
    of_car = (f"odometer/cars/{dispatch.vehicle_id}", f"cars/{dispatch.vehicle_id}", f"board/orders/{dispatch.id}")
    answers = {page: client.get(f"/vehicles/{page}").status_code for page in (*PAGES, *of_car)}
    assert {page: status for page, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("role", [*READ_ONLY, Role.DISCIPLINE])
def test_nothing_can_be_handed_in_by_those_who_only_read(app: Flask, sign_in: SignIn, role: Role) -> None:
    make_dispatch()
    client, done = sign_in(role), {}
    for endpoint, method, address in writes(app):
        if not (role is Role.DISCIPLINE and endpoint in FILINGS):
            done[address] = client.open(address, method=method, json={} if "/api/" in address else None).status_code
    assert len(done) > 100
    assert {address: status for address, status in done.items() if status != 403} == {}


def test_where_cars_were_is_for_named_roles_only(app: Flask, sign_in: SignIn) -> None:
    address = f"/vehicles/positions/cars/{make_vehicle().id}?day=2023-05-09"
    for role in (Role.FINANCE, Role.FINANCE_WATCH, Role.DIRECTOR, Role.LEADER, Role.PERFORMANCE):
        assert sign_in(role).get(address).status_code == 403, role


def test_the_head_of_the_section_approves_repairs_but_records_no_costs(app: Flask, sign_in: SignIn) -> None:
    job, client = quoted("100"), sign_in(Role.FLEET_HEAD)
    assert "/vehicles/repairs?state=quoted" in client.get("/").text
    given = {"amount": "100", "decision": "", "note": ""}
    assert client.post(f"/vehicles/repairs/{job.id}/approval", data=given).status_code == 303
    assert job.state is RepairState.APPROVED
    assert client.get("/vehicles/costs/entries/new").status_code == 403


def test_the_head_of_the_section_finds_board_costs_and_repairs_in_his_menu(app: Flask, sign_in: SignIn) -> None:
    with force_locale("en"):
        menu = sign_in(Role.FLEET_HEAD).get("/").text
    for address in ("/vehicles/board", "/vehicles/costs", "/vehicles/repairs", "/vehicles/positions/alarms"):
        assert f'href="{address}"' in menu
