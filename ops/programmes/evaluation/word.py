"""The self-evaluation form as a Word file: A4, cells merged as the form has them, the first row on every page."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .evaluation import Evaluation
from .form import COLUMNS, Cell, Signed, form_rows, is_long, signature_texts, title_of

WIDTHS = (1.9, 1.9, 1.9, 2.6, 2.3, 2.5, 1.3, 1.9, 2.6)  # cm; 18.9 in all, A4 less its margins
TITLE_FONT, TEXT_FONT = "黑体", "仿宋"
LATIN_FONT = "Times New Roman"
LONG_AGO = datetime(1980, 1, 1)


def word(evaluation: Evaluation, signed: Sequence[Signed] = ()) -> bytes:
    """The same content gives the same bytes, whenever it is made."""
    document = Document()
    _page(document.sections[0])
    _style(document)
    title, year = title_of(evaluation)
    _paragraph(document, title, TITLE_FONT, 16)
    _paragraph(document, year, TEXT_FONT, 11)
    _table(document, form_rows(evaluation))
    _signatures(document, signature_texts(evaluation, signed))
    _numbered(document.sections[0].footer.paragraphs[0])
    document.core_properties.created = document.core_properties.modified = LONG_AGO
    buffer = BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(content: bytes) -> bytes:
    """The packed parts all of one moment: the clock has no say in what a kept file is."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, LONG_AGO.timetuple()[:6]), old.read(name), ZIP_DEFLATED)
    return buffer.getvalue()


def _page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.05)
    section.top_margin = section.bottom_margin = Cm(1.5)


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN_FONT, Pt(9)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TEXT_FONT)
    style.paragraph_format.space_after = Pt(0)


def _paragraph(document: Any, text: str, font: str, size: float) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text, font, size)


def _write(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN_FONT, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, rows: list[list[Cell]]) -> None:
    table = document.add_table(rows=len(rows), cols=COLUMNS, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    grid = [list(row.cells) for row in table.rows]
    for line in grid:
        for cell, width in zip(line, WIDTHS, strict=True):
            cell.width = Cm(width)
    for cell in (cell for row in rows for cell in row):
        _draw(grid, cell)
    for row in table.rows:
        _mark(row, "w:cantSplit")
    _mark(table.rows[0], "w:tblHeader")


def _draw(grid: list[list[Any]], cell: Cell) -> None:
    drawn = grid[cell.row][cell.column]
    if cell.rows > 1 or cell.columns > 1:
        drawn = drawn.merge(grid[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
    drawn.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = drawn.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_long(cell) else WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, cell.text, TEXT_FONT, 9)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _signatures(document: Any, texts: list[str]) -> None:
    """The lines to sign on, side by side under the form."""
    _paragraph(document, "", TEXT_FONT, 9)
    table = document.add_table(rows=1, cols=len(texts))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, text in zip(table.rows[0].cells, texts, strict=True):
        _write(cell.paragraphs[0], text, TEXT_FONT, 10.5)


def _numbered(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", "")):
        _write(paragraph, text, TEXT_FONT, 9)
        if field:
            _field(paragraph, field)


def _field(paragraph: Any, name: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)
