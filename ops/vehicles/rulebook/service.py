"""Adding a later version of a rule."""

import json
from datetime import date
from decimal import Decimal

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db
from . import queries, rules
from .models import RuleVersion


def add_version(
    rule: str, valid_from: date, ends: bool, document: str, clause: str, source: str, confirmed: bool, by: Actor,
    **values: Decimal | str,
) -> RuleVersion:  # fmt: skip
    """From that day on the rule says this. What was judged by it on an earlier day stays judged so."""
    rules.check_day(queries.book(), rule, valid_from)
    rules.check_values(values)
    said = {
        name: value.strip() if isinstance(value, str) else f"{value.normalize():f}" for name, value in values.items()
    }
    row = RuleVersion(rule=rule, said=json.dumps(said, ensure_ascii=False), ends=ends, valid_from=valid_from)
    row.document, row.clause, row.source = document.strip(), clause.strip(), source.strip()
    row.confirmed, row.set_at, row.set_by = confirmed, clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.rule_version.added", row, by)
    return row
