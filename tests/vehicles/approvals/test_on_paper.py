"""A trip that was driven and is recorded afterwards (补单) has its approval on paper: by whom and when it says so."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import audit, clock
from ops.core.db import db
from ops.people.roles import Role
from ops.vehicles.models import TripRequest
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.vehicles.test_requests import typed

NEW = "/vehicles/requests/new"
PAPER = {"paper_by": "张处", "paper_at": "2023-05-08T16:00"}


def asked(**values: Any) -> dict[str, Any]:
    """Out of the district: the unit's leader and the section are asked."""
    return typed(unit_id=make_unit().id, out_of_district="y", one_way_km="80", **values)


def test_the_paper_is_the_verdict_on_every_step(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert 'name="paper_by"' in client.get(NEW).text
    assert client.post(NEW, data=asked(**PAPER)).status_code == 303
    request = db.session.scalars(select(TripRequest)).one()
    assert (request.state, request.oral) == ("approved", None)
    said = [(step.verdict.by, f"{step.verdict.at:%Y-%m-%dT%H:%M}") for step in request.steps if step.verdict]
    assert said == [(PAPER["paper_by"], PAPER["paper_at"])] * 2
    assert all(step.verdict and step.verdict.noted_by for step in request.steps)
    shown = client.get(f"/vehicles/requests/{request.id}").text
    assert "书面审批同意" in shown
    assert "书面审批，由" in shown
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"paper_by": ""}, "paper_by", "请填写书面审批的批准人和批准时间"),
        ({"paper_at": ""}, "paper_at", "请填写书面审批的批准人和批准时间"),
        ({"paper_at": "2023-05-09T08:31"}, "paper_at", "晚于出车时间（2023-05-09 08:30）"),
        ({"oral_by": "李局", "oral_at": "2023-05-09T08:00"}, "paper_by", "书面审批与口头批准只能填写一项"),
    ],
)
def test_half_a_paper_a_late_one_or_a_second_word_is_refused_and_kept(
    app: Flask, sign_in: SignIn, wrong: dict[str, str], field: str, says: str
) -> None:
    answer = sign_in(Role.DISPATCHER).post(NEW, data=asked(**{**PAPER, **wrong}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert says in answer.text
    assert "张处" in answer.text or wrong.get("paper_by") == ""
    assert db.session.scalar(select(func.count()).select_from(TripRequest)) == 0


def test_a_trip_that_needs_no_approval_takes_no_paper_and_keeps_what_was_typed(app: Flask, sign_in: SignIn) -> None:
    client, near = sign_in(Role.DISPATCHER), typed(unit_id=make_unit().id)
    answer = client.post(NEW, data={**near, **PAPER})
    assert answer.status_code == 422
    assert 'id="paper_by-error"' in answer.text
    assert "该行程无须审批" in answer.text
    assert "张处" in answer.text
    assert db.session.scalar(select(func.count()).select_from(TripRequest)) == 0
    assert client.post(NEW, data=near).status_code == 303


def test_what_lies_ahead_or_goes_on_has_no_paper(app: Flask, sign_in: SignIn) -> None:
    now, client = clock.now(), sign_in(Role.DISPATCHER)
    goes_on = {"starts_at": f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M}", "afterwards": "补录"}
    ahead = {"starts_at": f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}", "afterwards": ""}
    for slot in (goes_on, ahead):
        answer = client.post(NEW, data=asked(**PAPER, **slot, ends_at=f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}"))
        assert answer.status_code == 422
        assert "仅行程已结束的补单可录入书面审批" in answer.text


def test_a_unit_takes_over_no_paper_of_its_own(app: Flask, sign_in: SignIn) -> None:
    """Its trip is asked of those who approve."""
    unit = make_unit()
    liaison = sign_in(Role.LIAISON, unit_id=unit.id)
    assert 'name="paper_by"' not in liaison.get(NEW).text
    assert liaison.post(NEW, data={**asked(**PAPER), "unit_id": unit.id}).status_code == 303
    request = db.session.scalars(select(TripRequest)).one()
    assert (request.state, [step.verdict for step in request.steps]) == ("in_approval", [None, None])
