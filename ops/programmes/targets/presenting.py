"""What the preview of a document needs beside its rows: how each cell was read, and the remarks in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from .early import settled_value
from .importing import Document
from .messages import DOUBTS, sentence
from .models import EarlySettlement
from .remarks import Remark, find_remarks, remark_texts, value_of
from .tables import IndicatorRow, TargetTable
from .values import Kind, TargetValue

KIND_WORDS = {
    Kind.COUNT: _l("count"),
    Kind.PERCENT: _l("percentage"),
    Kind.MONEY: _l("money"),
    Kind.MONEY_RATE: _l("money per head"),
    Kind.DEADLINE: _l("deadline"),
    Kind.ZERO: _l("no event"),
    Kind.QUALITATIVE: _l("in words"),
    Kind.COMPOUND: _l("several measures"),
    Kind.RELATIVE: _l("within the budget"),
    Kind.RANGE: _l("range"),
    Kind.APPROXIMATE: _l("approximate"),
    Kind.UNKNOWN: _l("not understood"),
}


@dataclass(frozen=True)
class ReadRow:
    """A row of a document with how its value was read, what is odd about it, and how a person settled that."""

    row: IndicatorRow
    read: str
    remarks: list[str]
    is_doubtful: bool
    settled: EarlySettlement | None


@dataclass(frozen=True)
class ReadTable:
    table: TargetTable
    remarks: list[str]
    rows: list[ReadRow]

    @property
    def doubtful(self) -> int:
        """How many rows nobody has settled yet."""
        return sum(each.is_doubtful and each.settled is None for each in self.rows)


NOTHING: Mapping[tuple[int, int], EarlySettlement] = MappingProxyType({})


def tables(document: Document, settled: Mapping[tuple[int, int], EarlySettlement] = NOTHING) -> list[ReadTable]:
    """Every table with its rows; `settled` by the table's place in the file, from 1, and the row."""
    found = find_remarks(document.tables, year=document.year)
    made = []
    for number, (table, remarks) in enumerate(zip(document.tables, found, strict=True), 1):
        pairs = zip(table.indicators, remarks.rows, strict=True)
        rows = [_row(row, table, document.year, of_row, settled.get((number, row.row))) for row, of_row in pairs]
        made.append(ReadTable(table, remark_texts(remarks.programme, gettext), rows))
    return made


def _row(
    row: IndicatorRow, table: TargetTable, year: int, remarks: Sequence[Remark], chosen: EarlySettlement | None
) -> ReadRow:
    """Doubts about the value are settled with it; what is odd about its name stays."""
    read = value_of(row, table, year=year)
    open_ones = [each for each in remarks if not (chosen and each.code in DOUBTS)]
    shown = settled_value(chosen.says, row, table, year) if chosen else read
    return ReadRow(row, reading_text(shown), remark_texts(open_ones, gettext), bool(read.doubts), chosen)


def reading_text(value: TargetValue) -> str:
    """How a cell was read: its kind, operator, number and unit."""
    if value.kind is Kind.COMPOUND:
        said = "、".join(reading_text(part) for part in value.parts)
    elif value.date:
        said = f"{value.operator} {value.date}"
    else:
        numbers = "~".join(text for text in (value.number_text, value.upper_text) if text)
        sign = "" if value.kind is Kind.RANGE else value.operator or ""
        said = " ".join(part for part in (sign, numbers, value.unit or "") if part)
    kind = str(KIND_WORDS[value.kind])
    return f"{kind}: {said}" if said else kind


def doubt_texts(value: TargetValue) -> list[str]:
    return [sentence(code, {}, gettext) for code in value.doubts]
