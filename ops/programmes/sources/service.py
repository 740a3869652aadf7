"""The verb of sources: describe how good an indicator's figure is."""

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db
from ..models import Indicator
from .models import QualityNote


def describe(
    indicator: Indicator, verified: str, source: str, accuracy: str, limits: str, compensated: str, by: Actor
) -> QualityNote:
    """Answer the five questions (数据质量说明); an earlier answer stays."""
    said = {"verified": verified, "source": source, "accuracy": accuracy, "limits": limits, "compensated": compensated}
    row = QualityNote(indicator_id=indicator.id, **{name: text.strip() for name, text in said.items()})
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.indicator.quality_described", row, by)
    return row
