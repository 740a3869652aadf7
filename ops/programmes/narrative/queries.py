"""Reads of the narrative: its text in force, its named figures, its last approval."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ...core.once import remembered
from ...indicators.catalogue import metrics
from ...indicators.models import Closing
from .models import KeptNarrative, NarrativeApproval, NarrativeFigure, NarrativeParagraph, ParagraphVersion

TEMPLATE = Path(__file__).parent / "data" / "narrative.json"


@dataclass(frozen=True)
class Draft:
    """A paragraph's words; `id` is None while the year still has the words that the product brings."""

    id: int | None
    heading: str
    text: str


def template() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TEMPLATE.read_text("utf-8"))
    return found


def drafts(year: int) -> list[Draft]:
    """The paragraphs in force, in order; those of the product where nobody has written for the year."""
    stored = paragraphs(year)
    if not stored:
        return [Draft(None, each["heading"], each["text"]) for each in template()["paragraphs"]]
    newest = sorted((each.newest for each in stored if not each.newest.retired), key=lambda each: each.position)
    return [Draft(each.paragraph_id, each.heading, each.text) for each in newest]


def paragraphs(year: int) -> Sequence[NarrativeParagraph]:
    rows = select(NarrativeParagraph).where(NarrativeParagraph.year == year).order_by(NarrativeParagraph.id)
    return remembered(("paragraphs", year), lambda: db.session.scalars(rows).all())


def manual_figures() -> Mapping[str, tuple[str, str]]:
    """{name: (label, unit)} of the figures by hand that a text may refer to."""
    brought = {name: (label, unit) for name, (label, unit) in template()["manual"].items()}
    named = select(NarrativeFigure).order_by(NarrativeFigure.id)
    rows = remembered("named figures", lambda: db.session.scalars(named).all())
    return brought | {each.name: (each.label, each.unit) for each in rows}


def names() -> dict[str, str]:
    """{name: label} of everything that a text may refer to."""
    counted = {name: str(metric.label) for name, metric in metrics().items()}
    return counted | {name: label for name, (label, _unit) in manual_figures().items()}


def last_approval(year: int) -> NarrativeApproval | None:
    rows = select(NarrativeApproval).where(NarrativeApproval.year == year).order_by(NarrativeApproval.id.desc())
    return db.session.scalars(rows.limit(1)).first()


def kept_of(closed: Closing | None) -> KeptNarrative | None:
    return db.session.get(KeptNarrative, closed.id) if closed else None


def year_of(version: ParagraphVersion) -> int:
    return db.session.get_one(NarrativeParagraph, version.paragraph_id).year
