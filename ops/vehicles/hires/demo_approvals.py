"""Demo: who approved the hires, and the paper that every activity but an emergency was asked for with."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, literal, select

from ...core import files
from ...core.db import db
from ...core.demo import DemoYear
from ...core.timeslot import Slot
from ..approvals import queries as approvals
from ..approvals.demo import SPEAKERS
from ..approvals.models import ApprovalRule, Approver
from ..approvals.rules import Journey, needed
from .models import HirePaper, HireReason, HireStep, HireStepReason, HireVerdict

Row = dict[str, Any]
ASKED, APPROVED = timedelta(days=-2, hours=18, minutes=1), timedelta(days=-1, hours=18, minutes=2)
BETWEEN = timedelta(hours=3)  # from one word to the next


def make(demo: DemoYear, keys: Sequence[int], hires: Sequence[Row], activities: Mapping[HireReason, str]) -> None:
    _approve(demo, keys, hires)
    _keep_papers(demo, keys, hires, activities)


def _approve(demo: DemoYear, keys: Sequence[int], hires: Sequence[Row]) -> None:
    """The steps that the rules ask for, each with its word; the last is said when the hire is approved.

    Every activity takes the same hours of a working day: the rules say the same of all.
    """
    journey = Journey(Slot(hires[0]["starts_at"], hires[0]["ends_at"]), hired=True)
    found = needed(approvals.in_force(demo.working_days[0]), journey)
    steps, said = [], []
    for key, hire in zip(keys, hires, strict=True):
        for number, (approver, _rules) in enumerate(found, 1):
            steps.append({"hire_id": key, "number": number, "approver": approver})
            said.append(_verdict(approver, _midnight(hire) + APPROVED - BETWEEN * (len(found) - number)))
    if not steps:
        return
    numbers = db.session.scalars(insert(HireStep).returning(HireStep.id, sort_by_parameter_order=True), steps).all()
    verdicts = [{**row, "step_id": step} for step, row in zip(numbers, said, strict=True)]
    db.session.execute(insert(HireVerdict), verdicts)
    for approver, rules in found:
        _give_reasons(numbers, approver, rules)


def _give_reasons(steps: Sequence[int], approver: Approver, rules: Sequence[ApprovalRule]) -> None:
    for rule in rules:
        of_rule = select(HireStep.id, literal(rule.id)).where(HireStep.approver == approver)
        of_rule = of_rule.where(HireStep.id.between(min(steps), max(steps)))
        db.session.execute(insert(HireStepReason).from_select(["step_id", "rule_id"], of_rule))


def _verdict(approver: Approver, at: datetime) -> Row:
    return {"approved": True, "words": "", "at": at, "by": SPEAKERS[approver], "by_id": None}


def _midnight(hire: Row) -> datetime:
    return datetime.combine(hire["day"], time())


def _keep_papers(
    demo: DemoYear, keys: Sequence[int], hires: Sequence[Row], activities: Mapping[HireReason, str]
) -> None:
    """One scan for each kind of activity and year; the paper of each hire is called after its activity."""
    kept = {
        reason: files.keep_bytes(_notice(demo.year, words), f"{demo.year}年{words}通知（演示）.txt", demo.by)
        for reason, words in activities.items() if reason is not HireReason.EMERGENCY
    }  # fmt: skip
    db.session.flush()
    papers = [
        {"hire_id": key, "called": f"关于{hire['activity']}的通知", "attachment_id": kept[hire["reason_class"]].id,
         "at": _midnight(hire) + ASKED, "by": hire["recorded_by"]}
        for key, hire in zip(keys, hires, strict=True) if hire["reason_class"] in kept
    ]  # fmt: skip
    db.session.execute(insert(HirePaper), papers)


def _notice(year: int, activity: str) -> bytes:
    title = f"关于{year}年{activity}的通知（演示）"
    return f"{title}\n\n有关单位：\n现将活动安排通知如下（演示内容，无实际效力）。\n".encode()
