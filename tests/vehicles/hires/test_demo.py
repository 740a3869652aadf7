"""The demo years of hired vehicles: the published counts, and everything in its place."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import month, year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people import demo as people
from ops.people.roles import Role
from ops.vehicles.hires import demo, money_queries, queries, rule_queries
from ops.vehicles.hires.models import Hire
from ops.vehicles.hires.money_models import HireInvoice, HireInvoiceLine
from ops.vehicles.hires.states import HireState
from ops.vehicles.hires.vendor_models import HireVendor
from tests.app_fixtures import SignIn


@pytest.fixture
def demo_years(app: Flask) -> None:
    for number in (2022, 2023):
        made = DemoYear(number, working_days(year(number)))
        for part in (people, demo):
            with transaction():
                part.make(made)


@pytest.mark.usefixtures("demo_years")
def test_the_counts_are_the_published_ones_and_the_money_adds_up() -> None:
    assert read("vehicles.hired_trips", year(2022)).value == 807
    assert read("vehicles.hired_activities", year(2022)).value == 428
    paid = db.session.scalar(select(func.sum(HireInvoice.amount)))
    both = sum((read("vehicles.hired_cost", year(number)).value or 0) for number in (2022, 2023))
    assert paid == both == db.session.scalar(select(func.sum(HireInvoiceLine.fee)))
    refresh()
    assert list(drifts()) == []
    assert db.session.scalar(select(func.count()).select_from(HireVendor)) == 3


@pytest.mark.usefixtures("demo_years")
def test_every_hire_was_approved_step_by_step_before_it_was_ordered_and_has_its_paper() -> None:
    needs_paper = {each.code for each in rule_queries.reasons_in_force(date(2022, 1, 1)) if each.needs_paper}
    hires = db.session.scalars(select(Hire)).all()
    assert {hire.day.year for hire in hires} == {2022, 2023}
    for hire in hires:
        assert [step.approver for step in hire.steps] == ["section", "director"]
        state = hire.events[-1].kind
        assert all(step.reasons and step.verdict for step in hire.steps)
        given = [step.verdict.approved for step in hire.steps if step.verdict]
        assert given == [True, state != HireState.REFUSED]
        said = [step.verdict.at for step in hire.steps if step.verdict]
        when = {each.kind: each.at for each in hire.events}
        last = HireState.REFUSED if state == HireState.REFUSED else HireState.APPROVED
        assert when[HireState.ASKED] < said[0] < said[1] == when[last]
        if state not in (HireState.REFUSED, HireState.CALLED_OFF):
            assert when[last] < when[HireState.ORDERED]
        assert len(hire.papers) == (hire.reason_class in needs_paper)
    ends = [hire.events[-1].kind for hire in hires]
    assert (ends.count(HireState.REFUSED), ends.count(HireState.CALLED_OFF)) == (4, 6)
    paper = next(each for hire in hires for each in hire.papers)
    assert "演示" in paper.called
    assert "演示" in paper.attachment.path.read_text()


@pytest.mark.usefixtures("demo_years")
def test_every_month_was_published_as_it_stands_and_the_pages_show_it(sign_in: SignIn) -> None:
    for number in range(1, 13):
        lines = money_queries.notice(month(2022, number))
        row = money_queries.published(month(2022, number).first)
        assert row is not None
        assert (row.activities, row.trips) == (len(lines), sum(line.trips for line in lines))
        assert row.cost == sum(line.cost for line in lines)
    client = sign_in(Role.DISPATCHER)
    paid = db.session.scalars(select(Hire).where(str(HireState.PAID) == queries.LAST_KIND).limit(1)).one()
    pages = (f"hires/{paid.id}", "hires", "hire-vendors", "hire-invoices", "hire-budgets?year=2022", "hire-notice")
    for page in pages:
        assert client.get(f"/vehicles/{page}").status_code == 200, page
