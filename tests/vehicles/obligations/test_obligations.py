"""What falls due: planned by the file, done, undone, waived, reminded of, and in the way of a dispatch."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.core.period import year
from ops.indicators import closing
from ops.indicators.models import Adjustment
from ops.indicators.readings import read
from ops.people.models import User
from ops.people.roles import Role
from ops.vehicles.obligations import driver_files, feed_service, planning, reminding, service
from ops.vehicles.obligations.jobs import note_and_remind
from ops.vehicles.obligations.models import FitnessLeave, Obligation, ObligationKind
from ops.vehicles.odometer import service as odometer_service
from ops.vehicles.register.file_models import CarFile
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_driver, make_trip_request, make_user, make_vehicle, saved
from tests.vehicles.factories import make_dispatch

METRIC = "vehicles.obligations_met"


def owed(by: Actor, due_on: date = DAY, kind: str = "compulsory", **values: Any) -> Obligation:
    vehicle_id = values.get("vehicle_id") or make_vehicle().id
    with transaction():
        return service.owe(vehicle_id, kind, due_on, values.get("due_km"), by)


def do(obligation: Obligation, done_on: date, by: Actor, valid_until: date | None = None, dial: Any = None) -> Any:
    cost = Decimal("100.50") if obligation.kind == "maintenance" else None
    with transaction():
        return service.record_done(
            obligation,
            done_on,
            "合格",
            valid_until,
            dial,
            cost,
            None,
            clock.today(),
            by,
            read_at=time(10),
            dial_reason="misread",
        )


def open_ones() -> list[tuple[str, date]]:
    found = select(Obligation.kind, Obligation.due_on).where(Obligation.closed_on.is_(None))
    return [(kind, day) for kind, day in db.session.execute(found.order_by(Obligation.due_on))]


def test_the_file_of_a_car_plans_its_inspection_and_the_next_follows_when_it_is_done(app: Flask, by: Actor) -> None:
    car = make_vehicle()
    file = {"first_registered_on": date(2020, 6, 1), "kept_at": AT, "kept_by": "测试员"}
    saved(CarFile(vehicle_id=car.id, **file))
    with transaction():
        made = planning.plan_car(car.id, date(2022, 1, 1), by)
        assert planning.plan_car(car.id, date(2022, 1, 1), by) == []
    assert [(each.kind, each.due_on) for each in made] == [("inspection_mark", date(2022, 6, 1))]
    do(made[0], date(2022, 5, 20), by)
    assert open_ones() == [("inspection_mark", date(2024, 6, 1))]


def test_an_open_inspection_keeps_no_scrapping_away_nor_the_other_way_round(app: Flask, by: Actor) -> None:
    car = make_vehicle(seats=19)
    facts = {"body": "medium", "first_registered_on": date(2008, 6, 1), "kept_at": AT, "kept_by": "测试员"}
    inspection = owed(by, date(2022, 6, 1), "inspection_test", vehicle_id=car.id)
    saved(CarFile(vehicle_id=car.id, **facts))
    with transaction():
        assert [each.kind for each in planning.plan_car(car.id, date(2022, 1, 1), by)] == ["scrapping"]
        assert planning.plan_car(car.id, date(2022, 1, 1), by) == []
        service.waive(inspection, "车辆将更换", by)
        assert [each.kind for each in planning.plan_car(car.id, date(2022, 6, 2), by)] == ["inspection_test"]
    assert open_ones() == [("inspection_test", date(2022, 12, 1)), ("scrapping", date(2028, 6, 1))]


def test_insurance_follows_its_paper_and_maintenance_the_dial(app: Flask, by: Actor) -> None:
    do(owed(by), DAY, by, valid_until=date(2024, 5, 8))
    do(owed(by, kind="maintenance"), DAY, by, dial=Decimal(20_000))
    assert open_ones() == [("maintenance", date(2023, 11, 9)), ("compulsory", date(2024, 5, 8))]
    assert db.session.scalar(select(Obligation.due_km).where(Obligation.due_on == date(2023, 11, 9))) == 30_000


def test_what_was_recorded_by_mistake_is_owed_again_and_nothing_follows(app: Flask, by: Actor) -> None:
    obligation = owed(by)
    done = do(obligation, DAY, by, valid_until=date(2024, 5, 8))
    with pytest.raises(Rejected, match=r"\d"):
        do(obligation, DAY, by, valid_until=date(2024, 5, 8))
    assert read(METRIC, year(2023)).value == 100
    with transaction():
        service.reverse_done(done, "录错车辆", by)
    assert open_ones() == [("compulsory", DAY)]
    assert read(METRIC, year(2023)).value is None


@pytest.mark.parametrize(("done_on", "until", "field"), [
    (date(2099, 1, 1), date(2099, 2, 1), "done_on"), (DAY, None, "valid_until"), (DAY, DAY, "valid_until"),
    (date(2022, 1, 1), date(2024, 1, 1), "done_on"),
])  # fmt: skip
def test_what_cannot_be_is_refused(app: Flask, by: Actor, done_on: date, until: date | None, field: str) -> None:
    obligation = owed(by)
    with pytest.raises(Rejected) as refusal:
        do(obligation, done_on, by, valid_until=until)
    assert refusal.value.field == field
    assert open_ones() == [("compulsory", DAY)]


def test_met_on_time_counts_late_and_lapsed_ones_below_the_line(app: Flask, by: Actor) -> None:
    in_time, late, lapsed, waived, ahead = [owed(by, DAY + timedelta(days=number)) for number in range(5)]
    do(in_time, DAY, by, valid_until=date(2024, 5, 8))
    do(late, DAY + timedelta(days=9), by, valid_until=date(2024, 5, 8))
    with transaction():
        service.waive(waived, "车辆已处置", by)
        assert reminding.note_lapses(lapsed.due_on) == 1
        assert reminding.note_lapses(lapsed.due_on) == 0
    figure = read(METRIC, year(2023))
    assert (figure.part, figure.whole) == (1, 3)
    do(lapsed, DAY + timedelta(days=20), by, valid_until=date(2024, 5, 8))
    figure = read(METRIC, year(2023))
    assert (figure.part, figure.whole) == (1, 3)
    assert ahead.closed_on is None


def test_a_lapsed_car_goes_nowhere_without_a_named_leave(app: Flask, by: Actor) -> None:
    obligation = owed(by, DAY - timedelta(days=1))
    with pytest.raises(Rejected) as refusal:
        make_dispatch(vehicle_id=obligation.vehicle_id)
    assert refusal.value.field == "leave_by"
    make_dispatch(AT - timedelta(days=2), vehicle_id=obligation.vehicle_id)
    with transaction():
        service.allow(obligation, DAY, DAY, "科长", "应急", by)
    make_dispatch(vehicle_id=obligation.vehicle_id)
    with pytest.raises(Rejected):
        make_dispatch(AT + timedelta(days=1), vehicle_id=obligation.vehicle_id)
    assert db.session.scalars(select(FitnessLeave.allowed_by)).all() == ["科长"]


def test_a_lapsed_licence_stops_its_driver_only(app: Flask, by: Actor) -> None:
    driver = make_driver()
    with transaction():
        driver_files.keep(driver, "c1", date(2013, 5, 1), date(2023, 5, 1), date(1980, 1, 1), "", date(2023, 4, 1), by)
    with pytest.raises(Rejected) as refusal:
        make_dispatch(driver_id=driver.id)
    assert refusal.value.field == "leave_by"
    make_dispatch()


def test_reminders_come_once_each_to_the_section_and_the_driver(app: Flask, by: Actor) -> None:
    make_user(Role.DISPATCHER), make_user(Role.FLEET_HEAD), make_user(Role.LEADER)
    driver = make_driver(user_id=make_user(Role.DRIVER).id)
    with transaction():
        driver_files.keep(driver, "C1", date(2013, 5, 1), DAY, None, "", date(2023, 1, 1), by)
    told = []
    for before in (91, 90, 60, 30, 29, 7, 0, -1, -2):
        for _again in range(2):
            note_and_remind(DAY - timedelta(days=before + 1))
        told.append(db.session.scalar(select(func.count()).select_from(Notice)))
    assert told == [0, 3, 3, 6, 6, 9, 9, 12, 12]


def test_maintenance_owed_by_kilometres_lapses_by_the_dial(app: Flask, by: Actor) -> None:
    from_dial = make_dispatch(AT - timedelta(days=3))
    obligation = owed(by, date(2030, 1, 1), "maintenance", vehicle_id=from_dial.vehicle_id, due_km=Decimal(5000))
    make_dispatch(vehicle_id=from_dial.vehicle_id)
    with transaction():
        dial_of(from_dial.vehicle_id, 5001, by)
    with pytest.raises(Rejected, match="5,000公里"):
        make_dispatch(AT + timedelta(days=1), vehicle_id=from_dial.vehicle_id)
    assert obligation.kind == ObligationKind.MAINTENANCE


def dial_of(vehicle_id: int, value: int, by: Actor) -> None:
    odometer_service.record(vehicle_id, value, AT - timedelta(hours=1), "manual", "", by, "misread")


def test_the_pages_open_and_the_forms_work(app: Flask, sign_in: SignIn, by: Actor) -> None:
    make_driver()
    obligation = owed(by)
    client, watcher = sign_in(Role.DISPATCHER), sign_in(Role.AUDITOR)
    pages = (
        "",
        "/1",
        "/calendar",
        "/calendar/2023-05",
        "/rules",
        "/drivers",
        "?show=late",
        "?show=soon",
        "?show=closed",
    )
    forms = ("/new", "/1/done", "/1/waiver", "/1/leave", "/rules/new", "/drivers/1")
    at = "/vehicles/obligations"
    assert [client.get(at + each).status_code for each in (*pages, *forms)] == [200] * (len(pages) + len(forms))
    assert [watcher.get(at + each).status_code for each in pages] == [200] * len(pages)
    assert f'href="{at}/1"' in client.get(at).get_data(as_text=True)
    assert [watcher.post(at + each).status_code for each in forms] == [403] * len(forms)
    given = {"done_on": "2023-05-08", "result": "合格", "valid_until": "2024-05-08"}
    assert client.post(f"{at}/1/done", data={**given, "valid_until": ""}).status_code == 422
    assert client.post(f"{at}/1/done", data=given).status_code == 303
    assert client.post(f"{at}/done/1/reversal", data={"reason_given": "录错"}).status_code == 303
    leave = {"first_on": "2023-05-09", "last_on": "2023-05-10", "allowed_by": "科长", "reason_given": "应急"}
    assert client.post(f"{at}/1/leave", data=leave).status_code == 303
    assert client.post(f"{at}/1/waiver", data={"reason_given": "处置"}).status_code == 303
    assert f'href="{at}/1"' not in client.get(at).get_data(as_text=True)  # the list opens on what is open
    assert f'href="{at}/1"' in client.get(f"{at}?show=").get_data(as_text=True)
    new = {"vehicle_id": obligation.vehicle_id, "kind": "maintenance", "due_on": "2023-09-01", "due_km": "8000"}
    assert client.post(f"{at}/new", data=new).status_code == 303
    assert client.post(f"{at}/new", data=new).status_code == 422
    term = {"kind": "maintenance", "months": "12", "km": "", "valid_from": "2024-01-01", "document": "说明书",
            "clause": "", "source": "厂家"}  # fmt: skip
    assert client.post(f"{at}/rules/new", data=term).status_code == 303
    assert client.post(f"{at}/rules/new", data=term).status_code == 422
    licence = {"licence_class": "A1", "first_licensed_on": "2010-05-01", "licence_until": "2030-05-01"}
    assert client.post(f"{at}/drivers/1", data=licence).status_code == 303
    renewal = db.session.scalars(select(Obligation).where(Obligation.kind == "licence")).one()
    shown = client.get(f"{at}/{renewal.id}").get_data(as_text=True)
    assert ("可办理起始日期" in shown, "2030-01-31" in shown) == (True, True)
    assert "可办理起始日期" not in client.get(f"{at}/1").get_data(as_text=True)
    assert sign_in(Role.DRIVER).get(f"{at}/mine").status_code == 200


def test_a_calendar_program_reads_the_feed_until_it_is_revoked(app: Flask, sign_in: SignIn, by: Actor) -> None:
    owed(by, clock.today() + timedelta(days=20))
    client, stranger = sign_in(Role.DISPATCHER), app.test_client()
    assert client.post("/vehicles/obligations/feeds").status_code == 303
    shown = client.get("/vehicles/obligations/calendar").get_data(as_text=True)
    address = shown.split("/vehicles/obligations/feed/")[1].split(".ics")[0]
    answer = stranger.get(f"/vehicles/obligations/feed/{address}.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.get_data(as_text=True).count("BEGIN:VEVENT") == 1
    assert sign_in(Role.DISPATCHER).post("/vehicles/obligations/feeds/1/revocation").status_code == 404
    assert client.post("/vehicles/obligations/feeds/1/revocation").status_code == 303
    assert stranger.get(f"/vehicles/obligations/feed/{address}.ics").status_code == 404


def test_the_night_notes_what_lapsed_in_a_closed_period_and_says_why(app: Flask, by: Actor) -> None:
    with transaction():
        closing.close(year(2023), by)
    with transaction("补录"):
        late = service.owe(make_vehicle().id, "compulsory", DAY, None, by)
    note_and_remind(date(2024, 6, 1))
    figure = read(METRIC, year(2023))
    assert (late.due_on, figure.part, figure.whole) == (DAY, 0, 1)
    added = db.session.scalars(select(Adjustment).where(Adjustment.metric == METRIC, Adjustment.whole != 0)).all()
    assert {(row.whole, row.by) for row in added} == {(1, "system")}
    assert all("到期日" in row.reason for row in added)


def test_the_feed_of_a_user_who_was_shut_out_answers_nobody(app: Flask, by: Actor) -> None:
    user = make_user(Role.DISPATCHER)
    with transaction():
        secret = feed_service.open_feed(Actor(user.id, user.name))
    address = f"/vehicles/obligations/feed/{secret}.ics"
    assert app.test_client().get(address).status_code == 200
    with transaction():
        db.session.get_one(User, user.id).disabled_at = AT
        audit.record("people.user.disabled", user, by)
    assert app.test_client().get(address).status_code == 404


def test_what_lapsed_goes_by_the_name_of_who_allows_it_and_the_leave_is_on_record(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    car, driver, request, dispatcher = make_vehicle(), make_driver(), make_trip_request(), sign_in(Role.DISPATCHER)
    obligation = owed(by, AT.date() - timedelta(days=1), vehicle_id=car.id)
    address, typed = f"/vehicles/requests/{request.id}/dispatch", {"vehicle_id": car.id, "driver_id": driver.id}
    refused = dispatcher.post(address, data=typed)
    assert refused.status_code == 422
    assert "leave_by-error" in refused.text
    unsaid = dispatcher.post(address, data={**typed, "leave_by": "车辆科长01"})
    assert "leave_reason-error" in unsaid.text
    assert 'value="车辆科长01"' in unsaid.text
    assert db.session.query(FitnessLeave).count() == 0
    over_json = dispatcher.post(f"/api/vehicles/requests/{request.id}/dispatch", json=typed)
    assert (over_json.status_code, over_json.json["field"]) == (422, "leave_by")
    allowed = {"leave_by": "车辆科长01", "leave_reason": "抢险"}
    assert dispatcher.post(address, data={**typed, **allowed}).status_code == 303
    [leave] = db.session.scalars(select(FitnessLeave))
    assert (leave.obligation_id, leave.first_on, leave.last_on) == (obligation.id, AT.date(), AT.date())
    assert (leave.allowed_by, leave.reason) == ("车辆科长01", "抢险")
    shown = dispatcher.get(f"/vehicles/requests/{request.id}").text
    assert "到期未办，放行用车" in shown
    assert "车辆科长01 抢险" in shown
