"""The programmes at a glance and the indicators' curves: worst first, true to the records."""

import html
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from ops.core.db import transaction
from ops.people.roles import Role
from ops.programmes import service
from ops.programmes.models import Programme
from ops.programmes.monitoring.known import gather
from ops.programmes.pictures import glance, indicator_curves, queries
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, make_payment, stored_programmes
from tests.programmes.monitoring.test_sheet import enter

D = Decimal
GLANCE = "/programmes/glance?year=2023&month=7"


@pytest.fixture
def stored(app: Flask) -> list[Programme]:
    """The six, bound; the second is on plan, the third behind, the others have paid nothing."""
    found = stored_programmes()
    with transaction():
        for each in found:
            service.bind_as_suggested(each, BY)
    make_payment(found[1], "12000000", paid_on=date(2023, 7, 31))
    make_payment(found[2], "6000", paid_on=date(2023, 2, 1), payee_kind="person", payee="人员01")
    return found


def test_the_worst_stand_first_and_the_furthest_behind_before_them(app: Flask, stored: list[Programme]) -> None:
    with app.test_request_context():
        found = glance.glances(gather(stored, 2023, 7))
    order = ["red", "yellow", "green", "blue", ""]
    places = [order.index(each.worst) for each in found]
    assert places == sorted(places)
    behind = [(each.rate or 0) - each.sheet.planned for each in found if each.worst == "red"]
    assert behind == sorted(behind)
    assert found[0].programme.seq == 5, "nothing paid, and its plan wants the most"


def test_a_curve_is_the_sum_of_the_payments_in_percent_of_the_budget(app: Flask, stored: list[Programme]) -> None:
    with app.test_request_context():
        points = glance.points(gather(stored, 2023, 7), stored[2])
    paid = [None if each.paid is None else round(each.paid, 2) for each in points]
    assert paid == [0, *[D("42.86")] * 6, *[None] * 5], "6,000 of 14,000 yuan"
    assert [round(points[at].planned, 6) for at in (2, 5, 9, 11)] == [30, 50, 80, 100]


def test_an_indicators_curve_meets_its_records_and_its_entries(app: Flask, stored: list[Programme]) -> None:
    programme = stored[4]
    enter(programme.indicators[0], "12", "次", date(2023, 3, 31))
    enter(programme.indicators[0], "22", "次")
    keys = [each.key for each in programme.indicators]
    with app.test_request_context():
        told, others = indicator_curves.courses(
            gather([programme], 2023, 7), programme, queries.entries_by_month(keys, 2023)
        )
    course = next(each for each in told if each.indicator.row == 1)
    assert [each.actual for each in course.steps] == [None, None, 12, None, None, None, 22, *[None] * 5]
    assert course.reached is not None
    assert round(course.reached, 2) == D("48.89"), "22 of 45"
    assert round(course.steps[5].wanted, 2) == 27, "60 percent of 45 by the end of June"
    assert len(told) + len(others) == len(programme.indicators)


def test_every_mark_of_the_glance_opens_a_page(app: Flask, stored: list[Programme], sign_in: SignIn) -> None:
    client = sign_in(Role.LEADER)
    shown = client.get(GLANCE).text
    assert all(each.name in shown for each in stored)
    links = set(re.findall(r'(?:href="|&#34;url&#34;: &#34;|"url": ")(/[^"&]+(?:&amp;[^"]+)?)', shown))
    marks = [
        link.replace("&amp;", "&").replace("\\u0026", "&")
        for link in links
        if "/programmes/" in link or "/figures/" in link
    ]
    assert len(marks) > 12
    for link in sorted(marks)[:40]:
        assert client.get(link).status_code in (200, 302), link


def test_the_pages_by_role_and_what_there_is_not(app: Flask, stored: list[Programme], sign_in: SignIn) -> None:
    leader, finance = sign_in(Role.LEADER), sign_in(Role.FINANCE)
    for address in (GLANCE, f"/programmes/{stored[0].id}/curves?month=7"):
        assert leader.get(address).status_code == 200
        assert finance.get(address).status_code == 200
        assert sign_in(Role.DRIVER).get(address).status_code == 403
        assert app.test_client().get(address).status_code == 302
    assert leader.get("/programmes/glance?year=2023&month=13").status_code == 404
    assert leader.get("/programmes/99/curves").status_code == 404
    assert leader.get("/programmes/1/curves?month=0").status_code == 404


def test_without_programmes_the_glance_says_what_will_stand_there(app: Flask, sign_in: SignIn) -> None:
    shown = sign_in(Role.LEADER).get("/programmes/glance?year=1999").text
    assert 'class="empty"' in shown
    assert "data-chart" not in shown


def test_every_mark_of_every_picture_opens_something(app: Flask, stored: list[Programme], sign_in: SignIn) -> None:
    """Plan, forecast and what is wanted too, not only what was counted."""
    client, programme = sign_in(Role.PERFORMANCE), stored[0]
    make_payment(programme, "300000", paid_on=date(2023, 2, 1))
    pages = [GLANCE, f"/programmes/{programme.id}/curves?month=7", f"/programmes/{programme.id}"]
    opened: set[str] = set()
    for address in [*pages, f"/programmes/{programme.id}/funds?month=7"]:
        shown = client.get(address).text
        specs = [json.loads(html.unescape(found)) for found in re.findall(r"data-chart='([^']*)'", shown)]
        marks = [mark for spec in specs for line in spec.get("series", ()) for mark in line["data"]]
        assert marks, address
        assert not [mark for mark in marks if mark["value"] is not None and not mark.get("url")], address
        opened |= {mark["url"] for mark in marks if mark.get("url")}
    assert all(any(part in each for each in opened) for part in ("#plan", "#forecast"))
    for url in sorted(opened)[:: max(1, len(opened) // 12)]:
        assert client.get(url.partition("#")[0]).status_code in (200, 302), url
