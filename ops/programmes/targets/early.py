"""Doubts settled in the preview: the choice is kept with the row of the file, and goes with it when it is stored."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.files import Attachment
from ..models import Indicator
from .models import EarlySettlement, SettledTarget
from .notation import parse_value
from .remarks import budget_in_wan, value_of
from .settling import decided
from .stored import text_of, words_of
from .tables import IndicatorRow, TargetTable
from .values import TargetValue

Place = tuple[int, int]  # the table's place in the file from 1, the row's number


def settlements(kept: Attachment) -> dict[Place, EarlySettlement]:
    """The newest choice for each row."""
    rows = select(EarlySettlement).where(EarlySettlement.attachment_id == kept.id).order_by(EarlySettlement.id)
    return {(each.table_number, each.row): each for each in db.session.scalars(rows)}


def settled_value(says: str, row: IndicatorRow, table: TargetTable, year: int) -> TargetValue:
    """What a person's words say of the row, read as its own text would be."""
    return parse_value(says, year=table.year or year, budget=budget_in_wan(table), name=row.level3)


def settle(
    kept: Attachment,
    place: Place,
    row: IndicatorRow,
    table: TargetTable,
    year: int,
    choice: str,
    says: str,
    because: str,
    by: Actor,
) -> EarlySettlement:
    hold(Attachment, kept.id)
    read = value_of(row, table, year=year)
    words = decided(choice, says, read, lambda said: settled_value(said, row, table, year))
    made = EarlySettlement(attachment_id=kept.id, table_number=place[0], row=place[1], of_text=words_of(row))
    made.says, made.because, made.at, made.by = words, because.strip(), clock.now(), by.name
    db.session.add(made)
    audit.record("programmes.target.settled_in_preview", made, by)
    return made


def carry_over(found: Iterable[EarlySettlement], indicators: Sequence[Indicator]) -> None:
    """The choices become those of the stored rows, as they were made: who, when and why."""
    by_row = {each.row: each for each in indicators}
    for each in found:
        indicator = by_row.get(each.row)
        if indicator is None or text_of(indicator) != each.of_text:
            continue
        row = SettledTarget(of_text=each.of_text, says=each.says, because=each.because, at=each.at, by=each.by)
        indicator.settled.append(row)
