"""Kilometres of any period are the same whatever the order of entry: one car's year entered twice, in two orders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ops.core.access import system
from ops.core.db import transaction
from ops.core.period import Period, month
from ops.indicators.readings import read
from ops.vehicles import service
from ops.vehicles.odometer import queries, replacing
from ops.vehicles.odometer import service as dials
from ops.vehicles.odometer.models import Source
from ops.vehicles.odometer.rules import dial_distance
from tests.factories import make_driver, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

BY = system("test")
NEW_YEAR = datetime(2023, 1, 1, 7)
# a new dial begins beyond the old one, or a return that is entered before its replacement would be refused
NEW_DIAL, OLD_MOST = 4000, 3000


@dataclass(frozen=True)
class Fact:
    """Something to enter about a car; `hour` is when it was, in hours of the year."""

    hour: int
    enter: Callable[[int, int], None]


def trip(hour: int, length: int, start: int, end: int, *, misread: bool) -> Fact:
    """With what the driver typed wrongly and somebody put right."""

    def enter(car: int, driver: int) -> None:
        left = NEW_YEAR + timedelta(hours=hour)
        made = make_departure(make_dispatch(left, length, vehicle_id=car, driver_id=driver), start)
        with transaction():
            shown = end + 7 if misread else end
            service.take_back(made, left + timedelta(hours=length), shown, BY, dial_reason="misread")
        if misread and (reading := queries.of_trip(made.id, Source.RETURN)):
            with transaction():
                dials.correct(reading, end, "读错", BY, "misread")

    return Fact(hour, enter)


def by_hand(hour: int, value: int) -> Fact:
    def enter(car: int, _driver: int) -> None:
        with transaction():
            dials.record(car, value, NEW_YEAR + timedelta(hours=hour), "manual", "", BY, "misread")

    return Fact(hour, enter)


def replaced(hour: int, old_last: int) -> Fact:
    def enter(car: int, _driver: int) -> None:
        with transaction():
            at = NEW_YEAR + timedelta(hours=hour)
            replacing.replace_dial(car, at, old_last, NEW_DIAL, "维修单", None, BY, "misread")

    return Fact(hour, enter)


@st.composite
def years(draw: st.DrawFn) -> list[Fact]:
    """A dial that goes up all year, read at trips and between them; perhaps replaced on the way of one."""
    facts, hour, shown = [], 0, 0
    changes = draw(st.none() | st.integers(0, 5))
    for number in range(draw(st.integers(3, 6))):
        hour += draw(st.integers(5, 1400))
        length, driven = draw(st.integers(2, 30)), draw(st.integers(1, 400))
        start, shown = shown, shown + driven
        if number == changes and shown < OLD_MOST:
            facts.append(replaced(hour + 1, start + driven // 2))
            shown = NEW_DIAL + driven - driven // 2
        facts.append(trip(hour, length, start, shown, misread=draw(st.booleans())))
        hour += length
        if draw(st.booleans()):
            shown += draw(st.integers(0, 9))
            facts.append(by_hand(hour + 2, shown))
            hour += 3
    return facts


def entered(facts: Sequence[Fact]) -> int:
    car, driver = make_vehicle().id, make_driver().id
    for fact in facts:
        fact.enter(car, driver)
    return car


periods = st.tuples(st.dates(date(2022, 12, 30), date(2024, 2, 1)), st.dates(date(2022, 12, 30), date(2024, 2, 1)))


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(facts=years(), seed=st.integers(0, 9999), asked=st.lists(periods, min_size=2, max_size=4))
def test_kilometres_of_any_period_are_the_same_whatever_the_order_of_entry(
    app: Flask, facts: list[Fact], seed: int, asked: list[tuple[date, date]]
) -> None:
    del app
    by_time, shuffled = sorted(facts, key=lambda fact: fact.hour), Random(seed).sample(facts, len(facts))
    one, other = entered(by_time), entered(shuffled)
    months = [month(2023, number) for number in range(1, 13)]
    for period in [*months, *(Period(min(ends), max(ends)) for ends in asked)]:
        figures = [read("vehicles.kilometres", period, car) for car in (one, other)]
        assert figures[0].value == figures[1].value
        assert figures[0].records == figures[1].records
        moved = [
            dial_distance(queries.reads(vehicle_id=car)[car], queries.replaced_by_car().get(car, ()), *ends(period))
            for car in (one, other)
        ]
        assert moved[0] == moved[1]
    total = sum(read("vehicles.kilometres", each, one).part for each in (*months, month(2024, 1), month(2024, 2)))
    assert total == read("vehicles.kilometres", Period(date(2023, 1, 1), date(2024, 2, 29)), one).part > 0
    shown = [[value for _read, value in queries.shown_at(car)] for car in (one, other)]
    assert shown[0] == shown[1] == sorted(shown[0])


def ends(period: Period) -> tuple[date, date]:
    return period.first, period.last
