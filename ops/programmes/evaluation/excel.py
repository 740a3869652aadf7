"""The self-evaluation form as an Excel file; execution rate, execution score and totals are live formulas."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from .evaluation import Evaluation
from .form import COLUMNS, Cell, form_rows, title_of

WIDTHS = (9, 11, 11, 18, 16, 18, 7, 9, 22)
TOP = 2  # rows of the title above the form


def excel(evaluation: Evaluation) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("自评表")
    _page(sheet)
    _title(book, sheet, evaluation)
    rows = form_rows(evaluation)
    places = {cell.name: (cell.row + TOP, cell.column) for row in rows for cell in row if cell.name}
    formulas = _formulas(places, evaluation)
    for cell in (cell for row in rows for cell in row):
        _draw(sheet, cell, _format(book, cell), formulas.get(cell.name))
    book.close()
    return buffer.getvalue()


def _page(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, TOP)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)


def _title(book: Any, sheet: Any, evaluation: Evaluation) -> None:
    look = {"align": "center", "valign": "vcenter", "font_name": "宋体"}
    for row, (text, size) in enumerate(zip(title_of(evaluation), (16, 11), strict=True)):
        sheet.merge_range(row, 0, row, COLUMNS - 1, text, book.add_format({**look, "font_size": size, "bold": not row}))


def _format(book: Any, cell: Cell) -> Any:
    long = cell.name.startswith(("goals", "achieved", "deviation"))
    look = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}
    look |= {"align": "left" if long else "center"}
    if cell.number is not None:
        money = cell.name.startswith(("initial", "budget", "executed"))
        look["num_format"] = "0.00%" if cell.name == "rate" else ("0.00####" if money else "General")
    return book.add_format(look)


def _formulas(places: dict[str, tuple[int, int]], evaluation: Evaluation) -> dict[str, str]:
    """Formulas of what has a value; what is not scored keeps its words."""
    at = {name: xl_rowcol_to_cell(*place) for name, place in places.items()}
    budget, executed = at["budget:all"], at["executed:all"]
    rows = [str(line.indicator.row) for line in evaluation.lines]
    scores = f"{at[f'score:{rows[0]}']}:{at[f'score:{rows[-1]}']}"
    weights = f"{at[f'weight:{rows[0]}']}:{at[f'weight:{rows[-1]}']}"
    found = {
        "weight:total": f"=SUM({weights})+{at['weight:0']}",
        "score:total": f"=SUM({scores})+N({at['score:0']})",
    }
    if evaluation.execution.points is not None:
        found["rate"] = f"={executed}/{budget}"
        found["score:0"] = f"=ROUND(MAX(0,MIN(1,{executed}/{budget}))*{at['weight:0']},2)"
    return found


def _draw(sheet: Any, cell: Cell, look: Any, formula: str | None) -> None:
    row, column = cell.row + TOP, cell.column
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, cell.text, look)
    elif formula and cell.number is not None:
        sheet.write_formula(row, column, formula, look, _number(cell.number))
    elif cell.number is not None:
        sheet.write_number(row, column, _number(cell.number), look)
    else:
        sheet.write_string(row, column, cell.text, look)


def _number(number: Decimal) -> float:
    """Excel knows no other numbers; fifteen digits are more than an amount has."""
    return float(number)
