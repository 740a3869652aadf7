"""The official table as a Word file and as a workbook; both are read back by the reader of published tables."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .form import WIDTH, Cell, head_rows, indicator_rows, title_of
from .tables import TargetTable

FONT = "宋体"


def word(tables: Sequence[TargetTable]) -> bytes:
    """A4, one table after the other."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    for table in tables:
        heading = document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = heading.add_run(title_of(table))
        run.bold, run.font.size = True, Pt(14)
        _draw(document, [*head_rows(table), *indicator_rows(table)])
        document.add_paragraph("")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _draw(document: Any, rows: list[list[Cell]]) -> None:
    drawn = document.add_table(rows=len(rows), cols=WIDTH)
    drawn.style = "Table Grid"
    top: Any = None
    for line, row in enumerate(rows):
        cells, start = drawn.rows[line].cells, 0
        for number, (text, width) in enumerate(row):
            cell = cells[start].merge(cells[start + width - 1])
            if number == 0 and not text and top is not None:
                top = top.merge(cell)
            else:
                cell.text = text
                top = cell if number == 0 else top
            start += width


def excel(tables: Sequence[TargetTable]) -> bytes:
    """One sheet for each table; every cell is a text, so that ≥ and = stay what they are."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    usual = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": FONT, "font_size": 10})
    title = book.add_format({"bold": True, "align": "center", "font_name": FONT, "font_size": 14})
    for number, table in enumerate(tables, 1):
        sheet = book.add_worksheet(str(number))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, WIDTH - 1, 9)
        sheet.merge_range(0, 0, 0, WIDTH - 1, title_of(table), title)
        for line, row in enumerate([*head_rows(table), *indicator_rows(table)], 1):
            sheet.set_row(line, _height(row))
            _write(sheet, line, row, usual)
    book.close()
    return out.getvalue()


def _height(row: list[Cell]) -> float:
    """In points; merged cells do not stretch their row by themselves, and a Chinese character is two wide."""
    lines = [
        -(-sum(2 if ord(sign) > 0x2E80 else 1 for sign in part) // (9 * width - 1))
        for text, width in row
        for part in text.split("\n")
    ]
    breaks = max(text.count("\n") for text, _width in row)
    return min(409, 6 + 14 * max(1, max(lines) + breaks))


def _write(sheet: Any, line: int, row: list[Cell], usual: Any) -> None:
    start = 0
    for text, width in row:
        if width > 1:
            sheet.merge_range(line, start, line, start + width - 1, "", usual)
        sheet.write_string(line, start, text, usual)
        start += width
