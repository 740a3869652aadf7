"""Surveys: on paper, over the link without signing in, voided; the share is a figure with evidence."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import evidence, readings
from ops.people.roles import Role
from ops.programmes import service as programmes
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.models import Binds
from ops.programmes.surveys import queries, service
from ops.programmes.surveys.models import Survey, SurveyEntry
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, stored_programme

METRIC = "programmes.survey_satisfied"


def made(title: str = "测试问卷", first: date = date(2023, 1, 1), last: date = date(2023, 12, 31)) -> Survey:
    with transaction():
        return service.open_survey(title, "满意吗？", "就餐人员", "4", first, last, BY)


def entered(survey: Survey, *counts: int, invalid: int = 0, day: date = date(2023, 5, 9)) -> SurveyEntry:
    grades = {f"grade{5 - number}": count for number, count in enumerate(counts)}
    with transaction():
        return service.enter(survey, day, **grades, invalid=invalid, note="统计", proof=None, by=BY)


def share(survey: Survey) -> Decimal | None:
    return readings.read(METRIC, year(2023), survey.id).value


def test_satisfied_answers_are_divided_by_valid_ones(app: Flask) -> None:
    survey = made()
    assert share(survey) is None
    entered(survey, 60, 30, 6, 3, 1, invalid=5)
    assert share(survey) == 90
    other = made("另一份")
    entered(other, 1, 0, 0, 0, 0)
    assert (share(survey), share(other)) == (90, 100)
    assert queries.standing(survey).rate == 90


def test_a_voided_entry_no_longer_counts_and_stays(app: Flask, by: Actor) -> None:
    survey = made()
    entered(survey, 9, 0, 0, 1, 0)
    wrong = entered(survey, 0, 0, 0, 0, 90)
    assert share(survey) == 9
    with transaction():
        service.void(wrong, "重复录入", by)
    assert share(survey) == 90
    with pytest.raises(Rejected), transaction():
        service.void(wrong, "再次", by)
    assert db.session.get(SurveyEntry, wrong.id) is not None


@pytest.mark.parametrize(
    ("counts", "day", "field"),
    [((0, 0, 0, 0, 0), date(2023, 5, 9), "grade5"), ((1, 0, 0, 0, 0), date(2024, 1, 1), "answered_on")],
)
def test_what_cannot_be_entered_is_refused_beside_its_field(
    app: Flask, counts: tuple[int, ...], day: date, field: str
) -> None:
    survey = made()
    with pytest.raises(Rejected) as refusal:
        entered(survey, *counts, day=day)
    assert refusal.value.field == field


def test_an_indicator_is_bound_to_a_survey(app: Flask, by: Actor) -> None:
    survey, indicator = made(), stored_programme().indicators[5]
    entered(survey, 97, 0, 0, 3, 0)
    with transaction():
        programmes.bind(indicator, Binds.METRIC, f"{METRIC}|{survey.title}", None, by)
    assert evaluate(indicator.programme).lines[5].actual.value == 97


def test_the_link_is_open_to_everybody_once_and_only_in_its_days(app: Flask) -> None:
    today = clock.today()
    survey = made(first=today.replace(day=1, month=1), last=today.replace(day=31, month=12))
    address, client = f"/programmes/surveys/answers/{survey.token}", app.test_client()
    assert client.get(address).status_code == 200
    assert client.post(address, data={}).status_code == 422
    assert client.post(address, data={"grade": "5", "note": "很好"}).status_code == 303
    client.post(address, data={"grade": "1"})
    assert queries.standing(survey).counts == (1, 0, 0, 0, 0)
    [entry] = db.session.scalars(queries.entries(survey))
    assert entry.by == "survey link"
    assert app.test_client().get("/programmes/surveys/answers/nothing").status_code == 404
    over = made("已结束")
    assert app.test_client().post(f"/programmes/surveys/answers/{over.token}", data={"grade": "5"}).status_code == 422
    assert queries.standing(over).valid == 0


def test_the_pages_open_enter_and_void(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    given = {"title": "页面问卷", "question": "满意吗？", "audience": "就餐人员", "satisfied_from": "4"}
    days = {"opens_on": "2023-01-01", "closes_on": "2023-12-31"}
    assert client.post("/programmes/surveys/new", data={**given, **days, "closes_on": "2022-01-01"}).status_code == 422
    address = client.post("/programmes/surveys/new", data={**given, **days}).location
    counts = {"answered_on": "2023-05-09", "grade5": "8", "grade4": "1", "grade3": "1", "note": "统计"}
    zero = {"grade2": "0", "grade1": "0", "invalid": "0"}
    assert client.post(f"{address}/entries/new", data={**counts, **zero}).status_code == 303
    page = client.get(address).text
    assert "90.00" in page
    entry = db.session.scalars(db.select(SurveyEntry)).one()
    assert client.get(f"/programmes/surveys/entries/{entry.id}").status_code == 200
    answer = client.post(f"/programmes/surveys/entries/{entry.id}/void", data={"because": "重复"})
    assert answer.status_code == 303
    assert "页面问卷" in client.get("/programmes/surveys").text
    assert sign_in(Role.LEADER).get("/programmes/surveys/new").status_code == 403


def test_the_evidence_adds_up_to_the_figure(app: Flask) -> None:
    survey = made()
    entered(survey, 7, 2, 1, 0, 0)
    entered(survey, 3, 0, 1, 0, 0, day=date(2023, 8, 1))
    figure = readings.read(METRIC, year(2023), survey.id)
    assert (figure.part, figure.whole, figure.records) == (12, 14, 2)
    assert evidence.foot_of(figure) is not None
