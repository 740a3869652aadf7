"""Forms of other places by their shapes, set by hand cell by cell, with what a reader sees; names are made up.

The forms lie in data/elsewhere.json: the width, each line's cells with their widths, and cells merged downwards.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from ops.programmes.targets.presenting import reading_text
from ops.programmes.targets.reading import read_targets
from ops.programmes.targets.remarks import value_of
from ops.programmes.targets.tables import TargetTable, Unreadable
from tests.programmes.targets.hostile import Canvas, as_docx, as_xlsx

pytestmark = pytest.mark.pure
FORMS: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "elsewhere.json").read_text(encoding="utf-8"))


def drawn(name: str) -> Canvas:
    form = FORMS[name]
    canvas = Canvas(form["width"])
    for line in form["lines"]:
        canvas.line([(words, wide) for words, wide in line])
    for column, first, last in form["down"]:
        canvas.merge_down(column, first, last)
    return canvas


def read(canvas: Canvas) -> list[tuple[str, str, str, str, bool]]:
    """(level 1, level 2, name, reading, doubted) of every row; Word and Excel say the same."""
    found = [_rows(read_targets(write([canvas]), this_year=2022)) for write in (as_docx, as_xlsx)]
    assert found[0] == found[1]
    return found[0]


def _rows(tables: tuple[TargetTable, ...]) -> list[tuple[str, str, str, str, bool]]:
    rows = []
    for table in tables:
        for row in table.indicators:
            value = value_of(row, table, year=2022)
            said = reading_text(value).partition(": ")[2]
            rows.append((row.level1, row.level2, row.level3, said, bool(value.doubts)))
    return rows


def test_the_transfer_form_with_weights_before_the_values() -> None:
    assert read(drawn("transfer")) == [
        ("产出指标", "数量指标", "安装坡面水标尺", "≥ 266 米", False),
        ("产出指标", "数量指标", "水标尺宽度", "≥ 50 厘米", False),
        ("产出指标", "质量指标", "验收合格率", "= 100 %", True),
        ("产出指标", "成本指标", "项目计划总投资", "= 20 万元", True),
        ("满意度指标", "服务对象满意度指标", "受益户满意度", "≥ 95 %", False),
    ]
    table = read_targets(as_docx([drawn("transfer")]), this_year=2020)[0]
    assert (table.project_name, table.year, table.budget.total_text) == ("某县农业水价综合改革补贴项目", 2022, "20")
    assert [row.weight_text for row in table.indicators] == ["10", "10", "20", "10", "10"]


def test_a_printed_form_with_dots_and_a_lost_level() -> None:
    assert read(drawn("printed")) == [
        ("(50分)", "数量指标", "指标1：完成改造项目数量", "= 1", True),
        ("(50分)", "时效指标", "指标1：年度资金支付完成率100%", "", True),
        ("效益指标", "社会效益指标", "指标1：保护人口", "", True),
        ("满意度指标", "服务对象满意度指标", "指标1：服务对象满意度", "= 90 %", True),
    ]


def test_of_the_whole_term_and_the_year_the_year_is_taken_and_said_so() -> None:
    assert read(drawn("term")) == [
        ("产出指标", "数量指标", "培训人数", "≥ 1000 人", True),
        ("产出指标", "质量指标", "合格率", "≥ 90 %", True),
        ("效益指标", "社会效益指标", "就业率", "≥ 60 %", True),
    ]


def test_cost_first_with_sign_value_and_unit_under_one_head() -> None:
    assert read(drawn("cost_first")) == [
        ("成本指标", "经济成本指标", "项目总成本", "≤ 12.5 万元", False),
        ("成本指标", "社会成本指标", "占用工作时间", "≤ 3 天", False),
        ("产出指标", "数量指标", "编制手册册数", "= 12 册", False),
        ("效益指标", "社会效益指标", "主管部门评价", "", False),
        ("满意度指标", "服务对象满意度指标", "学员满意度", "", True),
    ]


def test_a_web_page_under_the_name_of_a_workbook_is_refused_by_name() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_targets("<html><table><tr><td>一级指标</td></tr></table></html>".encode())
    assert refusal.value.message_code == "web_page"
