"""Demo: a key task for each section in each year, with four milestones; most of them done on time."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import insert, select

from ...core import audit, files
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ...people.models import Section
from . import service
from .models import MilestoneCompletion

TASKS = {
    "办公室": ("完善内部规章制度和目标考核（演示）", 1),
    "财务室": ("预算编制和内控制度建设（演示）", 2),
    "房产设备一科": ("临港商务区设备巡检维护（演示）", None),
    "房产设备二科": ("主城区办公用房维修改造（演示）", None),
    "公务用车管理科": ("公务用车“三化”管理（演示）", None),
    "绿化卫生管理科": ("垃圾分类和绿化提升（演示）", None),
    "安全保卫科": ("消防和值守隐患整改（演示）", None),
    "会务服务保障科": ("会务服务零差错（演示）", 3),
    "膳食科": ("食品安全和库存管理（演示）", 3),
}
STEPS = ("制定方案", "中期检查", "整改提升", "总结验收")
LATE_EVERY = 9  # each ninth milestone was done some days late


def make(demo: DemoYear) -> None:
    known = {each.name: each.id for each in db.session.scalars(select(Section))}
    proof = files.keep_bytes("演示依据：本文件为演示数据，不是真实凭证。\n".encode(), "演示依据-重点工作.txt", demo.by)
    days = [date(demo.year, month, 25) for month in (3, 6, 9, 12)]
    for number, (name, (title, safeguard)) in enumerate(TASKS.items()):
        task = service.set_task(demo.year, known[name], title, "按期完成各节点，成果经验收（演示）", safeguard, demo.by)
        for step, (words, day) in enumerate(zip(STEPS, days, strict=True)):
            milestone = service.plan(task, words, day, demo.by)
            late = (number * len(STEPS) + step) % LATE_EVERY == LATE_EVERY - 1
            done_on = day + timedelta(days=5) if late else day - timedelta(days=3)
            row = {"milestone_id": milestone.id, "due_on": day, "done_on": done_on, "note": "已完成（演示）"}
            stamp = {"attachment_id": proof.id, "at": datetime.combine(done_on, time(16)), "by": demo.by.name}
            db.session.execute(insert(MilestoneCompletion), [{**row, **stamp}])
    stale.touch(MilestoneCompletion, set(days))
    audit.record("programmes.sections.demo_made", "key_task", demo.by, milestones=len(TASKS) * len(STEPS))
