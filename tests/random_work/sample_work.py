"""Work on the sample feature, which has every kind of metric."""

from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert

from ops.core import audit
from ops.core.db import db
from ops.indicators import stale
from tests.indicators.sample import Inspection, Serving, Stall
from tests.random_work.steps import BY, Deed, Draw, changed, days, recorded, some

canteens = st.integers(1, 3)


def arrange() -> None:
    """Nothing has to be there before."""


def serving_values(draw: Draw) -> dict[str, Any]:
    return {
        "canteen": draw(canteens),
        "day": draw(days),
        "diner": draw(st.integers(0, 6)),
        "price": draw(st.decimals(0, 99, places=2)),
        "satisfied": draw(st.booleans()),
    }


def serve(draw: Draw) -> Deed | None:
    values = serving_values(draw)
    return lambda: recorded("test.served", Serving(**values))


def serve_many_at_once(draw: Draw) -> Deed | None:
    rows = [serving_values(draw) for _ in range(draw(st.integers(1, 4)))]

    def deed() -> None:
        db.session.execute(insert(Serving), rows)
        stale.touch(Serving, {row["day"] for row in rows})
        audit.record("test.imported", "sample_serving", BY, rows=len(rows))

    return deed


def correct_serving(draw: Draw) -> Deed | None:
    if not (row := some(Serving, draw)):
        return None
    values = serving_values(draw)
    kept = draw(st.sets(st.sampled_from(sorted(values)), min_size=1))
    return lambda: changed(row, {name: values[name] for name in kept})


def remove_serving(draw: Draw) -> Deed | None:
    if not (row := some(Serving, draw)):
        return None

    def deed() -> None:
        db.session.delete(row)
        audit.record("test.removed", "sample_serving", BY)

    return deed


def open_stall(draw: Draw) -> Deed | None:
    canteen, day = draw(canteens), draw(days)
    return lambda: recorded("test.opened", Stall(canteen=canteen, opened_on=day))


def end_stall(draw: Draw) -> Deed | None:
    if not (row := some(Stall, draw)):
        return None
    day = draw(st.none() | days)
    return lambda: changed(row, {"closed_on": day})


def inspect(draw: Draw) -> Deed | None:
    canteen, day = draw(canteens), draw(days)
    return lambda: recorded("test.inspected", Inspection(canteen=canteen, day=day))


STEPS = (serve, serve_many_at_once, correct_serving, remove_serving, open_stall, end_stall, inspect)
