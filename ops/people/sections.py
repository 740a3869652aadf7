"""The centre's nine sections with their duties, as the published document names them."""

import json
from pathlib import Path

from sqlalchemy import select

from ..core import audit
from ..core.access import system
from ..core.db import db
from .models import Section

DUTIES = Path(__file__).parent / "data" / "sections.json"


def load_sections() -> None:
    """Add the sections that are missing; what was changed since stays."""
    known = set(db.session.scalars(select(Section.name)))
    missing = {name: duties for name, duties in json.loads(DUTIES.read_text("utf-8")).items() if name not in known}
    db.session.add_all(Section(name=name, duties=duties) for name, duties in missing.items())
    if missing:
        audit.record("people.sections.loaded", "section", system("reference data"))
