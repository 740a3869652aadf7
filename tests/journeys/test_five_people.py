"""From the request to the settled trip by five people in a real Chromium, on a wide screen and on a phone.

A unit's liaison asks, its leader and the head of the section approve, the dispatcher assigns on the board, the driver
starts, pays and comes back on his phone, the unit confirms and rates, and confirms the month's statement.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people import service as people
from ops.people.models import Unit
from ops.people.roles import Role
from ops.vehicles.costs.models import VehicleCost
from ops.vehicles.driving.models import DialPhoto, TripExpense
from ops.vehicles.models import Dispatch, TripRequest
from ops.vehicles.odometer.trips import of_trip
from ops.vehicles.settlement.models import Statement
from tests.factories import make_driver, make_unit, make_vehicle
from tests.server import serving

pytestmark = pytest.mark.browser
PASSWORD = "a long password"
WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}
PICTURE = {"name": "dial.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8 a picture"}
SignInAs = Callable[[str], Page]


@pytest.fixture(params=list(WIDTHS))
def as_one_of_five(app: Flask, by: Actor, browser: Browser, request: pytest.FixtureRequest) -> Iterator[SignInAs]:
    """Each in a browser of his own; the phones and screens stand in the month before, in which the trip is made."""
    unit = make_unit(name="区审计局")
    of_unit = {"liaison": [Role.LIAISON], "leader": [Role.UNIT_APPROVER]}
    of_centre = {"head": [Role.FLEET_HEAD], "dispatcher": [Role.DISPATCHER], "driver": [Role.DRIVER]}
    with transaction():
        for name, roles in {**of_unit, **of_centre}.items():
            user = people.add_user(name, f"{name}01", PASSWORD, roles, by)
            user.unit_id = unit.id if name in of_unit else None
    make_driver(name="王师傅", user_id=user.id)
    width, height = WIDTHS[request.param]
    opened: dict[str, Page] = {}
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as base:

        def sign_in(name: str) -> Page:
            if name not in opened:
                size: Any = {"width": width, "height": height}
                page = browser.new_context(viewport=size, base_url=base, timezone_id="Asia/Shanghai").new_page()
                page.goto("/sign-in")
                page.locator('[name="username"]').fill(name)
                page.locator('[name="password"]').fill(PASSWORD)
                page.locator('[name="password"]').press("Enter")
                page.wait_for_url(f"{base}/")
                opened[name] = page
            return opened[name]

        yield sign_in
        for page in opened.values():
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
            page.context.close()


def leaves_at() -> datetime:
    """The fifth of the month before, at nine."""
    last_month = clock.today().replace(day=1) - timedelta(days=1)
    return datetime.combine(last_month.replace(day=5), time(9))


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).click()


def follow(page: Page, word: str) -> None:
    page.get_by_role("link", name=word, exact=True).first.click()


def test_a_trip_goes_from_the_request_to_the_settled_statement_by_five_people(as_one_of_five: SignInAs) -> None:
    car = make_vehicle(plate="冀B0001测")
    ask(as_one_of_five("liaison"))
    request = db.session.scalars(select(TripRequest)).one()
    for approver in ("leader", "head"):
        approve(as_one_of_five(approver))
    assign(as_one_of_five("dispatcher"), request.id)
    drive(as_one_of_five("driver"))
    say_of_the_trip(as_one_of_five("liaison"), request.id)
    settle(as_one_of_five("dispatcher"), as_one_of_five("liaison"))
    take_the_expense_over(as_one_of_five("dispatcher"))
    order_is_one_sheet(as_one_of_five("dispatcher"))
    db.session.rollback()
    [trip], [paid], [cost] = (db.session.scalars(select(each)).all() for each in (Dispatch, TripExpense, VehicleCost))
    assert (trip.vehicle_id, of_trip(trip), str(trip.request.state)) == (car.id, 100, "settled")
    assert (cost.amount, cost.attachment_id, cost.dispatch_id) == (paid.amount, paid.photo_id, trip.id)
    assert {photo.source for photo in db.session.scalars(select(DialPhoto))} == {"departure", "return"}


def ask(page: Page) -> None:
    """First with what is missing: what was typed stays, and each fault stands beside its field."""
    page.goto("/vehicles/requests")
    follow(page, "申请用车")
    page.locator('[name="purpose"]').fill("调研重点项目")
    press(page, "提交申请")
    expect(page.locator("#destination-error")).to_be_visible()
    assert page.locator('[name="purpose"]').input_value() == "调研重点项目"
    leaves = leaves_at()
    typed = {
        "destination": "唐山市区",
        "route": "机关大院—唐山",
        "contact": "李科长",
        "phone": "0315-1234567",
        "people": "2",
    }
    typed |= {"starts_at": f"{leaves:%Y-%m-%dT%H:%M}", "ends_at": f"{leaves + timedelta(hours=4):%Y-%m-%dT%H:%M}"}
    for name, value in typed.items():
        page.locator(f'[name="{name}"]').fill(value)
    page.locator('[name="out_of_district"]').check()
    press(page, "提交申请")
    expect(page.locator("#starts_at-error")).to_contain_text("所填时间已过")
    page.locator('[name="afterwards"]').fill("系统停用期间的用车")
    press(page, "提交申请")
    expect(page.locator("main")).to_contain_text("审批中")


def approve(page: Page) -> None:
    """From the to-do list to the request; agreeing without choosing is refused first."""
    page.goto("/")
    page.locator("main a", has_text="待审批的用车申请").first.click()
    page.locator("main table tbody a").first.click()
    follow(page, "审批")
    expect(page.locator("main")).to_contain_text("驶出本区")
    press(page, "提交审批意见")
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator('[name="verdict"][value="yes"]').check()
    press(page, "提交审批意见")
    expect(page.locator("main")).to_contain_text("已同意")


def assign(page: Page, request_id: int) -> None:
    """On the board: the waiting request is opened, the suggestion stands there, one click assigns it."""
    page.goto(f"/vehicles/board?day={leaves_at().date()}")
    page.locator(f'[data-request="{request_id}"] a').click()
    dialog = page.locator("#board-dialog")
    expect(dialog).to_contain_text("冀B0001测")
    dialog.locator('button[value="yes"]').click()
    expect(dialog).not_to_be_visible()
    expect(page.locator("[data-trip]")).to_contain_text("唐山市区")


def drive(page: Page) -> None:
    """On the driver's page, with the times of that day typed: start, pay a toll with its receipt, come back."""
    left, came = (f"{leaves_at() + timedelta(hours=each):%Y-%m-%dT%H:%M}" for each in (0, 3))
    page.goto("/vehicles/driving/")
    start = page.locator('[data-kind="departure"] form')
    start.locator('[name="odometer"]').fill("1000")
    start.locator('[name="at"]').fill(left)
    start.locator('[name="photo"]').set_input_files([PICTURE])
    start.locator("button").click()
    expect(page.locator('[data-kind="departure"]')).to_have_count(0)
    page.locator('[data-kind="expense"] summary').click()
    pay = page.locator('[data-kind="expense"] form')
    pay.locator('[name="expense"]').select_option("toll")
    pay.locator('[name="amount"]').fill("35.50")
    pay.locator('[name="at"]').fill(came)
    pay.locator('[name="photo"]').set_input_files([PICTURE])
    pay.locator("button").click()
    expect(page.locator("main")).to_contain_text("35.50")
    back = page.locator('[data-kind="return"] form')
    back.locator('[name="odometer"]').fill("900")
    back.locator('[name="at"]').fill(came)
    back.locator("button").click()
    expect(page.locator("#outbox")).to_contain_text("未被接受")
    expect(page.locator("#outbox")).to_contain_text("1000")  # the dial does not run backwards
    page.locator("#outbox button", has_text="更正").click()
    assert back.locator('[name="odometer"]').input_value() == "900"
    back.locator('[name="odometer"]').fill("1100")
    back.locator('[name="photo"]').set_input_files([PICTURE])
    back.locator("button").click()
    expect(page.locator('[data-kind="return"]')).to_have_count(0)


