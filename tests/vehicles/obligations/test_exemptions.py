"""无记分免审: offered where the records hold no points, confirmed by one press, refused where they do."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles.costs import repair_service
from ops.vehicles.costs.repair_models import Violation
from ops.vehicles.obligations import driver_files, exempting, points_queries
from ops.vehicles.obligations.models import Obligation, ObligationWaiver
from ops.vehicles.obligations.rules import anniversary
from tests.app_fixtures import SignIn
from tests.factories import make_driver, make_vehicle
from tests.vehicles.obligations.test_obligations import open_ones

LICENSED, DUE, OVER = date(2010, 5, 10), date(2023, 6, 9), date(2023, 5, 10)


def reviewed(by: Actor, licensed: date = LICENSED, day: date = date(2023, 1, 1)) -> Obligation:
    driver = make_driver()
    with transaction():
        driver_files.keep(driver, "A1", licensed, None, None, "", day, by)
    return db.session.scalars(select(Obligation).where(Obligation.driver_id == driver.id)).one()


def fined(review: Obligation, at: datetime, points: int, by: Actor) -> Violation:
    with transaction():
        given = ("某路口", "超速", Decimal(points), Decimal(200), by)
        return repair_service.record_violation(make_vehicle().id, review.driver_id, at, *given)


def test_a_review_without_points_is_exempt_once_its_period_is_over_and_the_next_follows(app: Flask, by: Actor) -> None:
    review = reviewed(by)
    fined(review, datetime(2023, 5, 1, 9), 0, by)  # fined without points
    fined(review, datetime(2022, 5, 9, 9), 3, by)  # in the period before
    fined(review, datetime(2023, 5, 10, 9), 3, by)  # in the period after
    assert points_queries.unscored(date(2023, 5, 9)) == []
    with pytest.raises(Rejected, match="2023-05-09"), transaction():
        exempting.exempt(review, date(2023, 5, 9), by)
    [found] = points_queries.unscored(OVER)
    assert (found.review, found.first, found.last) == (review, date(2022, 5, 10), date(2023, 5, 9))
    with transaction():
        exempting.exempt(review, OVER, by)
    assert open_ones() == [("review", date(2024, 6, 9))]
    [waiver] = db.session.scalars(select(ObligationWaiver))
    assert "2022-05-10" in waiver.reason
    assert "第七十条" in waiver.reason


def test_one_with_points_is_owed_until_the_record_is_void(app: Flask, by: Actor) -> None:
    review = reviewed(by)
    violation = fined(review, datetime(2022, 5, 10, 9), 3, by)
    assert points_queries.unscored(OVER) == []
    with pytest.raises(Rejected, match="3"), transaction():
        exempting.exempt(review, OVER, by)
    with transaction():
        repair_service.void_violation(violation, "处罚撤销", by)
    assert [each.review for each in points_queries.unscored(OVER)] == [review]


def test_the_page_offers_them_with_the_rule_and_exempts_one_or_all(app: Flask, by: Actor, sign_in: SignIn) -> None:
    today = clock.today()
    over = date.fromordinal(anniversary(today, -10).toordinal() - 5)
    first, second = (reviewed(by, over, date.fromordinal(today.toordinal() - 40)) for _number in range(2))
    watcher, client, at = sign_in(Role.AUDITOR), sign_in(Role.DISPATCHER), "/vehicles/obligations/exemptions"
    shown = watcher.get(at).text
    assert all(each.driver and each.driver.name in shown for each in (first, second))
    assert ("第七十条" in shown, "免审</button>" in shown) == (True, False)
    assert [watcher.post(at).status_code, watcher.post(f"{at}/{first.id}").status_code] == [403, 403]
    assert "驾驶员无记分" in client.get("/").text
    assert client.post(f"{at}/{first.id}").status_code == 303
    assert [each.review.id for each in points_queries.unscored(today)] == [second.id]
    assert client.post(at).status_code == 303
    assert points_queries.unscored(today) == []
    assert [kind for kind, _day in open_ones()] == ["review", "review"]
