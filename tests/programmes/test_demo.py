"""The demo year: the real targets, payments along their plan, and what only people can give."""

from decimal import Decimal

from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.programmes import demo, queries
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.models import Payment, Programme

D = Decimal
# what other features count: their demo years are not made here
OTHERS = {
    "canteen.subsidised_diners",
    "canteen.incidents",
    "canteen.days_open_rate",
    "repairs.on_time_rate",
    "repairs.satisfaction",
}


def make(of: int) -> None:
    with transaction():
        demo.make(DemoYear(of, working_days(year(of))))
    refresh()


def test_the_demo_year_pays_each_programme_within_its_budget(app: Flask) -> None:
    make(2023)
    for programme in queries.programmes(2023):
        payments = db.session.scalars(queries.payments(programme)).all()
        assert 12 <= len(payments) <= 30
        assert sum(payment.amount for payment in payments) <= queries.full_budget(programme)
    assert list(drifts()) == []


def test_the_demo_year_scores_what_it_can_and_owes_no_reason(app: Flask) -> None:
    make(2023)
    made = {each.seq: evaluate(each) for each in queries.programmes(2023)}
    assert made[3].total.points == 100
    assert (made[5].total.points, made[5].total.grade) == (D("99.95"), "excellent")
    assert made[4].execution.points == D("9.72")
    for evaluation in made.values():
        assert evaluation.reasons_owed == 0
        assert {line.bound.metric.name for line in evaluation.lines if line.is_missing} <= OTHERS


def test_the_demo_year_is_made_once_and_only_for_2023(app: Flask) -> None:
    make(2022)
    assert db.session.scalar(select(func.count()).select_from(Programme)) == 0
    make(2023)
    payments = db.session.scalar(select(func.count()).select_from(Payment))
    make(2023)
    assert db.session.scalar(select(func.count()).select_from(Payment)) == payments
