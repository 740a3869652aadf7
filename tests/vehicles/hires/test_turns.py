"""Hires go on by themselves when nothing is left to drive or to invoice; money is exact and taken in turn."""

import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles.hires import money_queries, money_service, rule_service, service
from ops.vehicles.hires.actual_models import HiredActual
from ops.vehicles.hires.models import Hire, HiredTrip, MoneyFrom
from ops.vehicles.hires.money_service import Driven
from ops.vehicles.hires.service import Asked, Oral, Order
from ops.vehicles.hires.states import HireState
from ops.vehicles.hires.vendor_models import HireVendor
from tests.app_fixtures import SignIn
from tests.factories import AT, make_unit
from tests.vehicles.factories import (
    BY,
    approve_hire,
    drive_hire,
    make_asked_hire,
    make_hire,
    make_vendor,
    order_hire,
)


def drive(trip: HiredTrip, kilometres: int = 100, words: str = "") -> None:
    start = datetime.combine(trip.day, time(8))
    money_service.drove(trip, Driven(start, start + timedelta(hours=8), kilometres, words=words), BY)


def invoice(trip: HiredTrip, number: str) -> None:
    vendor = db.session.get_one(HireVendor, trip.vendor_id)
    money_service.take_invoice(vendor, number, trip.day, trip.cost, [trip.id], "", None, BY)


def two_coaches() -> Hire:
    hire = approve_hire(make_asked_hire(people=90, wanted={"coach": 2}, estimate=Decimal(2800)))
    return order_hire(hire, how_many=2)


def test_it_did_not_leave_days_before_the_day_it_is_hired_for(app: Flask) -> None:
    """A slip of the month would count the cost on a day when nothing was driven."""
    trip = two_coaches().trips[0]
    start = datetime.combine(trip.day, time(8))
    with pytest.raises(Rejected, match=str(trip.day)) as refused:
        money_service.drove(trip, Driven(start - timedelta(days=2), start, 100), BY)
    assert refused.value.field == "left_at"
    assert "最早为前一日" in str(refused.value.message)
    with transaction():
        money_service.drove(trip, Driven(start - timedelta(hours=9), start, 100), BY)
    assert trip.actual


def test_the_last_open_vehicle_is_cancelled_and_the_hire_is_invoiced(app: Flask) -> None:
    hire = two_coaches()
    first, second = hire.trips
    with transaction():
        drive(first)
    with transaction():
        invoice(first, "1")
    assert hire.state is HireState.ORDERED
    with transaction():
        service.cancel_trip(second, "减少", BY)
    assert [event.kind for event in hire.events][-2:] == [HireState.CARRIED_OUT, HireState.INVOICED]
    with transaction():
        money_service.submit(hire, "", BY)
    assert hire.state is HireState.SUBMITTED


def test_what_was_recorded_from_paper_is_invoiced_too_when_the_rest_is_cancelled(app: Flask) -> None:
    hire = make_hire(how_many=2)
    first, second = hire.trips
    with transaction():
        invoice(first, "1")
    with transaction(), pytest.raises(Rejected):
        service.cancel_trip(first, "减少", BY)
    with transaction():
        service.cancel_trip(second, "减少", BY)
    assert hire.state is HireState.INVOICED


def test_a_hire_without_any_vehicle_left_is_neither_carried_out_nor_invoiced(app: Flask) -> None:
    hire = make_hire(how_many=1)
    with transaction():
        service.cancel_trip(hire.trips[0], "取消", BY)
    assert hire.state is HireState.RECORDED


def test_only_what_has_taken_place_is_recorded_from_paper(app: Flask) -> None:
    with pytest.raises(Rejected) as refused:
        make_hire(day=clock.today() + timedelta(days=1))
    assert refused.value.field == "day"
    assert make_hire(day=clock.today()).id


