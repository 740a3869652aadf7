"""The self-evaluation form as an Excel file: the form, and the sheet that computes its scores with live formulas."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from . import scoring_sheet
from .evaluation import Evaluation
from .form import COLUMNS, Cell, Signed, form_rows, is_long, signature_texts, title_of, total_text
from .number_rules import Score
from .scoring_sheet import FIRST, SETTINGS, UNSCORED, Computed, cell_value

WIDTHS = (9, 11, 11, 18, 16, 18, 7, 9, 22)
TOP = 2  # rows of the title above the form
FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}


def excel(*evaluations: Evaluation, signed: Sequence[Signed] = ()) -> bytes:
    """One workbook: of each evaluation the form and the sheet that computes it. The same content, the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(evaluations[0].programme.year, 12, 31)})
    book.set_calc_mode("auto")
    for number, evaluation in enumerate(evaluations, 1):
        tail = str(number) if len(evaluations) > 1 else ""
        _Pair(book, evaluation, tail).draw(signed)
    book.close()
    return buffer.getvalue()


class _Pair:
    """The two sheets of one evaluation; each refers to cells of the other."""

    def __init__(self, book: Any, evaluation: Evaluation, tail: str) -> None:
        self.book, self.evaluation, self.formats = book, evaluation, dict[str, Any]()
        self.form_name, self.sums_name = f"自评表{tail}", f"计分{tail}"
        self.form, self.sums = book.add_worksheet(self.form_name), book.add_worksheet(self.sums_name)
        self.rows = form_rows(evaluation)
        named = (cell for row in self.rows for cell in row if cell.name)
        self.at = {cell.name: xl_rowcol_to_cell(cell.row + TOP, cell.column) for cell in named}
        self.computed = scoring_sheet.rows(
            evaluation, {line.indicator.row: self._form(f"weight:{line.indicator.row}") for line in evaluation.lines}
        )

    def draw(self, signed: Sequence[Signed]) -> None:
        self._draw_form(signed)
        self._draw_sums()

    def _form(self, name: str) -> str:
        return f"='{self.form_name}'!{self.at[name]}"

    def _look(self, **given: Any) -> Any:
        key = repr(sorted(given.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**FONT, **given})
        return self.formats[key]

    def _draw_form(self, signed: Sequence[Signed]) -> None:
        _page(self.form, WIDTHS)
        self.form.repeat_rows(0, TOP)
        for row, (text, size) in enumerate(zip(title_of(self.evaluation), (16, 11), strict=True)):
            look = self._look(align="center", font_size=size, bold=not row)
            self.form.merge_range(row, 0, row, COLUMNS - 1, text, look)
            self.form.set_row(row, size * 1.6)
        formulas = self._formulas()
        for row, cells in enumerate(self.rows):
            self.form.set_row(row + TOP, max((_height(cell) for cell in cells if cell.rows == 1), default=20))
        for cell in (cell for row in self.rows for cell in row):
            self._draw(cell, formulas.get(cell.name))
        last = len(self.rows) + TOP
        for number, text in enumerate(signature_texts(self.evaluation, signed)):
            self.form.merge_range(last, number * 3, last, number * 3 + 2, text, self._look(text_wrap=True))
        self.form.set_row(last, 30)

    def _draw(self, cell: Cell, formula: str | None) -> None:
        row, column, look = cell.row + TOP, cell.column, self._cell_look(cell)
        if cell.rows > 1 or cell.columns > 1:
            self.form.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, cell.text, look)
        elif formula:
            value = cell.text if cell.number is None else float(cell.number)
            self.form.write_formula(row, column, formula, look, value)
        elif cell.number is not None:
            self.form.write_number(row, column, float(cell.number), look)
        else:
            self.form.write_string(row, column, cell.text, look)

    def _cell_look(self, cell: Cell) -> Any:
        look: dict[str, Any] = {"border": 1, "text_wrap": True, "align": "left" if is_long(cell) else "center"}
        if cell.number is not None:
            money = cell.name.startswith(("initial", "budget", "executed"))
            look["num_format"] = "0.00%" if cell.name == "rate" else ("0.00####" if money else "General")
        return self._look(**look)

    def _formulas(self) -> dict[str, str]:
        """The form's live cells: rate, scores, totals, grade."""
        tops = {made.number: FIRST + 1 + n for n, made in enumerate(self.computed)}
        found = {f"score:{number}": f"='{self.sums_name}'!J{row}" for number, row in tops.items() if "." not in number}
        rows = [str(line.indicator.row) for line in self.evaluation.lines]
        scores, weights = (f"{self.at[f'{of}:{rows[0]}']}:{self.at[f'{of}:{rows[-1]}']}" for of in ("score", "weight"))
        rate = self.evaluation.funds[0].rate
        found |= {
            "score:0": f"='{self.sums_name}'!J{FIRST}",
            "weight:total": f"=SUM({weights})+{self.at['weight:0']}",
            "score:total": f"=SUM({scores})+N({self.at['score:0']})",
            "grade": f"='{self.sums_name}'!J{FIRST + len(self.computed) + 2}",
        }
        return found | ({"rate": f"={self.at['executed:all']}/{self.at['budget:all']}"} if rate is not None else {})

    def _draw_sums(self) -> None:
        sheet, head = self.sums, self._look(bold=True, border=1, align="center", text_wrap=True)
        _page(sheet, scoring_sheet.WIDTHS)
        sheet.write_string(0, 0, f"计分过程：{self.evaluation.programme.name}", self._look(bold=True, font_size=12))
        sheet.write_string(1, 0, "计分规则（改动后得分随之重算）", self._look())
        for n, (label, value) in enumerate(scoring_sheet.settings_rows(self.evaluation.settings)):
            self._write(SETTINGS - 1 + n, 1, label)
            self._write(SETTINGS - 1 + n, 2, value)
        for column, text in enumerate(scoring_sheet.HEAD):
            sheet.write_string(FIRST - 2, column, text, head)
        self._draw_execution()
        for n, made in enumerate(self.computed):
            self._draw_computed(FIRST + n, made)
        self._draw_totals()

    def _draw_execution(self) -> None:
        row, score = FIRST - 1, self.evaluation.execution
        for column, value in enumerate(("0", "预算执行", "执行率", "全年执行数÷全年预算数")):
            self._write(row, column, value)
        budget, executed = self.evaluation.funds[0].budget, self.evaluation.funds[0].executed
        for column, name, known in ((4, "budget:all", budget), (6, "executed:all", executed)):
            if known is None:
                self._write(row, column, None)
            else:
                self._formula(row, column, self._form(name), float(known / 10000))
        self._formula(row, 7, self._form("weight:0"), float(self.evaluation.weight))
        self._score(row, scoring_sheet.execution_formula(f"E{FIRST}", f"G{FIRST}", f"H{FIRST}"), score)

    def _draw_computed(self, row: int, made: Computed) -> None:
        target = made.target
        texts = (made.number, made.name, scoring_sheet.RULES[made.rule], target.text if target else "")
        values = (scoring_sheet.target_number(target), target.upper if target else None, made.actual)
        for column, value in enumerate((*texts, *values)):
            self._write(row, column, value if not isinstance(value, tuple | list) else None)
        weight = self.evaluation.lines[int(made.number.partition(".")[0]) - 1].weight
        self._formula(row, 7, str(made.weight), float(weight))
        self._write(row, 8, made.judged)
        self._score(row, made.formula, made.score)

    def _draw_totals(self) -> None:
        row, total = FIRST + len(self.computed), self.evaluation.total
        self._write(row, 1, "总分")
        self._formula(row, 9, self._form("score:total"), float(total.points))
        self._write(row + 1, 1, "等级")
        rows = [self.evaluation.lines[n].indicator.row for n in (0, -1)]
        scores = f"'{self.form_name}'!{':'.join(self.at[f'score:{number}'] for number in rows)}"
        rate = f"IF(N(E{FIRST})>0,G{FIRST}/E{FIRST},0)"
        formula = scoring_sheet.grade_formula(f"J{row + 1}", scores, f"J{FIRST}", rate)
        self._formula(row + 1, 9, formula, total_text(self.evaluation))

    def _score(self, row: int, formula: str, score: Score) -> None:
        if formula:
            self._formula(row, 9, formula, UNSCORED if score.points is None else float(score.points))
        else:
            self._write(row, 9, UNSCORED)

    def _formula(self, row: int, column: int, formula: str, value: float | str) -> None:
        self.sums.write_formula(row, column, formula, self._look(border=1), value)

    def _write(self, row: int, column: int, value: object) -> None:
        shown = cell_value(value)
        if shown is None:
            self.sums.write_blank(row, column, None, self._look(border=1))
        elif isinstance(shown, datetime):
            self.sums.write_datetime(row, column, shown, self._look(border=1, num_format="yyyy-mm-dd"))
        elif isinstance(shown, float):
            self.sums.write_number(row, column, shown, self._look(border=1))
        else:
            self.sums.write_string(row, column, shown, self._look(border=1, text_wrap=True))


def _height(cell: Cell) -> float:
    """In points: merged cells do not stretch their row by themselves, and a Chinese character is two wide."""
    width = sum(WIDTHS[cell.column : cell.column + cell.columns]) - 1
    wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in cell.text)
    return 6 + 14 * max(1, -(-wide // width))


def _page(sheet: Any, widths: Sequence[int]) -> None:
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
