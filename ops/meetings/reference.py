"""Reference data: the lines of the checklist and the dated settings of booking, each with its source."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..core import audit
from ..core.access import system
from ..core.db import db
from .checklist import ChecklistItem, Phase
from .models import MeetingRule

DATA = Path(__file__).parent / "data"


def load_settings() -> None:
    """Add the settings that are missing; what was added since stays."""
    rows = [{**row, "from_on": date.fromisoformat(row["from_on"])} for row in _read("rules.json")]
    known = set(db.session.execute(select(MeetingRule.name, MeetingRule.from_on)))
    missing = [row for row in rows if (row["name"], row["from_on"]) not in known]
    db.session.add_all(MeetingRule(**row) for row in missing)
    if missing:
        audit.record("meetings.settings.loaded", "meeting_rule", system("reference data"))


def load_checklist() -> None:
    """Lay down the first checklist; the office keeps it from then on."""
    if db.session.scalar(select(ChecklistItem.id).limit(1)):
        return
    content = _read("checklist.json")
    since = date.fromisoformat(content["from_on"])
    for phase in Phase:
        for position, text in enumerate(content[phase], start=1):
            item = ChecklistItem(phase=phase, position=position, text=text, source=content["source"], from_on=since)
            db.session.add(item)
    audit.record("meetings.checklist.loaded", "checklist_item", system("reference data"))


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))
