"""Why a car cannot go: sealed, in repair, lapsed, reserved; on the board with colour and word, refused in words."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.core.timeslot import Slot
from ops.people.roles import Role
from ops.vehicles.board import service
from ops.vehicles.board.blocks import Block, BlockKind, remaining
from ops.vehicles.board.contributors import blocks
from ops.vehicles.board.drawing import Mark, in_lanes
from ops.vehicles.board.models import VehicleReservation
from ops.vehicles.board.queries import cars, period_of
from ops.vehicles.costs import repair_service
from ops.vehicles.models import Vehicle
from ops.vehicles.obligations import service as obligations
from ops.vehicles.obligations.models import Obligation, ObligationKind
from ops.vehicles.sealing import service as sealing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_vehicle
from tests.vehicles.costs.factories import make_job
from tests.vehicles.factories import make_dispatch
from tests.vehicles.sealing.test_sealing import IN_IT, make_holiday, seal

ROOT = Path(__file__).parents[3]
WEEK = period_of(date(2023, 10, 2), 7)


def kinds(car: Vehicle, period: Slot = WEEK) -> list[tuple[str, datetime, datetime]]:
    return [
        (each.kind, each.starts_at, each.ends_at) for each in blocks(period, cars(period)) if each.vehicle_id == car.id
    ]


def owe(car: Vehicle, due_on: date, by: Actor, kind: ObligationKind = ObligationKind.INSPECTION_TEST) -> Obligation:
    with transaction():
        return obligations.owe(car.id, kind, due_on, None, by)


def keep(car: Vehicle, starts_at: datetime, by: Actor, hours: int = 4) -> VehicleReservation:
    with transaction():
        return service.reserve(car, starts_at, starts_at + timedelta(hours=hours), "迎检备用", by)


@pytest.mark.pure
def test_what_is_cut_out_of_a_slot_leaves_the_rest() -> None:
    def hours(*pairs: tuple[int, int]) -> list[Slot]:
        return [Slot(AT.replace(hour=start), AT.replace(hour=end)) for start, end in pairs]

    [whole] = hours((8, 18))
    assert remaining(whole, hours((10, 12), (17, 20))) == hours((8, 10), (12, 17))
    assert remaining(whole, hours((6, 20))) == []
    assert remaining(whole, []) == [whole]


def test_a_sealed_car_is_blocked_but_for_the_time_of_its_leave(app: Flask, by: Actor) -> None:
    car = make_vehicle()
    [row] = seal(make_holiday(by), [car.id], by)
    assert [each[0] for each in kinds(car)] == [BlockKind.SEALED]
    with transaction():
        sealing.allow(row, IN_IT, IN_IT + timedelta(hours=9), "分管领导", "抢险", by)
    before, after = kinds(car)
    assert (before[2], after[1]) == (IN_IT, IN_IT + timedelta(hours=9))


def test_a_car_is_in_repair_from_the_approval_until_it_is_done(app: Flask, by: Actor) -> None:
    car, today = make_vehicle(), clock.today()
    job = make_job(vehicle_id=car.id, day=today)
    with transaction():
        repair_service.quote(job, [("机油", Decimal(300))], "", by)
    assert kinds(car, period_of(today, 1)) == []
    with transaction():
        repair_service.approve(job, Decimal(300), "", "", by)
    [(kind, _since, until)] = kinds(car, period_of(today, 1))
    assert (kind, until) == (BlockKind.REPAIR, datetime.combine(today + timedelta(days=1), datetime.min.time()))
    with pytest.raises(Rejected, match="定点维修厂"):
        make_dispatch(clock.now() + timedelta(minutes=1), hours=1, vehicle_id=car.id)
    with transaction():
        repair_service.finish(job, "", by)
    assert kinds(car, Slot(clock.now() + timedelta(minutes=1), clock.now() + timedelta(hours=1))) == []


def test_what_lapsed_blocks_the_days_after_it_is_due_except_those_of_a_leave(app: Flask, by: Actor) -> None:
    car, insured = make_vehicle(), make_vehicle()
    owed = owe(car, date(2023, 10, 3), by)
    owe(insured, date(2023, 9, 1), by, ObligationKind.COMPULSORY)
    assert kinds(car) == [(BlockKind.INSPECTION, datetime(2023, 10, 4), datetime(2023, 10, 9))]
    assert kinds(insured) == [(BlockKind.LAPSED, WEEK.start, WEEK.end)]
    with transaction():
        obligations.allow(owed, date(2023, 10, 5), date(2023, 10, 6), "分管领导", "抢险", by)
    assert [each[1:] for each in kinds(car)] == [
        (datetime(2023, 10, 4), datetime(2023, 10, 5)), (datetime(2023, 10, 7), datetime(2023, 10, 9)),
    ]  # fmt: skip


def test_a_reserved_car_is_given_to_nobody_until_it_is_lifted(app: Flask, by: Actor) -> None:
    car, at = make_vehicle(), datetime.combine(clock.today() + timedelta(days=2), AT.time())
    row = keep(car, at, by)
    assert kinds(car, Slot(at, at + timedelta(hours=1))) == [(BlockKind.RESERVED, at, at + timedelta(hours=4))]
    with pytest.raises(Rejected, match="迎检备用") as refusal:
        make_dispatch(at, vehicle_id=car.id)
    assert refusal.value.field == "vehicle_id"
    make_dispatch(at + timedelta(hours=4), vehicle_id=car.id)
    with transaction():
        service.lift(row, "不再需要", by)
    make_dispatch(at, vehicle_id=car.id)
    with pytest.raises(Rejected):
        service.lift(row, "不再需要", by)


def test_a_reservation_over_a_trip_or_another_or_in_the_past_is_refused(app: Flask, by: Actor) -> None:
    at = datetime.combine(clock.today() + timedelta(days=2), AT.time())
    trip, car = make_dispatch(at), make_vehicle()
    keep(car, at, by)
    for vehicle, starts_at, hours, field in (
        (trip.vehicle, at, 1, "starts_at"), (car, at, 1, "starts_at"), (car, AT, 1, "ends_at"),
        (car, at + timedelta(days=9), 0, "ends_at"), (car, at + timedelta(days=9), 24 * 93, "ends_at"),
    ):  # fmt: skip
        with pytest.raises(Rejected) as refusal:
            keep(vehicle, starts_at, by, hours)
        assert refusal.value.field == field


def test_it_is_reserved_and_lifted_from_the_cars_page(app: Flask, sign_in: SignIn) -> None:
    car, day = make_vehicle(), clock.today() + timedelta(days=2)
    dispatcher, form = sign_in(Role.DISPATCHER), f"/vehicles/board/cars/{car.id}/reservation"
    assert form in dispatcher.get(f"/vehicles/cars/{car.id}").text
    typed = {"starts_at": f"{day}T08:00", "ends_at": f"{day}T18:00", "reason_given": ""}
    assert dispatcher.post(form, data=typed).status_code == 422
    assert dispatcher.post(form, data={**typed, "reason_given": "迎检备用"}).status_code == 303
    board = dispatcher.get(f"/vehicles/board?day={day}").text
    assert 'class="block is-reserved"' in board
    assert "预留 迎检备用" in board
    assert "迎检备用" in dispatcher.get(f"/vehicles/board?day={day}&as=table").text
    shown = dispatcher.get(f"/vehicles/cars/{car.id}").text
    lift = shown.split("/vehicles/board/reservations/")[1].split("/")[0]
    assert (
        dispatcher.post(f"/vehicles/board/reservations/{lift}/lift", data={"reason_given": "取消"}).status_code == 303
    )
    assert 'class="block is-reserved"' not in dispatcher.get(f"/vehicles/board?day={day}").text
    assert sign_in(Role.LEADER).get(form).status_code == 403


@pytest.mark.pure
def test_what_holds_at_once_stands_beside_one_another_and_the_rest_alone() -> None:
    def mark(start: int, end: int, kind: BlockKind) -> Mark:
        return Mark(Block(1, AT, AT, kind), start, end)

    marks = [
        mark(0, 100, BlockKind.SEALED), mark(50, 200, BlockKind.LAPSED), mark(120, 150, BlockKind.RESERVED),
        mark(300, 400, BlockKind.REPAIR),
    ]  # fmt: skip
    placed = {each.block.kind: (each.lane, each.lanes) for each in in_lanes(marks)}
    assert placed == {
        BlockKind.SEALED: (1, 2), BlockKind.LAPSED: (2, 2), BlockKind.RESERVED: (1, 2), BlockKind.REPAIR: (1, 1),
    }  # fmt: skip
    four = [(each.lane, each.lanes) for each in in_lanes([mark(0, 9, kind) for kind in list(BlockKind)[:4]])]
    assert four == [(1, 3), (2, 3), (3, 3), (3, 3)]


def test_a_sealed_car_with_something_lapsed_says_both_on_the_board(app: Flask, sign_in: SignIn, by: Actor) -> None:
    car = make_vehicle()
    seal(make_holiday(by), [car.id], by)
    owe(car, date(2023, 9, 1), by, ObligationKind.COMPULSORY)
    board = sign_in(Role.AUDITOR).get("/vehicles/board?day=2023-10-02").text
    assert 'class="block is-sealed lane-1-of-2"' in board
    assert 'class="block is-lapsed lane-2-of-2"' in board
    for word in ("封存", "到期未办"):
        assert f"<span>{word} " in board


@pytest.mark.pure
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_keeps_a_car_from_going_and_late_trips_have_colours_of_their_own_that_can_be_read(mode: str) -> None:
    """4.5:1 on the page, as WCAG works it out, and no two of them the same."""
    css = (ROOT / "static/css/tokens.css").read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if mode == "light" else dark))
    board = (ROOT / "static/css/board.css").read_text()
    edges = {
        kind: re.search(rf"\.is-{kind}\b[^{{]*{{ --edge: var\(--([\w-]+)\)", board)[1]  # type: ignore[index]
        for kind in ("late", *(each for each in BlockKind if each is not BlockKind.OFF_REGISTER))
    }
    assert len({tokens[edge] for edge in edges.values()}) == len(edges)
    for kind, edge in edges.items():
        assert contrast(tokens[edge], tokens["page"]) >= 4.5, (kind, edge)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
