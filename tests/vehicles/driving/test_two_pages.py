"""The same phone with the page open twice: what waits is sent by one of them, and a late answer undoes nothing."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.vehicles.driving.models import SentOnce
from ops.vehicles.models import Departure, Dispatch
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import Source
from tests.vehicles.driving.test_in_the_browser import answers_of, departures, phone, start_trip

__all__ = ["phone"]
pytestmark = pytest.mark.browser
WAITING, START = "#outbox li", '[data-kind="departure"]'


class Slow:
    """A connection over which no answer comes back before it is let through."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        self.page = page
        page.route("**/deeds", self.hold)

    def hold(self, route: Route) -> None:
        self.held.append(route)

    def first(self) -> Route:
        """The deed that is on its way, as soon as there is one."""
        for _moment in range(1500):
            if self.held:
                break
            self.page.wait_for_timeout(20)  # the handler is called meanwhile
        return self.held[0]


def test_while_one_page_sends_another_does_not_and_shows_what_came_of_it(phone: Page) -> None:
    other = phone.context.new_page()
    other.goto("/vehicles/driving/")
    heard, heard_too = answers_of(phone), answers_of(other)
    slow, slow_too = Slow(phone), Slow(other)
    start_trip(phone)
    slow.first()
    other.evaluate("dispatchEvent(new Event('online'))")
    phone.evaluate("dispatchEvent(new Event('online'))")
    other.wait_for_timeout(500)  # for what must not happen: too short a wait cannot make it fail
    [first] = [*slow.held, *slow_too.held]
    assert first.request.frame.page == phone
    first.continue_()
    for page in (phone, other):
        expect(page.locator(WAITING)).to_have_count(0)
        expect(page.locator(START)).to_have_count(0)
    assert (heard, heard_too, departures()) == ([200], [], (1, 1))


def test_a_page_that_is_closed_while_it_sends_leaves_it_to_the_next(phone: Page) -> None:
    other = phone.context.new_page()
    other.goto("/vehicles/driving/")
    slow = Slow(phone)
    start_trip(phone)
    slow.first()
    phone.close()
    other.evaluate("dispatchEvent(new Event('online'))")
    expect(other.locator(START)).to_have_count(0)
    assert departures() == (1, 1)


def test_without_locks_a_question_heard_late_does_not_bring_back_what_was_answered(phone: Page, by: Actor) -> None:
    car = db.session.scalars(select(Dispatch)).one().vehicle_id
    with transaction():
        odometer.record(car, 83_620, clock.now(), Source.MANUAL, "", by)
    phone.context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })")
    phone.reload()
    slow = Slow(phone)
    start_trip(phone, "1")
    asked = slow.first()
    late = asked.fetch()
    assert late.status == 422
    other = phone.context.new_page()
    other.goto("/vehicles/driving/")
    question = other.locator(f"{START} [data-question]").filter(has=other.locator("select"))
    expect(question).to_be_visible()
    question.locator("select").select_option("replaced")
    other.locator(f"{START} button").click()
    expect(other.locator(START)).to_have_count(0)
    asked.fulfill(response=late)
    expect(phone.locator(START)).to_have_count(0)
    expect(phone.locator(WAITING)).to_have_count(0)
    db.session.rollback()
    assert [row.kind for row in db.session.scalars(select(SentOnce))] == ["departure"]
    assert len(db.session.scalars(select(Departure)).all()) == 1
