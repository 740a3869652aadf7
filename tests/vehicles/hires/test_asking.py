"""Asking for hired vehicles: own cars first, class check, paper, budget, approval, emergencies."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.people.roles import Role
from ops.vehicles.approvals.models import Approver
from ops.vehicles.approvals.permissions import APPROVES
from ops.vehicles.hires import money_service, rule_queries, service
from ops.vehicles.hires.models import Hire
from ops.vehicles.hires.states import HireState
from ops.vehicles.models import TripState
from tests.app_fixtures import SignIn
from tests.factories import AT, make_trip_request, make_unit, make_user, make_vehicle
from tests.vehicles.factories import BY, approve_hire, make_asked_hire, make_hire, order_hire

START = datetime.combine(clock.today() + timedelta(days=5), datetime.min.time()).replace(hour=8)


def typed(**values: Any) -> dict[str, Any]:
    usual = {
        "activity": "业务培训", "reason_class": "training", "paper": (BytesIO(b"%PDF-1"), "通知.pdf"),
        "starts_at": f"{START:%Y-%m-%dT%H:%M}", "ends_at": f"{START + timedelta(hours=9):%Y-%m-%dT%H:%M}",
        "people": "40", "route": "机关大院—市区", "coach": "1", "own_cars_why": "座位不足", "estimate": "1500",
        "money_from": "unit",
    }  # fmt: skip
    return {**usual, **values}


def asked() -> int:
    return db.session.scalar(select(func.count()).select_from(Hire)) or 0


def test_a_liaison_asks_and_the_approvers_agree_one_after_the_other(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    liaison = sign_in(Role.LIAISON, unit_id=unit.id)
    assert liaison.get("/vehicles/hires/new").status_code == 200
    answer = liaison.post("/vehicles/hires/new", data=typed(unit_id=unit.id))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    address = answer.location
    shown = liaison.get(address).get_data(as_text=True)
    assert "座位不足" in shown
    assert "通知.pdf" in shown
    assert liaison.get(address + "/approval").status_code == 403
    head, director = sign_in(Role.FLEET_HEAD), sign_in(Role.DIRECTOR)
    assert "?state=mine" in head.get("/").get_data(as_text=True)
    assert director.post(f"{address}/approval", data={"verdict": "yes"}).status_code == 422, "not asked yet"
    assert head.get(f"{address}/approval").status_code == 200
    assert head.post(f"{address}/approval", data={"verdict": "yes"}).status_code == 303
    assert head.post(f"{address}/approval", data={"verdict": "yes"}).status_code == 422
    assert director.post(f"{address}/approval", data={"verdict": "no", "words": ""}).status_code == 422
    assert director.post(f"{address}/approval", data={"verdict": "yes"}).status_code == 303
    assert db.session.scalars(select(Hire)).one().state is HireState.APPROVED
    assert f"?state={HireState.APPROVED}" in sign_in(Role.DISPATCHER).get("/").get_data(as_text=True)
    paper = liaison.get(f"/vehicles/hires/papers/{db.session.scalars(select(Hire)).one().papers[0].id}")
    assert paper.data == b"%PDF-1"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("paper", {"paper": ""}), ("own_cars_why", {"own_cars_why": " "}), ("people", {"people": "51"}),
        ("sedan", {"coach": ""}), ("class_reason", {"people": "10"}), ("class_reason", {"estimate": "1800.01"}),
        ("ends_at", {"ends_at": f"{START:%Y-%m-%dT%H:%M}"}), ("oral_at", {"oral_by": "局长"}),
        ("oral_at", {"oral_by": "局长", "oral_at": "2099-01-01T08:00"}), ("activity", {"activity": ""}),
        ("estimate", {"estimate": "1.005"}), ("reason_class", {"reason_class": "party"}), ("unit_id", {"unit_id": "9"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(
    app: Flask, sign_in: SignIn, field: str, wrong: dict[str, str]
) -> None:
    answer = sign_in(Role.DISPATCHER).post("/vehicles/hires/new", data={**typed(unit_id=make_unit().id), **wrong})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert asked() == 0


def test_the_refusal_names_the_own_cars_that_are_free(app: Flask, sign_in: SignIn) -> None:
    car, small = make_vehicle(seats=45), make_vehicle(seats=5)
    given = typed(unit_id=make_unit().id, own_cars_why="")
    shown = sign_in(Role.DISPATCHER).post("/vehicles/hires/new", data=given).get_data(as_text=True)
    assert car.plate in shown
    assert small.plate not in shown
    given = typed(unit_id=make_unit().id)
    sign_in(Role.DISPATCHER).post("/vehicles/hires/new", data=given)
    hire = db.session.scalars(select(Hire)).one()
    assert (hire.own_free, hire.own_fitting) == (2, 1)


def test_more_than_needed_is_let_through_with_its_reason(app: Flask, sign_in: SignIn) -> None:
    given = typed(unit_id=make_unit().id, people="10", class_reason="行李多")
    assert sign_in(Role.DISPATCHER).post("/vehicles/hires/new", data=given).status_code == 303


def test_nobody_asks_for_another_unit(app: Flask, sign_in: SignIn) -> None:
    mine, other = make_unit(), make_unit()
    answer = sign_in(Role.LIAISON, unit_id=mine.id).post("/vehicles/hires/new", data=typed(unit_id=other.id))
    assert answer.status_code == 422
    with transaction(), pytest.raises(Rejected):
        make_asked(other.id, Actor(None, "联络员", unit_id=mine.id))
    assert asked() == 0


def make_asked(unit_id: int, by: Actor) -> Hire:
    facts = {"unit_id": unit_id, "activity": "会", "reason_class": "emergency", "starts_at": AT}
    facts |= {"ends_at": AT + timedelta(hours=1), "people": 40, "wanted": {"coach": 1}, "own_cars_why": "不足"}
    facts |= {"afterwards": "补录"}
    return service.ask(service.Asked(**facts, estimate=Decimal(1000)), service.Oral(), None, by)  # type: ignore[arg-type]


def test_a_unit_stays_within_its_budget_and_an_emergency_is_marked(app: Flask, sign_in: SignIn) -> None:
    unit, client = make_unit(), sign_in(Role.FINANCE)
    given = {"unit_id": unit.id, "year": str(START.year), "amount": "2000", "source": "年度预算"}
    assert client.post("/vehicles/hire-budgets/new", data=given).status_code == 303
    dispatcher = sign_in(Role.DISPATCHER)
    assert dispatcher.post("/vehicles/hires/new", data=typed(unit_id=unit.id)).status_code == 303
    second = dispatcher.post("/vehicles/hires/new", data=typed(unit_id=unit.id, again="y"))
    assert second.status_code == 422, "asked and not yet ordered is bound"
    assert 'id="estimate-error"' in second.get_data(as_text=True)
    centre = typed(unit_id=unit.id, money_from="centre", again="y")
    assert dispatcher.post("/vehicles/hires/new", data=centre).status_code == 303, "the centre's money is its own"
    emergency = typed(unit_id=unit.id, reason_class="emergency", paper="", again="y")
    answer = dispatcher.post("/vehicles/hires/new", data=emergency)
    assert "超出预算" in dispatcher.get(answer.location).get_data(as_text=True)
    shown = client.get(f"/vehicles/hire-budgets?year={START.year}").get_data(as_text=True)
    assert "3,000.00" in shown
    assert "-1,000.00" in shown


def test_an_emergency_by_mouth_is_ordered_at_once_and_stays_open_until_completed(app: Flask, sign_in: SignIn) -> None:
    hire = make_asked_hire(oral=("分管领导", AT))
    order_hire(hire)
    assert hire.state is HireState.ORDERED
    dispatcher = sign_in(Role.DISPATCHER)
    assert f'/vehicles/hires/{hire.id}"' in dispatcher.get("/vehicles/hires?state=complete").get_data(as_text=True)
    assert "?state=complete" in dispatcher.get("/").get_data(as_text=True)
    approve_hire(hire)
    assert hire.state is HireState.ORDERED
    assert f'/vehicles/hires/{hire.id}"' not in dispatcher.get("/vehicles/hires?state=complete").get_data(as_text=True)


def test_without_approval_nothing_is_ordered(app: Flask) -> None:
    with pytest.raises(Rejected):
        order_hire(make_asked_hire())
    refused = make_asked_hire()
    with transaction():
        service.decide(refused, False, "不合规", head())
    assert refused.state is HireState.REFUSED
    with pytest.raises(Rejected):
        order_hire(refused)


def head() -> Actor:
    return Actor(None, "科长", permissions=frozenset({"vehicles:approval:give_for_section"}))


def test_what_was_refused_afterwards_the_centre_does_not_pay(app: Flask) -> None:
    hire = make_asked_hire(oral=("分管领导", AT), money_from="centre")
    order_hire(hire)
    with transaction():
        service.decide(hire, False, "非紧急", head())
    assert hire.state is HireState.ORDERED
    assert hire.is_refused
    with transaction(), pytest.raises(Rejected):
        service.order(hire, service.Order(1, "coach", 1), BY)
    with transaction(), pytest.raises(Rejected):
        money_service.submit(hire, "", BY)


def test_it_is_called_off_before_it_was_carried_out(app: Flask, sign_in: SignIn) -> None:
    hire = make_asked_hire()
    client = sign_in(Role.LIAISON, unit_id=hire.unit_id)
    address = f"/vehicles/hires/{hire.id}/calling-off"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": ""}).status_code == 422
    assert client.post(address, data={"reason_given": "会议取消"}).status_code == 303
    assert client.post(address, data={"reason_given": "会议取消"}).status_code == 422
    db.session.expire_all()
    assert hire.state is HireState.CALLED_OFF
    recorded = make_hire()
    with transaction(), pytest.raises(Rejected):
        service.call_off(recorded, "x", BY)


def test_a_request_for_a_hired_car_is_served_and_waits_no_longer(app: Flask, sign_in: SignIn) -> None:
    request = make_trip_request(START, hired=True, people=40)
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/hires/new?request={request.id}"
    assert address in client.get(f"/vehicles/requests/{request.id}").get_data(as_text=True)
    assert request.purpose in client.get(address).get_data(as_text=True)
    answer = client.post(address, data=typed(unit_id=request.unit_id))
    assert answer.status_code == 303
    db.session.expire_all()
    assert request.state is TripState.WITHDRAWN
    assert db.session.scalars(select(Hire)).one().state is HireState.APPROVED
    other = make_trip_request(START, hired=False)
    assert f"?request={other.id}" not in client.get(f"/vehicles/requests/{other.id}").get_data(as_text=True)


def test_the_kinds_of_activity_are_those_of_the_day(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FLEET_HEAD)
    added = {"name": "考察", "needs_paper": "y", "valid_from": "2023-01-01", "source": "本单位办法"}
    assert client.post("/vehicles/hire-rules/reasons/new", data=added).status_code == 303
    assert client.post("/vehicles/hire-rules/reasons/new", data=added).status_code == 422, "not twice"
    shown = client.get("/vehicles/hire-rules").get_data(as_text=True)
    assert "考察" in shown
    assert "本单位办法" in shown
    reason = rule_queries.reasons()[-1]
    end = f"/vehicles/hire-rules/reasons/{reason.id}/end"
    assert client.post(end, data={"to_on": "2022-01-01"}).status_code == 422
    assert client.post(end, data={"to_on": "2024-01-01"}).status_code == 303
    assert client.post(end, data={"to_on": "2024-01-01"}).status_code == 422
    assert rule_queries.reason(reason.code, date(2023, 12, 31)) is not None
    assert rule_queries.reason(reason.code, date(2024, 1, 1)) is None


def test_classes_and_limits_hold_from_their_day_on(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FLEET_HEAD)
    given = {
        "vehicle_class": "coach",
        "seats": "30",
        "day_ceiling": "900",
        "valid_from": "2023-06-01",
        "source": "办法",
    }
    assert client.post("/vehicles/hire-rules/classes/new", data=given).status_code == 303
    assert client.post("/vehicles/hire-rules/classes/new", data=given).status_code == 422
    assert rule_queries.classes(date(2023, 5, 31))["coach"].seats == 50
    assert rule_queries.classes(date(2023, 6, 1))["coach"].seats == 30
    given = {"name": "lead_days", "value": "5", "valid_from": "2023-06-01", "source": "办法"}
    assert client.post("/vehicles/hire-rules/settings/new", data=given).status_code == 303
    assert client.post("/vehicles/hire-rules/settings/new", data=given).status_code == 422
    for page in ("reasons/new", "classes/new", "settings/new", f"reasons/{1}/end"):
        assert client.get(f"/vehicles/hire-rules/{page}").status_code == 200


def test_the_approver_who_is_asked_now_finds_the_hire_at_the_bell(app: Flask) -> None:
    section, director, liaison = (make_user(role) for role in (Role.FLEET_HEAD, Role.DIRECTOR, Role.LIAISON))
    hire = make_asked_hire()
    link = f"/vehicles/hires/{hire.id}"
    assert db.session.execute(select(Notice.user_id, Notice.link)).all() == [(section.id, link)]
    approve_hire(hire)
    told = db.session.execute(select(Notice.user_id, Notice.link).order_by(Notice.id)).all()
    assert told == [(section.id, link), (director.id, link)]
    assert liaison.id not in [user for user, _link in told]


def test_who_is_not_asked_reads_so_instead_of_a_form(app: Flask, sign_in: SignIn) -> None:
    hire = make_asked_hire()
    address = f"/vehicles/hires/{hire.id}/approval"
    asked, later = sign_in(Role.FLEET_HEAD), sign_in(Role.DIRECTOR)
    assert 'name="verdict"' in asked.get(address).text
    shown = later.get(address).text
    assert 'name="verdict"' not in shown
    assert "当前环节应由他人审批" in shown
    approve_hire(hire)
    assert "该申请没有待审批的环节" in asked.get(address).text


def shift(days: int) -> dict[str, str]:
    begins = START + timedelta(days=days)
    return {"starts_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{begins + timedelta(hours=9):%Y-%m-%dT%H:%M}"}


def test_a_past_day_is_asked_about_and_a_day_too_far_ahead_refused(app: Flask, sign_in: SignIn) -> None:
    client, given = sign_in(Role.DISPATCHER), typed(unit_id=make_unit().id)
    past = client.post("/vehicles/hires/new", data={**given, **shift(-20)})
    assert past.status_code == 422
    assert "补单原因" in past.text.split('id="starts_at-error"')[1].split("</p>")[0]
    far = client.post("/vehicles/hires/new", data={**typed(unit_id=given["unit_id"]), **shift(3650)})
    assert "最多提前" in far.text.split('id="starts_at-error"')[1].split("</p>")[0]
    assert asked() == 0
    why = {"afterwards": "抢险时口头安排"}
    made = client.post("/vehicles/hires/new", data={**typed(unit_id=given["unit_id"]), **shift(-20), **why})
    assert made.status_code == 303
    assert "抢险时口头安排" in client.get(made.location).text


def test_the_same_hire_twice_is_asked_about(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.DISPATCHER), make_unit()
    first = client.post("/vehicles/hires/new", data=typed(unit_id=unit.id))
    assert first.status_code == 303
    again = client.post("/vehicles/hires/new", data=typed(unit_id=unit.id))
    assert again.status_code == 422
    assert db.session.scalars(select(Hire)).one().no in again.text.split('id="again-error"')[1].split("</p>")[0]
    other = typed(unit_id=unit.id, activity="调研", route="机关大院—港口")
    assert client.post("/vehicles/hires/new", data=other).status_code == 303
    assert client.post("/vehicles/hires/new", data=typed(unit_id=make_unit().id)).status_code == 303
    assert client.post("/vehicles/hires/new", data=typed(unit_id=unit.id, again="y")).status_code == 303
    assert asked() == 4


def test_a_route_out_of_the_district_says_so_and_how_far(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.DISPATCHER), make_unit()
    away = typed(unit_id=unit.id, route="机关大院—天津", estimate="1500")
    refused = client.post("/vehicles/hires/new", data=away)
    assert "“天津”在本区以外" in refused.text.split('id="out_of_district-error"')[1].split("</p>")[0]
    unknown = typed(unit_id=unit.id, route="机关大院—外地", out_of_district="y")
    assert 'id="planned_km-error"' in client.post("/vehicles/hires/new", data=unknown).text
    known = typed(unit_id=unit.id, route="机关大院—天津", out_of_district="y")
    assert client.post("/vehicles/hires/new", data=known).status_code == 303
    assert db.session.scalars(select(Hire)).one().planned_km == 300


@pytest.mark.parametrize("agreed", [True, False])
def test_the_units_liaison_is_told_of_the_verdict_on_its_hire(app: Flask, by: Actor, agreed: bool) -> None:
    hire = make_asked_hire()
    liaison = make_user(Role.LIAISON, unit_id=hire.unit_id)
    make_user(Role.LIAISON, unit_id=make_unit().id)
    if agreed:
        approve_hire(hire)
    else:
        first = APPROVES[Approver(hire.steps[0].approver)]
        speaker = Actor(None, "领导", unit_id=hire.unit_id, permissions=frozenset({first}))
        with transaction():
            service.decide(hire, False, "可用自有车辆", speaker)
    rows = db.session.scalars(select(Notice).where(Notice.link == f"/vehicles/hires/{hire.id}")).all()
    said = "租赁社会车辆申请已批准" if agreed else "原因：可用自有车辆"
    assert [(row.user_id, said in row.text) for row in rows] == [(liaison.id, True)]
