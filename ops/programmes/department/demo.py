"""Demo 2022 and 2023: the department's table with its basic expenditure, and causes where a target was missed."""

from decimal import Decimal
from io import BytesIO

from werkzeug.datastructures import FileStorage

from ...core.demo import DemoYear
from .. import queries
from . import service

# yuan: at the beginning of the year, full year, executed
BASIC = {
    2022: (Decimal("8420000"), Decimal("8615000"), Decimal("8590400")),
    2023: (Decimal("8860000"), Decimal("9012500"), Decimal("8987300")),
}


def make(demo: DemoYear) -> None:
    if demo.year not in BASIC or queries.department(demo.year):
        return
    made = service.make(demo.year, demo.by)
    paper = f"{demo.year}年部门决算基本支出明细（演示）"
    proof = FileStorage(BytesIO(f"演示附件，不是真实材料。\n{paper}\n".encode()), filename="演示附件.txt")
    service.enter_basic(made, *BASIC[demo.year], paper, proof, demo.by)