def test_a_correction_says_why_itself(app: Flask, sign_in: SignIn) -> None:
    """The note of the row before does not stand in for the reason."""
    hire = order_hire(approve_hire(make_asked_hire()))
    with transaction():
        drive(hire.trips[0], words="按里程表")
    page = sign_in(Role.DISPATCHER).get(f"/vehicles/hires/trips/{hire.trips[0].id}/actual").get_data(as_text=True)
    assert 'value="100"' in page
    assert "按里程表" not in page


DEEDS = {"estimate": "hires", "price": "hires/{hire}/trips", "extra": "hired-trips/{trip}/actual"}
DEEDS["overrun"] = DEEDS["extra"]


@pytest.mark.parametrize("wrong", ["-5", "1.005", "999999999999999999"])
@pytest.mark.parametrize("field", list(DEEDS))
def test_a_machine_hands_in_no_money_that_the_page_would_not_take(
    app: Flask, sign_in: SignIn, field: str, wrong: str
) -> None:
    hire, client = make_hire(), sign_in(Role.DISPATCHER)
    asked = {
        "unit_id": hire.unit_id, "activity": "应急", "reason_class": "emergency", "starts_at": "2023-05-09T08:00",
        "ends_at": "2023-05-09T17:00", "people": 40, "wanted": {"coach": 1}, "own_cars_why": "不足", "route": "市区",
        "estimate": "1500", "afterwards": "补录",
    }  # fmt: skip
    order = {"vendor_id": make_vendor().id, "vehicle_class": "coach", "how_many": 1, "price": "900.50"}
    driven = {"left_at": "2023-05-09T08:00", "back_at": "2023-05-09T17:00", "kilometres": 110}
    bodies = {"estimate": asked, "price": {**order, "off_list_reason": "临时"}, "extra": driven, "overrun": driven}
    door = f"/api/vehicles/{DEEDS[field]}".format(hire=hire.id, trip=hire.trips[0].id)
    before = written()
    assert client.post(door, json={**bodies[field], field: wrong}).status_code == 422
    assert written() == before
    assert client.post(door, json={**bodies[field], field: "10.50"}).status_code == 201
    assert written() != before


def written() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Hire, HiredTrip, HiredActual)]


def in_turn(app: Flask, first: Callable[[], None], second: Callable[[], None]) -> None:
    """The second begins while the first has done its deed and not yet committed."""
    done, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with app.app_context(), transaction():
            first()
            db.session.flush()
            done.set()
            go_on.wait(0.7)

    thread = threading.Thread(target=work)
    thread.start()
    assert done.wait(10)
    try:
        second()
    finally:
        go_on.set()
        thread.join(10)


def test_an_invoice_covers_the_fee_as_it_was_corrected_in_the_same_moment(app: Flask) -> None:
    hire = drive_hire(order_hire(approve_hire(make_asked_hire())))
    key, vendor_id, fee = hire.trips[0].id, hire.trips[0].vendor_id, hire.cost

    def correct() -> None:
        drive(db.session.get_one(HiredTrip, key), 300, "里程更正")

    def take() -> None:
        with transaction():
            vendor = db.session.get_one(HireVendor, vendor_id)
            money_service.take_invoice(vendor, "1", AT.date(), fee, [key], "", None, BY)

    with pytest.raises(Rejected) as refused:
        in_turn(app, correct, take)
    assert refused.value.field == "words", "the vehicle-trip costs more by then"


def test_units_ask_in_turn_for_the_money_of_the_centre(app: Flask) -> None:
    units = [make_unit().id, make_unit().id]
    kind = plain_kind()
    with transaction():
        money_service.set_budget(None, AT.year, Decimal(2000), "预算批复", BY)

    def ask(unit_id: int) -> None:
        asked = Asked(
            unit_id, "业务培训", kind, AT, AT + timedelta(hours=8), 40, {"coach": 1}, "座位不足", Decimal(1500),
            MoneyFrom.CENTRE, afterwards="补录",
        )  # fmt: skip
        with transaction():
            service.ask(asked, Oral(), None, BY)

    with pytest.raises(Rejected) as refused:
        in_turn(app, lambda: ask(units[0]), lambda: ask(units[1]))
    assert refused.value.field == "estimate"


