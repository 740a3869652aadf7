"""The pages of repairs: got, posted, refused, not allowed, not found."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.db import db
from ops.people.roles import Role
from ops.repairs.models import RepairLimit, StepKind, Ticket, TicketStep
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.repairs.factories import make_ticket, make_ticket_upto, make_worker, worker

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SECTIONS = ("acceptance", "assignment", "reassignment", "attendance", "completion")
STEPS = (*SECTIONS, "confirmation", "rating", "rework", "voiding")


def typed(unit_id: int, **values: Any) -> dict[str, Any]:
    usual = {"place": "主楼 203室", "trade": "water", "urgency": "normal", "description": "水龙头漏水"}
    return {**usual, "unit_id": str(unit_id), "contact": "联络员", **values}


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_repair_goes_through_its_pages_from_report_to_rating(app: Flask, sign_in: SignIn) -> None:
    unit, man, other = make_unit(), worker(), make_worker("worker2")
    liaison, staff = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.REPAIR)
    photo = {"photo": (BytesIO(PNG), "tap.png")}
    assert liaison.post("/repairs/tickets/new", data=typed(unit.id, **photo)).status_code == 303
    at = "/repairs/tickets/1"
    assert liaison.get(f"{at}/photo", buffered=True).data == PNG
    for client, step, given in (
        (staff, "acceptance", {}),
        (staff, "assignment", {"worker_id": str(man.id)}),
        (staff, "reassignment", {"worker_id": str(other.id), "note": "原维修工请假"}),
        (staff, "attendance", {}),
        (staff, "completion", {"note": "换阀芯", "materials": "阀芯", "cost": "35.50"}),
        (liaison, "confirmation", {}),
        (liaison, "rating", {"stars": "5"}),
    ):
        assert client.post(f"{at}/{step}", data=given).status_code == 303, step
    text = liaison.get(at).get_data(as_text=True)
    assert "35.50" in text
    assert count(TicketStep) == 7
    assert other.name in text
    assert "原维修工请假" in text


def test_a_reassignment_without_a_reason_or_to_the_same_worker_writes_nothing(app: Flask, sign_in: SignIn) -> None:
    ticket, other, staff = make_ticket_upto(StepKind.ASSIGNED), make_worker("worker2"), sign_in(Role.REPAIR)
    at = f"/repairs/tickets/{ticket.id}"
    assert f"{at}/reassignment" in staff.get(at).get_data(as_text=True)
    for given in ({"worker_id": str(other.id), "note": ""}, {"worker_id": str(worker().id), "note": "另有任务"}):
        answer = staff.post(f"{at}/reassignment", data=given)
        assert answer.status_code == 422
        assert given["note"] in answer.get_data(as_text=True)
    assert count(TicketStep) == 2


def test_a_report_that_is_not_complete_is_kept_and_nothing_is_written(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    answer = sign_in(Role.LIAISON, unit_id=unit.id).post(
        "/repairs/tickets/new", data=typed(unit.id, place="", contact="值班室")
    )
    assert answer.status_code == 422
    assert "值班室" in answer.get_data(as_text=True)
    assert count(Ticket) == 0


def test_a_photo_must_be_a_picture(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    wrong = typed(unit.id, photo=(BytesIO(b"x"), "notes.txt"))
    assert sign_in(Role.LIAISON, unit_id=unit.id).post("/repairs/tickets/new", data=wrong).status_code == 422
    assert count(Ticket) == 0


def test_a_liaison_reports_for_his_own_unit_alone(app: Flask, sign_in: SignIn) -> None:
    own, other = make_unit(), make_unit()
    answer = sign_in(Role.LIAISON, unit_id=own.id).post("/repairs/tickets/new", data=typed(other.id))
    assert answer.status_code == 422
    assert count(Ticket) == 0


@pytest.mark.parametrize("step", STEPS[len(SECTIONS) :])
def test_another_units_ticket_is_not_found(app: Flask, sign_in: SignIn, step: str) -> None:
    ticket = make_ticket()
    client = sign_in(Role.LIAISON, unit_id=make_unit().id)
    assert client.post(f"/repairs/tickets/{ticket.id}/{step}").status_code == 404
    assert client.get(f"/repairs/tickets/{ticket.id}").status_code == 404


@pytest.mark.parametrize("step", SECTIONS)
def test_a_liaison_does_not_do_the_repair_sections_work(app: Flask, sign_in: SignIn, step: str) -> None:
    ticket = make_ticket()
    client = sign_in(Role.LIAISON, unit_id=ticket.unit_id)
    assert client.post(f"/repairs/tickets/{ticket.id}/{step}").status_code == 403


@pytest.mark.parametrize("step", STEPS)
def test_a_watcher_changes_nothing(app: Flask, sign_in: SignIn, step: str) -> None:
    ticket = make_ticket()
    client = sign_in(Role.AUDITOR)
    assert client.get(f"/repairs/tickets/{ticket.id}").status_code == 200
    assert client.post(f"/repairs/tickets/{ticket.id}/{step}").status_code == 403


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_page(app: Flask, sign_in: SignIn, step: str) -> None:
    ticket = make_ticket()
    client = sign_in(Role.PROPERTY, Role.LIAISON, unit_id=ticket.unit_id)
    assert client.get(f"/repairs/tickets/{ticket.id}/{step}").status_code == 200
    assert client.get(f"/repairs/tickets/999/{step}").status_code == 404


def test_a_stale_page_is_refused_in_words_and_writes_nothing(app: Flask, sign_in: SignIn) -> None:
    ticket = make_ticket_upto(StepKind.ACCEPTED)
    answer = sign_in(Role.REPAIR).post(f"/repairs/tickets/{ticket.id}/acceptance")
    assert answer.status_code == 422
    assert "已受理" in answer.get_data(as_text=True)
    assert count(TicketStep) == 1


def test_property_staff_confirm_after_a_call_back_only(app: Flask, sign_in: SignIn) -> None:
    address = f"/repairs/tickets/{make_ticket_upto(StepKind.FINISHED).id}/confirmation"
    client = sign_in(Role.PROPERTY)
    assert client.post(address, data={"note": ""}).status_code == 422
    assert client.post(address, data={"note": "回访：已修好"}).status_code == 303


def test_repair_staff_do_not_confirm_their_own_work(app: Flask, sign_in: SignIn) -> None:
    ticket = make_ticket_upto(StepKind.FINISHED)
    assert sign_in(Role.REPAIR).post(f"/repairs/tickets/{ticket.id}/confirmation").status_code == 403


@pytest.mark.parametrize("given", [{}, {"stars": "6"}, {"stars": "x"}])
def test_a_rating_is_one_to_five(app: Flask, sign_in: SignIn, given: dict[str, str]) -> None:
    ticket = make_ticket_upto(StepKind.CONFIRMED)
    client = sign_in(Role.LIAISON, unit_id=ticket.unit_id)
    assert client.post(f"/repairs/tickets/{ticket.id}/rating", data=given).status_code == 422
    assert count(TicketStep) == 5


def test_the_workers_phone_shows_his_repair_and_its_next_step(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.REPAIR)
    assert "没有派给您的工单" in client.get("/repairs/mine").get_data(as_text=True)
    ticket = make_ticket_upto(StepKind.ACCEPTED)
    with client.session_transaction() as session:
        man = session["_user_id"]
    client.post(f"/repairs/tickets/{ticket.id}/assignment", data={"worker_id": man})
    assert f"/repairs/tickets/{ticket.id}/attendance" in client.get("/repairs/mine").get_data(as_text=True)
    arrived = client.post(f"/repairs/tickets/{ticket.id}/attendance")
    assert arrived.headers["Location"].endswith("/repairs/mine")
    assert f"/repairs/tickets/{ticket.id}/completion" in client.get("/repairs/mine").get_data(as_text=True)


def test_the_list_is_filtered_by_state_and_searched(app: Flask, sign_in: SignIn) -> None:
    waiting = make_ticket(place="主楼 101室")
    accepted = make_ticket_upto(StepKind.ACCEPTED, place="主楼 202室")
    finished = make_ticket_upto(StepKind.FINISHED, place="主楼 303室")
    client = sign_in(Role.PROPERTY)
    for query, shown in (
        ("state=reported", {waiting.number}),
        ("state=accepted", {accepted.number}),
        ("state=open", {waiting.number, accepted.number}),
        ("q=303", {finished.number}),
        ("sort=place&down=1", {waiting.number, accepted.number, finished.number}),
    ):
        text = client.get(f"/repairs/tickets?{query}").get_data(as_text=True)
        assert {each.number for each in (waiting, accepted, finished) if each.number in text} == shown, query


def test_the_start_page_says_what_waits(app: Flask, sign_in: SignIn) -> None:
    make_ticket()
    finished = make_ticket_upto(StepKind.FINISHED)
    staff = sign_in(Role.REPAIR).get("/").get_data(as_text=True)
    assert "待受理工单" in staff
    assert "已逾期 1 件" in staff
    assert "待确认工单" in sign_in(Role.LIAISON, unit_id=finished.unit_id).get("/").get_data(as_text=True)
    assert "待确认工单" not in sign_in(Role.LIAISON, unit_id=make_unit().id).get("/").get_data(as_text=True)


def test_property_staff_enter_a_limit_from_today_on(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PROPERTY)
    given = {
        "kind": "response",
        "urgency": "normal",
        "minutes": "60",
        "document": "通知",
        "clause": "一",
        "source": "本中心",
    }
    past = client.post("/repairs/limits/new", data={**given, "valid_from": "2023-01-01"})
    assert past.status_code == 422
    before = count(RepairLimit)
    assert client.post("/repairs/limits/new", data={**given, "valid_from": str(clock.today())}).status_code == 303
    assert count(RepairLimit) == before + 1
    assert "1 小时" in client.get("/repairs/limits").get_data(as_text=True)
    assert sign_in(Role.REPAIR).get("/repairs/limits/new").status_code == 403
