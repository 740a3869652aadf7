"""The driver's phone with the network cut, in a real Chromium: kept, told, sent once, also when the answer got lost."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people import service as people
from ops.people.roles import Role
from ops.vehicles.driving.models import DialPhoto, SentOnce
from ops.vehicles.models import Departure, Dispatch
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import ReadingConfirmation, Source
from tests.factories import altered, make_driver
from tests.server import serving
from tests.vehicles.factories import make_dispatch

pytestmark = pytest.mark.browser
PASSWORD = "a long password"
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def phone(app: Flask, by: Actor, browser: Browser) -> Iterator[Page]:
    """A driver at the page of his one trip, 390 pixels wide; the worker has kept the page."""
    with transaction():
        user_id = people.add_user("driver", "司机", PASSWORD, [Role.DRIVER], by).id
    make_dispatch(clock.now() - timedelta(hours=1), driver_id=make_driver(user_id=user_id).id)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as base:
        size = {"width": 390, "height": 844}
        zone = "America/Los_Angeles"  # what the phone's clock shows is not believed
        page = browser.new_context(viewport=size, base_url=base, timezone_id=zone).new_page()  # type: ignore[arg-type]
        page.goto("/sign-in")
        page.locator('[name="username"]').fill("driver")
        page.locator('[name="password"]').fill(PASSWORD)
        page.locator('[name="password"]').press("Enter")
        page.wait_for_url(f"{base}/")
        page.goto("/vehicles/driving/")
        page.locator("#outbox[data-kept]").wait_for(state="attached")
        yield page
        page.context.close()


def start_trip(phone: Page, odometer: str = "1000") -> None:
    form = phone.locator('[data-kind="departure"] form')
    form.locator('[name="odometer"]').fill(odometer)
    form.locator("button").click()


def answers_of(phone: Page) -> list[int]:
    """What the office answers to its deeds from now on; what is tried without a connection is not among it."""
    heard: list[int] = []
    phone.on("response", lambda answer: heard.append(answer.status) if answer.url.endswith("/deeds") else None)
    return heard


def departures() -> tuple[int, int]:
    db.session.rollback()
    return len(db.session.scalars(select(Departure)).all()), len(db.session.scalars(select(SentOnce)).all())


def test_without_a_connection_it_is_kept_told_and_sent_once_when_it_is_back(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.context.set_offline(True)
    start_trip(phone)
    expect(phone.locator("#outbox")).to_contain_text("当前无网络")
    expect(phone.locator("#outbox li")).to_have_count(1)
    assert departures() == (0, 0)
    phone.reload()
    expect(phone.locator("#outbox li")).to_have_count(1)
    phone.context.set_offline(False)
    expect(phone.locator("#outbox li")).to_have_count(0)
    expect(phone.locator('[data-kind="departure"]')).to_have_count(0)
    assert departures() == (1, 1)


def test_an_answer_that_got_lost_after_the_server_had_kept_the_deed_makes_no_second_one(phone: Page) -> None:
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    phone.context.route("**/deeds", lose_the_answer)
    with phone.expect_event("requestfailed"):
        start_trip(phone)
    expect(phone.locator("#outbox li")).to_have_count(1)
    assert departures() == (1, 1)
    phone.context.unroute("**/deeds")
    phone.reload()
    expect(phone.locator('[data-kind="departure"]')).to_have_count(0)
    assert set(lost) == {200}
    assert departures() == (1, 1)


def test_what_is_typed_and_not_sent_is_there_again(phone: Page) -> None:
    field = phone.locator('[data-kind="departure"] [name="odometer"]')
    field.fill("4711")
    phone.context.set_offline(True)
    phone.reload()
    expect(field).to_have_value("4711")


def test_a_question_of_the_dial_waits_for_its_answer_and_what_comes_after_it_waits_with_it(
    phone: Page, by: Actor
) -> None:
    car = db.session.scalars(select(Dispatch)).one().vehicle_id
    with transaction():
        odometer.record(car, 83_620, clock.now() - timedelta(hours=2), Source.MANUAL, "", by)
    heard = answers_of(phone)
    phone.reload()
    phone.context.set_offline(True)
    form = phone.locator('[data-kind="departure"] form')
    form.locator('[name="photo"]').set_input_files({"name": "dial.png", "mimeType": "image/png", "buffer": DOT})
    start_trip(phone, "1")
    phone.locator('[data-kind="expense"] summary').click()
    phone.locator('[data-kind="expense"] [name="amount"]').fill("12")
    phone.locator('[data-kind="expense"] button').click()
    expect(phone.locator("#outbox li")).to_have_count(2)
    phone.context.set_offline(False)
    question = form.locator("[data-question]").filter(has=phone.locator("select"))
    expect(question).to_contain_text("上次读数83,620公里")
    expect(question).to_contain_text("本次1公里，确认无误？")
    expect(form.locator('[name="odometer"]')).to_have_value("1")
    phone.reload()
    expect(phone.locator("#outbox")).to_contain_text("有一个问题待答复")
    expect(question).to_be_visible()
    phone.evaluate("dispatchEvent(new Event('online'))")
    assert departures() == (0, 0)
    question.locator("select").select_option("replaced")
    form.locator("button").click()
    expect(phone.locator("#outbox li")).to_have_count(0)
    expect(phone.locator('[data-kind="departure"]')).to_have_count(0)
    assert (departures(), heard) == ((1, 2), [422, 200, 200])  # asked once, answered once, then what had waited
    assert db.session.scalars(select(ReadingConfirmation.why)).all() == ["replaced"]
    assert len(db.session.scalars(select(DialPhoto)).all()) == 1


def press(phone: Page, kind: str, **typed: str) -> None:
    form = phone.locator(f'[data-kind="{kind}"]')
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in typed.items():
        form.locator(f'[name="{name}"]').fill(value)
    form.locator("button").click()


def test_the_time_is_the_servers_however_late_it_is_sent_and_whatever_the_phone_shows(phone: Page) -> None:
    phone.clock.install(time=datetime(2019, 1, 1, 3, 0))
    phone.reload()
    phone.context.set_offline(True)
    start_trip(phone)
    expect(phone.locator("#outbox li")).to_have_count(1)
    phone.clock.fast_forward("00:10")
    trip = db.session.scalars(select(Dispatch)).one()
    altered(trip, dispatched_at=trip.dispatched_at - timedelta(hours=1))
    phone.clock.fast_forward("20:00")
    before = clock.now()
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator('[data-kind="departure"]')).to_have_count(0)
    db.session.rollback()
    at = db.session.scalars(select(Departure.at)).one()
    assert timedelta(minutes=19) <= before - at <= timedelta(minutes=22)


def test_what_is_accepted_shows_at_once_and_what_is_refused_can_be_edited_or_discarded(phone: Page) -> None:
    trip = db.session.scalars(select(Dispatch)).one()
    altered(trip, dispatched_at=trip.dispatched_at - timedelta(hours=1))
    phone.evaluate("window.here = true")  # a reload would forget it
    press(phone, "departure", odometer="1000", at=f"{clock.now() - timedelta(minutes=30):%Y-%m-%dT%H:%M}")
    expect(phone.locator('[data-kind="departure"]')).to_have_count(0)
    press(phone, "expense", amount="0")
    expect(phone.locator("#outbox li")).to_have_count(1)
    expect(phone.locator("#outbox")).to_contain_text("未被接受")
    press(phone, "expense", amount="12.50")
    expect(phone.locator("article")).to_contain_text("12.50")
    expect(phone.locator("#outbox li")).to_have_count(1)
    phone.locator("#outbox button", has_text="更正").click()
    field = phone.locator('[data-kind="expense"] [name="amount"]')
    expect(field).to_have_value("0")
    expect(phone.locator('[data-kind="expense"] .field.wrong .error')).to_contain_text("请填写费用类别和金额")
    field.fill("7")
    phone.locator('[data-kind="expense"] button').click()
    expect(phone.locator("article")).to_contain_text("7.00")
    expect(phone.locator("#outbox li")).to_have_count(0)
    press(phone, "return", odometer="900")
    expect(phone.locator('[data-kind="return"] .field.wrong .error')).to_contain_text("1000")
    with phone.expect_response("**/deeds"):
        press(phone, "return", odometer="800")
    expect(phone.locator("#outbox li")).to_have_count(1)  # the second takes the place of the first
    expect(phone.locator('[data-kind="return"] .field.wrong .error')).to_contain_text("1000")
    phone.locator("#outbox button", has_text="放弃").click()
    expect(phone.locator("#outbox li")).to_have_count(0)
    assert phone.evaluate("window.here")


def test_a_start_that_is_to_be_put_right_holds_what_comes_after_it_and_a_time_can_be_typed(phone: Page) -> None:
    phone.context.set_offline(True)
    early = clock.now() - timedelta(hours=3)
    press(phone, "departure", odometer="1000", at=f"{early:%Y-%m-%dT%H:%M}")
    press(phone, "return", odometer="1010")
    expect(phone.locator("#outbox li")).to_have_count(2)
    phone.context.set_offline(False)
    asked = phone.locator('[data-kind="departure"] .field.wrong')
    expect(asked).to_contain_text("早于派车")
    expect(phone.locator("#outbox li").nth(1)).to_contain_text("待上一条更正后发送")
    assert departures() == (0, 0)
    asked.locator("input").fill("调度电话派车")
    phone.locator('[data-kind="departure"] button').click()
    expect(phone.locator("#outbox li")).to_have_count(0)
    expect(phone.locator('[data-kind="return"]')).to_have_count(0)
    assert departures() == (1, 2)
    assert db.session.scalars(select(Departure.early_reason)).all() == ["调度电话派车"]


def test_a_trip_that_went_to_somebody_else_holds_nothing_up(phone: Page) -> None:
    mine = db.session.scalars(select(Dispatch)).one()
    make_dispatch(clock.now() - timedelta(hours=6), driver_id=mine.driver_id)  # not too early to start
    phone.reload()
    phone.context.set_offline(True)
    start_trip_of = phone.locator("article").nth(1).locator('[data-kind="departure"] form')
    start_trip_of.locator('[name="odometer"]').fill("1000")
    start_trip_of.locator("button").click()
    other = phone.locator("article").nth(0).locator('[data-kind="departure"] form')
    other.locator('[name="odometer"]').fill("2000")
    other.locator("button").click()
    expect(phone.locator("#outbox li")).to_have_count(2)
    altered(db.session.get_one(Dispatch, mine.id), driver_id=make_driver().id)
    phone.context.set_offline(False)
    expect(phone.locator("#outbox li")).to_have_count(1)
    expect(phone.locator("#outbox")).to_contain_text("该行程已不由您负责")
    assert departures() == (1, 1)
