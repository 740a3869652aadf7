"""Demo 2022 and 2023: the department's table with its basic expenditure, and causes where a target was missed."""

from decimal import Decimal
from io import BytesIO

from werkzeug.datastructures import FileStorage

from ...core.access import Actor
from ...core.db import db
from ...core.demo import DemoYear
from .. import queries
from ..evaluation.demo import sign
from ..evaluation.service import explain
from ..evaluation.signing import standing
from ..models import Programme
from . import service

# yuan: at the beginning of the year, full year, executed
BASIC = {
    2022: (Decimal("8420000"), Decimal("8615000"), Decimal("8590400")),
    2023: (Decimal("8860000"), Decimal("9012500"), Decimal("8987300")),
}
# row (0: the execution): cause and measure
CAUSES = {
    2022: {0: ("人员年中调离，人员经费结余（演示）。", "按实有人数编制下年基本支出（演示）。")},
    2023: {
        0: ("部分采购节约，人员经费略有结余（演示）。", "完善预算编制，加快结算（演示）。"),
        4: ("涉改单位调整方案延期批复，实际调整单位少于计划（演示）。", "待批复后按办公用房标准办理（演示）。"),
    },
}


def make(demo: DemoYear) -> None:
    if demo.year not in BASIC or queries.department(demo.year):
        return
    made = service.make(demo.year, demo.by)
    paper = f"{demo.year}年部门决算基本支出明细（演示）"
    proof = FileStorage(BytesIO(f"演示附件，不是真实材料。\n{paper}\n".encode()), filename="演示附件.txt")
    service.enter_basic(made, *BASIC[demo.year], paper, proof, demo.by)
    for row, (cause, measure) in CAUSES[demo.year].items():
        explain(made, row, cause, measure, demo.by)
    if demo.year in SIGNED:
        _sign(made, demo.by)


SIGNED = (2022,)  # the year after is still being written


def _sign(department: Programme, by: Actor) -> None:
    """By all steps, where nothing stands in the way."""
    db.session.flush()
    found = standing(department)
    if not found.blocking:
        sign(found, len(found.steps), by)
