"""Reads of terms, and of the document behind what is owed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from ...core.db import db
from . import rules
from .models import Obligation, ObligationTerm
from .rules import in_force, versions


def terms() -> Sequence[ObligationTerm]:
    order = (ObligationTerm.kind, ObligationTerm.valid_from.desc())
    return db.session.scalars(select(ObligationTerm).order_by(*order)).all()


def term(kind: str, day: date) -> ObligationTerm | None:
    """The term in force on the day."""
    found = select(ObligationTerm).where(ObligationTerm.kind == kind, ObligationTerm.valid_from <= day)
    return db.session.scalars(found.order_by(ObligationTerm.valid_from.desc()).limit(1)).first()


def term_from(kind: str, valid_from: date) -> ObligationTerm | None:
    return db.session.scalar(select(ObligationTerm).filter_by(kind=kind, valid_from=valid_from))


def km_ahead(day: date) -> dict[str, int]:
    """Kind → so many kilometres before it is due somebody is reminded, by the terms in force on the day."""
    rows = select(ObligationTerm).where(ObligationTerm.valid_from <= day).order_by(ObligationTerm.valid_from)
    found = {row.kind: row.km_ahead for row in db.session.scalars(rows)}
    return {kind: km for kind, km in found.items() if km is not None}


def basis(rule: str, day: date) -> Mapping[str, Any] | None:
    """Document, clause and source of the rule behind an obligation of the day."""
    if rule.startswith("term."):
        found = db.session.get(ObligationTerm, int(rule.removeprefix("term.")))
        return {"document": found.document, "clause": found.clause, "source": found.source} if found else None
    return in_force(rule, day) if rule in versions() else None


def window(obligation: Obligation) -> Mapping[str, Any] | None:
    """The rule that says from when on it can be done."""
    rule = rules.window_rule(obligation.kind)
    return in_force(rule, obligation.due_on) if rule else None
