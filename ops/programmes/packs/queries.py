"""Reads of kept packs."""

from sqlalchemy import select

from ...core.db import db
from ...indicators.models import Closing
from ..models import Programme
from .models import KeptPack


def kept_of(closed: Closing | None) -> dict[int, KeptPack]:
    """{programme: its pack of this closing}."""
    if closed is None:
        return {}
    rows = db.session.scalars(select(KeptPack).where(KeptPack.closing_id == closed.id))
    return {row.programme_id: row for row in rows}


def still_to_keep(year_programmes: list[Programme], closed: Closing | None) -> list[Programme]:
    kept = kept_of(closed)
    return [each for each in year_programmes if each.id not in kept] if closed else []
