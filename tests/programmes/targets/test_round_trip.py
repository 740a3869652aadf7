"""A table that is written as Word or Excel is read back equal, whatever stands in its cells."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.programmes.targets.drawing import excel, word
from ops.programmes.targets.reading import read_targets
from ops.programmes.targets.tables import Budget, IndicatorRow, PlanPoint, TargetTable
from tests.programmes.reference import published_tables

pytestmark = pytest.mark.pure
WRITERS = {"word": word, "excel": excel}

words = st.text("保障机关运转服务食堂安全及时率人员次数培训维修", min_size=2, max_size=12)
numbers = st.integers(1, 9_999_999).map(lambda n: f"{Decimal(n) / 100:.2f}")
values = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(["≥", "≤", "=", ">", ""]), st.integers(1, 5000), st.sampled_from("人%")),
    st.sampled_from(["效果明显", "2023年12月31日之前", "=100%", "不超预算", "全年不发生食品安全事故", "90%~95%"]),
)
bases = st.sampled_from(["年初计划", ""])
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "满意度指标"),
)


@st.composite
def tables(draw: st.DrawFn) -> TargetTable:
    levels = [LEVELS[0], *draw(st.lists(st.sampled_from(LEVELS), max_size=5)), LEVELS[2]]
    levels.sort(key=LEVELS.index)
    rows = tuple(
        IndicatorRow(level1, level2, draw(words), draw(words), draw(values), draw(bases), n)
        for n, (level1, level2) in enumerate(levels, 1)
    )
    total = draw(numbers)
    other = draw(numbers | st.none())
    budget = Budget(total, total, other, Decimal(total), Decimal(total), None if other is None else Decimal(other))
    plan = tuple(
        PlanPoint(f"{m}月底", f"{p}%", Decimal(p)) for m, p in zip((3, 6, 10, 12), (20, 50, 80, 100), strict=True)
    )
    goals = tuple(f"{n}.{draw(words)}" for n in range(1, draw(st.integers(2, 4))))
    name = draw(words)
    code = "13020923P00006310001U"
    head = (1, f"{name}绩效目标表", None, "", f"130209测试{draw(words)}", "万元", code, name)
    return TargetTable(*head, budget, draw(words), plan, goals, rows)


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=25, deadline=None)
@given(table=tables())
def test_what_is_written_is_read_back_equal(writer: str, table: TargetTable) -> None:
    assert read_targets(WRITERS[writer]([table])) == (table,)


@pytest.mark.parametrize("writer", WRITERS)
def test_the_six_published_tables_are_written_and_read_back_equal(writer: str) -> None:
    published = tuple(replace(table, bookmark=None, part="") for table in published_tables())
    assert read_targets(WRITERS[writer](published)) == published
