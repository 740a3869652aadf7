"""Handing back: the same workbook, each row that did not land marked with its reason."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from ...core.sheets import hand_back
from . import payment_sheet, queries
from .models import PaymentFile

REASON = "退回原因"
MARK = PatternFill("solid", start_color="FFFCECEA")


def misfits(file: PaymentFile) -> tuple[bytes, str]:
    """The file with its reasons, and its name: an Excel file as it was with one more column, else a CSV of the rows."""
    content, stem = file.attachment.path.read_bytes(), file.attachment.name.rpartition(".")[0] or "file"
    why = {fault.line: fault.reason for fault in queries.faults(file)}
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content, why), f"{stem}_{REASON}.xlsx"
    sheet = payment_sheet.read(content)
    rows = [(line.cells, why[line.number]) for line in sheet.lines if line.number in why]
    return hand_back(sheet.head, rows, REASON), f"{stem}_{REASON}.csv"


def _workbook(content: bytes, why: dict[int, str]) -> bytes:
    book = load_workbook(BytesIO(content))
    sheet, head = book.worksheets[0], payment_sheet.read(content).head_line
    column = _reason_column(sheet, head)
    sheet.cell(head, column, REASON)
    for row in range(head + 1, sheet.max_row + 1):
        sheet.cell(row, column).value = why.get(row)
        for cell in sheet[row] if row in why else ():
            cell.fill = MARK
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _reason_column(sheet: Any, head: int) -> int:
    """Where the reasons stand: the column that was added before, else the next free one."""
    for cell in sheet[head]:
        if cell.value == REASON:
            return int(cell.column)
    return int(sheet.max_column) + 1
