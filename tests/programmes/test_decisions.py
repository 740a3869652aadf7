"""What people decide about indicators: what they count, the grade, the cause."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db
from ops.people.roles import Role
from ops.programmes import queries
from ops.programmes.evaluation.models import DeviationReason, Judgement
from ops.programmes.evaluation.queries import deviations
from ops.programmes.models import Definition
from tests.app_fixtures import SignIn
from tests.programmes.factories import enter_figure, stored_programme


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_person_settles_what_an_indicator_counts(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(4), sign_in(Role.PERFORMANCE)
    address = f"/programmes/indicators/{programme.indicators[0].id}/definition"
    assert "指标名称是比率，指标值却以“次”计量。" in client.get(address).get_data(as_text=True)
    assert client.post(address, data={"text": ""}).status_code == 422
    assert client.post(address, data={"text": "按巡检次数计"}).status_code == 303
    assert client.post(address, data={"text": "按保养次数计"}).status_code == 303
    assert [each.text for each in queries.history(Definition, programme.indicators[0])] == [
        "按保养次数计",
        "按巡检次数计",
    ]
    assert "按保养次数计" in client.get(f"/programmes/{programme.id}").get_data(as_text=True)


def test_a_grade_needs_points_within_its_band(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.PERFORMANCE)
    enter_figure(programme.indicators[4], None, words="持续改善")
    address = f"/programmes/indicators/{programme.indicators[4].id}/judgement"
    assert client.get(address).status_code == 200
    refused = client.post(address, data={"grade": "partly", "points": "24"})
    assert refused.status_code == 422
    assert "18.00至24.00" in refused.get_data(as_text=True)
    assert count(Judgement) == 0
    assert client.post(address, data={"grade": "partly", "points": "23.99"}).status_code == 303
    assert count(Judgement) == 1


@pytest.mark.parametrize("row", [0, 6])
def test_cause_and_measure_are_given_for_a_row_or_the_execution(app: Flask, sign_in: SignIn, row: int) -> None:
    programme, client = stored_programme(), sign_in(Role.PERFORMANCE)
    address = f"/programmes/{programme.id}/deviations/{row}"
    assert client.get(address).status_code == 200
    half = client.post(address, data={"cause": "检修", "measure": ""})
    assert half.status_code == 422
    assert "检修" in half.get_data(as_text=True)
    assert client.post(address, data={"cause": "检修", "measure": "改时间"}).status_code == 303
    assert deviations(programme)[row].measure == "改时间"


def test_a_row_that_does_not_exist_has_no_page(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.PERFORMANCE)
    assert client.get(f"/programmes/{programme.id}/deviations/7").status_code == 404
    assert client.get("/programmes/indicators/999/definition").status_code == 404
    assert client.get("/programmes/indicators/999/judgement").status_code == 404


def test_only_the_performance_officer_decides(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    row = programme.indicators[0].id
    for role in (Role.FINANCE, Role.LEADER, Role.AUDITOR):
        client = sign_in(role)
        assert client.post(f"/programmes/indicators/{row}/definition", data={"text": "x"}).status_code == 403
        assert client.post(f"/programmes/indicators/{row}/judgement").status_code == 403
        assert client.post(f"/programmes/{programme.id}/deviations/0").status_code == 403
    assert count(Definition) + count(Judgement) + count(DeviationReason) == 0
