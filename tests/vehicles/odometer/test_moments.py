"""A dial that is replaced in the very minute in which a trip begins or ends."""

from datetime import timedelta

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import month
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.vehicles import service as trips
from ops.vehicles.odometer import replacing
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
