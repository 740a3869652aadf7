"""Papers as a table: one row to a paper, with its number, its day and a grade for each question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from flask_babel import lazy_gettext as _l
from openpyxl import Workbook

from ...core.errors import Rejected
from ...core.sheets import Line, Sheet, SheetColumn, read_sheet
from .models import Survey

TITLES = 3
CODE = SheetColumn("code", _l("Paper number"), ("问卷编号", "编号", "答卷编号", "序号", "paper number"))
DAY = SheetColumn("day", _l("Answered on"), ("填写日期", "日期", "答卷日期", "answered on"))
GRADES = {
    5: ("5", "很满意", "非常满意", "A", "very satisfied"),
    4: ("4", "满意", "B", "satisfied"),
    3: ("3", "基本满意", "比较满意", "较满意", "一般", "C", "rather satisfied"),
    2: ("2", "不满意", "不太满意", "D", "not satisfied"),
    1: ("1", "很不满意", "非常不满意", "E", "not at all satisfied"),
}
INVALID = ("", "无效", "弃权", "未填", "空", "/", "-", "—", "0", "invalid")
BY_WORD = {word.casefold(): grade for grade, words in GRADES.items() for word in words}
WRITTEN_DAY = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


@dataclass(frozen=True)
class Paper:
    """One paper: for each question, in their order, the grade or None where the answer is invalid."""

    code: str
    day: date
    grades: tuple[int | None, ...]


def question_heads(number: int) -> tuple[str, ...]:
    return (f"第{number}题", f"题{number}", f"问题{number}", f"Q{number}", f"question {number}")


def columns(survey: Survey) -> list[SheetColumn]:
    asked = [SheetColumn(f"q{each.number}", question_heads(each.number)[0], question_heads(each.number))
             for each in survey.questions]  # fmt: skip
    return [CODE, DAY, *asked]


def read(content: bytes, survey: Survey) -> Sheet:
    """Raises Rejected beside `file`."""
    return read_sheet(content, columns(survey), "file", TITLES)


def parse(line: Line, survey: Survey) -> Paper:
    """The row as a paper. Raises Rejected with the cell that cannot be read."""
    code = line["code"][:40]
    if not code:
        raise Rejected(_l("“%(column)s” is empty.", column=CODE.label))
    grades = tuple(_grade(line[f"q{each.number}"]) for each in survey.questions)
    return Paper(code, _day(line["day"]), grades)


def _grade(cell: str) -> int | None:
    word = cell.strip().casefold()
    if word in INVALID:
        return None
    if word not in BY_WORD:
        raise Rejected(_l("“%(text)s” is no grade: write 5 to 1, the words, or leave it blank.", text=cell))
    return BY_WORD[word]


def _day(cell: str) -> date:
    found = WRITTEN_DAY.fullmatch(cell.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0])
    try:
        return date(*(int(part) for part in found.groups())) if found else date(0, 0, 0)
    except ValueError:
        raise Rejected(_l("“%(text)s” is no day. Write it like 2023-05-09.", text=cell)) from None


def template(survey: Survey) -> bytes:
    """An empty table to fill in, with the questions written out on a second sheet."""
    book = Workbook()
    heads: Sequence[str] = [CODE.heads[0], DAY.heads[0], *(question_heads(each.number)[0] for each in survey.questions)]
    book.worksheets[0].append(heads)
    asked = book.create_sheet("题目")
    for each in survey.questions:
        asked.append([question_heads(each.number)[0], each.text])
    for grade, words in GRADES.items():
        asked.append([grade, words[1]])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
