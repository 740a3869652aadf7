"""The verbs of terms: set how long something done holds from a day on, and what a new house begins with."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db
from ...core.errors import Rejected
from . import term_queries
from .models import ObligationTerm

FIRST_TERMS = Path(__file__).parent / "data" / "terms.json"


def set_term(
    kind: str, months: Decimal, km: Decimal | None, km_ahead: Decimal | None, valid_from: date, document: str,
    clause: str, source: str, by: Actor,
) -> ObligationTerm:  # fmt: skip
    """How long something done holds from a day on; what was set before stays in force until then."""
    if term_queries.term_from(kind, valid_from):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = ObligationTerm(kind=kind, months=int(months), km=int(km) if km else None, valid_from=valid_from)
    row.km_ahead = int(km_ahead) if km_ahead else None
    row.document, row.clause, row.source, row.confirmed = document.strip(), clause.strip(), source.strip(), True
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.obligation_term.set", row, by)
    return row


def load_terms() -> None:
    """The terms a new house begins with; what the office has set stays."""
    if term_queries.terms():
        return
    for each in json.loads(FIRST_TERMS.read_text()):
        valid_from = date.fromisoformat(each.pop("valid_from"))
        db.session.add(ObligationTerm(**each, valid_from=valid_from, set_at=clock.now(), set_by="system"))
    audit.record("vehicles.obligation_term.loaded", "obligation_term", system("reference data"))
