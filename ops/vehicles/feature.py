"""What vehicles give to the app."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.feature import Feature, MenuEntry, Todo, joined
from . import api, queries
from .approvals.feature import PART as APPROVALS
from .board.feature import PART as BOARD
from .complaints.feature import PART as COMPLAINTS
from .costs.feature import PART as COSTS
from .demo import make
from .driving.feature import PART as DRIVING
from .exchange.feature import PART as EXCHANGE
from .hires.feature import PART as HIRES
from .hours.feature import PART as HOURS
from .intake.feature import PART as INTAKE
from .limits.feature import PART as LIMITS
from .metrics import METRICS
from .obligations.feature import PART as OBLIGATIONS
from .odometer.feature import PART as ODOMETER
from .outside.feature import PART as OUTSIDE
from .permissions import GRANTS, Permission
from .positions.feature import PART as POSITIONS
from .records import RECORDS
from .register.feature import PART as REGISTER
from .rulebook.feature import PART as RULEBOOK
from .sealing.feature import PART as SEALING
from .settings.feature import PART as SETTINGS
from .settlement.feature import PART as SETTLEMENT
from .sharing.feature import PART as SHARING
from .views import bp
from .violations.feature import PART as VIOLATIONS
from .warming import read_once


def todos(actor: Actor, _day: date) -> list[Todo]:
    found = []
    if actor.may(Permission.TRIP_DISPATCH):
        found.append(
            Todo(
                _l("Requests waiting for a car"),
                _count(queries.waiting()),
                url_for("vehicles.requests", show="waiting"),
            )
        )
        found.append(
            Todo(
                _l("Cars not back in time"),
                _count(queries.overdue(clock.now())),
                url_for("vehicles.requests", show="overdue"),
                "late",
            )
        )
    for drive in db.session.scalars(queries.drives_of(actor)) if actor.may(Permission.TRIP_DRIVE) else ():
        when = f"{drive.starts_at:%m-%d %H:%M} {drive.vehicle.plate}"
        found.append(Todo(_l("Trip to drive"), 1, url_for("vehicles.trip", id=drive.request_id), "progress", when))
    return found


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


TRIPS = Feature(
    name="trips",
    label=_l("Car requests"),
    menu=(
        MenuEntry(
            _l("Car requests"),
            "vehicles.requests",
            Permission.REQUEST_LIST,
            (
                "vehicles",
                "vehicles.approvals",
                "vehicles.sharing",
                "vehicles.intake",
                "vehicles.settlement.kilometres",
                "vehicles.settlement.rating",
            ),
        ),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=(("vehicles.dispatches", Permission.FIGURE_READ),),
    todos=(todos,),
    demo=make,
    doors=(api.vehicles,),
    warming=(read_once,),
    records=RECORDS,
    refusals={
        "no_overlap_dispatch_vehicle_id": _l("The car has just been taken for that time."),
        "no_overlap_dispatch_driver_id": _l("The driver has just been taken for that time."),
        "no_overlap_dispatch_second_driver_id": _l("The driver has just been taken for that time."),
    },
)

PARTS = (DRIVING, BOARD, TRIPS, HIRES, APPROVALS, SETTLEMENT, INTAKE, SHARING, SETTINGS, REGISTER, ODOMETER, COSTS)
LATER = (OBLIGATIONS, SEALING, LIMITS, POSITIONS, VIOLATIONS, COMPLAINTS, EXCHANGE, HOURS, RULEBOOK, OUTSIDE)
FEATURE = joined("vehicles", _l("Vehicles"), bp, *PARTS, *LATER)
