"""Made tables in the forms that counties publish, with what each value says known beforehand; many are damaged."""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO

from docx import Document
from openpyxl import Workbook

HAN = "零一二三四五六七八九"
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("成本指标", "经济成本指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)
COUNTED = ("人", "次", "个", "项", "件", "户", "人次", "台", "平方米", "公里", "场次", "篇", "份", "天")
NAMES = {"%": ("办结率", "合格率", "群众满意度", "设备完好率"), "万元": ("项目总成本", "预算控制额")}
SIGNS = {
    "≥": ("≥", ">=", "≧", "＞＝", "不低于", "不少于", "大于等于", "⩾", "> ="),
    "≤": ("≤", "<=", "≦", "＜＝", "不超过", "不高于", "小于等于"),
    "=": ("=", "＝"),
    ">": (">", "＞", "大于"),
    "<": ("<", "＜", "小于"),
}
SUFFIXES = {"≥": ("以上", "及以上", "（含）以上"), "≤": ("以内", "以下", "（含）以内")}
WORDS = (
    "效果明显",
    "逐步提高",
    "应保尽保",
    "及时",
    "优",
    "符合相关规定",
    "有效提升",
    "长期",
    "达到预期目标",
    "显著改善",
)


@dataclass(frozen=True)
class Truth:
    """What a value says: number, day or words."""

    operator: str | None
    number: Decimal | None = None
    unit: str | None = None
    upper: Decimal | None = None
    day: date | None = None


@dataclass
class Made:
    """A row of a made table; `damaged` says that the cell no longer says what was meant."""

    level1: str
    level2: str
    name: str
    value: str
    truth: Truth
    sign: str = ""
    unit: str = ""
    weight: str = ""
    damaged: bool = False
    cells: list[str] = field(default_factory=list)


def han(number: int) -> str:
    """Chinese numerals of a number below a million, in full."""
    for value, sign in ((10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= value:
            high, low = divmod(number, value)
            gap = "零" if 0 < low < value // 10 else ""
            return han(high) + sign + (gap + han(low) if low else "")
    return HAN[number]


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spell(chance: random.Random, number: Decimal, unit: str) -> str:
    """The number as somebody may write it."""
    whole = number == int(number)
    ways = [str(number), str(number), f"{number:,}" if number >= 1000 else str(number), wide(str(number))]
    if whole and unit != "万元" and 0 < number < 9999:
        ways.append(han(int(number)))
    return chance.choice(ways)


def quantity(chance: random.Random) -> tuple[str, Truth, str, str]:
    """(name, truth, number as written, unit) of a value with a number."""
    unit = chance.choice((*COUNTED, "%", "%", "%", "%", "万元", "‰"))
    if unit in ("%", "‰"):
        number = Decimal(chance.choice((80, 85, 90, 92, 95, 98, 100, "99.5", "3.5", "97.25")))
    elif unit == "万元":
        number = Decimal(chance.randint(100, 300000)) / 100
    else:
        number = Decimal(chance.choice((chance.randint(2, 60), chance.randint(100, 3000), chance.randint(3000, 20000))))
    operator = chance.choice("≥≥≥≥≤≤=><")
    name = chance.choice(NAMES.get(unit, ("服务对象数量", "培训次数", "完成数量", "维护个数")))
    return name, Truth(operator, number, unit), spell(chance, number, unit), unit


def written(chance: random.Random, truth: Truth, number: str, unit: str) -> str:
    operator = str(truth.operator)
    if operator in SUFFIXES and chance.random() < 0.25:
        return f"{number}{unit}{chance.choice(SUFFIXES[operator])}"
    gap = chance.choice(("", "", "", " "))
    if number[0] in HAN[1:] + "十百" and unit == "%":
        return f"{chance.choice(SIGNS[operator])}百分之{number}"
    return f"{chance.choice(SIGNS[operator])}{gap}{number}{gap}{chance.choice((unit, wide(unit)))}"


def deadline(chance: random.Random, year: int) -> tuple[str, Truth]:
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    text, meant = chance.choice(
        (
            (f"{year}年{month}月{day}日前", date(year, month, day)),
            (f"{year}年{month}月{day}日", date(year, month, day)),
            (f"{year}-{month:02}-{day:02}", date(year, month, day)),
            (f"{year}.{month}.{day}", date(year, month, day)),
            (f"{year}年12月底之前", date(year, 12, 31)),
            (f"{year}年底前", date(year, 12, 31)),
            (f"{year} 年 12 月 31 日前", date(year, 12, 31)),
            (wide(f"{year}") + "年12月31日前完成", date(year, 12, 31)),
            ("12月底", date(year, 12, 31)),
            (f"{month}月{day}日前", date(year, month, day)),
            (f"≤{year}年{month}月{day}日", date(year, month, day)),
        )
    )
    return text, Truth("≤", day=meant)


def damage(chance: random.Random, text: str) -> str:
    """A digit or sign is torn, smudged or doubled, as scans and converters leave them."""
    digits = [i for i, c in enumerate(text) if c.isdigit() and c.isascii()]
    if not digits:
        return "□" + text
    at = chance.choice(digits)
    inside = [i for i in digits if i + 1 in digits]
    ways = [
        text[:at] + chance.choice("lIoOSBZ□?*") + text[at + 1 :],
        text[:at] + text[at] + "⁰" + text[at + 1 :],
    ]
    if inside:
        split = chance.choice(inside) + 1
        ways += [text[:split] + gap + text[split:] for gap in (" ", "\n", "\u3000", "\u00a0", "\u200b")]
        ways += [text[:split] + mark + text[split:] for mark in ("，", "、", "·", "'", "|")]
    return chance.choice(ways)


def row(chance: random.Random, year: int) -> Made:
    level1, level2 = chance.choice(LEVELS)
    kind = chance.random()
    if kind < 0.12:
        text, truth = deadline(chance, year)
        made = Made(level1, level2, "完成时限", text, truth)
    elif kind < 0.24:
        made = Made(level1, level2, "服务保障能力", chance.choice(WORDS), Truth(None))
    elif kind < 0.30:
        low = chance.randint(10, 80)
        text = chance.choice((f"{low}%-{low + 10}%", f"{low}～{low + 10}%", f"{low}%—{low + 10}％"))
        made = Made(level1, level2, "办结率", text, Truth("between", Decimal(low), "%", Decimal(low + 10)))
    else:
        name, truth, number, unit = quantity(chance)
        made = Made(level1, level2, name, written(chance, truth, number, unit), truth)
        made.cells = [number, unit]
    if chance.random() < 0.2:
        made.value, made.damaged, made.cells = damage(chance, made.value), True, []
    return made


def table(chance: random.Random, year: int, columns: bool) -> list[Made]:
    """The rows of a table in the order of their levels; with `columns` sign and unit stand in cells of their own."""
    rows = sorted(
        (row(chance, year) for _ in range(chance.randint(4, 12))), key=lambda r: LEVELS.index((r.level1, r.level2))
    )
    for each in rows if columns else ():
        if len(each.cells) == 2 and each.truth.operator in ("≥", "≤", "=", ">", "<"):
            each.value, each.unit = each.cells
            each.sign = str(each.truth.operator)
        elif each.truth.operator is None:
            each.sign = "定性"
    return rows


@dataclass(frozen=True)
class Form:
    """How a table is drawn."""

    heads: tuple[str, ...]
    level_weights: bool = False
    break_after: int = 99
    shift: bool = False
    blank_levels: bool = True


PLAIN = ("一级指标", "二级指标", "三级指标", "指标值")
HEADS = (
    PLAIN,
    ("一级指标", "二级指标", "三级指标", "年度指标值（A）", "实际完成值（B）", "分值", "得分"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "绩效指标描述", "年度指标值", "指标值确定依据", "备注"),
)
IN_COLUMNS = (
    ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位"),
    ("序号", "一级指标", "二级指标", "绩效指标名称", "运算符号", "目标值", "度量单位", "权重"),
    ("一级指标", "二级指标", "三级指标", "计量单位", "符号", "全年目标值", "半年目标值", "分值权重"),
)


def cells_of(form: Form, rows: list[Made], number: int) -> list[str]:
    """The words of one row under the heads of the form; levels that go on are blank."""
    made = rows[number]
    before = rows[number - 1] if number else None
    again1 = form.blank_levels and before is not None and before.level1 == made.level1
    again2 = again1 and before is not None and before.level2 == made.level2
    level1 = f"{made.level1}（{len(made.level1)}0分）" if form.level_weights else made.level1
    words = []
    for head in form.heads:
        words.append(_word(head, made, "" if again1 else level1, "" if again2 else made.level2))
    return ["", *words[:-1]] if form.shift else words


def _word(head: str, made: Made, level1: str, level2: str) -> str:
    words = {"一级指标": level1, "二级指标": level2, "指标值确定依据": "年初计划", "绩效指标描述": "按要求完成"}
    words |= dict.fromkeys(("三级指标", "绩效指标名称"), made.name)
    words |= dict.fromkeys(("指标性质", "运算符号", "符号"), made.sign)
    words |= dict.fromkeys(("计量单位", "度量单位"), made.unit)
    words |= dict.fromkeys(("指标值", "年度指标值", "年度指标值（A）", "目标值", "全年目标值"), made.value)
    return {"半年目标值": "50", **words}.get(head, "")


def head_rows(year: int, code: str, width: int) -> list[list[str]]:
    rows = [
        [f"项目支出绩效目标表（{year}年度）"],
        ["项目名称", f"测试项目{code}", "项目编码", code],
        ["项目资金（万元）", "年度资金总额", "120.50", ""],
        ["", "其中：财政拨款", "120.50", ""],
        ["年度总体目标", "保障机关运转"],
    ]
    return [[*row, *([""] * (width - len(row)))] for row in rows]


def drawn(form: Form, rows: list[Made], year: int, code: str) -> list[list[str]]:
    """The whole form as rows of words; the heads come again after a page break."""
    lines = [*head_rows(year, code, len(form.heads)), list(form.heads)]
    for number in range(len(rows)):
        if number == form.break_after:
            lines += [[f"项目支出绩效目标表（{year}年度）", *[""] * (len(form.heads) - 1)], list(form.heads)]
        lines.append(cells_of(form, rows, number))
    return lines


def as_text(tables: list[list[list[str]]], mark: str = "\t") -> bytes:
    """A cell cannot hold a line break here."""
    lines = [mark.join(word.replace("\n", " ") for word in row) for table in tables for row in table]
    return "\n".join(lines).encode()


def as_xlsx(tables: list[list[list[str]]]) -> bytes:
    book = Workbook()
    for number, rows in enumerate(tables):
        sheet = book.active if number == 0 else book.create_sheet()
        for line, row in enumerate(rows, 1):
            for column, word in enumerate(row, 1):
                cell = sheet.cell(line, column, word or None)
                cell.data_type = "s" if word else "n"  # =85% is a text, no formula
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(tables: list[list[list[str]]]) -> bytes:
    document = Document()
    for rows in tables:
        document.add_paragraph(rows[0][0])
        table = document.add_table(rows=0, cols=len(rows[0]))
        above: dict[int, tuple[str, object]] = {}
        for row in rows[1:]:
            cells = table.add_row().cells
            for column, word in enumerate(row):
                if not word and column < 2 and column in above and "指标" in above[column][0]:
                    above[column] = (above[column][0], above[column][1].merge(cells[column]))  # type: ignore[attr-defined]
                else:
                    cells[column].text = word
                    above[column] = (word, cells[column])
    out = BytesIO()
    document.save(out)
    return out.getvalue()
