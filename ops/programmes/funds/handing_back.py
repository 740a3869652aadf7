"""Handing back: the same workbook, each row that did not land marked with its reason."""

from ...core.handing_back import XLSX, Fault, marked
from ...core.sheets import hand_back
from . import payment_sheet, queries
from .models import PaymentFile

REASON = "退回原因"


def misfits(file: PaymentFile) -> tuple[bytes, str]:
    """The file with its reasons, and its name: an Excel file as it was with one more column, else a CSV of the rows."""
    content, stem = file.attachment.path.read_bytes(), file.attachment.name.rpartition(".")[0] or "file"
    why = {fault.line: fault.reason for fault in queries.faults(file)}
    sheet = payment_sheet.read(content)
    if content.startswith(XLSX):
        faults = {line: [Fault(reason)] for line, reason in why.items()}
        return marked(content, sheet, faults, REASON), f"{stem}_{REASON}.xlsx"
    rows = [(line.cells, why[line.number]) for line in sheet.lines if line.number in why]
    return hand_back(sheet.head, rows, REASON), f"{stem}_{REASON}.csv"
