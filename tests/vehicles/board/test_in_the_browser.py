"""The board moved by hand and by key in a real Chromium, through the services; a refusal stands at the bar."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people import service as people
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.approvals.models import ApprovalRule, Condition
from ops.vehicles.models import Dispatch
from ops.vehicles.obligations import service as obligations
from ops.vehicles.obligations.models import FitnessLeave, ObligationKind
from ops.vehicles.sealing.models import SealingHoliday
from tests.factories import AT, make_driver, make_trip_request, make_vehicle
from tests.server import serving
from tests.vehicles.factories import BY, make_dispatch
from tests.vehicles.sealing.test_sealing import seal

pytestmark = pytest.mark.browser
PASSWORD = "a long password"


@pytest.fixture
def page(app: Flask, by: Actor, browser: Browser) -> Iterator[Page]:
    with transaction():
        people.add_user("dispatcher", "调度员", PASSWORD, [Role.DISPATCHER], by)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as base:
        opened = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=base).new_page()
        opened.goto("/sign-in")
        opened.locator('[name="username"]').fill("dispatcher")
        opened.locator('[name="password"]').fill(PASSWORD)
        opened.locator('[name="password"]').press("Enter")
        opened.wait_for_url(f"{base}/")
        yield opened
        opened.context.close()


def standing() -> list[Dispatch]:
    db.session.rollback()
    return list(db.session.scalars(select(Dispatch).where(Dispatch.released_at.is_(None)).order_by(Dispatch.id)))


def drag(page: Page, what: str, dx: float = 0, onto: str = "", from_right: float = 0) -> None:
    """From the middle of `what`, or near its right edge, by `dx` pixels, or into the row `onto`."""
    box = page.locator(what).bounding_box()
    assert box
    x = box["x"] + (box["width"] - from_right if from_right else box["width"] / 2)
    y = box["y"] + box["height"] / 2
    aim = page.locator(onto).bounding_box() if onto else None
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2 + 6, y, steps=3)
    page.mouse.move(x + dx, aim["y"] + aim["height"] / 2 if aim else y, steps=6)
    page.mouse.up()


def confirm(page: Page) -> None:
    page.locator('#board-dialog button[value="yes"]').click()
    expect(page.locator("#board-dialog")).not_to_be_visible()


def an_hour(page: Page) -> float:
    box = page.locator(".board-scale").bounding_box()
    assert box
    return box["width"] / 13


def test_by_hand_a_request_is_assigned_a_trip_moved_to_another_car_and_time_and_extended(page: Page) -> None:
    one, other, driver = make_vehicle(), make_vehicle(), make_driver()
    request = make_trip_request()
    page.goto(f"/vehicles/board?day={AT.date()}")
    drag(page, f'[data-request="{request.id}"]', dx=300, onto=f'[data-row="{one.id}"]')
    page.locator("#board-dialog").wait_for()
    assert page.locator("#board-vehicle").input_value() == str(one.id)
    confirm(page)
    page.locator("[data-trip]").wait_for()
    [made] = standing()
    assert (made.vehicle_id, made.driver_id, made.request_id) == (one.id, driver.id, request.id)

    drag(page, "[data-trip]", dx=an_hour(page), onto=f'[data-row="{other.id}"]')
    page.evaluate("for (const _ of [1, 2, 3]) document.querySelector('#board-dialog form').requestSubmit()")
    expect(page.locator("#board-dialog")).not_to_be_visible()
    expect(page.locator("#board-says")).to_contain_text("05-09 09:30")
    [moved] = standing()
    assert (moved.vehicle_id, moved.starts_at) == (other.id, AT + timedelta(hours=1))
    assert moved.due_at - moved.starts_at == timedelta(hours=4)
    assert db.session.query(Dispatch).count() == 2

    drag(page, "[data-trip]", dx=an_hour(page), from_right=3)
    confirm(page)
    page.locator(f'[data-due="{moved.due_at + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"]').wait_for()
    [longer] = standing()
    assert (longer.id, longer.due_at) == (moved.id, AT + timedelta(hours=6))


def test_what_cannot_be_is_refused_in_words_at_the_bar_which_springs_back(page: Page, by: Actor) -> None:
    trip, taken, free, taken_by_colleague = make_dispatch(), make_dispatch(), make_vehicle(), make_vehicle()
    sealed, lapsed = make_vehicle(), make_vehicle()
    with transaction():
        db.session.add(SealingHoliday(name="劳动节", starts_at=AT - timedelta(days=1), ends_at=AT + timedelta(days=1)))
        obligations.owe(lapsed.id, ObligationKind.COMPULSORY, AT.date() - timedelta(days=30), None, by)
    seal(db.session.scalars(select(SealingHoliday)).one(), [sealed.id], by)
    page.goto(f"/vehicles/board?day={AT.date()}")
    for car, block, word in ((sealed, "is-sealed", "封存"), (lapsed, "is-lapsed", "到期未办")):
        expect(page.locator(f'[data-row="{car.id}"] .{block}')).to_contain_text(word)
    said = page.locator(".board-refusal")
    for car, words in ((taken.vehicle, taken.vehicle.plate), (sealed, "劳动节")):
        drag(page, f'[data-trip="{trip.id}"]', onto=f'[data-row="{car.id}"]')
        confirm(page)
        expect(said).to_contain_text(words)
        expect(page.locator(f'[data-row="{trip.vehicle_id}"] [data-trip="{trip.id}"]')).to_be_visible()

    drag(page, f'[data-trip="{trip.id}"]', dx=an_hour(page))
    page.context.set_offline(True)
    confirm(page)
    expect(said).to_contain_text("没有响应")
    page.context.set_offline(False)
    assert [(each.id, each.starts_at) for each in standing()] == [(trip.id, AT), (taken.id, AT)]

    page.goto(f"/vehicles/board?day={AT.date()}")
    with transaction():
        service.reassign(trip, taken_by_colleague.id, trip.driver_id, "换车", by)
    drag(page, f'[data-trip="{trip.id}"]', onto=f'[data-row="{free.id}"]')
    confirm(page)
    expect(said).to_be_visible()
    expect(page.locator(f'[data-row="{taken_by_colleague.id}"] [data-trip]')).to_be_visible()
    assert [each.vehicle_id for each in standing()] == [taken.vehicle_id, taken_by_colleague.id]

    drag(page, f'[data-trip="{taken.id}"]', onto=f'[data-row="{lapsed.id}"]')
    page.locator('#board-dialog button[value="yes"]').click()
    expect(page.locator("#board-dialog [role=alert]")).to_contain_text(lapsed.plate)
    page.locator('#board-dialog [name="leave_by"]').fill("车辆科长01")
    page.locator('#board-dialog [name="leave_reason"]').fill("抢险")
    confirm(page)
    expect(page.locator(f'[data-row="{lapsed.id}"] [data-trip]')).to_be_visible()
    db.session.rollback()
    assert [(each.allowed_by, each.reason) for each in db.session.scalars(select(FitnessLeave))] == [
        ("车辆科长01", "抢险")
    ]


def test_a_longer_trip_that_has_to_be_asked_for_goes_by_the_name_of_who_allowed_it(page: Page) -> None:
    with transaction() as session:
        [night] = session.scalars(select(ApprovalRule).where(ApprovalRule.condition == Condition.NIGHT))
        night.from_hour = 13
        audit.record("test.arranged", night, BY)
    trip = make_dispatch()
    page.goto(f"/vehicles/board?day={AT.date()}")
    drag(page, f'[data-trip="{trip.id}"]', dx=an_hour(page), from_right=3)
    page.locator('#board-dialog button[value="yes"]').click()
    expect(page.locator("#board-dialog [role=alert]")).to_contain_text("13:00–6:00")
    expect(page.locator('#board-dialog [name="leave_by"]')).not_to_be_visible()
    page.locator('#board-dialog [name="oral_by"]').fill("张处")
    page.locator('#board-dialog [name="oral_at"]').fill("2023-05-09T08:00")
    confirm(page)
    page.locator(f'[data-due="{AT + timedelta(hours=5):%Y-%m-%dT%H:%M:%S}"]').wait_for()
    [longer] = standing()
    assert [each.allowed_by for each in longer.extensions] == ["张处"]
    assert [reason.rule_id for step in longer.request.steps for reason in step.reasons] == [night.id]


def test_by_key_trips_and_requests_are_picked_up_moved_told_and_dropped_and_a_phone_lists_them(page: Page) -> None:
    trip, lower = make_dispatch(), make_vehicle()
    page.goto(f"/vehicles/board?day={AT.date()}")
    bar, says = page.locator(f'[data-trip="{trip.id}"] a'), page.locator("#board-says")
    bar.focus()
    page.keyboard.press("Space")
    expect(says).to_contain_text("已拿起")
    page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("08:45")
    page.keyboard.press("Escape")
    expect(says).to_contain_text("已放弃")
    assert standing()[0].starts_at == AT
    bar.focus()
    for key in ("Space", "ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.locator("#board-dialog").wait_for()
    page.keyboard.press("Enter")
    expect(says).to_contain_text("已完成")
    [moved] = standing()
    assert (moved.vehicle_id, moved.starts_at) == (lower.id, AT + timedelta(minutes=30))

    driver, request = make_driver(), make_trip_request()
    page.goto(f"/vehicles/board?day={AT.date()}")
    page.locator(f'[data-request="{request.id}"] a').focus()
    for key in ("Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.locator("#board-dialog").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-trip]").nth(1).wait_for()
    assert [(each.vehicle_id, each.driver_id) for each in standing()][1] == (trip.vehicle_id, driver.id)

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/vehicles/board?day={AT.date()}")
    box = page.locator(f'[data-trip="{moved.id}"] a').bounding_box()
    assert box
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
