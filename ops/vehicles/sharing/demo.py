"""Demo: requests that rode along with the trip of another, and one that left it again."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from ...core.db import db
from ...core.demo import DemoYear
from ..models import RequestWithdrawal, RideParting, SharedRide, TripRequest

Row = dict[str, Any]
RIDES, FREE_SEATS = 7, 3
ASKED_BY, DISPATCHED_BY = "单位联络员（演示）", "派车员（演示）"


def make(demo: DemoYear, trips: list[Row]) -> None:
    """They ask for the same way a quarter of an hour later; the trip lasts as long as it lasted."""
    chance = demo.chance("vehicles sharing")
    roomy = [trip for trip in trips if trip["seats"] - trip["people"] > FREE_SEATS and trip["km"] < 100]
    chosen = sorted(chance.sample(roomy, min(RIDES, len(roomy))), key=lambda trip: trip["id"])
    units = sorted({trip["unit_id"] for trip in trips})
    asked = [_request(trip, chance.choice([each for each in units if each != trip["unit_id"]])) for trip in chosen]
    keys = db.session.scalars(
        insert(TripRequest).returning(TripRequest.id, sort_by_parameter_order=True), asked
    ).all()  # fmt: skip
    rides = [
        {"dispatch_id": trip["id"], "request_id": key, "at": trip["dispatched_at"] + timedelta(minutes=20),
         "by": DISPATCHED_BY, "released_at": None}
        for trip, key in zip(chosen, keys, strict=True)
    ]  # fmt: skip
    left = rides[-1]
    left["released_at"] = left["at"] + timedelta(minutes=40)
    gone = {"at": left["released_at"], "reason": "改为线上参会（演示）"}
    [*_others, key] = db.session.scalars(
        insert(SharedRide).returning(SharedRide.id, sort_by_parameter_order=True), rides
    )  # fmt: skip
    db.session.execute(insert(RideParting), [{"ride_id": key, "by": DISPATCHED_BY, **gone}])
    db.session.execute(insert(RequestWithdrawal), [{"request_id": left["request_id"], "by": ASKED_BY, **gone}])


def _request(trip: Row, unit_id: int) -> Row:
    return {
        "unit_id": unit_id, "purpose": "参加会议", "destination": trip["destination"], "people": 1,
        "contact": f"用车人{unit_id:03}（演示）", "phone": f"0315-0000{unit_id:03}",
        "route": f"区政务中心—{trip['destination']}", "out_of_district": False,
        "starts_at": trip["starts_at"], "ends_at": trip["due_at"],
        "asked_at": trip["dispatched_at"] + timedelta(minutes=5), "asked_by": ASKED_BY,
    }  # fmt: skip
