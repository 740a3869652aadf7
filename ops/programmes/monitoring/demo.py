"""Demo 2023: the monitoring of January to July with causes and likelihoods, handed in; what is owed is made up."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core.db import db
from ...core.demo import DemoYear
from ...core.period import Period
from ...indicators import service as figures
from .. import queries
from ..models import Programme
from . import service
from .lights_rules import Light
from .models import MonitoringVersion
from .monitoring import sheets
from .sheet import Row, Sheet

YEAR, MONTH = 2023, 7
# (programme, row): what was reached by the end of July, its unit
HALFWAY = {
    (3, 2): ("100", "%"),
    (4, 1): ("27", "次"),
    (5, 1): ("20", "次"),
    (5, 2): ("92.86", "%"),
    (6, 1): ("30", "次"),
}
WORDS = {(1, 5): "已建立监管台账，按月通报就餐环境和服务质量"}
LATE = "部分合同按季度结算，付款集中在三、四季度（演示）。"
UNASKED = "年终问卷调查后取得数据（演示）。"
DATED = "按计划推进，年底前完成（演示）。"


def make(demo: DemoYear) -> None:
    found = queries.programmes(YEAR) if demo.year == YEAR else []
    if not found or db.session.scalar(select(MonitoringVersion.id).limit(1)):
        return
    for programme in found:
        _enter(programme, demo)
    for programme, sheet in zip(found, sheets(found, MONTH), strict=True):
        _say(programme, sheet, demo)
        service.hand_in(programme, MONTH, demo.by)


def _enter(programme: Programme, demo: DemoYear) -> None:
    period = Period(date(YEAR, 1, 1), date(YEAR, MONTH, 31))
    for indicator in programme.indicators:
        number, unit = HALFWAY.get((programme.seq, indicator.row), (None, ""))
        words = WORDS.get((programme.seq, indicator.row))
        if number or words:
            value = Decimal(number) if number else None
            proof = FileStorage(BytesIO(b"demo"), filename="演示附件.txt")
            figures.enter(indicator.key, period, value, words, unit, "登记簿（演示）：截至7月底。", proof, demo.by)


def _say(programme: Programme, sheet: Sheet, demo: DemoYear) -> None:
    if 0 in sheet.owed:
        service.note(programme, MONTH, 0, ["funds"], LATE, "", "possible", "", demo.by)
    for row in sheet.rows:
        if row.row in sheet.owed:
            causes, explanation, likelihood = _reason(row, sheet.light_of(row))
            service.note(programme, MONTH, row.row, causes, explanation, "", likelihood, "", demo.by)


def _reason(row: Row, light: Light) -> tuple[list[str], str, str]:
    if light in (Light.RED, Light.YELLOW):
        return ["other"], "下半年加大工作频次（演示）。", "possible"
    return ([], DATED, "certain") if row.actual else ([], UNASKED, "certain")
