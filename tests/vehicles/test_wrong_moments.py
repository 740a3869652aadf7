"""A form for what can be done no more, or not yet, is not shown: its page says why. What is handed in is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.period import month
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.approvals import service as approvals
from ops.vehicles.hires.models import Hire
from ops.vehicles.models import Dispatch, TripRequest
from ops.vehicles.sealing import service as sealing
from ops.vehicles.settlement import service as settlement
from ops.vehicles.settlement.models import Statement
from ops.vehicles.violations.models import Filing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_vehicle
from tests.vehicles.factories import (
    BY,
    approve_hire,
    drive_hire,
    invoice_hire,
    make_asked_hire,
    make_departure,
    make_dispatch,
    order_hire,
)
from tests.vehicles.sealing.test_sealing import IN_IT, make_holiday, seal
from tests.vehicles.violations.test_violations import explained, make_filing

MAY = month(2023, 5)
Case = tuple[str, list[str], str]


def back() -> Dispatch:
    dispatch = make_departure(make_dispatch())
    with transaction():
        service.take_back(dispatch, AT + timedelta(hours=3), 1080, BY)
    return dispatch


def trips() -> list[Case]:
    """(the page, its forms, what it says instead)."""
    asked, assigned, out, home = make_trip_request(), make_dispatch(), make_departure(make_dispatch()), back()
    with transaction():
        settlement.rate(home.request, 5, "", BY)
    given = f"/vehicles/requests/{assigned.request_id}"
    left, came = f"/vehicles/requests/{out.request_id}", f"/vehicles/requests/{home.request_id}"
    deeds, ends = f"/vehicles/dispatches/{out.id}", f"/vehicles/dispatches/{home.id}"
    started = [f"{deeds}/{deed}" for deed in ("cancellation", "reassignment", "move", "departure")]
    return [
        (given, [f"{given}/{deed}" for deed in ("dispatch", "withdrawal", "ride", "shared-dispatch")], "该申请已派车"),
        (given, [f"{given}/ride/parting"], "此申请没有合并乘车"),
        (left, started, "该行程已出车或已结束"),
        (came, [f"{ends}/extension"], "该行程已结束"),
        (came, [f"{ends}/return"], "该行程不在出车状态"),
        (given, [f"/vehicles/dispatches/{assigned.id}/return"], "该行程不在出车状态"),
        (given, [f"{given}/kilometres"], "里程在收车后、结算前确认"),
        (given, [f"{given}/rating"], "收车后方可评价"),
        (came, [f"{came}/rating"], "该行程已评价"),
        (came, [f"{came}/kilometres/answer"], "单位对该行程的里程没有异议"),
        (f"/vehicles/requests/{asked.id}", [f"/vehicles/requests/{asked.id}/approval"], "没有待审批的环节"),
    ]


def statements() -> list[Case]:
    issued, objected, agreed = (_statement() for _n in range(3))
    with transaction():
        settlement.answer(objected, False, "里程有误", BY)
        settlement.answer(agreed, True, "", BY)
    pages = [f"/vehicles/statements/{each.id}" for each in (issued, objected, agreed)]
    return [
        (pages[0], [f"{pages[0]}/correction"], "目前没有异议"),
        (pages[1], [f"{pages[1]}/answer"], "异议尚待答复"),
        (pages[2], [f"{pages[2]}/answer"], "单位已确认该结算单"),
    ]


def _statement() -> Statement:
    trip = back()
    with transaction():
        return settlement.issue(trip.request.unit_id, MAY, BY)


def filings() -> list[Case]:
    filed, told = make_filing(), explained()
    pages = [f"/vehicles/filed-violations/{each.id}" for each in (filed, told)]
    return [
        (pages[0], [f"{pages[0]}/question"], "收到说明后才能要求补充"),
        (pages[0], [f"{pages[0]}/outcome"], "请先听取说明"),
        (pages[0], [f"{pages[0]}/explanation"], "此事由其他单位说明"),
        (pages[1], [f"{pages[1]}/explanation"], "目前无需说明"),
    ]


def sealings() -> list[Case]:
    holiday, sealed, exempt = make_holiday(BY), make_vehicle(), make_vehicle()
    [row] = seal(holiday, [sealed.id], BY)
    [free] = seal(holiday, [exempt.id], BY, exempt="duty", reason_given="值班")
    with transaction():
        leave = sealing.allow(row, IN_IT, IN_IT + timedelta(hours=5), "主任", "抢险", BY)
        db.session.flush()
        sealing.seal_again(leave, None, BY)
    record = f"/vehicles/sealing/{holiday.id}"
    return [
        (record, [f"/vehicles/sealing/cars/{free.id}/leave"], "该车为免封存车辆"),
        (record, [f"/vehicles/sealing/leaves/{leave.id}/resealing"], "已重新封存"),
        (record, [f"{record}/cars/new"], "所有车辆均已列入名单"),
    ]


def hires() -> list[Case]:
    asked, home = make_asked_hire(), invoice_of(drive_hire(order_hire(approve_hire(make_asked_hire()))))
    pages = [f"/vehicles/hires/{each.id}" for each in (asked, home)]
    trip = f"/vehicles/hires/trips/{home.trips[0].id}"
    return [
        (pages[0], [f"{pages[0]}/trips/new"], "租车批准后、执行前才能预订车辆"),
        (pages[0], [f"{pages[0]}/answer"], "目前不在单位确认环节"),
        (pages[0], [f"{pages[0]}/payment"], "单位确认后才能付款"),
        (pages[0], [f"{pages[0]}/rating"], "租车执行后才能评价"),
        (pages[0], [f"{pages[0]}/submission"], "开具发票后才能送单位确认"),
        (pages[1], [f"{pages[1]}/calling-off"], "已执行，不能取消"),
        (pages[1], [f"{pages[1]}/void", f"{trip}/cancellation", f"{trip}/actual"], "已开发票，请先退回发票"),
    ]


def invoice_of(hire: Hire) -> Hire:
    invoice_hire(hire)
    return hire


def everybody(sign_in: SignIn) -> FlaskClient:
    """Whoever may do everything of vehicles; for a statement he speaks for its unit."""
    return sign_in(Role.DISPATCHER, Role.FLEET_HEAD, Role.LIAISON, Role.DISCIPLINE, Role.DRIVER, Role.FINANCE)


@pytest.mark.parametrize("made", [trips, filings, sealings, hires])
def test_its_page_says_why_instead_of_a_form(app: Flask, sign_in: SignIn, made: Callable[[], list[Case]]) -> None:
    cases, client = made(), everybody(sign_in)
    for page, forms, why in cases:
        for form in forms:
            answer = client.get(form)
            assert (answer.status_code, answer.location) == (303, page), form
            assert why in client.get(page).text, form


def test_a_statement_that_is_answered_or_not_objected_to_says_so(app: Flask, sign_in: SignIn) -> None:
    for page, forms, why in statements():
        found = db.session.get_one(Statement, int(page.rpartition("/")[2]))
        client = sign_in(Role.LIAISON, Role.FINANCE, unit_id=found.unit_id)
        for form in forms:
            assert client.get(form).location == page, form
            assert why in client.get(page).text, form


def test_at_the_right_moment_every_form_is_shown(app: Flask, sign_in: SignIn) -> None:
    client, trip = everybody(sign_in), back()
    asked, assigned, out = make_trip_request(), make_dispatch(), make_departure(make_dispatch())
    told, filed = explained(), make_filing(unit_id=None)
    right = [
        *(f"requests/{asked.id}/{deed}" for deed in ("dispatch", "withdrawal", "ride", "shared-dispatch")),
        *(f"dispatches/{assigned.id}/{deed}" for deed in ("cancellation", "reassignment", "move", "departure")),
        *(f"dispatches/{out.id}/{deed}" for deed in ("return", "extension")),
        *(f"requests/{trip.request_id}/{deed}" for deed in ("kilometres", "rating")),
        *(f"filed-violations/{told.id}/{deed}" for deed in ("question", "outcome", "withdrawal")),
        f"filed-violations/{filed.id}/explanation",
    ]
    assert {each: client.get(f"/vehicles/{each}").status_code for each in right} == dict.fromkeys(right, 200)


def test_who_has_spoken_is_shown_no_button_and_may_speak_again_when_the_trip_takes_another_time(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    """With two roles he speaks once; as the same approver he is asked again, and finds it among his own."""
    unit = make_unit()
    both = sign_in(Role.UNIT_APPROVER, Role.FLEET_HEAD, unit_id=unit.id)
    trip = {"purpose": "调研", "destination": "市区", "people": 2, "afterwards": "补录", "out_of_district": True}
    trip |= {"one_way_km": 80}
    with transaction():
        request = service.ask(unit_id=unit.id, starts_at=AT, ends_at=AT + timedelta(hours=4), by=by, **trip)
    page = f"/vehicles/requests/{request.id}"
    assert f"{page}/approval" in both.get(page).text
    assert both.post(f"{page}/approval", data={"verdict": "yes", "words": ""}).status_code == 303
    assert f"{page}/approval" not in both.get(page).text
    assert both.get(f"{page}/approval").location == page
    assert "后续环节应由他人审批" in both.get(page).text
    head = sign_in(Role.FLEET_HEAD)
    assert head.post(f"{page}/approval", data={"verdict": "yes", "words": ""}).status_code == 303
    with transaction():
        made = service.dispatch(request, make_vehicle().id, make_dispatch(AT + timedelta(days=9)).driver_id, BY)
    longer = {"limits_reason": "应急任务", "oral_by": "张处", "oral_at": clock.now()}
    with transaction():
        service.extend(made, AT.replace(hour=23), "延误", BY, **longer)
    asked = db.session.get_one(TripRequest, request.id).steps[-1]
    assert asked.verdict is None
    assert asked.approver in ("unit_leader", "section")
    again = {"unit_leader": both, "section": head}[asked.approver]
    assert page in again.get("/vehicles/requests?show=mine").text
    assert f"{page}/approval" in again.get(page).text


def test_who_drove_it_or_issued_it_is_shown_no_form_either(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    client = sign_in(Role.LIAISON, Role.FINANCE, unit_id=unit.id)
    with client.session_transaction() as session:
        user_id = int(session["_user_id"])
    trip = make_departure(make_dispatch(driver_id=make_driver(user_id=user_id).id, request={"unit_id": unit.id}))
    with transaction():
        service.take_back(trip, AT + timedelta(hours=3), 1080, BY)
    page = f"/vehicles/requests/{trip.request_id}"
    for deed in ("kilometres", "rating"):
        assert client.get(f"{page}/{deed}").location == page, deed
        assert "本次行程由您本人驾驶" in client.get(page).text, deed
    assert client.post("/vehicles/statements/new", data={"unit_id": unit.id, "month": "2023-05"}).status_code == 303
    [statement] = db.session.scalars(select(Statement))
    page = f"/vehicles/statements/{statement.id}"
    assert client.get(f"{page}/answer").location == page
    assert "该结算单由您本人开具" in client.get(page).text


def test_what_is_handed_in_at_the_wrong_moment_is_refused_on_the_form(app: Flask, sign_in: SignIn) -> None:
    """The service judges it, once it holds the row."""
    trip, filing = back(), make_filing()
    client = everybody(sign_in)
    forms = {
        f"requests/{trip.request_id}/withdrawal": {"reason_given": "不去了"},
        f"dispatches/{trip.id}/cancellation": {"reason_given": "不去了"},
        f"filed-violations/{filing.id}/question": {"words": "谁驾驶", "explain_by": str(clock.today())},
    }
    assert [client.post(f"/vehicles/{each}", data=typed).status_code for each, typed in forms.items()] == [422] * 3
    assert db.session.get_one(Filing, filing.id).steps == []
    assert approvals.queries.may_decide(BY, trip.request) is False
