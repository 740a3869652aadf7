"""Costs are rows; a wrong one is taken back by a second; cards add up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import evidence, rollup
from ops.indicators.catalogue import metrics
from ops.indicators.readings import by_scope, read
from ops.indicators.verification import drifts
from ops.vehicles.costs import account, fuel_queries, queries, service
from ops.vehicles.costs.metrics import METRICS
from ops.vehicles.costs.models import CostKind, FuelFill, PolicyPart, VehicleCost
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.queries import latest
from tests.factories import AT, DAY, make_vehicle
from tests.vehicles.costs.factories import BY, make_card, make_cost, make_driven, make_fill

PERIOD = year(2023)


def test_costs_kilometres_and_fuel_of_a_car_are_sums_over_sums(app: Flask) -> None:
    trip = make_driven(1000, 1100)
    car = trip.vehicle_id
    make_fill(vehicle_id=car, litres="8.5", amount="68.25")
    make_cost(vehicle_id=car, amount="31.75")
    make_cost(amount="5")
    sums = account.of_car(car, PERIOD)
    assert sums.amounts == {"energy": Decimal("68.25"), "tolls": Decimal("31.75")}
    assert (sums.total, sums.kilometres, sums.per_km, sums.per_100) == (100, 100, 1, Decimal("8.50"))
    assert read("vehicles.cost", PERIOD).value == 105
    assert read("vehicles.cost_per_km", PERIOD, car).text == "1.00"
    assert read("vehicles.fuel_per_100km", PERIOD, car).text == "8.50"
    everybody = account.together(account.all_cars(PERIOD))
    assert (everybody.total, everybody.kilometres, everybody.litres) == (105, 100, Decimal("8.5"))


def test_every_figure_equals_the_foot_of_its_evidence(app: Flask) -> None:
    trip = make_driven()
    make_fill(vehicle_id=trip.vehicle_id)
    make_cost(vehicle_id=trip.vehicle_id)
    for metric in METRICS:
        for scope in (0, trip.vehicle_id, trip.vehicle_id + 1):
            figure, foot = read(metric.name, PERIOD, scope), evidence.foot(metrics()[metric.name], PERIOD, scope)
            assert (figure.part, figure.whole, figure.records) == (foot.part, foot.whole, foot.records), metric.name
    rollup.refresh()
    assert list(drifts()) == []


def test_a_row_is_taken_back_by_a_second_one_once(app: Flask) -> None:
    row = make_cost()
    assert read("vehicles.cost", PERIOD).value == Decimal("12.5")
    with transaction():
        turned = service.reverse(row, "重复登记", BY)
    assert (turned.amount, turned.day, turned.reverses_id) == (Decimal("-12.5"), row.day, row.id)
    assert read("vehicles.cost", PERIOD).value == 0
    for again in (row, turned):
        with pytest.raises(Rejected), transaction():
            service.reverse(again, "再冲", BY)
    assert db.session.scalar(select(func.count()).select_from(VehicleCost)) == 2


def test_with_a_fill_go_its_litres_its_dial_and_the_money_of_its_card(app: Flask) -> None:
    car = make_vehicle().id
    card = make_card(car)
    with transaction():
        service.top_up(card, DAY, Decimal(500), "T1", BY)
    row = make_fill(vehicle_id=car, odometer_value=Decimal(5000), card_id=card.id)
    assert queries.card_entries(card.id)[-1][1] == 200
    assert latest(car, AT) == 5000
    with transaction():
        service.reverse(row, "录错车辆", BY)
    assert queries.card_entries(card.id)[-1][1] == 500
    assert latest(car, AT) is None
    assert db.session.scalar(select(func.sum(FuelFill.litres))) == 0
    assert fuel_queries.fills(DAY)[car] == []
    assert read("vehicles.cost", PERIOD).value == 0


def test_a_correction_of_the_dial_reaches_the_fill(app: Flask) -> None:
    row = make_fill(odometer_value=Decimal(50_000))
    [reading] = odometer.queries.of_cost(row.id)
    with transaction():
        odometer.correct(reading, 5000, "多写一位", BY)
    assert row.fill
    assert row.fill.odometer == 5000


def test_a_card_of_one_car_fills_no_other_and_a_shared_one_does(app: Flask) -> None:
    mine, other = make_vehicle().id, make_vehicle().id
    card, shared = make_card(mine), make_card(None, "9001")
    with pytest.raises(Rejected) as refused:
        make_fill(vehicle_id=other, card_id=card.id)
    assert refused.value.field == "card_id"
    make_fill(vehicle_id=other, card_id=shared.id)
    assert queries.card_entries(shared.id)[-1][1] == -300


def test_a_top_up_is_taken_back_once_and_a_fill_not_from_the_card(app: Flask) -> None:
    card = make_card()
    with transaction():
        entry = service.top_up(card, DAY, Decimal(500), "T1", BY)
    make_fill(card_id=card.id)
    with transaction():
        service.reverse_top_up(entry, "未到账", BY)
    assert [balance for _row, balance in queries.card_entries(card.id)] == [500, 200, -300]
    rows = [row for row, _balance in queries.card_entries(card.id)]
    for row in rows:
        with pytest.raises(Rejected), transaction():
            service.reverse_top_up(row, "再冲", BY)
    with pytest.raises(Rejected) as refused:
        make_card()
    assert refused.value.field == "number"


def test_premiums_add_up_to_the_cost_of_the_policy(app: Flask) -> None:
    premiums = {PolicyPart.COMPULSORY: (None, Decimal(950)), PolicyPart.THIRD_PARTY: (Decimal(1_000_000), Decimal(800))}
    given = (DAY, "保险公司", "B1", DAY, DAY + timedelta(days=364), premiums, "P1", None, BY)
    with transaction():
        row = service.insure(make_vehicle().id, *given)
    assert (row.amount, row.kind) == (1750, CostKind.INSURANCE)
    assert row.policy
    assert [(each.part, each.premium) for each in row.policy.parts] == [("compulsory", 950), ("third_party", 800)]


@pytest.mark.parametrize(
    ("premiums", "to_on", "field"),
    [({}, DAY, "premiums"), ({PolicyPart.THEFT: (None, Decimal(0))}, DAY, "theft_premium"),
     ({PolicyPart.THEFT: (None, Decimal(9))}, DAY - timedelta(days=1), "to_on")],
)  # fmt: skip
def test_a_policy_without_a_length_or_a_premium_is_refused(
    app: Flask, premiums: dict[PolicyPart, tuple[None, Decimal]], to_on: date, field: str
) -> None:
    with pytest.raises(Rejected) as refused, transaction():
        service.insure(make_vehicle().id, DAY, "保险公司", "B1", DAY, to_on, premiums, "", None, BY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("values", "field"),
    [({"amount": "0"}, "amount"), ({"amount": "-1"}, "amount"), ({"amount": "10000000.01"}, "amount"),
     ({"day": date(2019, 12, 31)}, "day"), ({"kind": CostKind.ENERGY}, "kind"), ({"kind": CostKind.INSURANCE}, "kind")],
)  # fmt: skip
def test_a_cost_that_cannot_be_is_refused_and_writes_nothing(app: Flask, values: dict[str, object], field: str) -> None:
    with pytest.raises(Rejected) as refused:
        make_cost(**values)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(VehicleCost)) == 0


def test_a_day_to_come_is_refused(app: Flask) -> None:
    with pytest.raises(Rejected):
        make_cost(day=clock.today() + timedelta(days=1))


def test_a_cost_finds_the_only_trip_of_its_day_and_none_among_several(app: Flask) -> None:
    trip = make_driven()
    assert make_cost(vehicle_id=trip.vehicle_id).dispatch_id == trip.id
    make_driven(1080, 1100, AT + timedelta(hours=6), vehicle_id=trip.vehicle_id)
    assert make_cost(vehicle_id=trip.vehicle_id).dispatch_id is None


def test_neither_kilometres_nor_fills_of_an_electric_car_count_as_fuel(app: Flask) -> None:
    on_fuel, electric = make_driven(0, 100), make_driven(0, 900)
    make_fill(vehicle_id=on_fuel.vehicle_id, litres="9")
    assert read("vehicles.fuel_per_100km", PERIOD).text == "0.90"
    with transaction():
        service.set_tank(electric.vehicle_id, "electric", None, BY)
    assert read("vehicles.fuel_per_100km", PERIOD).text == "9.00"
    make_fill(vehicle_id=electric.vehicle_id, litres="500")
    assert read("vehicles.fuel_per_100km", PERIOD).text == "9.00"
    with transaction():
        service.set_tank(electric.vehicle_id, "petrol", None, BY)
    assert read("vehicles.fuel_per_100km", PERIOD).text == "50.90"
    rollup.refresh()
    assert list(drifts()) == []


def test_the_figures_of_all_scopes_in_one_query_are_those_of_each(app: Flask) -> None:
    trip = make_driven()
    make_cost(vehicle_id=trip.vehicle_id)
    make_cost()
    for name in ("vehicles.cost", "vehicles.kilometres", "vehicles.cost_per_km"):
        found = by_scope(name, PERIOD)
        assert found
        assert all(figure == read(name, PERIOD, scope) for scope, figure in found.items())
