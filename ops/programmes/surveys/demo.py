"""Demo 2023: a survey of the diners with counted paper answers of four quarters."""

from datetime import date
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ...core.demo import DemoYear
from . import service
from .models import Survey

YEAR = 2023
TITLE = "机关食堂就餐满意度问卷（演示）"
QUARTERS = ((3, 62, 30, 6, 2, 0, 1), (6, 58, 35, 5, 2, 0, 0), (9, 66, 28, 4, 1, 1, 2), (12, 64, 31, 4, 1, 0, 0))


def make(demo: DemoYear) -> None:
    if demo.year != YEAR or db.session.scalar(select(Survey).where(Survey.title == TITLE)):
        return
    days = date(YEAR, 1, 1), date(YEAR, 12, 31)
    survey = service.open_survey(TITLE, "您对机关食堂的饭菜和服务满意吗？", "城区食堂就餐人员", "4", *days, demo.by)
    db.session.flush()
    for month, *grades, invalid in QUARTERS:
        counts: dict[str, Any] = {f"grade{5 - number}": count for number, count in enumerate(grades)}
        day = [each for each in demo.working_days if each.month == month][-1]
        service.enter(survey, day, **counts, invalid=invalid, note="纸质问卷统计（演示）", proof=None, by=demo.by)
