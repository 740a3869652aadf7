"""The office-room standard as dated rows: which number holds is a function of item and day."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from ..core import audit
from ..core.access import system
from ..core.db import db
from ..people.ranks import Rank
from ..places.models import Campus
from .models import RoomStandard, Subject
from .rules import Formula

PUBLISHED = Path(__file__).parent / "data" / "standards.json"
CAMPUSES = ("主城区", "临港商务区")
LEVEL = "县级机关"


def standards(day: date, subject: Subject) -> dict[str, RoomStandard]:
    """The rows in force on the day, by item."""
    held = (RoomStandard.level == LEVEL, RoomStandard.subject == subject, RoomStandard.valid_from <= day)
    rows = db.session.scalars(select(RoomStandard).where(*held).order_by(RoomStandard.valid_from, RoomStandard.id))
    return {row.item: row for row in rows}


def caps(day: date) -> dict[str, Decimal]:
    """m² per person by rank; a rank without a row in force has none."""
    found = standards(day, Subject.OFFICE)
    return {rank: found[rank].value for rank in Rank if rank in found}


def formula(day: date) -> Formula | None:
    """The formulas' numbers in force; the coefficient is a multi-storey building's. None before there were any."""
    service, plant = standards(day, Subject.SERVICE), standards(day, Subject.PLANT)
    building = standards(day, Subject.BUILDING)
    if not (service and plant and building):
        return None
    return Formula(
        service["most_per_person"].value, service["most_until_posts"].value,
        service["least_per_person"].value, service["least_from_posts"].value,
        plant["share"].value, building["coefficient_multi_storey"].value,
    )  # fmt: skip


def load_standards() -> None:
    """Add the rows that are missing; what was added since stays."""
    given = json.loads(PUBLISHED.read_text("utf-8"))
    valid_from = date.fromisoformat(given["valid_from"])
    key = (RoomStandard.subject, RoomStandard.item)
    known = {
        tuple(row)
        for row in db.session.execute(
            select(*key).where(RoomStandard.level == given["level"], RoomStandard.valid_from == valid_from)
        )
    }
    missing = [row for row in given["rows"] if (row["subject"], row["item"]) not in known]
    db.session.add_all(_standard(given, row, valid_from) for row in missing)
    if missing:
        audit.record("rooms.standards.loaded", "room_standard", system("reference data"))


def _standard(given: Mapping[str, str], row: Mapping[str, str], valid_from: date) -> RoomStandard:
    made = RoomStandard(document=given["document"], clause=given["clause"], level=given["level"], valid_from=valid_from)
    made.subject, made.item, made.value = row["subject"], row["item"], Decimal(row["value"])
    made.confidence, made.source = row["confidence"], row["source"]
    return made


def load_campuses() -> None:
    known = set(db.session.scalars(select(Campus.name)))
    missing = [name for name in CAMPUSES if name not in known]
    db.session.add_all(Campus(name=name) for name in missing)
    if missing:
        audit.record("rooms.campuses.loaded", "campus", system("reference data"))
