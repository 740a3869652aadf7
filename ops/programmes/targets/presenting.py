"""What the preview of a document needs beside its rows: how each cell was read, and the remarks in words."""

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from .importing import Document
from .messages import sentence
from .remarks import find_remarks, remark_texts, value_of
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
    """A row of a document with how its value was read and what is odd about it."""

    row: IndicatorRow
    read: str
    remarks: list[str]


@dataclass(frozen=True)
class ReadTable:
    table: TargetTable
    remarks: list[str]
    rows: list[ReadRow]


def tables(document: Document) -> list[ReadTable]:
    found = find_remarks(document.tables, year=document.year)
    return [
        ReadTable(
            table,
            remark_texts(remarks.programme, gettext),
            [
                ReadRow(row, reading_text(value_of(row, table, year=document.year)), remark_texts(of_row, gettext))
                for row, of_row in zip(table.indicators, remarks.rows, strict=True)
            ],
        )
        for table, remarks in zip(document.tables, found, strict=True)
    ]


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
