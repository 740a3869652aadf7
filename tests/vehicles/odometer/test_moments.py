"""A dial that is replaced in the very minute in which a trip begins or ends."""

from datetime import timedelta

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.vehicles import service as trips
from ops.vehicles.odometer import queries, replacing, service
from ops.vehicles.odometer.models import DialReplacement, Source
from tests.factories import AT, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch


@pytest.mark.parametrize(("hours", "last", "driven"), [(0, 1005, 80), (1, 1005, 85), (3, 1085, 85), (4, 1100, 80)])
def test_a_replacement_counts_after_the_start_and_up_to_the_return(
    app: Flask, by: Actor, hours: int, last: int, driven: int
) -> None:
    """The reading of that minute is of the new dial: at the start it hides nothing, at the return it does."""
    made = make_departure(make_dispatch(), 1000)
    with transaction():
        trips.take_back(made, made.starts_at + timedelta(hours=3), 1080, by)
    assert read("vehicles.kilometres", month(2023, 5)).value == 80
    with transaction():
        at = made.starts_at + timedelta(hours=hours)
        replacing.replace_dial(made.vehicle_id, at, last, last - 5, "维修单", None, by)
    assert read("vehicles.kilometres", month(2023, 5)).value == driven
    refresh()
    assert list(drifts()) == []


@pytest.mark.parametrize(
    ("minutes", "value", "said"),
    [
        (19, 84_676, "19分钟内相差84,666公里，超过每小时120公里"),
        (48 * 60, 5_000, "2.0天内相差4,990公里，远超平时"),
        (48 * 60, 200, ""),
    ],
)
def test_what_a_new_dial_showed_first_is_held_against_what_was_read_of_it_next(
    app: Flask, by: Actor, minutes: int, value: int, said: str
) -> None:
    """The next reading is named; with a reason it is taken, and the reason stays with the replacement."""
    car = make_vehicle().id
    with transaction():
        service.record(car, 83_876, AT - timedelta(minutes=1), Source.MANUAL, "", by)
        service.record(car, value, AT + timedelta(minutes=minutes), Source.MANUAL, "", by, "misread")

    def put_in(reason: str) -> DialReplacement:
        with transaction():
            return replacing.replace_dial(car, AT, 83_876, 10, "维修单", None, by, reason)

    if not said:
        assert put_in("").confirmation is None
        return
    with pytest.raises(Rejected) as refused:
        put_in("")
    assert (refused.value.field, said in str(refused.value.message)) == ("dial_reason", True), refused.value.message
    assert f"其后{AT + timedelta(minutes=minutes):%Y-%m-%d %H:%M}的读数为{value:,}公里" in str(refused.value.message)
    assert not queries.replacements_of(car)
    confirmed = put_in("misread").confirmation
    assert confirmed is not None
    assert (confirmed.beside, confirmed.why) == (value, "misread")