def say_of_the_trip(page: Page, request_id: int) -> None:
    page.goto(f"/vehicles/requests/{request_id}")
    follow(page, "确认里程")
    expect(page.locator("main")).to_contain_text("100 公里")
    page.locator('[name="verdict"][value="yes"]').check()
    press(page, "提交")
    follow(page, "评价")
    page.locator('[name="stars"][value="5"]').check()
    press(page, "提交评价")
    expect(page.locator("main")).to_contain_text("单位已评价")


def settle(section: Page, liaison: Page) -> None:
    unit = db.session.scalars(select(Unit).where(Unit.name == "区审计局")).one()
    section.goto("/vehicles/statements/new")
    section.locator('[name="unit_id"]').evaluate("(list, key) => list.tomselect.setValue(key)", str(unit.id))
    press(section, "开具结算单")
    expect(section.locator("main")).to_contain_text("唐山市区")
    db.session.rollback()
    statement = db.session.scalars(select(Statement)).one()
    liaison.goto("/")
    liaison.locator("main a", has_text="待确认的用车结算单").first.click()
    follow(liaison, statement.no)
    follow(liaison, "确认或提出异议")
    liaison.locator('[name="verdict"][value="yes"]').check()
    press(liaison, "提交意见")
    expect(liaison.locator("main")).to_contain_text("单位已确认")


def take_the_expense_over(page: Page) -> None:
    page.goto("/")
    page.locator("main a", has_text="待入账的途中费用").first.click()
    follow(page, "入账")
    page.locator('[name="payee"]').fill("高速公路")
    press(page, "入账")
    expect(page.locator("main")).to_contain_text("已计入单车台账")


def order_is_one_sheet(page: Page) -> None:
    page.goto(f"/vehicles/board/orders/{db.session.scalars(select(Dispatch.id)).one()}")
    for said in ("区审计局", "李科长", "过路过桥费 35.50", "1000", "1100", "王师傅"):
        expect(page.locator(".order")).to_contain_text(said)
    printed = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
