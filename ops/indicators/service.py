"""Manual figures: what no feature counts yet, entered with its reason and its proof."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ..core import audit, clock, files
from ..core.access import Actor
from ..core.db import db
from ..core.errors import Rejected
from ..core.once import remembered
from ..core.period import Period
from .models import ManualFigure


def enter(
    key: str,
    period: Period,
    value: Decimal | None,
    words: str | None,
    unit: str,
    reason_given: str,
    proof: FileStorage | None,
    by: Actor,
) -> ManualFigure:
    """Enter a figure, or a result in words, for a period; where it comes from and a proof are owed."""
    words = (words or "").strip()
    if value is None and not words:
        raise Rejected(_l("Enter a number, or the result in words."), "value")
    if proof is None or not proof.filename:
        raise Rejected(_l("Attach the paper, table or picture that proves it."), "proof")
    attachment = files.keep(proof, "proof", by)
    row = ManualFigure(key=key, first=period.first, last=period.last, value=value, words=words or None, unit=unit)
    row.reason, row.entered_at, row.entered_by = reason_given.strip(), clock.now(), by.name
    db.session.flush()
    row.attachment_id = attachment.id
    db.session.add(row)
    audit.record("indicators.manual_figure.entered", row, by)
    return row


def entered(key: str, period: Period) -> ManualFigure | None:
    """The newest entry for the key and period."""
    same = (ManualFigure.key == key, ManualFigure.first == period.first, ManualFigure.last == period.last)
    rows = select(ManualFigure).where(*same).order_by(ManualFigure.id.desc())
    return remembered(("entered", key, period), lambda: db.session.scalars(rows).first())
