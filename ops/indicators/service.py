"""Manual figures: what no feature counts yet, entered with its reason and, where demanded, its proof."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ..core import audit, clock, files
from ..core.access import Actor
from ..core.db import db
from ..core.errors import Rejected
from ..core.period import Period
from .models import ManualFigure


def enter(
    key: str, period: Period, value: Decimal | None, words: str, unit: str, reason: str, proof: FileStorage | None, by: Actor
) -> ManualFigure:
    """Enter a figure for a period. One of `value` and `words` is needed; a proof is needed unless the reason stands alone (demo, narrative)."""
    if value is None and not words.strip():
        raise Rejected(_l("Enter a number, or the result in words."), "value")
    if not reason.strip():
        raise Rejected(_l("Say where the figure comes from."), "reason_given")
    row = ManualFigure(key=key, first=period.first, last=period.last, value=value, words=words.strip() or None, unit=unit)
    row.reason, row.entered_at, row.entered_by = reason.strip(), clock.now(), by.name
    if proof is not None and proof.filename:
        attachment = files.keep(proof, "proof", by)
        db.session.flush()
        row.attachment_id = attachment.id
    db.session.add(row)
    audit.record("indicators.manual_figure.entered", row, by)
    return row


def entered(key: str, period: Period) -> ManualFigure | None:
    """The newest entry for the key and period."""
    same = (ManualFigure.key == key, ManualFigure.first == period.first, ManualFigure.last == period.last)
    return db.session.scalars(select(ManualFigure).where(*same).order_by(ManualFigure.id.desc())).first()
