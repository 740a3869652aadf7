"""The list of requests: narrowed to every state and to a period, and the same rows as a workbook."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from types import ModuleType

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people.roles import Role
from ops.vehicles import request_list, service
from ops.vehicles.approvals.models import ApprovalStep, ApprovalVerdict, OralApproval
from ops.vehicles.hires import tables as hires
from ops.vehicles.models import TripRequest, TripState
from ops.vehicles.settlement.models import Statement, TripRating, TripSettlement
from ops.vehicles.sharing import service as sharing
from ops.vehicles.violations import tables as violations
from tests.app_fixtures import SignIn
from tests.factories import AT, make_trip_request, saved
from tests.vehicles.factories import BY, make_departure, make_dispatch, make_hire
from tests.vehicles.violations.test_violations import make_filing

BACK = {TripState.RETURNED, TripState.RATED, TripState.SETTLED}


def asked(approved: Sequence[bool | None], by_mouth: bool = False) -> TripRequest:
    """A request whose steps were spoken so; None: nobody has yet."""
    request = make_trip_request()
    for number, verdict in enumerate(approved, start=1):
        step = saved(ApprovalStep(request_id=request.id, number=number, approver="section"))
        if verdict is not None:
            saved(ApprovalVerdict(step_id=step.id, approved=verdict, words="", at=AT, by="科长"))
    if by_mouth:
        saved(OralApproval(request_id=request.id, approved_by="领导", approved_at=AT, at=AT, by="派车员"))
    return request


def back() -> TripRequest:
    dispatch = make_departure(make_dispatch())
    with transaction():
        service.take_back(dispatch, dispatch.starts_at + timedelta(hours=3), 1080, BY)
    return dispatch.request


def ended(state: TripState) -> TripRequest:
    request = back()
    if state is TripState.RATED:
        saved(TripRating(request_id=request.id, day=AT.date(), stars=5, words="", at=AT, by="联络员"))
    if state is TripState.SETTLED:
        day = AT.date()
        of = saved(Statement(unit_id=request.unit_id, first=day, last=day, issued_at=AT, issued_by="财务"))
        saved(TripSettlement(request_id=request.id, statement_id=of.id, at=AT, by="联络员"))
    return request


@pytest.fixture
def every(app: Flask, by: Actor) -> None:
    """Requests in every state, some of them in several ways."""
    for steps in ([], [True], [None], [True, None], [False], [True, False], [False, None]):
        asked(steps)
    asked([None], by_mouth=True)
    asked([True, None], by_mouth=True)
    asked([False, None], by_mouth=True)
    make_departure(make_dispatch())
    assigned = make_dispatch(AT + timedelta(days=1))
    for state in BACK:
        ended(state)
    rider = make_trip_request(AT + timedelta(days=1), unit_id=assigned.request.unit_id, people=1)
    gone, called_off = asked([None]), make_dispatch(AT + timedelta(days=3))
    with transaction():
        sharing.join(rider, assigned, by)
        service.withdraw(gone, "不去了", by)
        service.cancel(called_off, "改期", by)


def test_each_state_lists_the_requests_that_stand_in_it(every: None, by: Actor) -> None:
    found = {
        state: set(db.session.scalars(select(TripRequest.id).where(request_list.stands_in(state))))
        for state in TripState
        if state is not TripState.CANCELLED
    }
    told: dict[TripState, set[int]] = {state: set() for state in found}
    for request in db.session.scalars(select(TripRequest)):
        told[request.state].add(request.id)
    assert found == told
    assert all(told.values())
    [cancelled] = db.session.scalars(select(TripRequest).where(request_list.in_state("cancelled", by)))
    assert cancelled.starts_at == AT + timedelta(days=3)


def test_the_list_offers_every_state_and_opens_each(every: None, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    page = client.get("/vehicles/requests").text
    for state in set(TripState) - set(request_list.NAMED):
        assert f'<option value="{state}"' in page
        assert client.get(f"/vehicles/requests?show={state}").text.count("/vehicles/requests/") >= 2, state


def test_a_period_holds_what_begins_in_it_and_the_workbook_has_the_same_rows(app: Flask, sign_in: SignIn) -> None:
    moments = (
        datetime(2022, 12, 31, 23, 59), datetime(2023, 1, 1), datetime(2023, 5, 31, 23, 30), datetime(2023, 6, 1),
    )  # fmt: skip
    for number, at in enumerate(moments):
        make_trip_request(at, destination=f"目的地{number}")
    client = sign_in(Role.AUDITOR)

    def shown(query: str) -> list[str]:
        page = client.get(f"/vehicles/requests?{query}").text
        return [f"目的地{number}" for number in range(4) if f"目的地{number}<" in page]

    assert shown("period=2023") == ["目的地1", "目的地2", "目的地3"]
    assert shown("period=2023-05") == ["目的地2"]
    assert shown("period=2022") == ["目的地0"]
    assert "2022-03" in client.get("/vehicles/requests?period=2022").text
    data = client.get("/vehicles/requests?period=2023&q=目的地&format=xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[4] for row in rows[3:]] == ["目的地3", "目的地2", "目的地1"]


@pytest.mark.parametrize(
    ("asked_for", "name"), [("2023", "requests-2023"), ("2023%0A", "requests"), ("a/b", "requests"), ("", "requests")]
)
def test_the_workbook_is_named_by_the_period_that_narrowed_it(
    app: Flask, sign_in: SignIn, asked_for: str, name: str
) -> None:
    make_trip_request(datetime(2023, 5, 9))
    answer = sign_in(Role.AUDITOR).get(f"/vehicles/requests?format=xlsx&period={asked_for}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}.xlsx"


@pytest.mark.parametrize(
    ("module", "address"),
    [
        (request_list, "/vehicles/requests"),
        (hires, "/vehicles/hires"),
        (violations, "/vehicles/filed-violations"),
    ],
)
def test_a_workbook_that_was_cut_says_so(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, module: ModuleType, address: str
) -> None:
    for _each in range(2):
        make_filing(key=make_trip_request(AT).id)
        make_hire(AT.date())
    client = sign_in(Role.AUDITOR)

    def note() -> str:
        data = client.get(f"{address}?format=xlsx").data
        return str(CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[1][0])

    assert "请缩小" not in note()
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    assert "共2条，本表只有1条" in note()


def test_the_workbook_of_a_liaison_holds_his_units_requests_only(app: Flask, sign_in: SignIn) -> None:
    mine, other = back(), make_trip_request(destination="别处")
    client = sign_in(Role.LIAISON, unit_id=mine.unit_id)
    rows = CalamineWorkbook.from_filelike(BytesIO(client.get("/vehicles/requests?format=xlsx").data))
    text = str(rows.get_sheet_by_index(0).to_python())
    assert mine.carried_by is not None
    assert mine.carried_by.order_no in text
    assert "80" in text
    assert other.destination not in text
