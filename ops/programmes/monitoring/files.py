"""The monitoring sheet as Word and as Excel: A4 lying, cells merged as the form has them, its head on every page."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from xlsxwriter import Workbook

from ..evaluation.form import Cell
from .form import COLUMNS, form_rows, title_of
from .sheet import Sheet

# 一级 … 备注, in cm; 27.7 in all: A4 lying less its margins
WIDTHS = (1.0, 1.5, 1.7, 2.4, 2.2, 2.6, 2.6, 1.05, 1.05, 1.05, 1.25, 1.05, 3.4, 1.05, 1.05, 1.25, 1.5)
TITLE_FONT, TEXT_FONT, LATIN_FONT = "黑体", "仿宋", "Times New Roman"
LEFT = ("goals", "explanation", "funds", "remark")
TOP = 2  # rows of the title above the form


def word(sheet: Sheet) -> bytes:
    document = Document()
    _page(document.sections[0])
    for text, font, size in zip(title_of(sheet), (TITLE_FONT, TEXT_FONT), (16, 11), strict=True):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        _write(paragraph, text, font, size)
    _table(document, form_rows(sheet))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1)
    section.top_margin = section.bottom_margin = Cm(1.3)


def _write(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN_FONT, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, rows: list[list[Cell]]) -> None:
    table = document.add_table(rows=len(rows), cols=COLUMNS, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    grid = [list(row.cells) for row in table.rows]
    for line in grid:
        for cell, width in zip(line, WIDTHS, strict=True):
            cell.width = Cm(width)
    for cell in (cell for row in rows for cell in row):
        _draw_word(grid, cell)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _draw_word(grid: list[list[Any]], cell: Cell) -> None:
    drawn = grid[cell.row][cell.column]
    if cell.rows > 1 or cell.columns > 1:
        drawn = drawn.merge(grid[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
    drawn.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = drawn.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if cell.name.startswith(LEFT) else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, cell.text, TEXT_FONT, 8)


def excel(sheet: Sheet) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("监控表")
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.4, 0.4, 0.5, 0.5)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, TOP)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width * 4.6)
    look = {"align": "center", "valign": "vcenter", "font_name": "宋体"}
    for row, (text, size) in enumerate(zip(title_of(sheet), (16, 11), strict=True)):
        page.merge_range(row, 0, row, COLUMNS - 1, text, book.add_format({**look, "font_size": size, "bold": not row}))
    for cell in (cell for row in form_rows(sheet) for cell in row):
        _draw_excel(page, cell, _format(book, cell))
    book.close()
    return buffer.getvalue()


def _format(book: Any, cell: Cell) -> Any:
    look = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}
    look["align"] = "left" if cell.name.startswith(LEFT) else "center"
    if cell.number is not None:
        look["num_format"] = "0.00%" if cell.name.startswith("rate") else "0.00####"
    return book.add_format(look)


def _draw_excel(page: Any, cell: Cell, look: Any) -> None:
    """Numbers stay numbers; a merged place holds its number in its first cell."""
    row, column = cell.row + TOP, cell.column
    if cell.rows > 1 or cell.columns > 1:
        page.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
    if cell.number is not None:
        page.write_number(row, column, float(cell.number), look)
    else:
        page.write_string(row, column, cell.text, look)
