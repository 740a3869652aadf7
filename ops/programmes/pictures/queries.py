"""Reads of the pictures."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core import period
from ...core.db import db
from ...indicators.models import ManualFigure

Entries = dict[tuple[str, int], ManualFigure]


def entries_by_month(keys: Sequence[str], year: int) -> Entries:
    """What was entered by hand from 1 January to the end of a month: (key, month) → the newest entry."""
    months = period.year(year).months()
    rows = select(ManualFigure).where(ManualFigure.key.in_(keys), ManualFigure.first == months[0].first)
    ends = {month.last: number for number, month in enumerate(months, 1)}
    found = db.session.scalars(rows.order_by(ManualFigure.id))
    return {(each.key, ends[each.last]): each for each in found if each.last in ends}
