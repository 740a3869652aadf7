"""A Word file of target tables, laid out as the form is, cells merged sideways and downwards."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
COLUMNS = 12


def word_form(seed: dict[str, Any]) -> bytes:
    document = Document()
    document.add_paragraph("第二部分")
    document.add_paragraph("预算项目绩效目标")
    for programme in seed["programmes"]:
        _heading(document, programme)
        _form(document, programme)
        document.add_paragraph("")
    return saved(document)


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _heading(document: Any, programme: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    mark = OxmlElement("w:bookmarkStart")
    mark.set(qn("w:id"), str(programme["seq"]))
    mark.set(qn("w:name"), programme["bookmark"])
    paragraph._p.append(mark)
    title = f"{programme['seq']}.{programme['table_title']}"
    paragraph.add_run(title[:6])  # Word splits a line into runs where it likes
    paragraph.add_run(title[6:])


def _form(document: Any, programme: dict[str, Any]) -> None:
    budget, plan = programme["budget"], programme["funding_plan"]
    rows: list[list[tuple[str, int]]] = [
        [(programme["unit_line"], 9), (f"单位：{programme['amount_unit']}", 3)],
        [("项目编码", 2), (programme["project_code"], 4), ("项目名称", 2), (programme["project_name"], 4)],
        [
            ("预算规模及\n资金用途", 2),
            ("预算数", 2),
            (budget["total_text"], 2),
            ("其中：财政    资金", 2),
            (budget["fiscal_funds_text"] or "", 2),
            ("其他资金", 1),
            (budget["other_funds_text"] or "", 1),
        ],
        [("", 2), (programme["fund_use"], 10)],
        [("资金支出计划（%）", 2), *_spread([point["label"] for point in plan])],
        [("", 2), *_spread([point["cumulative_pct_text"] for point in plan])],
        [("绩效目标", 2), ("\n".join(programme["goals"]), 10)],
        [(name, 2) for name in HEADER],
    ]
    level1 = ""
    for row in programme["indicators"]:
        first = "" if row["level1"] == level1 else row["level1"]
        level1 = row["level1"]
        words = (first, row["level2"], row["level3"], row["description"], row["value_text"], row["basis"])
        rows.append([(word, 2) for word in words])
    _draw(document, rows)


def _spread(texts: list[str]) -> list[tuple[str, int]]:
    return [(text, width) for text, width in zip(texts, (3, 3, 2, 2), strict=True)]


def _draw(document: Any, rows: list[list[tuple[str, int]]]) -> None:
    table = document.add_table(rows=len(rows), cols=COLUMNS)
    top = table.cell(0, 0)
    for i, row in enumerate(rows):
        start = 0
        for text, width in row:
            cell = table.cell(i, start).merge(table.cell(i, start + width - 1))
            if text:
                cell.text = text
            if start == 0:
                top = cell if text else top.merge(cell)
            start += width
