"""Readings are facts: noted, corrected, reversed, and the trips' kilometres follow."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.indicators import rollup
from ops.indicators.readings import by_scope, read
from ops.indicators.verification import drifts
from ops.vehicles import service as trips
from ops.vehicles.models import Dispatch
from ops.vehicles.odometer import queries, replacing, service
from ops.vehicles.odometer.models import OdometerReading, Source
from tests.factories import AT, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

MAY = month(2023, 5)


def no_drift() -> bool:
    rollup.refresh()
    return list(drifts()) == []


def driven(by: Actor, start: int = 1000, end: int = 1080, **values: object) -> Dispatch:
    dispatch = make_departure(make_dispatch(**values), odometer=start)
    with transaction():
        trips.take_back(dispatch, dispatch.starts_at + timedelta(hours=3), end, by, dial_reason="misread")
    return dispatch


def test_a_trip_writes_its_two_readings_through_one_service(app: Flask, by: Actor) -> None:
    dispatch = driven(by)
    rows = db.session.scalars(select(OdometerReading).order_by(OdometerReading.id)).all()
    assert [(row.value, row.source, row.dispatch_id) for row in rows] == [
        (1000, "departure", dispatch.id), (1080, "return", dispatch.id)]  # fmt: skip
    assert dispatch.departure
    assert dispatch.trip_return
    assert (dispatch.departure.odometer, dispatch.trip_return.odometer) == (1000, 1080)


def test_a_mistyped_dial_is_corrected_and_the_kilometres_follow(app: Flask, by: Actor) -> None:
    dispatch = driven(by, 1000, 1800)
    assert read("vehicles.kilometres", MAY).value == 800
    wrong = queries.of_trip(dispatch.id, Source.RETURN)
    assert wrong
    with transaction():
        right = service.correct(wrong, 1080, "看错一位", by)
    assert (right.corrects_id, right.source, right.at) == (wrong.id, "return", wrong.at)
    assert wrong.reversal
    assert read("vehicles.kilometres", MAY).value == 80
    assert by_scope("vehicles.kilometres", MAY)[dispatch.vehicle_id].value == 80
    assert dispatch.trip_return
    assert dispatch.trip_return.odometer == 1080
    assert no_drift()


@pytest.mark.parametrize(("source", "value"), [(Source.RETURN, 999), (Source.RETURN, 6001), (Source.DEPARTURE, 1081)])
def test_a_correction_that_leaves_no_trip_is_refused(app: Flask, by: Actor, source: Source, value: int) -> None:
    wrong = queries.of_trip(driven(by).id, source)
    assert wrong
    with pytest.raises(Rejected) as refused, transaction():
        service.correct(wrong, value, "看错", by)
    assert refused.value.field == "value"
    assert db.session.scalar(select(func.count()).select_from(OdometerReading)) == 2


def test_a_reading_is_corrected_once_and_not_to_what_it_is(app: Flask, by: Actor) -> None:
    wrong = queries.of_trip(driven(by).id, Source.RETURN)
    assert wrong
    with pytest.raises(Rejected), transaction():
        service.correct(wrong, 1080, "看错", by)
    with transaction():
        service.correct(wrong, 1090, "看错", by)
    with pytest.raises(Rejected), transaction():
        service.correct(wrong, 1100, "看错", by)


def test_a_reading_of_a_trip_is_not_reversed_and_any_other_is(app: Flask, by: Actor) -> None:
    of_trip = queries.of_trip(driven(by).id, Source.RETURN)
    assert of_trip
    with pytest.raises(Rejected), transaction():
        service.reverse(of_trip, "多余", by)
    with transaction():
        other = service.record(of_trip.vehicle_id, 1500, AT + timedelta(days=1), Source.MANUAL, "", by)
    assert queries.latest(of_trip.vehicle_id, AT + timedelta(days=2)) == 1500
    with transaction():
        service.reverse(other, "多余", by)
    assert queries.latest(of_trip.vehicle_id, AT + timedelta(days=2)) == 1080
    with pytest.raises(Rejected), transaction():
        service.reverse(other, "多余", by)


def test_the_dial_to_expect_is_the_latest_before_the_moment_whatever_was_entered_last(app: Flask, by: Actor) -> None:
    car = make_vehicle().id
    with transaction():
        service.record(car, 5000, AT + timedelta(days=9), Source.MANUAL, "", by)
        service.record(car, 4000, AT, Source.MANUAL, "", by)
    assert queries.latest(car, AT + timedelta(days=10)) == 5000
    assert queries.latest(car, AT + timedelta(days=8)) == 4000
    assert queries.latest(car, AT - timedelta(days=1)) is None


def test_after_a_replacement_the_new_dial_is_expected_and_trips_across_it_count_right(app: Flask, by: Actor) -> None:
    dispatch = make_departure(make_dispatch(), odometer=99_950)
    at = dispatch.starts_at + timedelta(hours=1)
    with transaction():
        replacing.replace_dial(dispatch.vehicle_id, at, 99_990, 0, "维修单第7号", None, by)
    with transaction():
        trips.take_back(dispatch, dispatch.starts_at + timedelta(hours=3), 45, by)
    assert read("vehicles.kilometres", MAY).value == 85
    assert queries.latest(dispatch.vehicle_id, datetime(2023, 6, 1)) == 45
    assert queries.latest(dispatch.vehicle_id, at) == 0
    assert no_drift()


def test_a_replacement_entered_after_the_trip_makes_its_day_right(app: Flask, by: Actor) -> None:
    dispatch = driven(by)
    assert read("vehicles.kilometres", MAY).value == 80
    with transaction():
        replacing.replace_dial(dispatch.vehicle_id, AT + timedelta(hours=1), 1200, 1030, "单据", None, by, "long_way")
    assert read("vehicles.kilometres", MAY).value == 250
    assert no_drift()


def test_a_gap_is_found_and_settled_with_a_reason_once(app: Flask, by: Actor) -> None:
    first = driven(by)
    driven(by, 1200, 1250, starts_at=AT + timedelta(days=1), vehicle_id=first.vehicle_id)
    period = year(2023)
    [gap] = queries.findings(period.first, period.last)[first.vehicle_id]
    assert gap.kilometres == 120
    with transaction():
        service.settle(gap.key, first.vehicle_id, "送检途中未派单", by)
    assert queries.settlements([gap.key])[gap.key].reason == "送检途中未派单"
    with pytest.raises(Rejected), transaction():
        service.settle(gap.key, first.vehicle_id, "再写一次", by)


def test_a_dial_replaced_in_another_year_is_no_gap_of_this_one(app: Flask, by: Actor) -> None:
    """Trips before and after it in its own year lie between the dial and what the other years look at."""
    car = make_vehicle().id
    dials = {(2022, 5): 1000, (2023, 2): 1080, (2023, 8): 7, (2024, 5): 87}
    for (number, of_year), start in dials.items():
        driven(by, start, start + 80, starts_at=datetime(number, of_year, 9, 8), vehicle_id=car)
    with transaction():
        replacing.replace_dial(car, datetime(2023, 5, 9, 8), 1160, 7, "维修单", None, by)
    for number in (2022, 2023, 2024):
        assert queries.findings(year(number).first, year(number).last) == {}, number
    assert queries.findings(year(2022).first, year(2024).last) == {}


def test_a_period_looks_at_the_reading_before_it(app: Flask, by: Actor) -> None:
    car = make_vehicle().id
    with transaction():
        service.record(car, 100, datetime(2023, 4, 1), Source.MANUAL, "", by)
        service.record(car, 300, datetime(2023, 4, 30, 9), Source.MANUAL, "", by)
        service.record(car, 500, datetime(2023, 5, 3), Source.MANUAL, "", by)
    assert [row.value for row in queries.reads(MAY.first, MAY.last)[car]] == [300, 500]
    [gap] = queries.findings(MAY.first, MAY.last)[car]
    assert gap.kilometres == 200


@pytest.mark.parametrize(
    ("value", "days", "field"), [(-1, 0, "odometer"), (2_000_001, 0, "odometer"), (5, 99999, "at")]
)
def test_a_reading_that_cannot_be_is_refused(app: Flask, by: Actor, value: int, days: int, field: str) -> None:
    car = make_vehicle().id
    with pytest.raises(Rejected) as refused, transaction():
        service.record(car, value, AT + timedelta(days=days), Source.MANUAL, "", by)
    assert refused.value.field == field
