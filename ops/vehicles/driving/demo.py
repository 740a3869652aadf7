"""Demo: what drivers paid on the way, dials they photographed, and kilometres that those who rode confirmed."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import files
from ...core.db import db
from ...core.demo import DemoYear
from ..models import Driver
from ..odometer.models import Source
from ..register import demo_pictures
from .models import DialPhoto, ExpenseKind, KilometreSignature, OverdueReminder, TripExpense

Row = dict[str, Any]
DRIVER, PHOTOGRAPHED, SIGNED_SHARE, PAID_SHARE = "司机（演示）", 3, 0.6, 0.04
AMOUNTS = {ExpenseKind.PARKING: (5, 20), ExpenseKind.OTHER: (10, 60)}


def make(demo: DemoYear, trips: list[Row]) -> None:
    chance = demo.chance("vehicles driving")
    paid = [row for trip in trips if (row := _expense(trip, chance))]
    signed = [_signature(trip) for trip in trips if chance.random() < SIGNED_SHARE or not trip["phone"]]
    late = [trip for trip in trips if trip["back"] > trip["due_at"] + timedelta(minutes=15)]
    db.session.execute(insert(TripExpense), paid)
    db.session.execute(insert(KilometreSignature), signed)
    told = [
        {"dispatch_id": trip["id"], "whom": "driver", "due_at": trip["due_at"],
         "at": trip["due_at"] + timedelta(minutes=15)}
        for trip in late
    ]  # fmt: skip
    if told:
        db.session.execute(insert(OverdueReminder), told)
    _photograph(trips, demo)


def _expense(trip: Row, chance: Random) -> Row | None:
    """Now and then something that no card paid for."""
    if chance.random() >= PAID_SHARE:
        return None
    kind = chance.choice(list(AMOUNTS))
    at = trip["starts_at"] + (trip["back"] - trip["starts_at"]) / 2
    return {"dispatch_id": trip["id"], "kind": kind, "amount": Decimal(chance.randint(*AMOUNTS[kind])), "litres": None,
            "photo_id": None, "at": at.replace(second=0, microsecond=0), "by": DRIVER}  # fmt: skip


def _signature(trip: Row) -> Row:
    unit = trip["unit_id"]
    return {"dispatch_id": trip["id"], "name": f"用车人{unit:03}（演示）", "phone_tail": f"0{unit:03}",
            "is_checked": bool(trip["phone"]),
            "kilometres": trip["end"] - trip["start"], "at": trip["back"] + timedelta(minutes=2),
            "by": DRIVER}  # fmt: skip


def _photograph(trips: list[Row], demo: DemoYear) -> None:
    """The last trips of the driver who has a sign-in of his own: the dial at both ends."""
    driver = db.session.scalar(select(Driver.id).where(Driver.user_id.is_not(None)).order_by(Driver.id))
    chosen = [trip for trip in trips if trip["driver_id"] == driver][-PHOTOGRAPHED:]
    made = []
    for trip in chosen:
        for source, at, value in (
            (Source.DEPARTURE, trip["starts_at"], trip["start"]), (Source.RETURN, trip["back"], trip["end"]),
        ):  # fmt: skip
            kept = files.keep_bytes(demo_pictures.dial(value), f"里程表{value}（演示）.png", demo.by)
            made.append((trip["id"], source, at, kept))
    db.session.flush()
    rows = [
        {"dispatch_id": key, "source": source, "attachment_id": kept.id, "at": at, "by": DRIVER}
        for key, source, at, kept in made
    ]
    if rows:
        db.session.execute(insert(DialPhoto), rows)