def used(payer: int | None) -> Decimal:
    return money_queries.budget(payer, AT.year).used


def test_the_rest_of_an_estimate_binds_the_budget_until_the_last_vehicle_is_ordered(app: Flask) -> None:
    hire = approve_hire(make_asked_hire(people=90, wanted={"coach": 2}, estimate=Decimal(3000)))
    vendor, payer = make_vendor({"coach": 1400}), hire.unit_id
    assert used(payer) == 3000
    order_hire(hire, vendor)
    assert used(payer) == 3000, "a coach is still to be ordered"
    order_hire(hire, vendor)
    assert used(payer) == 2800, "all are ordered: by contract"
    with transaction():
        service.cancel_trip(hire.trips[0], "故障", BY)
    assert used(payer) == 3000, "one is to be ordered anew"
    with transaction():
        drive(hire.trips[1], 120)
    assert used(payer) == 1440, "carried out with one"
    assert used(payer) == hire.taken_with()


def test_by_mouth_an_estimate_and_the_vehicles_ordered_by_it_do_not_count_twice(app: Flask) -> None:
    hire = make_asked_hire(oral=("局长", AT), people=90, wanted={"coach": 2}, estimate=Decimal(3000))
    order_hire(hire)
    assert used(hire.unit_id) == 3000


def test_a_second_hire_does_not_get_what_the_first_still_needs(app: Flask) -> None:
    kind, unit_id = plain_kind(), make_unit().id
    with transaction():
        money_service.set_budget(unit_id, AT.year, Decimal(4000), "预算批复", BY)
    first = {"people": 90, "wanted": {"coach": 2}, "estimate": Decimal(3000)}
    order_hire(approve_hire(make_asked_hire(unit_id=unit_id, reason_class=kind, **first)))
    with pytest.raises(Rejected) as refused:
        make_asked_hire(unit_id=unit_id, reason_class=kind, estimate=Decimal(1500))
    assert refused.value.field == "estimate"


def test_vehicles_dearer_than_estimated_are_ordered_within_the_budget_only(app: Flask) -> None:
    kind, unit_id, dear = plain_kind(), make_unit().id, make_vendor({"coach": 2100})
    with transaction():
        money_service.set_budget(unit_id, AT.year, Decimal(2000), "预算批复", BY)
    hire = approve_hire(make_asked_hire(unit_id=unit_id, reason_class=kind))
    with pytest.raises(Rejected) as refused:
        order_hire(hire, dear)
    assert refused.value.field == "vendor_id"
    with transaction(), pytest.raises(Rejected) as refused:
        service.order(hire, Order(make_vendor().id, "coach", 1, "", Decimal(2001), "临时"), BY)
    assert refused.value.field == "price"
    db.session.rollback()
    assert order_hire(hire, make_vendor({"coach": 2000})).taken_with() == 2000
    emergency = approve_hire(make_asked_hire(unit_id=unit_id))
    assert order_hire(emergency, dear).taken_with() == 2100, "an emergency is not held up"


def test_two_hires_are_ordered_in_turn_for_the_money_that_is_left(app: Flask) -> None:
    kind, unit_id, dear = plain_kind(), make_unit().id, make_vendor({"coach": 1800}).id
    with transaction():
        money_service.set_budget(unit_id, AT.year, Decimal(3400), "预算批复", BY)
    keys = [approve_hire(make_asked_hire(unit_id=unit_id, reason_class=kind)).id for _number in range(2)]

    def order(key: int) -> None:
        with transaction():
            service.order(db.session.get_one(Hire, key), Order(dear, "coach", 1), BY)

    with pytest.raises(Rejected):
        in_turn(app, lambda: order(keys[0]), lambda: order(keys[1]))
    assert used(unit_id) == 3300


def plain_kind() -> str:
    """A kind of activity that needs no paper and is no emergency."""
    with transaction():
        return rule_service.add_reason("下乡", False, AT.date(), "内部规定", False, BY).code
